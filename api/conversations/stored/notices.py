"""What happened and is no message: somebody came, left, asks for what is ready. Each is noted once."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, or_, select

from api.bot import Reply
from api.conversations.channel import Inbound, Notice
from api.conversations.handoff import Speaker
from api.conversations.manner import Manner
from api.conversations.models import Line, Receipt, State
from api.conversations.stored import deliveries, inbox, lines, tickets
from api.conversations.stored.turns import WAITING
from api.conversations.tables import conversations, messages
from api.conversations.tables import deliveries as outbox

LineFor = Callable[[Manner], Line]


def greet(
    connection: Connection, *, notice: Notice, greeting: Reply, most_messages: int | None, now: datetime
) -> Receipt:
    held = inbox.arrived(connection, notice.channel, notice.sender, greeting, now=now)
    if not inbox.is_first(connection, notice.channel, notice.event, now=now):
        return Receipt(held.id, held.last_sequence, is_new=False)
    inbox.reach(connection, held, notice.address)
    tickets.keep(connection, held.id, notice.ticket, now=now)
    if deliveries.has_any(connection, held.id):  # somebody who was here before
        lines.say(connection, held.id, greeting, reply_to=None, now=now)
    held = lines.locked(connection, held.id)
    deliveries.make(connection, held, most_messages=most_messages, now=now)
    return Receipt(held.id, held.last_sequence, is_new=True, is_owed=True)


def remark(
    connection: Connection,
    *,
    inbound: Inbound,
    line: LineFor,
    greeting: Reply,
    most_messages: int | None,
    now: datetime,
) -> Receipt:
    held = inbox.arrived(connection, inbound.channel, inbound.sender, greeting, now=now)
    kept = inbox.kept_before(connection, held.id, inbound.event)
    if kept is not None:
        return Receipt(held.id, kept, is_new=False)
    inbox.reach(connection, held, inbound.address)
    tickets.keep(connection, held.id, inbound.ticket, now=now)
    is_for_staff = held.speaker == Speaker.staff
    state = State.for_staff if is_for_staff else State.answered
    sequence = inbox.add(connection, held.id, inbound, is_alone=True, now=now, state=state)
    if inbox.was_withdrawn(connection, inbound):
        inbox.forget(connection, held.id, sequence, now=now)
    elif not is_for_staff:
        said = line(lines.manner(connection, held.id))
        lines.put(connection, held.id, said, now=now, reply_to=sequence)
    # Where an answer is being made, ours goes with it: both together need one ticket.
    if not _waits(connection, held.id):
        deliveries.make(connection, lines.locked(connection, held.id), most_messages=most_messages, now=now)
    return Receipt(held.id, sequence, is_new=True, is_owed=True)


def part(connection: Connection, *, notice: Notice, now: datetime) -> list[str]:
    """Returns the conversations that cannot be reached now: of a group those of its members as well."""
    if not inbox.is_first(connection, notice.channel, notice.event, now=now):
        return []
    members = conversations.c.sender.startswith(f"{notice.sender}:", autoescape=True)
    whose = or_(conversations.c.sender == notice.sender, members)
    query = select(conversations.c.id).where(conversations.c.channel == notice.channel, whose)
    left = list(connection.scalars(query.order_by(conversations.c.id).with_for_update()))
    for conversation in left:
        lines.change_conversation(connection, conversation, reachable=False)
        deliveries.cancel(connection, conversation, now=now)
    return left


def collect(
    connection: Connection,
    *,
    notice: Notice,
    not_ready: LineFor,
    nothing: LineFor,
    most_messages: int | None,
    now: datetime,
) -> Receipt | None:
    """None: nobody we know."""
    found = lines.find(connection, channel=notice.channel, sender=notice.sender)
    if found is None:
        return None
    held = lines.locked(connection, found.id)
    if not inbox.is_first(connection, notice.channel, notice.event, now=now):
        return Receipt(held.id, held.last_sequence, is_new=False)
    inbox.reach(connection, held, notice.address)
    tickets.keep(connection, held.id, notice.ticket, now=now)
    if not deliveries.has_pending(connection, held.id):
        line = not_ready if _waits(connection, held.id) else nothing
        _spend_ticket(connection, held.id, line, most_messages=most_messages, now=now)
    return Receipt(held.id, held.last_sequence, is_new=True, is_owed=True)


def offer_collector(
    connection: Connection, *, conversation: str, line: LineFor, most_messages: int, now: datetime
) -> bool:
    """Spend the ticket that goes stale. False: that is under way, or no longer of use."""
    lines.locked(connection, conversation)
    offered = outbox.c.needs_ticket & deliveries.PENDING & (outbox.c.conversation == conversation)
    if connection.execute(select(outbox.c.id).where(offered)).first() or not _waits(connection, conversation):
        return False
    _spend_ticket(connection, conversation, line, most_messages=most_messages, now=now)
    return True


def _waits(connection: Connection, conversation: str) -> bool:
    here = select(messages.c.sequence).where(messages.c.conversation == conversation, WAITING)
    return connection.execute(here).first() is not None


def _spend_ticket(
    connection: Connection, conversation: str, line: LineFor, *, most_messages: int | None, now: datetime
) -> None:
    """Say something that is worth a ticket, but not more than that."""
    lines.put(connection, conversation, line(lines.manner(connection, conversation)), now=now)
    held = lines.locked(connection, conversation)
    deliveries.make(connection, held, most_messages=most_messages, now=now, needs_ticket=True)
