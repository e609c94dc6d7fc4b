"""The record of what was done cannot be changed without its showing."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from api.db import Database, visiting
from api.staff.audit import Entry, Filter
from api.staff.roles import Role
from api.staff.setup import new_link
from api.staff.store import Store, changes, recording

NOW = datetime(2026, 11, 24, 1, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "test.sqlite"


@pytest_asyncio.fixture
async def database(file: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite:///{file}")
    database.open()
    yield database
    database.close()


@pytest.fixture
def store(database: Database) -> Store:
    return Store(database)


async def _fill(store: Store, rows: int) -> None:
    for number in range(rows):
        await store.record(Entry("read", f"{number}", conversation="c", why="確認"), now=NOW)


TAMPERINGS = [
    ("DELETE FROM audit WHERE id = 2", 2),
    ("DELETE FROM audit WHERE id = 5", 5),
    ("DELETE FROM audit", 1),
    ("UPDATE audit SET person = 7 WHERE id = 3", 3),
    ("UPDATE audit SET why = NULL WHERE id = 4", 4),
    ("UPDATE audit SET at = '2026-11-24 02:00:00.000000' WHERE id = 1", 1),
    ("UPDATE audit SET id = 9 WHERE id = 5", 5),
]


@pytest.mark.parametrize(("sql", "broken_at"), TAMPERINGS)
async def test_a_row_that_is_gone_or_changed_shows(
    store: Store, file: Path, sql: str, broken_at: int
) -> None:
    await _fill(store, 5)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TRIGGER audit_DELETE")
        connection.execute("DROP TRIGGER audit_UPDATE")
        connection.execute(sql)
        connection.commit()

    assert (await store.verify()).broken_at == broken_at


@pytest.mark.parametrize("sql", ["DELETE FROM audit WHERE id = 1", "UPDATE audit SET what = ''"])
async def test_the_database_itself_refuses_to_change_it(store: Store, file: Path, sql: str) -> None:
    await _fill(store, 1)

    with closing(sqlite3.connect(file)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(sql)


async def test_many_who_write_at_once_make_one_chain(store: Store, file: Path) -> None:
    """Also a command beside the gateway: neither waits in vain, nothing is lost."""

    def beside() -> None:
        for number in range(10):
            by = changes.By(NOW)
            with visiting(f"sqlite:///{file}") as connection:
                link = new_link(by)[1]
                changes.add(connection, name=f"p{number:02}", shown="p", role=Role.viewer, link=link, by=by)

    await asyncio.gather(asyncio.to_thread(beside), *(_fill(store, 20) for _ in range(5)))
    verdict = await store.verify()

    assert (verdict.rows, verdict.is_whole) == (110, True)
    assert len(await store.people()) == 10


async def test_a_note_goes_with_the_deed_or_not_at_all(database: Database, store: Store) -> None:
    class Broken(Exception):
        """It did not work out."""

    def deed(connection: object) -> None:
        recording(Entry("close", conversation="c"), now=NOW)(connection)  # type: ignore[arg-type]
        raise Broken

    with pytest.raises(Broken):
        await database.write(deed)

    assert await store.audit(Filter(), most=10) == []


async def test_long_words_are_cut_and_still_chained(store: Store) -> None:
    await store.record(Entry("read", "x" * 999, why="y" * 999), now=NOW)
    [row] = await store.audit(Filter(), most=10)

    assert (len(row.entry.what), len(row.entry.why or "")) == (200, 500)
    assert (await store.verify()).is_whole


async def test_an_address_is_the_same_letters_here_and_others_elsewhere(store: Store, tmp_path: Path) -> None:
    elsewhere = Database(f"sqlite:///{tmp_path}/other/test.sqlite")
    elsewhere.open()
    here = {await store.address_hash("192.0.2.1") for _ in range(2)}
    there = await Store(elsewhere).address_hash("192.0.2.1")
    elsewhere.close()

    assert len(here) == 1
    assert there not in here
