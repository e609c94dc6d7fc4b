"""What a channel gives to conversations, and what it must be."""

from dataclasses import dataclass
from typing import Protocol

from fastapi import APIRouter


@dataclass(frozen=True)
class Inbound:
    """One message as a channel took it in. `event` is the sender's own id for it, `sender` who they are."""

    channel: str
    sender: str
    event: str
    text: str
    payload: str | None = None


class Channel(Protocol):
    """A way in: it verifies, translates in, calls conversations, translates out."""

    name: str
    router: APIRouter
