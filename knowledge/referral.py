"""Pick the desks for a trouble, and say why: one pure function over the table facts/routes.csv."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from knowledge import facts
from knowledge.calendar import Validity, validity
from knowledge.circumstances import Circumstance, circumstances
from knowledge.desks import DeskKind, desks
from knowledge.municipalities import Area
from knowledge.places import Place
from knowledge.topics import NEIGHBOUR, Topic, sub_topics

COLUMNS = (
    "rule", "topic", "subtopics", "when", "areas", "first", "second", "reason", "source", "checked",
    "valid_from", "valid_to",
)  # fmt: skip
ANY_TOPIC = "*"
LOCAL = "local"
# Of Tama, "tc" has a chamber of commerce (商工会議所) and "ts" a 商工会; "none" has neither.
AREA_CODES = ("ku", "tama", "tc", "ts", "islands", "none", "outside", "unknown")
RENGOKAI = "shokokai-rengokai"
GENERAL_DESKS = ("kosha", "yorozu")
COMPARED = 2  # desks: another first or second desk is another answer
PRESSING = frozenset({"urgent", "insolvency", "customer_bankrupt", "loan_shark"})


@dataclass(frozen=True)
class Case:
    """What decides the desks.

    ``topic`` is a Topic value or "neighbour"; ``subtopic`` a code or empty;
    ``circumstances`` words of facts/circumstances.csv, at most one of each
    dimension (size, industry, role, state, money). ``on`` is the day for which
    temporary desks are looked up; None leaves out all of them.
    """

    topic: str
    subtopic: str = ""
    place: Place | None = None
    circumstances: frozenset[str] = field(default_factory=frozenset)
    on: date | None = None


@dataclass(frozen=True)
class Referral:
    """Desk ids, first desk first, the reason in one sentence, and the rule that matched."""

    desks: tuple[str, ...]
    reason: str
    rule: str

    @property
    def first(self) -> str:
        return self.desks[0]

    @property
    def second(self) -> str | None:
        return self.desks[1] if len(self.desks) > 1 else None


@dataclass(frozen=True)
class Route:
    """A row of the table: under these conditions, these desks. Empty conditions always hold."""

    rule: str
    topic: str
    subtopics: tuple[str, ...]
    when: frozenset[str]
    areas: frozenset[str]
    desks: tuple[str, ...]
    reason: str
    valid: Validity

    def applies(self, case: Case) -> bool:
        return (
            (self.topic == case.topic or (self.topic == ANY_TOPIC and case.topic != NEIGHBOUR))
            and (not self.subtopics or case.subtopic in self.subtopics)
            and self.when <= case.circumstances
            and (not self.areas or bool(area_codes(case.place) & self.areas))
            and self.valid.holds(case.on)
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
    known = [desk for desk in resolved if desks()[desk].valid.holds(case.on)]
    return Referral(tuple(dict.fromkeys(known or GENERAL_DESKS)), route.reason, route.rule)


def refer_all(cases: Sequence[Case]) -> Referral:
    """Join the referrals of several troubles: each one's first desk, the more pressing first."""
    ordered = sorted(cases, key=lambda case: not case.circumstances & PRESSING)
    referrals = [refer(case) for case in ordered]
    if len(referrals) == 1:
        return referrals[0]
    if ordered[0].circumstances & PRESSING and not ordered[1].circumstances & PRESSING:
        return _burning_first(*referrals)
    firsts = [referral.first for referral in referrals]
    seconds = [desk for referral in referrals for desk in referral.desks[1:3]]
    if len(set(firsts)) < len(firsts):  # one desk for both: the specialised desk of the second comes next
        seconds = [desk for referral in reversed(referrals) for desk in referral.desks[1:2]]
    return Referral(
        tuple(dict.fromkeys(firsts + seconds)),
        "".join(dict.fromkeys(referral.reason for referral in referrals)),
        "+".join(referral.rule for referral in referrals),
    )


def _burning_first(burning: Referral, calm: Referral) -> Referral:
    """Those who put the fire out stand together; the desk of the calm trouble comes after them."""
    desks = (*burning.desks[:3], calm.first, *burning.desks[3:], *calm.desks[1:])
    return Referral(tuple(dict.fromkeys(desks)), burning.reason + calm.reason, f"{burning.rule}+{calm.rule}")


@dataclass(frozen=True)
class Change:
    """What would lead to another first or second desk: a circumstance, and the referral it would give."""

    circumstance: Circumstance
    referral: Referral


def what_would_change(case: Case) -> tuple[Change, ...]:
    """The circumstances, not yet known of, that would change the answer; computed from the table."""
    return tuple(_changes(case, refer(case)))


def _changes(case: Case, referral: Referral) -> Iterator[Change]:
    known = circumstances()
    told = {known[word].dimension for word in case.circumstances}
    for one in known.values():
        if one.dimension in told:
            continue
        other = refer(replace(case, circumstances=case.circumstances | {one.word}))
        if other.desks[:COMPARED] != referral.desks[:COMPARED]:
            yield Change(one, other)


def area_code(place: Place | None) -> str:
    """The part of Tokyo in which a place lies; "none" where there is neither chamber nor 商工会."""
    if place is None or not place.is_certain:
        return "unknown"
    if place.is_outside:
        return "outside"
    municipality = place.municipality
    if municipality is None:
        return _AREA_CODE[place.area] if place.area else "unknown"
    return "none" if municipality.desk == RENGOKAI else _AREA_CODE[municipality.area]


def area_codes(place: Place | None) -> frozenset[str]:
    """All codes of the column ``areas`` that fit the place: Tama also by the kind of its own desk."""
    code = area_code(place)
    municipality = place.municipality if place else None
    if code != "tama" or municipality is None:
        return frozenset({code})
    is_chamber = desks()[municipality.desk].kind is DeskKind.CHAMBER
    return frozenset({code, "tc" if is_chamber else "ts"})


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
    _all_known(row, "when", circumstances())
    _all_known(row, "areas", AREA_CODES)
    for column in ("first", "second"):
        _all_known(row, column, {*desks(), LOCAL})
    return Route(
        rule=row["rule"],
        topic=row["topic"],
        subtopics=row.several("subtopics"),
        when=frozenset(row.several("when")),
        areas=frozenset(row.several("areas")),
        desks=row.several("first") + row.several("second"),
        reason=row["reason"],
        valid=validity(row),
    )


def _all_known(row: facts.Row, column: str, known: object) -> None:
    for value in row.several(column):
        if value not in known:  # type: ignore[operator]
            raise row.fault(
                f"「{column}」の「{value}」は知らない値です", "表にある名前を「|」で区切って書いてください"
            )
