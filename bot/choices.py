"""A choice that was typed instead of pressed: the button's words, or its number (「2」, 「②」, 「二番」)."""

import re
from collections.abc import Iterable, Sequence

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, UserUttered

from knowledge.text import hiragana, normalise

FIRST_QUESTIONS = ("utter_ask_topic", "utter_ask_topic_plain")
LONGEST_CHOICE = 30  # characters; no button is longer
_NUMBER = re.compile(
    r"\(?([0-9]{1,2}|[一二三四五六七八九])\)?(番|ばん|番目|つ目|です|でお願いします|で|を|。|\.)*"
)
_KANJI = {kanji: number for number, kanji in enumerate("一二三四五六七八九", start=1)}
_TRAILING = re.compile(r"(です|でお願いします|がいい|を選びます|[。.!!])+$")

Button = dict[str, str]


def offered(events: Iterable[Event]) -> list[Button]:
    """The buttons of the bot's last turn, in the order in which they were drawn."""
    buttons: list[Button] = []
    for event in events:
        if isinstance(event, UserUttered):
            buttons = []
        elif isinstance(event, BotUttered):
            buttons += (event.data or {}).get("buttons") or []
    return buttons


def first_choices(domain: Domain) -> list[Button]:
    """The topics as the greeting offers them, plain or not: their titles can be typed at any time."""
    return [
        button
        for name in FIRST_QUESTIONS
        for variation in domain.responses.get(name) or []
        for button in variation.get("buttons") or []
    ]


def chosen(text: str, buttons: Sequence[Button], *, only_titles: bool = False) -> str | None:
    """The payload of the button that the text names, by title or number; None when it names none."""
    words = _folded(text)
    for button in buttons:
        if words == _folded(button["title"]):
            return button["payload"]
    number = 0 if only_titles else _number(words)
    return buttons[number - 1]["payload"] if 0 < number <= len(buttons) else None


def _folded(text: str) -> str:
    return _TRAILING.sub("", hiragana(normalise(text)).replace(" ", "")).rstrip("?")


def _number(words: str) -> int:
    found = _NUMBER.fullmatch(words)
    if not found:
        return 0
    return _KANJI.get(found.group(1)) or int(found.group(1))
