"""What a channel must be whose visitors have no page open with us."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from api.conversations.channel import Address
from api.conversations.models import Conversation, Message

COLLECT = "/collect"  # the payload of the collector's button; it never reaches the bot


@dataclass(frozen=True)
class Parcel:
    """Lines to be delivered in one call, in order.

    `key` is the same at every attempt, made for the platform's idempotency. `ticket` is the right to
    answer that is spent on it; without one it is delivered otherwise. `is_again` says that an
    earlier attempt, with the same key, ticket and lines, may have arrived.
    """

    conversation: Conversation
    address: Address
    messages: tuple[Message, ...]
    key: str
    ticket: str | None
    is_again: bool
    made_at: datetime


class Courier(Protocol):
    """How lines reach a visitor.

    `most_messages` is the number of lines that one call takes. A courier with `collect_after`, in seconds, has
    tickets that go stale: at that age one is spent on a line with a button that brings a new one.
    """

    @property
    def most_messages(self) -> int: ...

    @property
    def collect_after(self) -> float | None: ...

    async def deliver(self, parcel: Parcel) -> None:
        """Return when the platform has accepted all of it; it has 20 seconds.

        Raises TryLater, TicketRefused, Undeliverable or OutOfQuota. Whatever else it raises is
        taken for TryLater.
        """

    async def show_typing(self, conversation: Conversation, address: Address) -> None:
        """Let the visitor see that an answer is being made. Best effort: it never raises."""


Couriers = Mapping[str, Courier]
