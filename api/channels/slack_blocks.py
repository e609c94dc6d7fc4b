"""Our lines as messages of Slack."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from api import phrases
from api.channels.buttons import button_id
from api.channels.slack_card import card
from api.channels.slack_piece import Block, Piece, Post, context, plain, posts, section
from api.channels.slack_text import escape, shortened, split
from api.conversations.models import Author, Message

LONGEST_SECTION = 3000
LONGEST_TITLE = 75
MOST_CHOICES = 25
CHOICE = "choice"


def as_posts(conversation: str, messages: Iterable[Message], *, now: datetime) -> list[Post]:
    """The lines in as few messages as hold them, the same at every attempt: with cards as they were at that time."""
    return list(posts(piece for message in messages for piece in _pieces(conversation, message, now=now)))


def _pieces(conversation: str, message: Message, *, now: datetime) -> Iterator[Piece]:
    if message.author is Author.staff:
        yield _by_staff(message)
    for part in split(message.text, most=LONGEST_SECTION):
        yield Piece((section(part),), part)
    for number, desk in enumerate(message.desks):
        id = f"{message.sequence}.{number}"
        if shown := card(desk, id=id, is_first=number == 0, is_plain=message.plain, now=now):
            yield shown
    for begin in range(0, len(message.buttons), MOST_CHOICES):
        yield _choices(conversation, message, begin)


def _by_staff(message: Message) -> Piece:
    """Who speaks. Without this it is the bot: Slack marks every line of an app as one."""
    staff = phrases.STAFF_NAME_PLAIN if message.plain else phrases.STAFF_NAME
    said = escape(shortened(f"{staff} {message.name or ''}".strip(), most=LONGEST_TITLE))
    return Piece((context(f"*{said}*"),), said)


def _choices(conversation: str, message: Message, begin: int) -> Piece:
    """Choices to press. The block says whose they are: in a thread others can press them too."""
    some = message.buttons[begin : begin + MOST_CHOICES]
    titles = "".join(f"\n• {escape(button.title)}" for button in some)
    block = {
        "type": "actions",
        "block_id": f"{CHOICE}.{conversation}.{button_id(message, begin)}",
        "elements": [choice(button_id(message, begin + n), button.title) for n, button in enumerate(some)],
    }
    label = phrases.CHOICES_PLAIN if message.plain else phrases.CHOICES
    return Piece((block,), f"{label}{titles}")


def choice(id: str, title: str) -> Block:
    """A button that brings this id back."""
    text = plain(shortened(title, most=LONGEST_TITLE))
    return {"type": "button", "action_id": f"{CHOICE}.{id}", "value": id, "text": text}


def chosen(blocks: Iterable[Block], block_id: str, title: str, *, is_plain: bool) -> tuple[Block, ...]:
    """The message after one of its choices was pressed: what was chosen stands in their place."""
    said = (phrases.SLACK_CHOSEN_PLAIN if is_plain else phrases.SLACK_CHOSEN).format(title=title)
    return tuple(context(escape(said)) if block.get("block_id") == block_id else block for block in blocks)
