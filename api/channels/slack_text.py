"""Text as Slack marks it: read without its marks, written so that nothing in it becomes one."""

import re
from collections.abc import Iterator

LINK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
ADDRESS = re.compile(r"https?://[\w\-.~:/?#\[\]@!$&'()*+,;=%]*[\w/#=&%-]", re.ASCII)
SENTENCE = re.compile(r"[^。\n]*(?:。+|\n+|$)")
ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))


def read(text: str, *, us: str | None) -> str:
    """What the person wrote. Ids of people and channels, ours (`us`) among them, say nothing and are left out."""
    said = LINK.sub(lambda found: _read_link(found[1], found[2], us=us), text)
    for character, escape in reversed(ESCAPES):
        said = said.replace(escape, character)
    return said.strip()


def _read_link(target: str, label: str | None, *, us: str | None) -> str:
    """An address stands for itself, everything else for what a reader saw of it."""
    sign, name = target[:1], target[1:]
    if sign in ("@", "#"):
        return f"{sign}{label}" if label and name != us else ""
    if sign == "!":
        return label or (f"@{name}" if name in ("here", "channel", "everyone") else "")
    return label or target


def escape(text: str) -> str:
    """The text with nothing left in it that Slack would take for a link, a mention or a command."""
    for character, escaped in ESCAPES:
        text = text.replace(character, escaped)
    return text


def linked(text: str) -> str:
    """The text, escaped, with its addresses as links: by itself Slack takes Japanese after one for a part of it."""
    end, parts = 0, []
    for found in ADDRESS.finditer(text):
        parts += [escape(text[end : found.start()]), f"<{escape(found[0])}>"]
        end = found.end()
    return "".join([*parts, escape(text[end:])])


def link(url: str, label: str) -> str:
    return f"<{escape(url)}|{escape(label)}>"


def units(text: str) -> int:
    """The length as Slack's counter sees it at worst: an emoji counts as two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shortened(text: str, *, most: int) -> str:
    """At most so many units, the last an ellipsis where something is missing."""
    if units(text) <= most:
        return text
    while units(text) >= most:
        text = text[:-1]
    return f"{text}…"


def split(text: str, *, most: int) -> list[str]:
    """The text, escaped and linked, in pieces of at most so many units, cut between sentences where that is possible."""
    pieces = [""]
    for sentence in _sentences(text, longest=most // len("&amp;")):
        if units(pieces[-1] + sentence) > most:
            pieces.append("")
        pieces[-1] += sentence
    return [piece.strip("\n") for piece in pieces if piece.strip()]


def _sentences(text: str, *, longest: int) -> Iterator[str]:
    for sentence in SENTENCE.findall(text):
        for begin in range(0, len(sentence), longest):
            yield linked(sentence[begin : begin + longest])
