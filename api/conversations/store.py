"""The only SQL of the gateway: each method is one transaction."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, and_, insert, literal_column, select, update

from api.bot import Answer, Button, Handoff, Referral, Reply, speaks_plainly
from api.conversations.channel import Inbound
from api.conversations.handoff import MOVES, Speaker, moved
from api.conversations.manner import Manner, wished
from api.conversations.models import (
    Author,
    Conversation,
    Message,
    Outcome,
    Receipt,
    State,
    Turn,
    conversations,
    handoffs,
    messages,
)
from api.db import Database

# Written out, not bound: only so do the engines see that the partial index fits.
WAITING = messages.c.state == literal_column("'waiting'")


@dataclass(frozen=True)
class Report:
    """What the bot reported with its answer to the message of this sequence.

    `slots` are kept for the newest answer only: each answer replaces those of the one before.
    """

    sequence: int
    referral: Referral | None
    slots: dict[str, Any] | None


class Store:
    """Conversations and messages on the disk. `owner` is this process, in leases."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.owner = uuid4().hex

    async def open(self, channel: str, sender: str, greeting: Reply, *, now: datetime) -> str:
        """Begin a conversation with our greeting. Returns its id."""
        return await self._database.write(
            partial(_open, channel=channel, sender=sender, greeting=greeting, now=now)
        )

    async def find(self, channel: str, sender: str) -> Conversation | None:
        """The conversation of this person on this channel."""
        return await self._database.read(partial(_find, channel=channel, sender=sender))

    async def append(self, inbound: Inbound, greeting: Reply, *, now: datetime) -> Receipt:
        """Keep a message as waiting, unless this event was kept before. Opens the conversation if need be."""
        return await self._database.write(partial(_append, inbound=inbound, greeting=greeting, now=now))

    async def messages(self, conversation: str, *, after: int) -> list[Message]:
        """The messages that follow this sequence, in order."""
        return await self._database.read(partial(_messages, conversation=conversation, after=after))

    async def message(self, conversation: str, sequence: int) -> Message | None:
        """One message of this conversation."""
        found = await self._database.read(
            partial(_messages, conversation=conversation, after=sequence - 1, most=1)
        )
        return next((message for message in found if message.sequence == sequence), None)

    async def reports(self, conversation: str) -> list[Report]:
        """A report for each message that the bot answered, in order. What we answered in its stead has none."""
        return await self._database.read(partial(_reports, conversation=conversation))

    async def waiting(self) -> list[str]:
        """The conversations with messages that nobody has answered."""
        return await self._database.read(_waiting)

    async def take_turn(self, conversation: str, *, now: datetime, lease: timedelta) -> Turn | None:
        """Take the right to answer the oldest that waits. None: nothing waits, or another process has it.

        While staff speaks, what waits is left to them.
        """
        return await self._database.write(
            partial(_take_turn, conversation=conversation, owner=self.owner, now=now, until=now + lease)
        )

    async def finish_turn(self, turn: Turn, answer: Answer, *, now: datetime) -> Outcome:
        """Keep the answer and mark the message answered, if the turn is still ours."""
        return await self._database.write(
            partial(_finish_turn, turn=turn, answer=answer, owner=self.owner, now=now)
        )

    async def move(self, conversation: str, move: str) -> Speaker:
        """Change who speaks. Raises MoveNotAllowed."""
        return await self._database.write(partial(_move, conversation=conversation, move=move))

    async def let_go(self) -> None:
        """End the leases of this process; on SQLite, where it is the only one, those of the dead too."""
        await self._database.write(partial(_let_go, owner=None if self._database.is_sqlite else self.owner))

    async def probe(self) -> None:
        """Write, and change nothing. Raises DatabaseUnavailable."""
        await self._database.write(_probe)


def _open(connection: Connection, *, channel: str, sender: str, greeting: Reply, now: datetime) -> str:
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
    _say(connection, conversation, greeting, reply_to=None, now=now)
    return conversation


def _find(connection: Connection, *, channel: str, sender: str) -> Conversation | None:
    row = connection.execute(
        select(conversations).where(conversations.c.channel == channel, conversations.c.sender == sender)
    ).first()
    return _conversation(row) if row else None


def _append(connection: Connection, *, inbound: Inbound, greeting: Reply, now: datetime) -> Receipt:
    found = _find(connection, channel=inbound.channel, sender=inbound.sender)
    conversation = (
        found.id
        if found
        else _open(connection, channel=inbound.channel, sender=inbound.sender, greeting=greeting, now=now)
    )
    # The row lock makes two deliveries of one event wait for each other.
    _locked(connection, conversation)
    kept = connection.scalar(
        select(messages.c.sequence).where(
            messages.c.conversation == conversation, messages.c.event == inbound.event
        )
    )
    if kept is not None:
        return Receipt(conversation, kept, is_new=False)
    sequence = _add(
        connection,
        conversation,
        author=Author.visitor,
        text=inbound.text,
        at=now,
        event=inbound.event,
        payload=inbound.payload,
        state=State.waiting,
    )
    return Receipt(conversation, sequence, is_new=True)


def _messages(
    connection: Connection, *, conversation: str, after: int, most: int | None = None
) -> list[Message]:
    rows = connection.execute(
        select(messages)
        .where(messages.c.conversation == conversation, messages.c.sequence > after)
        .order_by(messages.c.sequence)
        .limit(most)
    )
    return [_message(row) for row in rows]


def _reports(connection: Connection, *, conversation: str) -> list[Report]:
    rows = connection.execute(
        select(messages.c.sequence, messages.c.referral)
        .where(messages.c.conversation == conversation, messages.c.understood.is_not(None))
        .order_by(messages.c.sequence)
    )
    reports = [Report(row.sequence, _referral(row.referral), slots=None) for row in rows]
    slots = connection.scalar(select(conversations.c.slots).where(conversations.c.id == conversation))
    return [*reports[:-1], *(replace(newest, slots=slots) for newest in reports[-1:])]


