"""Conversations and messages: as records, and as tables."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)

from api.bot import Button
from api.conversations.handoff import Speaker
from api.conversations.manner import Manner


class Author(StrEnum):
    """Who wrote a message."""

    visitor = "visitor"
    bot = "bot"
    staff = "staff"
    system = "system"


class State(StrEnum):
    """How far a visitor's message has come. The waiting ones are the queue."""

    waiting = "waiting"
    answered = "answered"
    for_staff = "for_staff"


class Outcome(StrEnum):
    """What became of a turn: done, done with more waiting, or lost to someone else."""

    done = "done"
    more = "more"
    lost = "lost"


@dataclass(frozen=True)
class Conversation:
    """One visitor on one channel."""

    id: str
    channel: str
    speaker: Speaker


@dataclass(frozen=True)
class Message:
    """One line of a conversation. `event`: the sender's id for it; `attempts`: how often we asked the bot.

    `plain`: the bot said it in やさしい日本語, and its cards are drawn so.
    """

    sequence: int
    author: Author
    text: str
    at: datetime
    event: str | None
    payload: str | None
    buttons: tuple[Button, ...]
    desks: tuple[str, ...]
    plain: bool
    reply_to: int | None
    state: State | None
    attempts: int


@dataclass(frozen=True)
class Receipt:
    """Where a message was kept, and whether it was new."""

    conversation: str
    sequence: int
    is_new: bool


@dataclass(frozen=True)
class Turn:
    """The right to answer one message. `waiting` are the texts of all that wait, this one first.

    `manner` is how the visitor wants to be answered; `is_told` says that the bot knows it,
    or learns it from this very message.
    """

    conversation: Conversation
    message: Message
    waiting: tuple[str, ...]
    manner: Manner
    is_told: bool


class Instant(TypeDecorator[datetime]):
    """A moment, kept in UTC. SQLite forgets the time zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=value.tzinfo or UTC)


Json = JSON(none_as_null=True)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("sender", String(64), nullable=False),
    Column("speaker", String(16), nullable=False),
    Column("slots", Json),
    Column("last_sequence", Integer, nullable=False),
    Column("owner", String(32)),
    Column("until", Instant),
    Column("opened_at", Instant, nullable=False),
    UniqueConstraint("channel", "sender"),
)

messages = Table(
    "messages",
    metadata,
    Column("conversation", String(32), ForeignKey("conversations.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("author", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("event", String(64)),
    Column("payload", Text),
    Column("buttons", Json, nullable=False),
    Column("desks", Json, nullable=False),
    Column("plain", Boolean, nullable=False, server_default=false()),
    Column("reply_to", Integer),
    Column("state", String(16)),
    Column("attempts", Integer, nullable=False),
    Column("understood", Json),
    Column("referral", Json),
    UniqueConstraint("conversation", "event"),
)

# The queue is small however long the record grows.
Index(
    "ix_messages_waiting",
    messages.c.conversation,
    messages.c.sequence,
    sqlite_where=text("state = 'waiting'"),
    postgresql_where=text("state = 'waiting'"),
)

handoffs = Table(
    "handoffs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", String(32), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["conversation", "sequence"], ["messages.conversation", "messages.sequence"]),
)
