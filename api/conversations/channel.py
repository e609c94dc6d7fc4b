"""What a channel gives to conversations, and what it must be."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import datetime
from typing import Any, Protocol

from fastapi import APIRouter

Address = Mapping[str, Any]


@dataclass(frozen=True)
class Ticket:
    """A right to answer once, for about a minute, as a platform gives it with an event. `issued_at`: its event's time."""

    token: str
    issued_at: datetime


@dataclass(frozen=True)
class Inbound:
    """One message as a channel took it in. `event` is the sender's own id for it, `sender` who they are.

    `event` and `sender` have at most 128 characters. A platform may add more: `reference` is its id of the message
    itself, by which it can be withdrawn; `address` is how this conversation is reached; `sent_at` is when the person
    sent it. A message that is not `is_bursty` is answered by itself and at once, whatever follows.
    """

    channel: str
    sender: str
    event: str
    text: str
    payload: str | None = None
    _: KW_ONLY
    reference: str | None = None
    address: Address | None = None
    ticket: Ticket | None = None
    sent_at: datetime | None = None
    is_bursty: bool = True


@dataclass(frozen=True)
class Notice:
    """Something that happened on a platform and is no message: somebody came, left, or pressed the collector's button."""

    channel: str
    sender: str
    event: str
    _: KW_ONLY
    address: Address | None = None
    ticket: Ticket | None = None


class Channel(Protocol):
    """A way in: it verifies, translates in, calls conversations, translates out."""

    name: str
    router: APIRouter
