"""The record of what was done: added to, read, followed from row to row."""

import hmac
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from api.staff import audit as rules
from api.staff.audit import LONGEST_WHAT, LONGEST_WHY, Entry, Filter, Verdict
from api.staff.tables import audit, audit_head, people

HEAD = 1


def record(connection: Connection, *, entry: Entry, now: datetime) -> None:
    """Add a row, in whatever transaction this is. One writer at a time holds the head, so the chain has no fork."""
    head = connection.execute(select(audit_head).where(audit_head.c.id == HEAD).with_for_update()).one()
    kept = _cut(entry)
    id, chain = head.last + 1, rules.linked(head.chain, head.last + 1, now, kept)
    connection.execute(insert(audit).values(id=id, at=now, chain=chain, **vars(kept)))
    connection.execute(update(audit_head).where(audit_head.c.id == HEAD).values(last=id, chain=chain))


def _cut(entry: Entry) -> Entry:
    why = entry.why[:LONGEST_WHY] if entry.why else None
    return Entry(
        entry.act,
        entry.what[:LONGEST_WHAT],
        person=entry.person,
        conversation=entry.conversation,
        why=why,
        address=entry.address,
    )


def read(connection: Connection, *, wanted: Filter, most: int) -> list[rules.Row]:
    """The newest first."""
    query = _filtered(wanted).order_by(audit.c.id.desc()).limit(most)
    return [_row(row) for row in connection.execute(query)]


def verify(connection: Connection) -> Verdict:
    head = connection.execute(select(audit_head).where(audit_head.c.id == HEAD)).one()
    return rules.verify(_all(connection), last=head.last, chain=head.chain)


def chain_at(connection: Connection, *, id: int) -> str | None:
    return connection.scalar(select(audit.c.chain).where(audit.c.id == id))


def key(connection: Connection) -> str:
    """What addresses are hashed with."""
    return str(connection.scalar(select(audit_head.c.key).where(audit_head.c.id == HEAD)))


def address_hash(address: str, key: str) -> str:
    """The same address gives the same few letters here, and nowhere else."""
    return hmac.new(bytes.fromhex(key), address.encode(), sha256).hexdigest()[:12]


def _filtered(wanted: Filter) -> Select[Any]:
    query = select(audit, people.c.name, people.c.shown).outerjoin(people, people.c.id == audit.c.person)
    columns = {"person": audit.c.person, "act": audit.c.act, "conversation": audit.c.conversation}
    same = {
        columns[name]: value for name, value in vars(wanted).items() if name in columns and value is not None
    }
    query = query.where(*(column == value for column, value in same.items()))
    if wanted.since:
        query = query.where(audit.c.at >= wanted.since)
    if wanted.before:
        query = query.where(audit.c.at < wanted.before)
    return query.where(audit.c.id < wanted.until_id) if wanted.until_id else query


def _all(connection: Connection) -> Iterator[rules.Row]:
    query = _filtered(Filter()).order_by(audit.c.id)
    return (_row(row) for row in connection.execute(query))


def _row(row: Row[Any]) -> rules.Row:
    entry = Entry(
        row.act, row.what, person=row.person, conversation=row.conversation, why=row.why, address=row.address
    )
    return rules.Row(row.id, row.at, entry, row.chain, row.name, row.shown)
