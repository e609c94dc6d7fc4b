"""Messages as the page sees them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from api.channels.buttons import button_id
from api.conversations.models import Author, Message
from knowledge.desks import desk_card, find_desk

TOKYO = ZoneInfo("Asia/Tokyo")


class ShownButton(BaseModel):
    """A choice. The id is all that the page sends back."""

    id: str
    title: str


class ShownMessage(BaseModel):
    """One message. `id` is the page's own id for what the visitor sent; `plain`: said in やさしい日本語."""

    sequence: int
    author: Author
    text: str
    buttons: list[ShownButton]
    cards: list[dict[str, object]]
    plain: bool
    at: str
    id: str | None
    reply_to: int | None


def shown(message: Message, *, now: datetime) -> ShownMessage:
    """The message with its cards as they are now: open or closed, and without desks that are gone."""
    return ShownMessage(
        sequence=message.sequence,
        author=message.author,
        text=message.text,
        buttons=[
            ShownButton(id=button_id(message, index), title=button.title)
            for index, button in enumerate(message.buttons)
        ],
        cards=[card for desk in message.desks if (card := _card(desk, now=now, is_plain=message.plain))],
        plain=message.plain,
        at=message.at.astimezone(TOKYO).isoformat(timespec="seconds"),
        id=message.event,
        reply_to=message.reply_to,
    )


def _card(desk_id: str, *, now: datetime, is_plain: bool) -> dict[str, object] | None:
    try:
        desk = find_desk(desk_id)
    except KeyError:  # it was shown once and has since left the tables
        return None
    return desk_card(desk, now=now.astimezone(TOKYO), is_plain=is_plain).as_json()
