"""Calls for a person that staff have not been told of. What they are told goes out as every other line of ours.

It stands in a log of its own, with the channel on which staff are reached; nobody writes into it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, String, and_, cast, insert, literal, select

from api.conversations.channel import Address
from api.conversations.handoff import Speaker
from api.conversations.models import Author, Line
from api.conversations.stored import deliveries, inbox, lines
from api.conversations.tables import conversations, events, handoffs

OLDEST = timedelta(days=1)  # who called before that was told of by other means, or is no longer waiting
SAME = timedelta(hours=1)  # the same reason again within this time is no news


@dataclass(frozen=True)
class Call:
    """A person was asked for. What is known of it comes from the bot's tables, not from what was written."""

    conversation: str
    channel: str
    reason: str
    topics: tuple[str, ...]
    municipality: str | None


Tell = Callable[[Call], str]


def untold(connection: Connection, *, channel: str, now: datetime) -> list[str]:
    """The conversations with calls that were not told of on this channel."""
    noted = select(events.c.at).where(events.c.channel == channel, events.c.event == _event(handoffs.c.id))
    query = select(handoffs.c.conversation).where(handoffs.c.at > now - OLDEST, ~noted.exists())
    return list(connection.scalars(query.distinct()))


def tell(
    connection: Connection,
    *,
    conversation: str,
    channel: str,
    address: Address,
    says: Tell,
    most_messages: int,
    now: datetime,
) -> None:
    """Tell of the calls of this conversation, each once."""
    lines.locked(connection, conversation)
    calls = _calls(connection, conversation, since=now - OLDEST - SAME)
    log = _log(connection, channel, address, now=now)
    told: dict[str, datetime] = {}
    for row in calls:
        is_news = row.reason not in told or row.at - told[row.reason] > SAME
        if inbox.is_first(connection, channel, f"handoff:{row.id}", now=now) and is_news:
            lines.put(connection, log, Line(Author.system, says(_call(row))), now=now)
        if is_news:
            told[row.reason] = row.at
    deliveries.make(connection, lines.locked(connection, log), most_messages=most_messages, now=now)


def _event(id: Any) -> Any:
    return literal("handoff:") + cast(id, String)


def _calls(connection: Connection, conversation: str, *, since: datetime) -> list[Row[Any]]:
    query = (
        select(handoffs, conversations.c.channel, conversations.c.slots)
        .join(conversations, conversations.c.id == handoffs.c.conversation)
        .where(and_(handoffs.c.conversation == conversation, handoffs.c.at > since))
    )
    return list(connection.execute(query.order_by(handoffs.c.id)))


def _call(row: Row[Any]) -> Call:
    slots = row.slots or {}
    topics = tuple(slots.get("topics") or ())
    return Call(row.conversation, row.channel, row.reason, topics, slots.get("municipality"))


def _log(connection: Connection, channel: str, address: Address, *, now: datetime) -> str:
    """The log of what staff were told, opened without a greeting, with the address as it is set today."""
    found = lines.find(connection, channel=channel, sender=channel)
    log = found.id if found else uuid4().hex
    if found is None:
        row = {"id": log, "channel": channel, "sender": channel, "speaker": Speaker.bot, "last_sequence": 0}
        connection.execute(insert(conversations).values(**row, opened_at=now))
    inbox.reach(connection, lines.locked(connection, log), address)
    return log
