"""Tickets: the newest right to answer of each conversation."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from api.conversations.channel import Ticket
from api.conversations.stored.deliveries import PENDING
from api.conversations.stored.turns import WAITING
from api.conversations.tables import conversations, deliveries, messages, tickets


def keep(connection: Connection, conversation: str, ticket: Ticket | None, *, now: datetime) -> bool:
    """Keep the newest. Returns whether lines wait that can now be delivered."""
    if ticket is None:
        return False
    row = {"token": ticket.token, "issued_at": min(ticket.issued_at, now)}
    here = tickets.c.conversation == conversation
    known = connection.scalar(select(tickets.c.issued_at).where(here))
    if known is None:
        connection.execute(insert(tickets).values(conversation=conversation, **row))
    elif known <= row["issued_at"]:
        connection.execute(update(tickets).where(here).values(**row))
    return _release(connection, conversation, now=now)


def stale(
    connection: Connection, *, channel: str, issued_after: datetime, issued_before: datetime
) -> list[str]:
    """The conversations whose ticket is from that time, while the visitor waits for the bot."""
    # From the few who wait: there may be a ticket for everybody who ever wrote.
    whose = select(conversations.c.channel).where(conversations.c.id == tickets.c.conversation)
    query = select(tickets.c.conversation).where(
        tickets.c.conversation.in_(select(messages.c.conversation).where(WAITING)),
        tickets.c.issued_at > issued_after,
        tickets.c.issued_at <= issued_before,
        whose.scalar_subquery() == channel,
    )
    return list(connection.scalars(query))


def _release(connection: Connection, conversation: str, *, now: datetime) -> bool:
    """What was held back is due now, but not what may have arrived already."""
    here = (deliveries.c.conversation == conversation, PENDING, deliveries.c.began_via.is_(None))
    return bool(connection.execute(update(deliveries).where(*here).values(due_at=now)).rowcount)
