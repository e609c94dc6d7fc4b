"""Buttons as they come back from outside: the place of one in the log, never the command behind it."""

import re
from dataclasses import dataclass

from api.bot import Button
from api.conversations.models import Author, Message
from api.conversations.store import Store
from api.errors import UnknownButton

PATTERN = re.compile(r"([1-9][0-9]{0,8})\.([0-9]{1,3})")


@dataclass(frozen=True)
class ButtonPlace:
    """Where a button stands: the message that shows it, and which of its buttons it is."""

    sequence: int
    index: int


def button_id(message: Message, index: int) -> str:
    """What goes out for a button, and comes back when it is pressed."""
    return f"{message.sequence}.{index}"


def place_of(button: str) -> ButtonPlace | None:
    """The place that an id names. None: it is no such id."""
    found = PATTERN.fullmatch(button)
    return ButtonPlace(int(found[1]), int(found[2])) if found else None


async def pressed(store: Store, conversation: str, place: ButtonPlace) -> Button:
    """The button of ours that stands there in this conversation. Raises UnknownButton."""
    message = await store.message(conversation, place.sequence)
    if message is None or message.author is Author.visitor or place.index >= len(message.buttons):
        raise UnknownButton
    return message.buttons[place.index]
