"""Pick the desks for a trouble, and say why: one pure function over the table facts/routes.csv."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from knowledge import facts
from knowledge.desks import desks
from knowledge.municipalities import Area
from knowledge.places import Place
from knowledge.topics import NEIGHBOUR, Topic, sub_topics

COLUMNS = ("rule", "topic", "subtopics", "when", "areas", "first", "second", "reason", "source")
ANY_TOPIC = "*"
LOCAL = "local"
# What may be known about the asker beyond topic and place; see circumstances.py for how each is heard.
CIRCUMSTANCES = frozenset({"urgent", "insolvency", "loan_shark", "sole", "construction", "ordering", "large"})
AREA_CODES = ("ku", "tama", "islands", "none", "outside", "unknown")
RENGOKAI = "shokokai-rengokai"
GENERAL_DESKS = ("kosha", "yorozu")


@dataclass(frozen=True)
class Case:
    """What decides the desks. ``topic`` is a Topic value or "neighbour"; ``subtopic`` a code or empty."""

    topic: str
    subtopic: str = ""
    place: Place | None = None
    circumstances: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Referral:
    """Desk ids, first desk first, the reason in one sentence, and the rule that matched."""

    desks: tuple[str, ...]
    reason: str
    rule: str

    @property
    def first(self) -> str:
        return self.desks[0]


@dataclass(frozen=True)
class Route:
    """A row of the table: under these conditions, these desks. Empty conditions always hold."""

    rule: str
    topic: str
    subtopics: tuple[str, ...]
    when: frozenset[str]
    areas: tuple[str, ...]
    desks: tuple[str, ...]
    reason: str

    def applies(self, case: Case) -> bool:
        return (
            (self.topic == case.topic or (self.topic == ANY_TOPIC and case.topic != NEIGHBOUR))
            and (not self.subtopics or case.subtopic in self.subtopics)
            and self.when <= case.circumstances
            and (not self.areas or area_code(case.place) in self.areas)
        )


def refer(case: Case) -> Referral:
    """Offer the desks that take this trouble, the first desk first.

    Where the business is decides, not where its owner lives. While the place
    is unknown, only desks that serve all of Tokyo are offered.
    """
    route = next(route for route in routes() if route.applies(case))
    first, *others = route.desks
    if area_code(case.place) == "unknown":
        others = [desk for desk in others if desk != LOCAL]
    resolved = [local_desk(case.place) if desk == LOCAL else desk for desk in (first, *others)]
    return Referral(tuple(dict.fromkeys(resolved)), route.reason, route.rule)


def refer_all(cases: Sequence[Case]) -> Referral:
    """Join the referrals of several troubles: each one's first desk, the more pressing first."""
    referrals = [refer(case) for case in sorted(cases, key=lambda case: not case.circumstances & PRESSING)]
    firsts = [referral.first for referral in referrals]
    seconds = [desk for referral in referrals for desk in referral.desks[1:3]]
    if len(set(firsts)) < len(
        firsts
    ):  # one desk for both troubles: the specialised desk of the second comes next
        seconds = [desk for referral in reversed(referrals) for desk in referral.desks[1:2]]
    most = referrals[0] if len(referrals) > 1 else None
    order = firsts + seconds if most else list(referrals[0].desks)
    return Referral(
        tuple(dict.fromkeys(order)),
        "".join(dict.fromkeys(referral.reason for referral in referrals)),
        "+".join(referral.rule for referral in referrals),
    )


PRESSING = frozenset({"urgent", "insolvency", "loan_shark"})


def area_code(place: Place | None) -> str:
    """The column ``areas`` of a place; "none" where there is neither chamber nor 商工会."""
    if place is None or not place.is_certain:
        return "unknown"
    if place.is_outside:
        return "outside"
    municipality = place.municipality
    if municipality is None:
        return _AREA_CODE[place.area] if place.area else "unknown"
    return "none" if municipality.desk == RENGOKAI else _AREA_CODE[municipality.area]


_AREA_CODE = {Area.KU: "ku", Area.TAMA: "tama", Area.ISLANDS: "islands"}


def local_desk(place: Place | None) -> str:
    """The chamber or 商工会 of the place; a desk for the whole of its part of Tokyo while only that is known."""
    if place and place.municipality:
        return place.municipality.desk
    return {
        "ku": "tokyo-cci",
        "tama": RENGOKAI,
        "islands": RENGOKAI,
        "outside": "local-chamber-elsewhere",
    }.get(area_code(place), "kosha")


@cache
def routes() -> tuple[Route, ...]:
    """The routes of the shipped table, read once."""
    return load()


def load(folder: Path = facts.FOLDER) -> tuple[Route, ...]:
    """Routes in the order in which they are tried.

    Raises:
        facts.FactError: a row names an unknown topic, sub-topic, circumstance, area or desk.
    """
    rows = facts.read("routes.csv", COLUMNS, folder=folder)
    return tuple(facts.unique([(row, row.required("rule"), _route(row)) for row in rows]).values())


def _route(row: facts.Row) -> Route:
    row.one_of("topic", [topic.value for topic in Topic] + [NEIGHBOUR, ANY_TOPIC])
    row.required("reason")
    row.required("first")
    row.required("source")
    _all_known(row, "subtopics", sub_topics())
    _all_known(row, "when", CIRCUMSTANCES)
    _all_known(row, "areas", AREA_CODES)
    for column in ("first", "second"):
        _all_known(row, column, {*desks(), LOCAL})
    return Route(
        rule=row["rule"],
        topic=row["topic"],
        subtopics=row.several("subtopics"),
        when=frozenset(row.several("when")),
        areas=row.several("areas"),
        desks=row.several("first") + row.several("second"),
        reason=row["reason"],
    )


def _all_known(row: facts.Row, column: str, known: object) -> None:
    for value in row.several(column):
        if value not in known:  # type: ignore[operator]
            raise row.fault(
                f"「{column}」の「{value}」は知らない値です", "表にある名前を「|」で区切って書いてください"
            )
