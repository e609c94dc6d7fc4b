"""The inbox: what came in is kept once, and can be taken back."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, insert, select, update

from api.bot import Reply
from api.conversations.channel import Address, Inbound
from api.conversations.handoff import Speaker
from api.conversations.masking import told
from api.conversations.models import Author, Receipt, State
from api.conversations.stored import deliveries, lines, tickets
from api.conversations.stored.turns import WAITING
from api.conversations.tables import conversations, events, messages, originals
from api.phrases import WITHDRAWN

CLOCK_SKEW = timedelta(minutes=1)  # how far a platform's clock may be before ours


def append(
    connection: Connection,
    *,
    inbound: Inbound,
    original: str | None,
    is_alone: bool,
    most_messages: int | None,
    greeting: Reply,
    now: datetime,
) -> Receipt:
    held = arrived(connection, inbound.channel, inbound.sender, greeting, now=now)
    kept = kept_before(connection, held.id, inbound.event)
    if kept is not None:
        return Receipt(held.id, kept, is_new=False)
    reach(connection, held, inbound.address)
    is_owed = tickets.keep(connection, held.id, inbound.ticket, now=now)
    sequence = add(connection, held.id, inbound, is_alone=is_alone, now=now)
    if was_withdrawn(connection, inbound):
        forget(connection, held.id, sequence, now=now)
    elif original is not None:
        _keep_original(connection, held, sequence, original, most_messages=most_messages, now=now)
    return Receipt(held.id, sequence, is_new=True, is_owed=is_owed)


def arrived(connection: Connection, channel: str, sender: str, greeting: Reply, *, now: datetime) -> Row[Any]:
    """The conversation of who wrote, opened if need be. Its row lock makes two deliveries of one event wait."""
    found = lines.find(connection, channel=channel, sender=sender)
    conversation = (
        found.id
        if found
        else lines.open_conversation(connection, channel=channel, sender=sender, greeting=greeting, now=now)
    )
    return lines.locked(connection, conversation)


def reach(connection: Connection, held: Row[Any], address: Address | None) -> None:
    """Who writes can be reached, at this address."""
    known = dict(address) if address is not None else held.address
    if not held.reachable or known != held.address:
        lines.change_conversation(connection, held.id, address=known, reachable=True)


def is_first(connection: Connection, channel: str, event: str, *, now: datetime) -> bool:
    """Note an event that is no message; whether it was not noted before."""
    row = {"channel": channel, "event": event}
    if connection.execute(select(events.c.at).filter_by(**row)).first():
        return False
    connection.execute(insert(events).values(**row, at=now))
    return True


def withdraw(connection: Connection, *, channel: str, reference: str, now: datetime) -> str | None:
    """Returns the conversation. What is not here yet is noted, and withdrawn when it comes."""
    found = connection.execute(
        select(messages.c.conversation, messages.c.sequence)
        .join(conversations, conversations.c.id == messages.c.conversation)
        .where(messages.c.reference == reference, conversations.c.channel == channel)
    ).first()
    if not found:
        is_first(connection, channel, _withdrawal(reference), now=now)
        return None
    lines.locked(connection, found.conversation)
    forget(connection, found.conversation, found.sequence, now=now)
    return str(found.conversation)


def kept_before(connection: Connection, conversation: str, event: str) -> int | None:
    """The sequence under which this event was kept."""
    return connection.scalar(
        select(messages.c.sequence).where(messages.c.conversation == conversation, messages.c.event == event)
    )


def add(
    connection: Connection,
    conversation: str,
    inbound: Inbound,
    *,
    is_alone: bool,
    now: datetime,
    state: State = State.waiting,
) -> int:
    is_sane = inbound.sent_at is not None and inbound.sent_at <= now + CLOCK_SKEW
    return lines.add(
        connection,
        conversation,
        author=Author.visitor,
        text=inbound.text,
        at=now,
        event=inbound.event,
        payload=inbound.payload,
        state=state,
        sent_at=inbound.sent_at if is_sane else now,
        reference=inbound.reference,
        alone=is_alone,
    )


def _keep_original(
    connection: Connection,
    held: Row[Any],
    sequence: int,
    original: str,
    *,
    most_messages: int | None,
    now: datetime,
) -> None:
    """Keep apart what was masked, and tell the visitor: with the answer, or at once where staff will answer."""
    connection.execute(insert(originals).values(conversation=held.id, sequence=sequence, text=original))
    lines.put(connection, held.id, told(lines.manner(connection, held.id)), now=now)
    if held.speaker == Speaker.staff:
        deliveries.make(connection, held, most_messages=most_messages, now=now)


def _withdrawal(reference: str) -> str:
    return f"withdrawn:{reference}"


def was_withdrawn(connection: Connection, inbound: Inbound) -> bool:
    """Whether it was taken back before it came."""
    if inbound.reference is None:
        return False
    noted = {"channel": inbound.channel, "event": _withdrawal(inbound.reference)}
    return connection.execute(select(events.c.at).filter_by(**noted)).first() is not None


def forget(connection: Connection, conversation: str, sequence: int, *, now: datetime) -> None:
    """Forget the text and all that was read out of it."""
    here = and_(messages.c.conversation == conversation, messages.c.sequence == sequence)
    answered_with = connection.scalar(select(messages.c.answered_with).where(here))
    _leave_queue(connection, conversation, sequence)
    connection.execute(delete(originals).filter_by(conversation=conversation, sequence=sequence))
    lines.change(connection, conversation, sequence, text=WITHDRAWN, withdrawn_at=now, payload=None)
    # Messages that were answered together were understood together.
    lines.change(connection, conversation, sequence, answered_with or sequence, understood=None)


def _leave_queue(connection: Connection, conversation: str, sequence: int) -> None:
    """Close it without an answer, if it waits. What was asked together with it is asked anew, without it."""
    waiting = and_(messages.c.conversation == conversation, WAITING)
    here = and_(waiting, messages.c.sequence == sequence)
    attempts = connection.scalar(select(messages.c.attempts).where(here))
    if attempts is None:
        return
    connection.execute(update(messages).where(here).values(state=State.withdrawn))
    if attempts:
        connection.execute(update(messages).where(waiting).values(attempts=0))
