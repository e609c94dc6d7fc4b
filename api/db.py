"""The database: many readers, and one queue of writes that are committed in groups."""

import asyncio
import fcntl
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Generic, TextIO, TypeVar
from urllib.parse import quote

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from api.errors import AlreadyRunning, DatabaseUnavailable, SchemaOld

T = TypeVar("T")
Operation = Callable[[Connection], T]

MIGRATIONS = Path(__file__).parent / "migrations"
READERS = 4
POSTGRESQL_WRITERS = 8
LARGEST_GROUP = 64
WRITES = {"writes": True}
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",  # an acknowledged message survives a power cut
    "foreign_keys = ON",
    "busy_timeout = 5000",
)


@dataclass(frozen=True)
class _Job(Generic[T]):
    operation: Operation[T]
    future: "Future[T]"


class Database:
    """Runs operations against one database.

    An operation may run twice (a failed group is redone one by one), so it
    touches nothing but its connection.
    """

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self.is_sqlite = self._url.get_backend_name() == "sqlite"
        # SQLite has one writer at a time, so waiting writes share a commit. PostgreSQL commits side by side.
        self._writers = 1 if self.is_sqlite else POSTGRESQL_WRITERS
        self._largest_group = LARGEST_GROUP if self.is_sqlite else 1
        self._jobs: SimpleQueue[_Job[Any] | None] = SimpleQueue()

    def open(self) -> None:
        """Take the file for ourselves, bring the schema up to date, start the threads."""
        self._lock = _locked(self._url) if self.is_sqlite else None
        self._engine = _engine(self._url)
        with self._engine.begin() as connection:
            upgrade(connection)
        self._reading = ThreadPoolExecutor(READERS, "read")
        self._writing = [Thread(target=self._work, name="write", daemon=True) for _ in range(self._writers)]
        for thread in self._writing:
            thread.start()

    def close(self) -> None:
        """Finish the writes that wait, then let go of everything."""
        for _ in self._writing:
            self._jobs.put(None)
        for thread in self._writing:
            thread.join()
        self._reading.shutdown()
        self._engine.dispose()
        if self._lock:
            self._lock.close()

    async def write(self, operation: Operation[T]) -> T:
        """Run the operation in a transaction; it is on the disk when this returns."""
        job = _Job(operation, Future[T]())
        self._jobs.put(job)
        return await _outcome(asyncio.wrap_future(job.future))

    async def read(self, operation: Operation[T]) -> T:
        """Run the operation on one snapshot of the database."""
        loop = asyncio.get_running_loop()
        return await _outcome(loop.run_in_executor(self._reading, self._read, operation))

    def _read(self, operation: Operation[T]) -> T:
        with self._engine.connect() as connection:
            return operation(connection)

    def _work(self) -> None:
        is_open = True
        while is_open:
            group = self._next_group()
            is_open = None not in group
            self._commit([job for job in group if job and job.future.set_running_or_notify_cancel()])

    def _next_group(self) -> list[_Job[Any] | None]:
        """All writes that wait now, in order. None among them asks the thread to stop."""
        group = [self._jobs.get()]
        while len(group) < self._largest_group and group[-1]:
            try:
                group.append(self._jobs.get_nowait())
            except Empty:
                break
        return group

    def _commit(self, group: list[_Job[Any]]) -> None:
        try:
            with self._engine.execution_options(**WRITES).begin() as connection:
                results = [job.operation(connection) for job in group]
        except Exception as error:  # it belongs to whoever waits for the outcome
            self._redo(group, error)
        else:
            for job, result in zip(group, results, strict=True):
                job.future.set_result(result)

    def _redo(self, group: list[_Job[Any]], error: Exception) -> None:
        if len(group) == 1:
            group[0].future.set_exception(error)
            return
        for job in group:
            self._commit([job])


async def _outcome(awaitable: Awaitable[T]) -> T:
    try:
        return await awaitable
    except (OperationalError, PoolTimeout) as error:
        raise DatabaseUnavailable from error


def upgrade(connection: Connection) -> None:
    """Bring the schema to the newest version."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def copy(source: Path, target: Path) -> None:
    """Copy a SQLite database as it is now, also while a gateway writes: what only its WAL holds comes along.

    Raises DatabaseUnavailable when the source is none.
    """
    address = f"file:{quote(str(source.resolve()))}?mode=ro"  # so that nothing is made where nothing was
    try:
        with closing(sqlite3.connect(address, uri=True)) as log, closing(sqlite3.connect(target)) as other:
            log.backup(other)
    except sqlite3.Error as error:
        raise DatabaseUnavailable from error


@contextmanager
def visiting(url: str) -> Iterator[Connection]:
    """One transaction beside a gateway that may be running: for commands.

    The lock file says that one gateway runs, not that nobody else may write; SQLite itself lets one write after the
    other. Where no gateway holds it, the schema is brought up to date first. Raises SchemaOld and DatabaseUnavailable.
    """
    engine = _engine(make_url(url))
    try:
        _prepare(engine)
        with engine.execution_options(**WRITES).begin() as connection:
            yield connection
    except OperationalError as error:
        raise DatabaseUnavailable from error
    finally:
        engine.dispose()


def _prepare(engine: Engine) -> None:
    """Have the newest schema, unless a gateway lives on another."""
    with suppress(OperationalError), engine.connect() as connection:  # without a folder there is no database
        if _is_newest(connection):
            return
    lock = None
    try:
        lock = _locked(engine.url) if engine.dialect.name == "sqlite" else None
        with engine.execution_options(**WRITES).begin() as connection:
            upgrade(connection)
    except AlreadyRunning as error:
        raise SchemaOld from error
    finally:
        if lock:
            lock.close()


def _is_newest(connection: Connection) -> bool:
    newest = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == newest


def _engine(url: URL) -> Engine:
    # Errors of the database quote the parameters, and those are what visitors wrote.
    engine = create_engine(url, hide_parameters=True)
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # Python's driver begins late and only for some statements; we say BEGIN ourselves.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Whoever writes takes the turn at once: one that read first could no longer write where another did meanwhile."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _locked(url: URL) -> TextIO:
    """Hold a lock file beside the database: leases may be cleared only where nobody else lives."""
    database = Path(url.database or "madoguchi.sqlite")
    database.parent.mkdir(parents=True, exist_ok=True)
    lock = database.with_name(f"{database.name}.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise AlreadyRunning(path=str(database)) from error
    return lock
