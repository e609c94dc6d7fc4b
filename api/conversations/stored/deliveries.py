"""Deliveries on the disk: which lines are on their way to a visitor, and how far they have come.

The log is the outbox. A delivery is a stretch of the log, from the line after the last delivery's to its own last
line; of a stretch those lines are delivered that the visitor did not write and that are not internal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    Connection,
    Row,
    and_,
    delete,
    false,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from api.conversations.channel import Ticket
from api.conversations.courier import Parcel
from api.conversations.models import Author, Delivered, Line, Message
from api.conversations.stored import lines
from api.conversations.tables import deliveries, messages, tickets
from api.errors import OutOfQuota

FRESH = timedelta(seconds=50)  # a ticket lives a minute; the rest is for the way
PENDING = deliveries.c.state == literal_column("'pending'")
NOT_BEGUN = {"began_via": None, "began_at": None, "batch": None}
NOT_OURS = {"owner": None, "until": None}
NO_TICKET = {"ticket": None, "ticket_issued_at": None}


@dataclass(frozen=True)
class Attempt:
    """One attempt to deliver, as it is stored before the call. `began_at` is when the first began."""

    parcel: Parcel
    deliveries: tuple[int, ...]
    ticket: Ticket | None
    attempts: int
    began_at: datetime


def make(
    connection: Connection,
    held: Row[Any],
    *,
    most_messages: int | None,
    now: datetime,
    needs_ticket: bool = False,
) -> None:
    """Send off all lines that no delivery has yet; none where the channel has no courier (`most_messages` is None).

    With `needs_ticket` the newest line is dropped rather than delivered without one.
    """
    if most_messages is None:
        return
    new = _new_lines(connection, held.id)
    common = {
        "conversation": held.id,
        "state": Delivered.pending if held.reachable else Delivered.cancelled,
        "attempts": 0,
        "due_at": _due_with_others(connection, held.id) or now,
        "made_at": now,
    }
    alone = [new.pop()] if needs_ticket else []
    stretches = [new[begin : begin + most_messages] for begin in range(0, len(new), most_messages)]
    for stretch in stretches:
        _add(connection, stretch, **common)
    if alone:
        _add(connection, alone, **common, needs_ticket=True)


def due(connection: Connection, *, now: datetime) -> list[str]:
    is_free = or_(deliveries.c.owner.is_(None), deliveries.c.until <= now)
    query = select(deliveries.c.conversation).where(PENDING, deliveries.c.due_at <= now, is_free)
    return list(dict.fromkeys(connection.scalars(query)))


def take(
    connection: Connection,
    *,
    conversation: str,
    most_messages: int,
    owner: str,
    now: datetime,
    until: datetime,
) -> Attempt | None:
    held = lines.locked(connection, conversation)
    ticket = _fresh_ticket(connection, conversation, now=now)
    rows = _drop_ticketless(connection, _pending(connection, conversation), is_fresh=ticket is not None)
    if not rows or rows[0].due_at > now or (rows[0].owner not in (None, owner) and rows[0].until > now):
        return None
    head = rows[0]
    if ticket and _had_no_quota(rows) and _is_answer_coming(connection, conversation):
        return None
    if head.began_via:
        together = [row for row in rows if row.batch == head.batch]
        ticket = Ticket(head.ticket, head.ticket_issued_at) if head.began_via == "ticket" else None
    else:
        together = list(_fitting(connection, rows, most_messages)) if ticket else []
    attempt = _attempt(connection, held, together or [head], ticket, now=now)
    _begin(connection, attempt, owner=owner, until=until)
    return attempt


def arrive(connection: Connection, *, attempt: Attempt, owner: str, now: datetime) -> bool:
    """As the next four, it returns False and changes nothing if the attempt is no longer this owner's."""
    done = {"state": Delivered.sent, "settled_at": now, "error": None}
    return _settle(connection, attempt, owner, now=now, next_at=now, **done)


def fail(
    connection: Connection, *, attempt: Attempt, notice: Line, code: str, owner: str, now: datetime
) -> bool:
    done = {"state": Delivered.failed, "settled_at": now, "error": code}
    if not _settle(connection, attempt, owner, now=now, next_at=now, **done):
        return False
    lines.put(connection, attempt.parcel.conversation.id, notice, now=now)
    return True


