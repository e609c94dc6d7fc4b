"""Changes of accounts: each is one transaction with the note of who made it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from api.errors import NotYourself
from api.staff.audit import Entry
from api.staff.people import Person
from api.staff.roles import Role
from api.staff.stored import audit, people


@dataclass(frozen=True)
class By:
    """Who makes a change: a person at an address, or, without either, the command line. `now` is when."""

    now: datetime
    person: int | None = None
    address: str | None = None


@dataclass(frozen=True)
class SetupLink:
    """The hash of a link for setting up, and until when it holds."""

    token_hash: str
    until: datetime


def note(connection: Connection, *, act: str, what: str, by: By, why: str | None = None) -> None:
    entry = Entry(act, what, person=by.person, address=by.address, why=why)
    audit.record(connection, entry=entry, now=by.now)


def add(connection: Connection, *, name: str, shown: str, role: Role, link: SetupLink, by: By) -> Person:
    """Raises NameTaken."""
    id = people.add(connection, name=name, shown=shown, role=role, now=by.now)
    people.change(connection, id=id, setup_hash=link.token_hash, setup_until=link.until)
    note(connection, act="person_added", what=f"{name} {role.value}", by=by)
    return people.get(connection, id=id)


def reset(connection: Connection, *, name: str, link: SetupLink, by: By) -> Person:
    """Raises UnknownPerson and NotYourself."""
    person = _other(connection, name, by)
    people.reset(connection, id=person.id, setup_hash=link.token_hash, until=link.until)
    note(connection, act="person_reset", what=name, by=by)
    return people.get(connection, id=person.id)


def give_role(connection: Connection, *, name: str, role: Role, by: By) -> None:
    """Raises UnknownPerson, NotYourself and LastAdmin. The same role again changes nothing."""
    person = _other(connection, name, by)
    if person.role is role:
        return
    people.give_role(connection, id=person.id, role=role)
    note(connection, act="person_role", what=f"{name} {person.role.value} → {role.value}", by=by)


def disable(connection: Connection, *, name: str, by: By) -> None:
    """Raises UnknownPerson, NotYourself and LastAdmin."""
    person = _other(connection, name, by)
    if not person.is_disabled:
        people.disable(connection, id=person.id)
        note(connection, act="person_disabled", what=name, by=by)


def enable(connection: Connection, *, name: str, by: By) -> None:
    """Raises UnknownPerson."""
    person = people.named(connection, name=name)
    if person.is_disabled:
        people.change(connection, id=person.id, disabled=False)
        note(connection, act="person_enabled", what=name, by=by)


def show_as(connection: Connection, *, name: str, shown: str, by: By) -> None:
    """Raises UnknownPerson."""
    person = people.named(connection, name=name)
    if person.shown != shown:
        people.change(connection, id=person.id, shown=shown)
        note(connection, act="person_shown", what=name, by=by)


def _other(connection: Connection, name: str, by: By) -> Person:
    """Nobody takes away their own rights by a slip. The command line may."""
    person = people.named(connection, name=name)
    if person.id == by.person:
        raise NotYourself
    return person
