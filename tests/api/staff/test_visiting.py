"""A command writes beside a gateway, and only into tables that both know."""

import fcntl
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

import api.db
from api.db import Database, visiting
from api.errors import AlreadyRunning, SchemaOld


def of_version_0003(file: Path) -> None:
    engine = create_engine(f"sqlite:///{file}")
    config = Config()
    config.set_main_option("script_location", str(Path(api.db.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
    engine.dispose()


def test_where_no_gateway_runs_the_tables_are_brought_up_to_date(tmp_path: Path) -> None:
    of_version_0003(tmp_path / "test.sqlite")

    with visiting(f"sqlite:///{tmp_path}/test.sqlite") as connection:
        assert connection.scalar(text("SELECT count(*) FROM people")) == 0


def test_under_a_gateway_of_an_older_version_nothing_is_changed(tmp_path: Path) -> None:
    of_version_0003(tmp_path / "test.sqlite")

    with (tmp_path / "test.sqlite.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(SchemaOld), visiting(f"sqlite:///{tmp_path}/test.sqlite"):
            pass


def test_what_fails_halfway_leaves_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/test.sqlite"
    with pytest.raises(ZeroDivisionError), visiting(url) as connection:
        connection.execute(text("UPDATE audit_head SET last = 9"))
        raise ZeroDivisionError

    with visiting(url) as connection:
        assert connection.scalar(text("SELECT last FROM audit_head")) == 0


def test_a_gateway_is_still_the_only_one_while_commands_come_and_go(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/test.sqlite"
    with visiting(url) as connection:
        connection.execute(text("SELECT 1"))
    first, second = Database(url), Database(url)
    first.open()
    with pytest.raises(AlreadyRunning):
        second.open()
    with visiting(url) as connection:
        assert connection.scalar(text("SELECT last FROM audit_head")) == 0
    first.close()
