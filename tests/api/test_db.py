"""The database keeps its promises: groups, failures, settings, schema."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from api.db import Database, copy
from api.errors import AlreadyRunning, DatabaseUnavailable
from api.staff.tables import metadata


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/test.sqlite")
    database.open()
    yield database
    database.close()


def add(number: int) -> "Adding":
    return Adding(number)


class Adding:
    """Adds a row, or fails."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __call__(self, connection: Connection) -> int:
        connection.execute(text("INSERT INTO numbers VALUES (:number)"), {"number": self.number})
        if self.number < 0:
            raise ValueError(self.number)
        return self.number


def numbers(connection: Connection) -> list[int]:
    return list(connection.scalars(text("SELECT number FROM numbers ORDER BY rowid")))


async def _table(database: Database) -> None:
    await database.write(
        lambda connection: connection.execute(text("CREATE TABLE numbers (number)")) and None
    )


async def test_one_failing_write_takes_no_other_with_it(database: Database) -> None:
    await _table(database)

    outcomes = await asyncio.gather(
        *(database.write(add(number)) for number in (1, -2, 3, -4, 5)), return_exceptions=True
    )

    assert [outcome for outcome in outcomes if isinstance(outcome, int)] == [1, 3, 5]
    assert sum(isinstance(outcome, ValueError) for outcome in outcomes) == 2
    assert await database.read(numbers) == [1, 3, 5]


async def test_writes_keep_the_order_they_were_given_in(database: Database) -> None:
    await _table(database)

    await asyncio.gather(*(database.write(add(number)) for number in range(500)))

    assert await database.read(numbers) == list(range(500))


async def test_a_write_that_nobody_waits_for_any_more_harms_nobody(database: Database) -> None:
    await _table(database)
    given_up = [asyncio.create_task(database.write(add(number))) for number in range(50)]
    await asyncio.sleep(0)
    for task in given_up:
        task.cancel()

    assert await database.write(add(100)) == 100


def test_an_acknowledged_write_survives_a_power_cut(database: Database, tmp_path: Path) -> None:
    async def settings() -> list[object]:
        return await database.read(
            lambda connection: [
                connection.scalar(text(f"PRAGMA {name}"))
                for name in ("journal_mode", "synchronous", "foreign_keys")
            ]
        )

    assert asyncio.run(settings()) == ["wal", 2, 1]


def test_a_second_process_is_refused(database: Database, tmp_path: Path) -> None:
    with pytest.raises(AlreadyRunning):
        Database(f"sqlite:///{tmp_path}/test.sqlite").open()


async def test_a_locked_database_is_an_expected_trouble(database: Database, tmp_path: Path) -> None:
    await _table(database)
    await database.write(lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout = 50") and None)
    with sqlite3.connect(tmp_path / "test.sqlite", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnavailable):
            await database.write(add(1))
        other.execute("ROLLBACK")

    assert await database.write(add(2)) == 2


async def test_the_schema_is_what_the_tables_say(database: Database) -> None:
    def difference(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [found for found in compare_metadata(context, metadata) if "numbers" not in str(found)]

    assert await database.read(difference) == []


async def test_the_queue_is_read_through_its_index(database: Database) -> None:
    query = "EXPLAIN QUERY PLAN SELECT DISTINCT conversation FROM messages WHERE state = 'waiting'"

    plan = await database.read(lambda connection: str(connection.execute(text(query)).all()))

    assert "ix_messages_waiting" in plan


async def test_a_copy_holds_what_was_just_written(database: Database, tmp_path: Path) -> None:
    await _table(database)
    await database.write(add(1))

    copy(tmp_path / "test.sqlite", tmp_path / "copy.sqlite")

    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as copied:
        assert copied.execute("SELECT number FROM numbers").fetchall() == [(1,)]


@pytest.mark.parametrize("content", [None, b"no database, but long enough to be looked at" * 30])
def test_what_is_no_database_is_not_copied(tmp_path: Path, content: bytes | None) -> None:
    source = tmp_path / "source.sqlite"
    if content:
        source.write_bytes(content)

    with pytest.raises(DatabaseUnavailable):
        copy(source, tmp_path / "copy.sqlite")

    assert source.exists() is bool(content)