def _waiting(connection: Connection) -> list[str]:
    return list(connection.scalars(select(messages.c.conversation).where(WAITING).distinct()))


def _take_turn(
    connection: Connection, *, conversation: str, owner: str, now: datetime, until: datetime
) -> Turn | None:
    held = _locked(connection, conversation)
    if held.owner not in (None, owner) and held.until > now:
        return None
    waiting = _left_to_bot(connection, held)
    if not waiting:
        _lease(connection, conversation, owner=None, until=None)
        return None
    _lease(connection, conversation, owner=owner, until=until)
    message = replace(waiting[0], attempts=waiting[0].attempts + 1)
    _change(connection, conversation, message.sequence, attempts=message.attempts)
    wish = wished(message.payload)
    manner = wish or _manner(connection, conversation)
    is_told = wish is not None or manner is Manner.of(is_plain=speaks_plainly(held.slots))
    return Turn(_conversation(held), message, tuple(each.text for each in waiting), manner, is_told)


def _manner(connection: Connection, conversation: str) -> Manner:
    """How we speak to this visitor: as in the newest thing we said.

    Not what the bot remembers: a new conversation may begin plain, and a wish may have come while it was away.
    """
    here = and_(messages.c.conversation == conversation, messages.c.author == Author.bot)
    newest = select(messages.c.plain).where(here).order_by(messages.c.sequence.desc()).limit(1)
    return Manner.of(is_plain=bool(connection.scalar(newest)))


def _left_to_bot(connection: Connection, held: Row[Any]) -> list[Message]:
    """What waits in a conversation, after what is not the bot's has been marked as the staff's."""
    here = and_(messages.c.conversation == held.id, WAITING)
    if held.speaker == Speaker.staff:
        connection.execute(update(messages).where(here).values(state=State.for_staff))
        return []
    rows = connection.execute(select(messages).where(here).order_by(messages.c.sequence))
    return [_message(row) for row in rows]


def _finish_turn(connection: Connection, *, turn: Turn, answer: Answer, owner: str, now: datetime) -> Outcome:
    held = _locked(connection, turn.conversation.id)
    waiting = _left_to_bot(connection, held)
    if held.owner != owner or not waiting or waiting[0].sequence != turn.message.sequence:
        return Outcome.lost
    _keep_answer(connection, turn, answer, now=now)
    if answer.handoff:
        _call(connection, turn, answer.handoff, Speaker(held.speaker), now=now)
    if len(waiting) > 1:
        return Outcome.more
    _lease(connection, held.id, owner=None, until=None)
    return Outcome.done


def _keep_answer(connection: Connection, turn: Turn, answer: Answer, *, now: datetime) -> None:
    conversation, sequence = turn.conversation.id, turn.message.sequence
    for reply in answer.replies:
        said = replace(reply, plain=reply.plain or answer.is_plain)
        _say(connection, conversation, said, reply_to=sequence, now=now)
    _change(
        connection,
        conversation,
        sequence,
        state=State.answered,
        understood=answer.understood and asdict(answer.understood),
        referral=answer.referral and asdict(answer.referral),
    )
    if answer.slots is not None:
        connection.execute(
            update(conversations).where(conversations.c.id == conversation).values(slots=answer.slots)
        )


def _call(connection: Connection, turn: Turn, handoff: Handoff, speaker: Speaker, *, now: datetime) -> None:
    """Note that a person is asked for. Each call is kept, though only the first moves the conversation."""
    conversation = turn.conversation.id
    connection.execute(
        insert(handoffs).values(
            conversation=conversation, sequence=turn.message.sequence, reason=handoff.reason, at=now
        )
    )
    if ("call", speaker) in MOVES:
        _move(connection, conversation=conversation, move="call")


def _move(connection: Connection, *, conversation: str, move: str) -> Speaker:
    speaker = moved(Speaker(_locked(connection, conversation).speaker), move)
    connection.execute(
        update(conversations).where(conversations.c.id == conversation).values(speaker=speaker)
    )
    return speaker


def _let_go(connection: Connection, *, owner: str | None) -> None:
    whose = conversations.c.owner == owner if owner else conversations.c.owner.is_not(None)
    connection.execute(update(conversations).where(whose).values(owner=None, until=None))


def _probe(connection: Connection) -> None:
    connection.execute(update(conversations).where(conversations.c.id == "").values(last_sequence=0))


def _say(
    connection: Connection, conversation: str, reply: Reply, *, reply_to: int | None, now: datetime
) -> int:
    return _add(
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


def _add(connection: Connection, conversation: str, **columns: object) -> int:
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


def _change(connection: Connection, conversation: str, sequence: int, **columns: object) -> None:
    here = and_(messages.c.conversation == conversation, messages.c.sequence == sequence)
    connection.execute(update(messages).where(here).values(**columns))


def _lease(connection: Connection, conversation: str, *, owner: str | None, until: datetime | None) -> None:
    connection.execute(
        update(conversations).where(conversations.c.id == conversation).values(owner=owner, until=until)
    )


def _locked(connection: Connection, conversation: str) -> Row[Any]:
    return connection.execute(
        select(conversations).where(conversations.c.id == conversation).with_for_update()
    ).one()


def _conversation(row: Row[Any]) -> Conversation:
    return Conversation(id=row.id, channel=row.channel, speaker=Speaker(row.speaker))


def _referral(kept: dict[str, Any] | None) -> Referral | None:
    return Referral(tuple(kept["desks"]), kept["reason"], kept["rule"]) if kept else None


def _message(row: Row[Any]) -> Message:
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
    )
