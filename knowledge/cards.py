"""Reviewed answers in steps: the emergency cards (cards.csv), and guides to what owners ask (guides.csv).

Both tables have the same form. A card comes by itself when something burns; a
guide, or a card, comes when it is asked for.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from knowledge import facts
from knowledge.desks import DESK_COLUMNS
from knowledge.freshness import is_stale
from knowledge.patterns import pattern, plain_form
from knowledge.plain import wording
from knowledge.topics import sub_topics
from knowledge.urgency import Emergency

COLUMNS = ("card", "step", "text", "asked", "subtopics", "desk", "source", "checked", "certainty")
EMERGENCIES, GUIDES = "cards.csv", "guides.csv"
HEADLINE = "0"
NOT_CONFIRMED = "この1年に確認できていない内容があります。目安として、窓口でお確かめください。"


@dataclass(frozen=True)
class Step:
    """One thing to do. ``desks``: ids of whom to call for it, often none."""

    text: str
    desks: tuple[str, ...]
    source: str
    checked: str
    certainty: str


@dataclass(frozen=True)
class Card:
    """What to do, or to know, in order.

    The headline is what counts if nothing else is read. ``desks`` are the ids
    of everyone the card names, in its order, each once. ``asked`` recognises
    the question it answers; ``subtopics`` are the troubles it helps with.
    """

    id: str
    headline: str
    steps: tuple[Step, ...]
    desks: tuple[str, ...]
    asked: re.Pattern[str] | None = None
    subtopics: tuple[str, ...] = ()


def load(file: str = EMERGENCIES, folder: Path = facts.FOLDER) -> dict[str, Card]:
    """The cards of a table by id.

    Raises:
        facts.FactError: a card lacks its headline or a step, or names a desk or sub-topic that is not there.
    """
    desks = _desk_ids(folder)
    rows_of: dict[str, list[facts.Row]] = {}
    for row in facts.read(file, COLUMNS, folder=folder):
        rows_of.setdefault(row.required("card"), []).append(row)
    return {card: _card(card, rows, desks) for card, rows in rows_of.items()}


def _desk_ids(folder: Path) -> frozenset[str]:
    files = ("desks.csv", "chambers.csv")
    return frozenset(
        row.required("id") for file in files for row in facts.read(file, DESK_COLUMNS, folder=folder)
    )


def _card(card: str, rows: Sequence[facts.Row], desks: frozenset[str]) -> Card:
    for number, row in enumerate(rows):
        _expect(str(number), row)
    headline, *steps = (_step(row, desks) for row in rows)
    if not steps:
        raise rows[0].fault(f"「{card}」に手順がありません", "step 1 の行を足してください")
    named = dict.fromkeys(desk for step in (headline, *steps) for desk in step.desks)
    asked = pattern(rows[0], "asked") if rows[0]["asked"] else None
    for code in rows[0].several("subtopics"):
        if code not in sub_topics():
            raise rows[0].fault(
                f"「{code}」という下位分類はありません", "topics.csv の code を書いてください"
            )
    return Card(card, headline.text, tuple(steps), tuple(named), asked, rows[0].several("subtopics"))


def _expect(step: str, row: facts.Row) -> None:
    if row["step"] == step:
        return
    if step == HEADLINE:
        raise row.fault(
            f"「{row['card']}」の見出しがありません", "最初の行に step 0 の見出しを置いてください"
        )
    raise row.fault(
        f"「{row['card']}」の step が「{row['step']}」です(次は{step}のはず)",
        "0から順に、抜けや重なりなく番号を付けてください",
    )


def _step(row: facts.Row, desks: frozenset[str]) -> Step:
    for desk in row.several("desk"):
        if desk not in desks:
            raise row.fault(
                f"「{desk}」という窓口はありません", "desks.csv か chambers.csv の id を書いてください"
            )
    return Step(
        row.required("text"),
        row.several("desk"),
        row.required("source"),
        row["checked"],
        row.required("certainty"),
    )


@cache
def cards() -> Mapping[str, Card]:
    """The emergency cards of the shipped table, read once."""
    return load()


@cache
def guides() -> Mapping[str, Card]:
    """The guides of the shipped table, read once."""
    return load(GUIDES)


def asked_in(text: str, subtopics: Sequence[str] = ()) -> Card | None:
    """The guide, or emergency card, that answers the question; of several the one for the trouble at hand."""
    words = plain_form(text)
    found = [
        (card, match)
        for card in (*guides().values(), *cards().values())
        if card.asked and (match := card.asked.search(words))
    ]
    found.sort(
        key=lambda pair: (not set(pair[0].subtopics) & set(subtopics), pair[1].start() - pair[1].end())
    )
    return found[0][0] if found else None


def find_card(card_id: str) -> Card:
    """The emergency card or guide of that id.

    Raises:
        KeyError: there is none.
    """
    return cards().get(card_id) or guides()[card_id]


def card_text(card_id: str, *, is_plain: bool = False) -> str:
    """The headline, then the numbered steps: plain text, one a line.

    Raises:
        KeyError: there is no such card.
    """
    say = wording(is_plain=is_plain)
    card = find_card(card_id)
    steps = (f"{number}. {say(step.text)}" for number, step in enumerate(card.steps, start=1))
    return "\n".join((say(card.headline), *steps))


def guide_text(guide: Card, *, today: date, is_plain: bool = False) -> str:
    """The guide, and a warning where some of it was not confirmed for a year or never was."""
    text = card_text(guide.id, is_plain=is_plain)
    if not any(is_stale(step.checked, today) for step in guide.steps):
        return text
    return f"{text}\n{wording(is_plain=is_plain)(NOT_CONFIRMED)}"


def emergency_text(emergency: Emergency, *, is_plain: bool = False) -> str:
    """What to say first to someone in this emergency."""
    return card_text(emergency.card, is_plain=is_plain)
