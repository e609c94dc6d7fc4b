"""Desks as Flex messages: a bubble each, and in words for whoever sees no cards."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from api import phrases
from api.channels.line_text import shortened, units
from knowledge.calendar import TOKYO
from knowledge.desks import CardPhone, DeskCard, desk_card, find_desk

Json = dict[str, Any]
Wording = Callable[[str], str]

MOST_BUBBLES = 12
LARGEST_BUBBLE = 30_000  # bytes
LARGEST_CONTAINER = 50_000
LONGEST_ALT_TEXT = 400
LONGEST_LABEL = 20
LONGEST_ADDRESS = 1000
INK, GREY, BLUE, AMBER, RULE = "#1A1A1C", "#5A5A60", "#0017C1", "#8A4B00", "#D8D8DB"


def cards(desks: Sequence[str], *, at: datetime, is_plain: bool) -> list[DeskCard]:
    """The cards as they are at that time, without desks that have left the tables since."""
    found = []
    for desk in desks:
        try:
            found.append(desk_card(find_desk(desk), now=at.astimezone(TOKYO), is_plain=is_plain))
        except KeyError:
            continue
    return found


def flexes(shown: Sequence[DeskCard], reason: str, *, is_plain: bool) -> list[Json]:
    """Flex messages with these cards, usually one. `reason` is what was said with them."""
    bubbles = [_bubble(card, is_first=not index, is_plain=is_plain) for index, card in enumerate(shown)]
    words = [_in_words(card) for card in shown]
    found, begin = [], 0
    for end in _ends(bubbles):
        alt = shortened(" ／ ".join([*words[begin:end], reason]), LONGEST_ALT_TEXT)
        found.append(flex(bubbles[begin:end], alt))
        begin = end
    return found


def flex(bubbles: Sequence[Json], alt: str) -> Json:
    """One Flex message."""
    contents = bubbles[0] if len(bubbles) == 1 else {"type": "carousel", "contents": list(bubbles)}
    return {"type": "flex", "altText": alt, "contents": contents}


def bubbles_of(message: Json) -> list[Json]:
    """The bubbles of a Flex message."""
    contents = message["contents"]
    return list(contents["contents"]) if contents["type"] == "carousel" else [contents]


def fits(bubbles: Sequence[Json]) -> bool:
    """Whether LINE takes them as one message."""
    return len(bubbles) <= MOST_BUBBLES and _size(flex(bubbles, "")["contents"]) <= LARGEST_CONTAINER


def _ends(bubbles: Sequence[Json]) -> Iterator[int]:
    """Where each message ends, so that all fit."""
    begin = 0
    for end in range(1, len(bubbles) + 1):
        if not fits(bubbles[begin:end]):
            yield end - 1
            begin = end - 1
    if bubbles:
        yield len(bubbles)


def _bubble(card: DeskCard, *, is_first: bool, is_plain: bool) -> Json:
    """The card. What makes it larger than LINE takes is left away, what says how sure we are last."""
    say = _wording(is_plain=is_plain)
    head, ways, facts = _head(card, say, is_first=is_first), _ways(card, say), _facts(card, say)
    while True:
        ruled = [{"type": "separator", "margin": "lg", "color": RULE}, *facts] if facts else []
        bubble = {"type": "bubble", "size": "mega", "body": _column([*head, *ruled]), "footer": _column(ways)}
        if not facts or _size(bubble) <= LARGEST_BUBBLE:
            return bubble
        del facts[0]


def _head(card: DeskCard, say: Wording, *, is_first: bool) -> list[Json]:
    rank = say("CARD_FIRST") if is_first else say("CARD_FURTHER")
    former = say("CARD_FORMER").format(name=card.former_name) if card.former_name else ""
    return [
        _text(rank, size="sm", color=BLUE, weight="bold"),
        _text(card.name, size="lg", weight="bold"),
        *([_text(former, size="xs", color=GREY)] if former else []),
        *([_text(shortened(card.does, 1000), size="sm", margin="md")] if card.does else []),
    ]


def _facts(card: DeskCard, say: Wording) -> list[Json]:
    """What else is known, and at the end how well."""
    known = (
        ("CARD_AUDIENCE", card.audience),
        ("CARD_HOURS", card.hours),
        ("CARD_COST", card.cost),
        ("CARD_MAIL", card.mail),
        ("CARD_ADDRESS", card.address),
        ("CARD_NOTE", card.note),
        ("CARD_CHECKED", card.checked),
    )
    return [_fact(say(label), shortened(value, 1000)) for label, value in known if value]


def _fact(label: str, value: str) -> Json:
    return {
        "type": "box",
        "layout": "vertical",
        "margin": "md",
        "contents": [_text(label, size="xs", color=GREY), _text(value, size="sm")],
    }


def _ways(card: DeskCard, say: Wording) -> list[Json]:
    """How to reach the desk, the surest way first.

    A number below grade A may have changed: it stands after the website, as a mere link, with its warning.
    """
    sure = [part for phone in card.phones if phone.grade == "A" for part in _call(phone, say)]
    unsure = [part for phone in card.phones if phone.grade != "A" for part in _call(phone, say)]
    page = [_button(say("CARD_PAGE"), card.url, is_main=not sure)] if _is_address(card.url) else []
    none = [] if card.phones else [_text(say("CARD_NO_PHONE"), size="sm", color=GREY)]
    return [*none, *sure, *page, *unsure]


def _call(phone: CardPhone, say: Wording) -> list[Json]:
    is_sure = phone.grade == "A"
    notes = " ".join(part for part in (phone.label, phone.wording) if part)
    above = [_text(notes, size="xs", color=GREY if is_sure else AMBER, margin="md")] if notes else []
    number = quote(phone.tel, safe="+")
    return [*above, _button(f"{say('CARD_CALL')} {phone.number}", f"tel:{number}", is_main=is_sure)]


def _button(label: str, address: str, *, is_main: bool) -> Json:
    action = {"type": "uri", "label": shortened(label, LONGEST_LABEL), "uri": address}
    colour = {"style": "primary", "color": BLUE} if is_main else {"style": "link"}
    return {"type": "button", "height": "sm", **colour, "action": action}


def _wording(*, is_plain: bool) -> Wording:
    """What is written on a card, by the name it has among our phrases."""
    ending = "_PLAIN" if is_plain else ""
    return lambda name: str(getattr(phrases, name + ending))


def _in_words(card: DeskCard) -> str:
    numbers = [" ".join(part for part in (phone.number, phone.wording) if part) for phone in card.phones]
    return " ".join([card.name, *numbers])


def _column(contents: list[Json]) -> Json:
    return {"type": "box", "layout": "vertical", "spacing": "sm", "contents": contents}


def _text(text: str, *, size: str, color: str = INK, **more: str) -> Json:
    # Never `maxLines`: an office's name is read to its end.
    return {"type": "text", "text": text, "wrap": True, "size": size, "color": color, **more}


def _is_address(url: str) -> bool:
    return url.startswith(("https://", "http://")) and units(url) <= LONGEST_ADDRESS


def _size(part: Json) -> int:
    return len(json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode())
