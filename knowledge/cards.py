"""The emergency cards: what to do first, step by step, and whom to call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge import facts
from knowledge.desks import DESK_COLUMNS
from knowledge.urgency import Emergency

COLUMNS = ("card", "step", "text", "desk", "source", "certainty")
HEADLINE = "0"


@dataclass(frozen=True)
class Step:
    """One thing to do. ``desks``: ids of whom to call for it, often none."""

    text: str
    desks: tuple[str, ...]
    source: str
    certainty: str


@dataclass(frozen=True)
class EmergencyCard:
    """What to do in one kind of emergency, in order.

    The headline is what counts if nothing else is read. ``desks`` are the ids
    of everyone the card names, in its order, each once.
    """

    id: str
    headline: str
    steps: tuple[Step, ...]
    desks: tuple[str, ...]


def load(folder: Path = facts.FOLDER) -> dict[str, EmergencyCard]:
    """The cards by id.

    Raises:
        facts.FactError: a card lacks its headline or a step, or names a desk that is not there.
    """
    desks = _desk_ids(folder)
    rows_of: dict[str, list[facts.Row]] = {}
    for row in facts.read("cards.csv", COLUMNS, folder=folder):
        rows_of.setdefault(row.required("card"), []).append(row)
    return {card: _card(card, rows, desks) for card, rows in rows_of.items()}


def _desk_ids(folder: Path) -> frozenset[str]:
    files = ("desks.csv", "chambers.csv")
    return frozenset(
        row.required("id") for file in files for row in facts.read(file, DESK_COLUMNS, folder=folder)
    )


def _card(card: str, rows: Sequence[facts.Row], desks: frozenset[str]) -> EmergencyCard:
    for number, row in enumerate(rows):
        _expect(str(number), row)
    headline, *steps = (_step(row, desks) for row in rows)
    if not steps:
        raise rows[0].fault(f"「{card}」に手順がありません", "step 1 の行を足してください")
    named = dict.fromkeys(desk for step in (headline, *steps) for desk in step.desks)
    return EmergencyCard(card, headline.text, tuple(steps), tuple(named))


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
    return Step(row.required("text"), row.several("desk"), row.required("source"), row.required("certainty"))


@cache
def cards() -> Mapping[str, EmergencyCard]:
    """The cards of the shipped table, read once."""
    return load()


def card_text(card_id: str) -> str:
    """The headline, then the numbered steps: plain text, one a line.

    Raises:
        KeyError: there is no such card.
    """
    card = cards()[card_id]
    return "\n".join(
        (card.headline, *(f"{number}. {step.text}" for number, step in enumerate(card.steps, start=1)))
    )


def emergency_text(emergency: Emergency) -> str:
    """What to say first to someone in this emergency."""
    return card_text(emergency.card)
