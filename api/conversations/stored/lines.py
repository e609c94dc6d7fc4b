"""The lines of the log: how one is added, changed and read."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, and_, false, insert, select, update

from api.bot import Button, Referral, Reply
from api.conversations.handoff import Speaker
from api.conversations.manner import Manner
from api.conversations.models import Author, Conversation, Line, Message, Report, State
from api.conversations.tables import conversations, messages


def open_conversation(
    connection: Connection, *, channel: str, sender: str, greeting: Reply, now: datetime
) -> str:
    conversation = uuid4().hex
    connection.execute(
        insert(conversations).values(
            id=conversation,
            channel=channel,
            sender=sender,
            speaker=Speaker.bot,
            last_sequence=0,
            opened_at=now,
        )
    )
    say(connection, conversation, greeting, reply_to=None, now=now)
    return conversation


def find(connection: Connection, *, channel: str, sender: str) -> Conversation | None:
    row = connection.execute(
        select(conversations).where(conversations.c.channel == channel, conversations.c.sender == sender)
    ).first()
    return as_conversation(row) if row else None


def by_id(connection: Connection, *, conversation: str) -> Conversation | None:
    row = connection.execute(select(conversations).where(conversations.c.id == conversation)).first()
    return as_conversation(row) if row else None


def locked(connection: Connection, conversation: str) -> Row[Any]:
    """The conversation's row, ours until the commit."""
    return connection.execute(
        select(conversations).where(conversations.c.id == conversation).with_for_update()
    ).one()


def change_conversation(connection: Connection, conversation: str, **columns: object) -> None:
    connection.execute(update(conversations).where(conversations.c.id == conversation).values(**columns))


def say(
    connection: Connection, conversation: str, reply: Reply, *, reply_to: int | None, now: datetime
) -> int:
    """Add a bubble of the bot."""
    return add(
        connection,
        conversation,
        author=Author.bot,
        text=reply.text,
        at=now,
        buttons=[asdict(button) for button in reply.buttons],
        desks=list(reply.desks),
        plain=reply.plain,
        reply_to=reply_to,
    )


def put(
    connection: Connection, conversation: str, line: Line, *, now: datetime, reply_to: int | None = None
) -> int:
    """Add a line that is not the bot's."""
    buttons = [asdict(button) for button in line.buttons]
    columns = {**asdict(line), "buttons": buttons}
    return add(connection, conversation, at=now, reply_to=reply_to, **columns)


def add(connection: Connection, conversation: str, **columns: object) -> int:
    """Append one message. The counter's row lock gives the sequences the order of the commits."""
    sequence: int = connection.execute(
        update(conversations)
        .where(conversations.c.id == conversation)
        .values(last_sequence=conversations.c.last_sequence + 1)
        .returning(conversations.c.last_sequence)
    ).scalar_one()
    row = {"buttons": [], "desks": [], "attempts": 0, **columns}
    connection.execute(insert(messages).values(conversation=conversation, sequence=sequence, **row))
    return sequence


def change(connection: Connection, conversation: str, *sequences: int, **columns: object) -> None:
    here = and_(messages.c.conversation == conversation, messages.c.sequence.in_(sequences))
    connection.execute(update(messages).where(here).values(**columns))


def read(
    connection: Connection,
    *,
    conversation: str,
    after: int,
    most: int | None = None,
    with_internal: bool = False,
) -> list[Message]:
    query = (
        select(messages)
        .where(messages.c.conversation == conversation, messages.c.sequence > after)
        .order_by(messages.c.sequence)
        .limit(most)
    )
    rows = connection.execute(query if with_internal else query.where(messages.c.internal == false()))
    return [as_message(row) for row in rows]


def reports(connection: Connection, *, conversation: str) -> list[Report]:
    rows = connection.execute(
        select(messages.c.sequence, messages.c.referral)
        .where(messages.c.conversation == conversation, messages.c.understood.is_not(None))
        .order_by(messages.c.sequence)
    )
    found = [Report(row.sequence, _referral(row.referral), slots=None) for row in rows]
    slots = connection.scalar(select(conversations.c.slots).where(conversations.c.id == conversation))
    return [*found[:-1], *(replace(newest, slots=slots) for newest in found[-1:])]


def manner(connection: Connection, conversation: str) -> Manner:
    """How we speak to this visitor: as in the newest thing the bot said.

    Not what the bot remembers: a new conversation may begin plain, and a wish may have come while it was away.
    """
    here = and_(messages.c.conversation == conversation, messages.c.author == Author.bot)
    newest = select(messages.c.plain).where(here).order_by(messages.c.sequence.desc()).limit(1)
    return Manner.of(is_plain=bool(connection.scalar(newest)))


def as_conversation(row: Row[Any]) -> Conversation:
    return Conversation(row.id, row.channel, Speaker(row.speaker), row.reachable)


def as_message(row: Row[Any]) -> Message:
    return Message(
        sequence=row.sequence,
        author=Author(row.author),
        text=row.text,
        at=row.at,
        event=row.event,
        payload=row.payload,
        buttons=tuple(Button(**button) for button in row.buttons),
        desks=tuple(row.desks),
        plain=row.plain,
        reply_to=row.reply_to,
        state=row.state and State(row.state),
        attempts=row.attempts,
        name=row.name,
        internal=row.internal,
        alone=row.alone,
        sent_at=row.sent_at,
        answered_with=row.answered_with,
        withdrawn_at=row.withdrawn_at,
    )


def _referral(kept: dict[str, Any] | None) -> Referral | None:
    return Referral(tuple(kept["desks"]), kept["reason"], kept["rule"]) if kept else None
