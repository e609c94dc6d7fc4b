"""Conversations, messages and what is on its way to a visitor, as records."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from api.bot import Button, Referral
from api.conversations.channel import Address
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
    withdrawn = "withdrawn"


class Delivered(StrEnum):
    """How far lines of ours have come on their way to a visitor."""

    pending = "pending"
    sent = "sent"
    failed = "failed"
    cancelled = "cancelled"


class Outcome(StrEnum):
    """What became of a turn: done, done with more waiting, or lost to someone else."""

    done = "done"
    more = "more"
    lost = "lost"


@dataclass(frozen=True)
class Conversation:
    """One visitor on one channel. Who blocked us or left is not `reachable`."""

    id: str
    channel: str
    speaker: Speaker
    reachable: bool = True


@dataclass(frozen=True)
class Message:
    """One line of a conversation. `event`: the sender's id for it; `attempts`: how often we asked the bot.

    `plain`: the bot said it in やさしい日本語, and its cards are drawn so. `name`: the staff member who wrote it.
    `internal`: for staff only. `alone`: never answered together with others. `sent_at`: when the visitor sent
    it, `at`: when we kept it. `answered_with`: the last of the messages that were answered together.
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
    name: str | None
    internal: bool
    alone: bool
    sent_at: datetime | None
    answered_with: int | None
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class Receipt:
    """Where a message was kept, and whether it was new. `is_owed`: lines of ours can now be delivered."""

    conversation: str
    sequence: int
    is_new: bool
    is_owed: bool = False


@dataclass(frozen=True)
class Turn:
    """The right to answer these messages with one answer. `waiting` are the texts of all that wait, these first.

    `manner` is how the visitor wants to be answered; `is_told` says that the bot knows it,
    or learns it from this very message. `address` is how the visitor is reached, if not by the page.
    """

    conversation: Conversation
    messages: tuple[Message, ...]
    waiting: tuple[str, ...]
    manner: Manner
    is_told: bool
    address: Address | None

    @property
    def message(self) -> Message:
        """The last of them: the one that the answer replies to."""
        return self.messages[-1]

    @property
    def text(self) -> str:
        return "\n".join(message.text for message in self.messages)


@dataclass(frozen=True)
class Report:
    """What the bot reported with its answer to the message of this sequence.

    `slots` are kept for the newest answer only: each answer replaces those of the one before.
    """

    sequence: int
    referral: Referral | None
    slots: dict[str, Any] | None


@dataclass(frozen=True)
class Line:
    """What we say besides the bot. `internal`: for staff only."""

    author: Author
    text: str
    name: str | None = None
    buttons: tuple[Button, ...] = ()
    plain: bool = False
    internal: bool = False


@dataclass(frozen=True)
class Details:
    """What a visitor entrusted to us in our own form. `source`: the desk, page or channel that led there."""

    company: str | None
    name: str | None
    phone: str | None
    mail: str | None
    hours: str | None
    text: str | None
    consented_at: datetime | None
    source: str


@dataclass(frozen=True)
class FormLink:
    """A link to our form that can be used. It is used up by sending the form, not by opening it."""

    conversation: str
    expires_at: datetime
