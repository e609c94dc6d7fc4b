"""Every cell: any sub-topic, anywhere, of any size, whoever asks, calm or burning, finds desks that take it."""

import itertools
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.circumstances import DIMENSIONS, of_dimension
from knowledge.desks import DeskKind, desks
from knowledge.municipalities import Area
from knowledge.places import Place, find_place
from knowledge.referral import RENGOKAI, Case, Referral, area_code, refer
from knowledge.topics import NEIGHBOUR
from tests.knowledge.cases import EVERYWHERE, INSIDE, OUT, TOPICS, codes, combined, spoken

TODAY = date(2026, 11, 22)
FOR_AN_AREA = {Area.KU: "tokyo-cci", Area.TAMA: RENGOKAI, Area.ISLANDS: RENGOKAI}
OF_TOKYO = {"tokyo-cci", RENGOKAI} | {place.municipality.desk for place in INSIDE if place.municipality}
CHAMBERS = {DeskKind.CHAMBER, DeskKind.SHOKOKAI}
MAY_COME_FIRST = {
    "sales_decline": {*CHAMBERS, DeskKind.CORPORATION, DeskKind.LABOUR_DESK, DeskKind.OTHER, DeskKind.LEGAL, DeskKind.POLICE},
    "staffing": {*CHAMBERS, DeskKind.CORPORATION, DeskKind.LABOUR_DESK, DeskKind.OTHER},
    "bcp": {*CHAMBERS, DeskKind.CORPORATION, DeskKind.MUNICIPAL_OFFICE, DeskKind.CRISIS_LINE, DeskKind.OTHER},
    "cyber": {*CHAMBERS, DeskKind.CYBER_DESK, DeskKind.POLICE, DeskKind.FINANCE, DeskKind.OTHER},
    "subcontract": {DeskKind.DISPUTE_CENTER, DeskKind.LABOUR_DESK, DeskKind.LEGAL, DeskKind.OTHER},
    NEIGHBOUR: set(DeskKind) - {DeskKind.CRISIS_LINE},
}  # fmt: skip
# Of kind "other" only these: who sells to a consumer, founders, large firms, and the general desk for neighbours.
OTHERS_FIRST = {"consumer-188", "sogyo-station", "jftc-toritekiho"}


class Cell(NamedTuple):
    """A case of the walk, with its place and circumstances at hand."""

    topic: str
    code: str
    place: Place | None
    told: frozenset[str]

    @property
    def case(self) -> Case:
        return Case(self.topic, self.code, self.place, self.told, TODAY)


def cells(place: Place | None) -> Iterator[Cell]:
    for topic in (*TOPICS, NEIGHBOUR):
        for code, told in itertools.product(codes(topic), combined("size", "role", "state")):
            yield Cell(topic, code, place, told)


def overriding_first(cell: Cell) -> str | None:
    """The first desk by the overriding rules (§5.0, §5.1) that may touch sales and staffing; None without one."""
    rules = (
        ("worker" in cell.told and area_code(cell.place) == "outside", "rodo-kijun"),
        ("worker" in cell.told, "rodo110"),
        ("consumer" in cell.told, "consumer-188"),
        (area_code(cell.place) == "outside", "local-chamber-elsewhere"),
        ("loan_shark" in cell.told and cell.topic == "sales_decline", "police-9110"),
        (bool({"insolvency", "customer_bankrupt"} & cell.told) and cell.topic == "sales_decline", "himawari"),
        ("founding" in cell.told, "sogyo-station"),
        ("association" in cell.told and cell.code == "H1", "shigoto-zaidan"),  # a trade asks, not a shop
        (area_code(cell.place) == "unknown", "kosha"),
    )
    return next((desk for holds, desk in rules if holds), None)


def check(cell: Cell, referral: Referral) -> None:
    """What holds of every referral."""
    known = desks()
    assert referral.desks, cell
    assert len(set(referral.desks)) == len(referral.desks), cell
    assert all(desk in known and known[desk].valid.holds(TODAY) for desk in referral.desks), cell
    assert len(referral.reason) > 1 and referral.reason.endswith("。"), cell
    kind = known[referral.first].kind
    assert kind in MAY_COME_FIRST[cell.topic], cell
    if kind is DeskKind.OTHER and cell.topic != NEIGHBOUR:
        assert referral.first in OTHERS_FIRST, cell
    if area_code(cell.place) in ("unknown", "outside"):
        assert not OF_TOKYO & set(referral.desks), cell
    if area_code(cell.place) == "unknown":
        assert all(known[desk].serves in ("tokyo", "japan") for desk in referral.desks), cell
        if cell.topic in ("bcp", "cyber", "subcontract"):  # whose own desks serve all of Tokyo
            assert "kosha" not in referral.desks, f"the general desk stands in for the local one: {cell}"


def check_local_first(cell: Cell, referral: Referral) -> None:
    """Sales and staffing are first a matter for the chamber of the place, unless a rule overrides that."""
    if cell.topic not in ("sales_decline", "staffing"):
        return
    first = overriding_first(cell)
    if first is None and cell.place:
        municipality, area = cell.place.municipality, cell.place.area
        first = municipality.desk if municipality else FOR_AN_AREA[area] if area else None
    assert referral.first == first, cell


@pytest.mark.parametrize("place", EVERYWHERE, ids=spoken)
def test_every_trouble_leads_to_desks_that_are_there_and_take_it(place: Place | None) -> None:
    for cell in cells(place):
        referral = refer(cell.case)
        check(cell, referral)
        check_local_first(cell, referral)


@pytest.mark.parametrize("name", ["三鷹駅", "府中"])
def test_a_place_that_may_be_several_is_as_good_as_unknown(name: str) -> None:
    place = find_place(name)
    assert place and not place.is_certain
    for cell in cells(place):
        referral = refer(cell.case)
        check(cell, referral)
        assert referral == refer(cell._replace(place=None).case), cell


def told_of() -> st.SearchStrategy[frozenset[str]]:
    """Any circumstances, of each dimension at most one."""
    words = (st.sampled_from(("", *of_dimension(dimension))) for dimension in DIMENSIONS)
    return st.tuples(*words).map(lambda chosen: frozenset(chosen) - {""})


@settings(max_examples=1500, deadline=None)
@given(data=st.data(), told=told_of(), place=st.sampled_from(EVERYWHERE))
def test_whatever_is_told_of_a_business_there_are_desks_for_it(
    data: st.DataObject, told: frozenset[str], place: Place | None
) -> None:
    topic = data.draw(st.sampled_from((*TOPICS, NEIGHBOUR)))
    cell = Cell(topic, data.draw(st.sampled_from(codes(topic))), place, told)
    referral = refer(cell.case)

    check(cell, referral)
    check_local_first(cell, referral)


@settings(max_examples=300, deadline=None)
@given(data=st.data(), told=told_of(), place=st.sampled_from([*INSIDE, OUT]))
def test_lives_money_sent_and_standing_come_before_all_that_is_told(
    data: st.DataObject, told: frozenset[str], place: Place
) -> None:
    burning = (told - set(of_dimension("state"))) | {"urgent"}
    worker = "rodo-kijun" if place is OUT else "rodo110"

    assert refer(Case("bcp", "B5", place, burning)).first == "fire-119"
    not_sent = "ipa-org" if place is OUT else "mpd-cyber"
    money = refer(Case("cyber", "C4", place, burning)).first
    assert money == (not_sent if "impersonation" in burning else "own-bank")
    assert refer(Case(NEIGHBOUR, "worker", place, told)).first == worker
    assert refer(Case(NEIGHBOUR, "consumer", place, told)).first == "consumer-188"
