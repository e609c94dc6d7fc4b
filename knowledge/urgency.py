"""Recognise what cannot wait: danger to life, an attack under way, a disaster, money just sent.

Fixed phrases (facts/signs.csv, see patterns.py) over the plain form of the text,
so that it works without a model and when everything else is down.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge import facts
from knowledge.patterns import expression, plain_form

COLUMNS = ("card", "pattern", "hypothetical", "note")

LIFE = "life"
CRISES = (LIFE, "danger", "violence")
ATTACKS = (
    "bec",
    "impersonation",
    "remote_control",
    "fake_support",
    "ransomware",
    "ddos",
    "defacement",
    "account",
    "phishing",
)
# What comes first when a text tells of several: people, then what spreads or drains
# by the minute, then what has hours or days. Water and people trapped is danger.
INSOLVENCY, CUSTOMER_BANKRUPT = "insolvency", "customer_bankrupt"
ORDER = (*CRISES, *ATTACKS, "leak", "disaster", "loan_shark", INSOLVENCY, CUSTOMER_BANKRUPT)
TOPICS = {
    **dict.fromkeys((*ATTACKS, "leak"), "cyber"),
    "disaster": "bcp",
    INSOLVENCY: "sales_decline",
    CUSTOMER_BANKRUPT: "sales_decline",
    "loan_shark": "sales_decline",
}

# Rows that are no signs: what to overlook, and what tells that a sign is, or is not, of today.
FIGURE_OF_SPEECH, NOT_NOW, PAST, NOW = "figure_of_speech", "not_now", "past", "now"
# 「収まった」 may be said of anything; 「水は引いた」 ends it even if it was last night; 「まだ収まっていない」 is neither.
SETTLED, SOLVED, UNSETTLED = "settled", "solved", "unsettled"
WORDS = (FIGURE_OF_SPEECH, NOT_NOW, PAST, SETTLED, SOLVED, UNSETTLED, NOW)

_YESTERDAY = re.compile(r"昨日|きのう|昨夜|ゆうべ|昨晩|今朝|けさ")
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
    words = _without(FIGURE_OF_SPEECH, plain_form(text))
    for card in ORDER:
        # 「元請が不渡りを出した」 is not our own insolvency; 「うちも給料が払えない」 beside it is.
        seen = _without(CUSTOMER_BANKRUPT, words) if card == INSOLVENCY else words
        for sign in signs()[card]:
            if sign.pattern.search(seen) and _counts(card, sign, seen):
                return Emergency(card)
    return None


def _without(card: str, words: str) -> str:
    for sign in signs()[card]:
        words = sign.pattern.sub("〇", words)
    return words


def is_over(text: str) -> bool:
    """Whether the text tells of something past or settled, and of nothing that happens now."""
    words = _without(UNSETTLED, plain_form(text))
    if _says(SOLVED, words) and not _says(NOW, _YESTERDAY.sub("", words)):
        return True
    return not _says(NOW, words) and (_says(PAST, words) or _says(SETTLED, words))


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
        wanted, is_hypothetical = expression(row, "pattern"), _is_hypothetical(row)
        # A pattern that starts with a plain word costs next to nothing in company, one that
        # starts with a group is fast only alone: there the scanner knows its first characters.
        alone = wanted if wanted[0] in "([^" else ""
        found[card].setdefault((is_hypothetical, alone), []).append(wanted)
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


@cache
def signs() -> Mapping[str, tuple[Sign, ...]]:
    """The signs of the shipped table, compiled once."""
    return load()