def go_without_ticket(connection: Connection, *, attempt: Attempt, owner: str, now: datetime) -> bool:
    return _settle(connection, attempt, owner, now=now, next_at=now, **NOT_BEGUN)


def hold(
    connection: Connection, *, attempt: Attempt, code: str, until: datetime, owner: str, now: datetime
) -> bool:
    """Refused for certain; tried again at that time, or when a ticket comes."""
    return _settle(connection, attempt, owner, now=now, next_at=until, error=code, **NOT_BEGUN)


def postpone(
    connection: Connection, *, attempt: Attempt, code: str, until: datetime, owner: str, now: datetime
) -> bool:
    """It may have arrived: it is repeated as it was, at that time."""
    if not _is_ours(connection, attempt, owner):
        return False
    here = deliveries.c.id.in_(attempt.deliveries)
    connection.execute(update(deliveries).where(here).values(error=code, **NOT_OURS))
    _due_at(connection, attempt.parcel.conversation.id, until)
    return True


def cancel(connection: Connection, conversation: str, *, now: datetime) -> None:
    """Deliver nothing more of what is pending."""
    here = and_(deliveries.c.conversation == conversation, PENDING)
    cancelled = {"state": Delivered.cancelled, "settled_at": now, **NO_TICKET, **NOT_OURS}
    connection.execute(update(deliveries).where(here).values(**cancelled))


def has_pending(connection: Connection, conversation: str) -> bool:
    return bool(_pending(connection, conversation))


def has_any(connection: Connection, conversation: str) -> bool:
    return _last_line(connection, conversation) > 0


def let_go(connection: Connection, *, owner: str | None) -> None:
    whose = deliveries.c.owner == owner if owner else deliveries.c.owner.is_not(None)
    connection.execute(update(deliveries).where(PENDING, whose).values(**NOT_OURS))


def _last_line(connection: Connection, conversation: str) -> int:
    """The last line of the log that a delivery has."""
    newest = select(func.max(deliveries.c.last)).where(deliveries.c.conversation == conversation)
    return connection.scalar(newest) or 0


def _new_lines(connection: Connection, conversation: str) -> list[int]:
    after = _last_line(connection, conversation)
    found = select(messages.c.sequence).where(_deliverable(conversation), messages.c.sequence > after)
    return list(connection.scalars(found.order_by(messages.c.sequence)))


def _deliverable(conversation: str) -> Any:
    return and_(
        messages.c.conversation == conversation,
        messages.c.author != Author.visitor,
        messages.c.internal == false(),
    )


def _add(connection: Connection, stretch: Sequence[int], **columns: Any) -> None:
    ends = {"first": stretch[0], "last": stretch[-1], "key": str(uuid4())}
    connection.execute(insert(deliveries).values(**ends, **columns))


def _due_with_others(connection: Connection, conversation: str) -> datetime | None:
    """When those are due that come before: nothing overtakes them, so nothing need look before."""
    here = and_(deliveries.c.conversation == conversation, PENDING)
    at: datetime | None = connection.scalar(select(func.max(deliveries.c.due_at)).where(here))
    return at


def _pending(connection: Connection, conversation: str) -> list[Row[Any]]:
    here = and_(deliveries.c.conversation == conversation, PENDING)
    return list(connection.execute(select(deliveries).where(here).order_by(deliveries.c.id)))


def _drop_ticketless(connection: Connection, rows: list[Row[Any]], *, is_fresh: bool) -> list[Row[Any]]:
    """Cancel what needs a ticket, when there is none for it. What has begun goes on."""
    kept = [row for row in rows if is_fresh or not row.needs_ticket or row.began_via == "ticket"]
    dropped = [row.id for row in rows if row not in kept]
    if dropped:
        connection.execute(
            update(deliveries).where(deliveries.c.id.in_(dropped)).values(state=Delivered.cancelled)
        )
    return kept


def _had_no_quota(rows: Sequence[Row[Any]]) -> bool:
    """Whether they wait for a ticket, and nothing else needs it now."""
    return rows[0].error == OutOfQuota.code and not any(row.needs_ticket for row in rows)


