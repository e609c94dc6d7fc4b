"""The fact tables as they stand, whatever their columns; what a row is known by, and how it is named."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge import facts


@dataclass(frozen=True)
class Table:
    """One CSV file: its columns and its rows."""

    columns: tuple[str, ...]
    rows: tuple[facts.Row, ...]


@dataclass(frozen=True)
class Key:
    """The columns that tell a row from all others; ``word`` names what the columns after the first are."""

    columns: tuple[str, ...]
    word: str = ""


Tables = Mapping[str, Table]

DESKS = ("desks.csv", "chambers.csv")

# The first of these whose columns a table has is its key.
KEYS = (
    Key(("id",)),
    Key(("rule",)),
    Key(("desk", "number"), "番号"),
    Key(("desk", "phone", "days", "opens"), "時間"),
    Key(("card", "step"), "手順"),
    Key(("guide", "step"), "手順"),
    Key(("card", "pattern"), "合図"),
    Key(("code",)),
    Key(("old",)),
    Key(("date",)),
    Key(("word",)),
    Key(("name",)),
    Key(("text",)),
)


@dataclass(frozen=True)
class Title:
    """A row in words: whose it is, and which of that one's rows."""

    who: str
    which: str

    def __str__(self) -> str:
        return f"{self.who} {self.which}".strip()


def read_all(folder: Path) -> dict[str, Table]:
    """Every table of the folder by its file name.

    Raises:
        facts.FactError: a file is not UTF-8, is empty, or has a row longer or shorter than its header.
    """
    return {file.name: read(file) for file in sorted(folder.glob("*.csv"))}


def read(file: Path) -> Table:
    """One table with the columns it happens to have."""
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        columns = tuple(name.strip() for name in next(csv.reader(lines), ()))
    return Table(columns, tuple(facts.read(file.name, columns, folder=file.parent)))


def key(columns: tuple[str, ...]) -> Key:
    """The key of a table with these columns; the whole row where none is known."""
    return next((key for key in KEYS if set(key.columns) <= set(columns)), Key(columns))


def desk_names(tables: Tables) -> dict[str, str]:
    """What each desk is called."""
    found = (tables[file] for file in DESKS if file in tables)
    return {row["id"]: row["name"] for table in found for row in table.rows if {"id", "name"} <= row.keys()}


def title(row: facts.Row, key: Key, desks: Mapping[str, str]) -> Title:
    """The row as a person would call it: 「取引かけこみ寺(torihiki-kakekomi)」「番号 0120-…」."""
    first, *rest = (row[column] for column in key.columns)
    name = desks.get(first, "") if "desk" in key.columns else row.get("name", "")
    who = f"{name}({first})" if name and name != first else first
    which = " ".join(value for value in rest if value)
    return Title(who, f"{key.word} {which}".strip() if which else "")
