"""The one door to what is kept of staff: each method is one transaction. The SQL stands in stored/."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection

from api.db import Database
from api.staff.audit import Entry, Filter, Row, Verdict
from api.staff.people import Person, Preferences, Secrets
from api.staff.sessions import Session
from api.staff.stored import audit, changes, commanded, people, proofs, sessions

__all__ = ["Store", "changes", "commanded", "proofs", "recording"]

T = TypeVar("T")


def recording(entry: Entry, *, now: datetime) -> Callable[[Connection], None]:
    """An operation that notes the entry, to be run at the end of a transaction of somebody else's."""
    return partial(audit.record, entry=entry, now=now)


class Store:
    """People, sessions and the record of what was done."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._key: str | None = None

    async def change(self, change: Callable[..., T], **named: Any) -> T:
        """Run one of `changes` or `proofs`, which note themselves."""
        return await self._database.write(partial(change, **named))

    async def record(self, entry: Entry, *, now: datetime) -> None:
        """Note something that stands alone."""
        await self._database.write(recording(entry, now=now))

    async def find(self, name: str) -> tuple[Person, Secrets] | None:
        """Who this is, and how it is proved. Disabled people are found too."""
        return await self._database.read(partial(_with_secrets, name=name))

    async def person(self, id: int) -> Person:
        """Raises UnknownPerson."""
        return await self._database.read(partial(people.get, id=id))

    async def people(self) -> list[Person]:
        """Everybody, those who may come in first."""
        return await self._database.read(people.everybody)

    async def secrets(self, id: int) -> Secrets:
        return await self._database.read(partial(people.secrets, id=id))

    async def by_setup(self, setup_hash: str, *, now: datetime) -> Person | None:
        return await self._database.read(partial(people.by_setup, setup_hash=setup_hash, now=now))

    async def prefer(self, id: int, preferences: Preferences) -> None:
        await self._database.write(partial(people.change, id=id, preferences=vars(preferences)))

    async def forget_next_secret(self, id: int) -> None:
        await self._database.write(partial(people.change, id=id, totp_next=None))

    async def recovery_codes_left(self, id: int) -> int:
        return await self._database.read(partial(people.recovery_codes_left, id=id))

    async def session(self, token_hash: str) -> tuple[Session, Person] | None:
        return await self._database.read(partial(sessions.find, token_hash=token_hash))

    async def sessions(self, person: int, *, made_after: datetime, seen_after: datetime) -> list[Session]:
        """Those of this person that hold, the one used last first."""
        return await self._database.read(
            partial(sessions.of, person=person, made_after=made_after, seen_after=seen_after)
        )

    async def touch(self, session: int, *, now: datetime) -> None:
        await self._database.write(partial(sessions.touch, id=session, now=now))

    async def prove(self, session: int, *, now: datetime) -> None:
        await self._database.write(partial(sessions.prove, id=session, now=now))

    async def end_session(self, person: int, session: int) -> None:
        await self._database.write(partial(sessions.end, person=person, id=session))

    async def end_token(self, token_hash: str) -> None:
        await self._database.write(partial(sessions.end_token, token_hash=token_hash))

    async def end_other_sessions(self, person: int, *, but: int) -> None:
        await self._database.write(partial(sessions.end_others, person=person, but=but))

    async def forget_sessions(self, *, made_before: datetime) -> None:
        await self._database.write(partial(sessions.forget, made_before=made_before))

    async def audit(self, wanted: Filter, *, most: int) -> list[Row]:
        """The newest first."""
        return await self._database.read(partial(audit.read, wanted=wanted, most=most))

    async def verify(self) -> Verdict:
        return await self._database.read(audit.verify)

    async def address_hash(self, address: str) -> str:
        """The same few letters for the same address; only here, for the key is ours."""
        if self._key is None:
            self._key = await self._database.read(audit.key)
        return audit.address_hash(address, self._key)


def _with_secrets(connection: Connection, *, name: str) -> tuple[Person, Secrets] | None:
    person = people.find(connection, name=name)
    return (person, people.secrets(connection, id=person.id)) if person else None
