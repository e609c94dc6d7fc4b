"""What an account is proved with: password, authenticator, recovery codes. Each change with its note."""

from collections.abc import Sequence

from sqlalchemy import Connection

from api.errors import SetupLinkUnknown, WrongCode
from api.staff.people import Person
from api.staff.sessions import Origin, Stage
from api.staff.stored import people, sessions
from api.staff.stored.changes import By, note


def enter(
    connection: Connection,
    *,
    person: int,
    token_hash: str,
    stage: Stage,
    origin: Origin,
    old: str | None,
    by: By,
) -> None:
    """Begin a session in place of an older one. Only being inside is noted."""
    if old:
        sessions.end_token(connection, token_hash=old)
    sessions.begin(connection, token_hash=token_hash, person=person, stage=stage, origin=origin, now=by.now)
    if stage is Stage.inside:
        note(connection, act="login", what="", by=by)


def enter_by_step(
    connection: Connection, *, person: int, step: int, token_hash: str, origin: Origin, old: str, by: By
) -> None:
    """Raises WrongCode: the same six digits were used a moment before."""
    if not people.use_step(connection, id=person, step=step):
        raise WrongCode
    enter(connection, person=person, token_hash=token_hash, stage=Stage.inside, origin=origin, old=old, by=by)


def enter_by_recovery(
    connection: Connection, *, person: int, code_hash: str, token_hash: str, origin: Origin, old: str, by: By
) -> None:
    """Raises WrongCode."""
    if not people.use_recovery_code(connection, id=person, code_hash=code_hash, now=by.now):
        raise WrongCode
    left = people.recovery_codes_left(connection, id=person)
    note(connection, act="recovery_used", what=f"{left}", by=by)
    enter(connection, person=person, token_hash=token_hash, stage=Stage.inside, origin=origin, old=old, by=by)


def begin(
    connection: Connection, *, setup_hash: str, password: str, token_hash: str, origin: Origin, by: By
) -> Person:
    """The first password, and a session in which the rest is set up. Raises SetupLinkUnknown."""
    person = people.by_setup(connection, setup_hash=setup_hash, now=by.now)
    if person is None:
        raise SetupLinkUnknown
    people.begin(connection, setup_hash=setup_hash, password=password, now=by.now)
    sessions.begin(
        connection, token_hash=token_hash, person=person.id, stage=Stage.setup, origin=origin, now=by.now
    )
    note(connection, act="setup", what=person.name, by=By(by.now, person.id, by.address))
    return person


def next_secret(connection: Connection, *, id: int, fresh: str) -> str:
    """The secret that is being set up; a fresh one if there is none."""
    kept = people.secrets(connection, id=id).totp_next
    if kept is None:
        people.change(connection, id=id, totp_next=fresh)
    return kept or fresh


def confirm(
    connection: Connection, *, id: int, secret: str, step: int, hashes: Sequence[str], by: By
) -> None:
    """The authenticator shows the right digits: from now on it is the one. Raises WrongCode if it was another meanwhile."""
    if people.secrets(connection, id=id).totp_next != secret:
        raise WrongCode
    people.change(connection, id=id, totp=secret, totp_next=None, totp_step=step)
    people.keep_recovery_codes(connection, id=id, hashes=hashes)
    note(connection, act="authenticator", what="", by=by)


def change_password(
    connection: Connection, *, id: int, password: str, token_hash: str, origin: Origin, by: By
) -> None:
    """All sessions end; one begins."""
    people.change(connection, id=id, password=password)
    people.end_sessions(connection, id=id)
    sessions.begin(
        connection, token_hash=token_hash, person=id, stage=Stage.inside, origin=origin, now=by.now
    )
    note(connection, act="password", what="", by=by)


def make_recovery_codes(connection: Connection, *, id: int, hashes: Sequence[str], by: By) -> None:
    people.keep_recovery_codes(connection, id=id, hashes=hashes)
    note(connection, act="recovery_made", what="", by=by)
