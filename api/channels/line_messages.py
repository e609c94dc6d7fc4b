"""Lines of ours as LINE messages: at most five of them, the choices on the last."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256

from api import phrases
from api.channels.buttons import button_id
from api.channels.line_card import LONGEST_ALT_TEXT, Json, bubbles_of, cards, fits, flex, flexes
from api.channels.line_text import pieces, shortened, units
from api.conversations.courier import Parcel
from api.conversations.models import Author, Message
from api.errors import Undeliverable

MOST_MESSAGES = 5
MOST_LINES = 10  # of ours in one call; a sixth message by push would cost, and hide the choices of the fifth
LONGEST_TEXT = 5000
MOST_CHOICES = 13
LONGEST_LABEL = 20
LONGEST_NAME = 20
LONGEST_SAID = 300
IN_BRACKETS = re.compile(r"[(（][^)）]*[)）]")


def messages(parcel: Parcel) -> list[Json]:
    """All lines of a parcel as the messages of one call; the same ones at every attempt."""
    made = [part for message in parcel.messages for part in _parts(message, at=parcel.made_at)]
    fitting = _fitting(made)
    if fitting and (offering := _offering(parcel.messages)):
        fitting[-1]["quickReply"] = {"items": _choices(offering, parcel)}
    return fitting


def owner(conversation: str) -> str:
    """A sign of this conversation on the buttons that others can press as well."""
    return sha256(conversation.encode()).hexdigest()[:8]


def _parts(message: Message, *, at: datetime) -> Iterator[Json]:
    sender = {"name": _name(message)}
    for piece in pieces(_words(message), LONGEST_TEXT):
        yield {"type": "text", "text": piece, "sender": sender}
    shown = cards(message.desks, at=at, is_plain=message.plain)
    for part in flexes(shown, message.text, is_plain=message.plain):
        yield {**part, "sender": sender}


def _words(message: Message) -> str:
    """The text, and the choices for those whose screen has no buttons."""
    if not message.buttons:
        return message.text
    heading = phrases.CHOICES_PLAIN if message.plain else phrases.CHOICES
    return "\n".join([message.text, "", heading, *(f"・{button.title}" for button in message.buttons)])


def _name(message: Message) -> str:
    """Who speaks. LINE refuses names that hold its own."""
    normal, plain = NAMES[message.author]
    usual = plain if message.plain else normal
    own = message.name or usual
    return usual if units(own) > LONGEST_NAME or "LINE" in own.upper() else own


NAMES = {
    Author.bot: (phrases.BOT_NAME, phrases.BOT_NAME_PLAIN),
    Author.staff: (phrases.STAFF_NAME, phrases.STAFF_NAME_PLAIN),
    Author.system: (phrases.SYSTEM_NAME, phrases.SYSTEM_NAME_PLAIN),
}


def _fitting(made: list[Json]) -> list[Json]:
    """No more than LINE takes: neighbours are joined, then all texts and all cards, whoever said them."""
    joined = _joined(made)
    if len(joined) > MOST_MESSAGES:
        unsigned = [{**part, "sender": None} for part in joined]
        in_order = sorted(unsigned, key=lambda part: part["type"] != "text")
        joined = _joined([{name: value for name, value in part.items() if value} for part in in_order])
    if len(joined) > MOST_MESSAGES:  # ten of the longest answers of staff at once
        raise Undeliverable("too_long")
    return joined


def _joined(made: list[Json]) -> list[Json]:
    """Join neighbours, as many as are too many and can be, from the end: what comes first is the most pressing."""
    for index in reversed(range(len(made) - 1)):
        if len(made) <= MOST_MESSAGES:
            break
        if both := _both(made[index], made[index + 1]):
            made = [*made[:index], both, *made[index + 2 :]]
    return made


def _both(one: Json, other: Json) -> Json | None:
    """Two messages as one, if they are of a kind, of one sender, and not too large together."""
    if one["type"] != other["type"] or one.get("sender") != other.get("sender"):
        return None
    if one["type"] == "text":
        text = f"{one['text']}\n\n{other['text']}"
        return {**one, "text": text} if units(text) <= LONGEST_TEXT else None
    bubbles = [*bubbles_of(one), *bubbles_of(other)]
    alt = shortened(f"{one['altText']} ／ {other['altText']}", LONGEST_ALT_TEXT)
    return {**one, **flex(bubbles, alt)} if fits(bubbles) else None


def _offering(lines: Sequence[Message]) -> Message | None:
    """The line whose choices are still open: nobody but the system has spoken after it."""
    for message in reversed(lines):
        if message.buttons:
            return message
        if message.author is not Author.system:
            return None
    return None


def _choices(message: Message, parcel: Parcel) -> list[Json]:
    """Quick replies for the first choices; the others are told in the text alone."""
    titles = [button.title for button in message.buttons[:MOST_CHOICES]]
    is_shared = not str(parcel.address["to"]).startswith("U")
    ending = f".{owner(parcel.conversation.id)}" if is_shared else ""
    return [
        _choice(label, title, button_id(message, index) + ending)
        for index, (label, title) in enumerate(zip(_labels(titles), titles, strict=True))
    ]


def _choice(label: str, title: str, data: str) -> Json:
    action = {
        "type": "postback",
        "label": label,
        "data": data,
        "displayText": shortened(title, LONGEST_SAID),
    }
    return {"type": "action", "action": action}


def _labels(titles: Sequence[str]) -> list[str]:
    """Short names for choices, no two the same."""
    short = [_label(title) for title in titles]
    return [
        label if short.count(label) == 1 else shortened(f"{number} {label}", LONGEST_LABEL)
        for number, label in enumerate(short, start=1)
    ]


def _label(title: str) -> str:
    """What stands in brackets goes first."""
    if units(title) <= LONGEST_LABEL:
        return title
    return shortened(IN_BRACKETS.sub("", title).strip() or title, LONGEST_LABEL)
