"""Looks into a database from outside."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    """Run a statement on the gateway's database."""
    with closing(sqlite3.connect(folder / "madoguchi.sqlite")) as connection, connection:
        return connection.execute(sql).fetchall()
