"""Sessions: begun, found by their token's hash, ended."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from api.staff.people import Person
from api.staff.sessions import Origin, Session, Stage
from api.staff.stored import people as accounts
from api.staff.tables import sessions


def begin(
    connection: Connection, *, token_hash: str, person: int, stage: Stage, origin: Origin, now: datetime
) -> None:
    times = {"made_at": now, "seen_at": now, "proved_at": now}
    row = {"token_hash": token_hash, "person": person, "stage": stage.value, **times, **vars(origin)}
    connection.execute(insert(sessions).values(**row))
    if stage is Stage.inside:
        accounts.change(connection, id=person, seen_at=now)


def find(connection: Connection, *, token_hash: str) -> tuple[Session, Person] | None:
    """The session and its person, unless the account is disabled."""
    row = connection.execute(select(sessions).where(sessions.c.token_hash == token_hash)).first()
    if row is None:
        return None
    person = accounts.get(connection, id=row.person)
    return None if person.is_disabled else (_session(row), person)


def touch(connection: Connection, *, id: int, now: datetime) -> None:
    connection.execute(update(sessions).where(sessions.c.id == id).values(seen_at=now))


def prove(connection: Connection, *, id: int, now: datetime) -> None:
    """The password was typed again."""
    connection.execute(update(sessions).where(sessions.c.id == id).values(proved_at=now, seen_at=now))


def of(connection: Connection, *, person: int, made_after: datetime, seen_after: datetime) -> list[Session]:
    """Those that hold, the one used last first."""
    holding = (
        sessions.c.person == person,
        sessions.c.stage == Stage.inside.value,
        sessions.c.made_at >= made_after,
        sessions.c.seen_at >= seen_after,
    )
    return [
        _session(row)
        for row in connection.execute(select(sessions).where(*holding).order_by(sessions.c.seen_at.desc()))
    ]


def end(connection: Connection, *, person: int, id: int) -> None:
    connection.execute(delete(sessions).where(sessions.c.person == person, sessions.c.id == id))


def end_token(connection: Connection, *, token_hash: str) -> None:
    connection.execute(delete(sessions).where(sessions.c.token_hash == token_hash))


def end_others(connection: Connection, *, person: int, but: int) -> None:
    connection.execute(delete(sessions).where(sessions.c.person == person, sessions.c.id != but))


def forget(connection: Connection, *, made_before: datetime) -> None:
    """Drop the rows of sessions that are long over."""
    connection.execute(delete(sessions).where(sessions.c.made_at < made_before))


def rename(connection: Connection, *, id: int, token_hash: str) -> None:
    """The same session under a new token."""
    connection.execute(update(sessions).where(sessions.c.id == id).values(token_hash=token_hash))


def _session(row: Row[Any]) -> Session:
    return Session(
        id=row.id,
        person=row.person,
        stage=Stage(row.stage),
        made_at=row.made_at,
        seen_at=row.seen_at,
        proved_at=row.proved_at,
        agent=row.agent,
        address=row.address,
    )