def _is_answer_coming(connection: Connection, conversation: str) -> bool:
    """Whether the visitor's newest message, which brought a ticket, waits to be answered.

    The ticket is then for both: spent on what was held back alone, it would leave the next answer behind in turn.
    """
    waits = and_(messages.c.conversation == conversation, messages.c.state == literal_column("'waiting'"))
    return connection.execute(select(messages.c.sequence).where(waits)).first() is not None


def _fresh_ticket(connection: Connection, conversation: str, *, now: datetime) -> Ticket | None:
    row = connection.execute(select(tickets).where(tickets.c.conversation == conversation)).first()
    return Ticket(row.token, row.issued_at) if row and now - row.issued_at <= FRESH else None


def _fitting(connection: Connection, rows: Sequence[Row[Any]], most_messages: int) -> Iterator[Row[Any]]:
    """The first rows, as many as one call takes."""
    room = most_messages
    for row in rows:
        room -= len(_lines(connection, [row]))
        if room < 0:
            return
        yield row


def _lines(connection: Connection, rows: Sequence[Row[Any]]) -> list[Message]:
    stretch = or_(*(messages.c.sequence.between(row.first, row.last) for row in rows))
    query = select(messages).where(_deliverable(rows[0].conversation), stretch)
    return [lines.as_message(row) for row in connection.execute(query.order_by(messages.c.sequence))]


def _attempt(
    connection: Connection, held: Row[Any], rows: Sequence[Row[Any]], ticket: Ticket | None, *, now: datetime
) -> Attempt:
    head = rows[0]
    parcel = Parcel(
        conversation=lines.as_conversation(held),
        address=held.address or {},
        messages=tuple(_lines(connection, rows)),
        key=head.key,
        ticket=ticket.token if ticket else None,
        is_again=head.began_via is not None,
        made_at=head.made_at,
    )
    return Attempt(parcel, tuple(row.id for row in rows), ticket, head.attempts + 1, head.began_at or now)


def _begin(connection: Connection, attempt: Attempt, *, owner: str, until: datetime) -> None:
    """Note the attempt before the call. The ticket is spent with it: nothing else can use it."""
    ticket = attempt.ticket
    begun = {
        "attempts": deliveries.c.attempts + 1,
        "began_via": "ticket" if ticket else "push",
        "began_at": attempt.began_at,
        "ticket": ticket.token if ticket else None,
        "ticket_issued_at": ticket.issued_at if ticket else None,
        "batch": attempt.parcel.key,
        "owner": owner,
        "until": until,
    }
    connection.execute(update(deliveries).where(deliveries.c.id.in_(attempt.deliveries)).values(**begun))
    if ticket:
        connection.execute(delete(tickets).where(tickets.c.token == ticket.token, _here(attempt)))


def _here(attempt: Attempt) -> Any:
    return tickets.c.conversation == attempt.parcel.conversation.id


def _is_ours(connection: Connection, attempt: Attempt, owner: str) -> bool:
    lines.locked(connection, attempt.parcel.conversation.id)
    here = and_(deliveries.c.id.in_(attempt.deliveries), PENDING, deliveries.c.owner == owner)
    count = connection.scalar(select(func.count()).where(here))
    return count == len(attempt.deliveries)


def _settle(
    connection: Connection,
    attempt: Attempt,
    owner: str,
    *,
    now: datetime,
    next_at: datetime,
    **columns: Any,
) -> bool:
    """End this attempt, if it is still ours: the ticket is gone, and those that follow are due then."""
    if not _is_ours(connection, attempt, owner):
        return False
    here = deliveries.c.id.in_(attempt.deliveries)
    connection.execute(update(deliveries).where(here).values(**columns, **NO_TICKET, **NOT_OURS))
    _due_at(connection, attempt.parcel.conversation.id, next_at)
    return True


def _due_at(connection: Connection, conversation: str, at: datetime) -> None:
    here = and_(deliveries.c.conversation == conversation, PENDING)
    connection.execute(update(deliveries).where(here).values(due_at=at))
