"""What a message of Slack is put together from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from api.channels.slack_text import units

Block = dict[str, Any]

MOST_BLOCKS = 50
MOST_TEXT = 12_000  # Slack refuses a message whose blocks say more than about 13,000


@dataclass(frozen=True)
class Piece:
    """Blocks that stay together, and the same in words: for notifications and for those who hear the screen."""

    blocks: tuple[Block, ...]
    words: str


@dataclass(frozen=True)
class Post:
    """One message of Slack."""

    blocks: tuple[Block, ...]
    text: str


def posts(pieces: Iterable[Piece]) -> Iterator[Post]:
    """The pieces in as few messages as hold them, in order."""
    blocks: tuple[Block, ...] = ()
    words: list[str] = []
    for piece in pieces:
        is_full = (
            len(blocks) + len(piece.blocks) > MOST_BLOCKS
            or units("\n".join([*words, piece.words])) > MOST_TEXT
        )
        if blocks and is_full:
            yield Post(blocks, "\n".join(words))
            blocks, words = (), []
        blocks, words = (*blocks, *piece.blocks), [*words, piece.words]
    if blocks:
        yield Post(blocks, "\n".join(words))


def marked(text: str) -> Block:
    """Text with Slack's marks, already escaped."""
    return {"type": "mrkdwn", "text": text}


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def section(text: str) -> Block:
    """A paragraph that is shown whole, however long."""
    return {"type": "section", "text": marked(text), "expand": True}


def context(text: str) -> Block:
    """Something small beside what is said."""
    return {"type": "context", "elements": [marked(text)]}
