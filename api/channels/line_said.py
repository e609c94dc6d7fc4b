"""What is said to us in a text, and what only among others."""

from collections.abc import Iterator, Mapping
from typing import Any

from api.channels.line_events import BrokenEvent

Stretch = tuple[int, int]  # in UTF-16 code units, as LINE counts


def said_to_us(message: Mapping[str, Any], *, is_private: bool) -> str | None:
    """The text without our own name where it mentions us. None: in a group, and we are not mentioned."""
    text = message.get("text")
    if not isinstance(text, str):
        raise BrokenEvent("text")
    ours = list(_mentions_of_us(message))
    return _without(text, ours) if ours or is_private else None


def _mentions_of_us(message: Mapping[str, Any]) -> Iterator[Stretch]:
    mention = message.get("mention")
    mentionees = mention.get("mentionees") if isinstance(mention, dict) else None
    for each in mentionees if isinstance(mentionees, list) else ():
        if isinstance(each, dict) and each.get("isSelf") is True:
            index, length = each.get("index"), each.get("length")
            if not (isinstance(index, int) and isinstance(length, int) and index >= 0 and length >= 0):
                raise BrokenEvent("mention")
            yield index, index + length


def _without(text: str, stretches: list[Stretch]) -> str:
    units = text.encode("utf-16-le", "surrogatepass")
    for begin, end in sorted(stretches, reverse=True):
        units = units[: begin * 2] + units[end * 2 :]
    return units.decode("utf-16-le", "surrogatepass")
