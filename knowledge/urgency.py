"""Recognise what cannot wait: danger to life, an attack under way, a disaster, money just sent.

Fixed phrases (facts/signs.csv) over the plain form of the text, so that it
works without a model and when everything else is down. A phrase family is a
row; ``…`` in it stands for up to 15 characters of the same sentence, ``……``
for up to 40 characters of whatever follows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge import facts
from knowledge.text import hiragana, normalise

COLUMNS = ("card", "pattern", "hypothetical", "note")

CRISES = ("life", "danger", "violence")
ATTACKS = ("bec", "fake_support", "ransomware", "ddos", "account", "defacement", "phishing")
# What comes first when a text tells of several: people, then what spreads or drains
# by the minute, then what has hours or days. Water and people trapped is danger.
ORDER = (*CRISES, *ATTACKS, "leak", "disaster", "loan_shark", "insolvency")
TOPICS = {
    **dict.fromkeys((*ATTACKS, "leak"), "cyber"),
    "disaster": "bcp",
    "insolvency": "sales_decline",
    "loan_shark": "sales_decline",
}

# Rows that are no signs: what to overlook, and what tells that a sign is, or is not, of today.
FIGURE_OF_SPEECH, NOT_NOW, PAST, SETTLED, NOW = "figure_of_speech", "not_now", "past", "settled", "now"
WORDS = (FIGURE_OF_SPEECH, NOT_NOW, PAST, SETTLED, NOW)

GAPS = (("……", ".{0,40}?"), ("…", "[^。!?]{0,15}?"))
SENTENCE_ENDS = "。!?\n"


@dataclass(frozen=True)
class Emergency:
    """What was recognised: the id of the card that answers it."""

    card: str

    @property
    def is_crisis(self) -> bool:
        """A person is in danger: nothing but the card is said."""
        return self.card in CRISES

    @property
    def is_attack(self) -> bool:
        """An attack on computers or money is under way."""
        return self.card in ATTACKS

    @property
    def topic(self) -> str | None:
        """The topic to go on with once the card is given; None where business has to wait."""
        return TOPICS.get(self.card)


@dataclass(frozen=True)
class Sign:
    """A phrase family. A hypothetical one counts only where it tells of today."""

    pattern: re.Pattern[str]
    is_hypothetical: bool


def recognise(text: str) -> Emergency | None:
    """The most pressing emergency the text tells of, or None.

    Figures of speech (死ぬほど忙しい) are overlooked. What is feared, prevented or
    long over is no emergency, except a wish to die.
    """
    words = plain(text)
    for figure in signs()[FIGURE_OF_SPEECH]:
        words = figure.pattern.sub("〇", words)
    for card in ORDER:
        for sign in signs()[card]:
            if sign.pattern.search(words) and _counts(card, sign, words):
                return Emergency(card)
    return None


def is_over(text: str) -> bool:
    """Whether the text tells of something past or settled, and of nothing that happens now."""
    words = plain(text)
    return not _says(NOW, words) and (_says(PAST, words) or _says(SETTLED, words))


def plain(text: str) -> str:
    """The form that patterns are written for: normal form, katakana as hiragana, no spaces.

    People in need write しにたい, シニタイ or し に た い.
    """
    return hiragana(normalise(text)).replace(" ", "")


def _counts(card: str, sign: Sign, words: str) -> bool:
    if not sign.is_hypothetical:
        return True
    return any(_is_of_today(card, _sentence(words, match), words) for match in sign.pattern.finditer(words))


def _is_of_today(card: str, sentence: str, words: str) -> bool:
    if _says(NOT_NOW, sentence):
        return False
    if card in CRISES:  # only the sentence itself may take a crisis back, never talk around it
        return _says(NOW, sentence) or not _says(PAST, sentence)
    return not is_over(words)


def _says(word: str, text: str) -> bool:
    return any(sign.pattern.search(text) for sign in signs()[word])


def _sentence(text: str, match: re.Match[str]) -> str:
    start = max(text.rfind(mark, 0, match.start()) for mark in SENTENCE_ENDS) + 1
    ends = [end for mark in SENTENCE_ENDS if (end := text.find(mark, match.end())) >= 0]
    return text[start : min(ends, default=len(text))]


def load(folder: Path = facts.FOLDER) -> Mapping[str, tuple[Sign, ...]]:
    """The signs of each card, and the words that overlook them.

    Raises:
        facts.FactError: an unknown card, or a pattern that is broken or could never match.
    """
    found: dict[str, dict[tuple[bool, str], list[str]]] = {card: {} for card in (*ORDER, *WORDS)}
    for row in facts.read("signs.csv", COLUMNS, folder=folder):
        card = row.one_of("card", found)
        expression, is_hypothetical = _expression(row), _is_hypothetical(row)
        # A pattern that starts with a plain word costs next to nothing in company, one that
        # starts with a group is fast only alone: there the scanner knows its first characters.
        alone = expression if expression[0] in "([^" else ""
        found[card].setdefault((is_hypothetical, alone), []).append(expression)
    return {
        card: tuple(
            Sign(re.compile("|".join(expressions), re.DOTALL), is_hypothetical)
            for (is_hypothetical, _), expressions in families.items()
        )
        for card, families in found.items()
    }


def _is_hypothetical(row: facts.Row) -> bool:
    allowed = ("",) if row["card"] in WORDS else ("yes", "no")
    return row.one_of("hypothetical", allowed) == "yes"


def _expression(row: facts.Row) -> str:
    written = row.required("pattern").replace("…", "")
    if plain(written) != hiragana(written):
        raise row.fault(
            "「pattern」に大文字・全角英数・空白があり、何にも一致しません",
            "小文字・半角にし、空白を消してください",
        )
    expression = hiragana(row["pattern"])
    for gap, meaning in GAPS:
        expression = expression.replace(gap, meaning)
    try:
        matches_anything = re.search(expression, "")
    except re.error as error:
        raise row.fault(
            f"「pattern」が正規表現として読めません({error})", "括弧の数と記号を確かめてください"
        ) from error
    if matches_anything:
        raise row.fault("「pattern」がどんな文にも一致します", "余分な「|」や「?」を消してください")
    return expression


@cache
def signs() -> Mapping[str, tuple[Sign, ...]]:
    """The signs of the shipped table, compiled once."""
    return load()
