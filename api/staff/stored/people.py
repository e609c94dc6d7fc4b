"""Accounts: made, changed, and proved."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from api.errors import LastAdmin, NameTaken, SetupLinkUnknown, UnknownPerson
from api.staff.people import Person, Preferences, Secrets
from api.staff.roles import Role
from api.staff.tables import people, recovery_codes, sessions


def add(connection: Connection, *, name: str, shown: str, role: Role, now: datetime) -> int:
    """Returns the id. Raises NameTaken."""
    if find(connection, name=name):
        raise NameTaken(given=name)
    row = {"name": name, "shown": shown, "role": role.value, "made_at": now}
    return int(connection.execute(insert(people).values(**row).returning(people.c.id)).scalar_one())


def find(connection: Connection, *, name: str) -> Person | None:
    row = connection.execute(select(people).where(people.c.name == name)).first()
    return _person(row) if row else None


def named(connection: Connection, *, name: str) -> Person:
    """Raises UnknownPerson."""
    if person := find(connection, name=name):
        return person
    raise UnknownPerson(given=name)


def get(connection: Connection, *, id: int) -> Person:
    """Raises UnknownPerson."""
    row = connection.execute(select(people).where(people.c.id == id)).first()
    if row is None:
        raise UnknownPerson(given=str(id))
    return _person(row)


def everybody(connection: Connection) -> list[Person]:
    return [
        _person(row) for row in connection.execute(select(people).order_by(people.c.disabled, people.c.name))
    ]


def secrets(connection: Connection, *, id: int) -> Secrets:
    row = connection.execute(select(people).where(people.c.id == id)).one()
    return Secrets(row.password, row.totp, row.totp_next, row.totp_step)


def change(connection: Connection, *, id: int, **values: Any) -> None:
    """Set columns of one account."""
    connection.execute(update(people).where(people.c.id == id).values(**values))


def give_role(connection: Connection, *, id: int, role: Role) -> None:
    """Ends all sessions. Raises LastAdmin."""
    if role is not Role.admin:
        _leave_an_admin(connection, id)
    change(connection, id=id, role=role.value)
    end_sessions(connection, id=id)


def disable(connection: Connection, *, id: int) -> None:
    """Ends all sessions, and the link for setting up. Raises LastAdmin."""
    _leave_an_admin(connection, id)
    change(connection, id=id, disabled=True, setup_hash=None, setup_until=None)
    end_sessions(connection, id=id)


def reset(connection: Connection, *, id: int, setup_hash: str, until: datetime) -> None:
    """Forget all proofs, and let the link set new ones."""
    forgotten = {"password": None, "totp": None, "totp_next": None}
    change(connection, id=id, **forgotten, setup_hash=setup_hash, setup_until=until)
    connection.execute(delete(recovery_codes).where(recovery_codes.c.person == id))
    end_sessions(connection, id=id)


def by_setup(connection: Connection, *, setup_hash: str, now: datetime) -> Person | None:
    """Whose link this is, if it can still be used."""
    usable = (people.c.setup_hash == setup_hash, people.c.setup_until > now, people.c.disabled.is_(False))
    row = connection.execute(select(people).where(*usable)).first()
    return _person(row) if row else None


def begin(connection: Connection, *, setup_hash: str, password: str, now: datetime) -> Person:
    """Set the first password and use the link up. Raises SetupLinkUnknown."""
    person = by_setup(connection, setup_hash=setup_hash, now=now)
    if person is None:
        raise SetupLinkUnknown
    change(connection, id=person.id, password=password, setup_hash=None, setup_until=None)
    end_sessions(connection, id=person.id)
    return person


def use_step(connection: Connection, *, id: int, step: int) -> bool:
    """Mark a code as used. False: it was used meanwhile."""
    query = update(people).where(people.c.id == id, people.c.totp_step < step).values(totp_step=step)
    return connection.execute(query).rowcount == 1


def keep_recovery_codes(connection: Connection, *, id: int, hashes: Iterable[str]) -> None:
    """These, instead of all earlier ones."""
    connection.execute(delete(recovery_codes).where(recovery_codes.c.person == id))
    connection.execute(insert(recovery_codes), [{"person": id, "code_hash": each} for each in hashes])


def use_recovery_code(connection: Connection, *, id: int, code_hash: str, now: datetime) -> bool:
    """False: there is no such code, or it was used."""
    mine = (recovery_codes.c.person == id, recovery_codes.c.code_hash == code_hash)
    query = update(recovery_codes).where(*mine, recovery_codes.c.used_at.is_(None)).values(used_at=now)
    return connection.execute(query).rowcount == 1


def recovery_codes_left(connection: Connection, *, id: int) -> int:
    left = select(func.count()).where(recovery_codes.c.person == id, recovery_codes.c.used_at.is_(None))
    return connection.execute(left).scalar_one()


def end_sessions(connection: Connection, *, id: int) -> None:
    connection.execute(delete(sessions).where(sessions.c.person == id))


def _leave_an_admin(connection: Connection, id: int) -> None:
    """Raises LastAdmin where nobody else could manage the accounts."""
    admins = (people.c.role == Role.admin.value, people.c.disabled.is_(False))
    ids = set(connection.scalars(select(people.c.id).where(*admins).with_for_update()))
    if ids == {id}:
        raise LastAdmin


def _person(row: Row[Any]) -> Person:
    kept: Mapping[str, object] | None = row.preferences
    return Person(
        id=row.id,
        name=row.name,
        shown=row.shown,
        role=Role(row.role),
        made_at=row.made_at,
        is_disabled=row.disabled,
        has_password=row.password is not None,
        has_codes=row.totp is not None,
        seen_at=row.seen_at,
        preferences=Preferences.read(kept),
    )
