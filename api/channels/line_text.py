"""Texts cut to LINE's measures. LINE counts UTF-16 code units: an emoji is two."""

import re
from collections.abc import Callable, Iterator

SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+[」』）)]*|\n+|$)")
CUT = "…"


def units(text: str) -> int:
    """The length as LINE counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(text: str, most: int, *, length: Callable[[str], int] = units) -> list[str]:
    """The text in as few pieces as fit, cut between sentences; a sentence that is too long by itself anywhere."""
    found: list[str] = []
    here = ""
    for sentence in _sentences(text, most, length):
        if here and length(here + sentence) > most:
            found.append(here)
            here = ""
        here += sentence
    return [piece.strip() for piece in (*found, here) if piece.strip()]


def shortened(text: str, most: int) -> str:
    """The text, or as much of its beginning as fits, with a sign that something is missing."""
    if units(text) <= most:
        return text
    return _beginning(text, most - units(CUT), units).rstrip() + CUT


def _sentences(text: str, most: int, length: Callable[[str], int]) -> Iterator[str]:
    for sentence in SENTENCE.findall(text):
        rest = sentence
        while length(rest) > most:
            beginning = _beginning(rest, most, length)
            yield beginning
            rest = rest[len(beginning) :]
        yield rest


def _beginning(text: str, most: int, length: Callable[[str], int]) -> str:
    """The longest beginning that fits. No character is longer than two units."""
    end = most
    while length(text[:end]) > most:
        end -= max(1, (length(text[:end]) - most) // 2)
    return text[:end]
