"""What would lead to another desk is computed from the table: all of it, and nothing else."""

import itertools
from dataclasses import replace

import pytest

from knowledge.circumstances import DIMENSIONS, circumstances
from knowledge.referral import Case, refer, what_would_change
from knowledge.topics import NEIGHBOUR
from tests.knowledge.cases import OUT, TOPICS, at, case, codes, combined

PLACES = [at("板橋区"), at("町田市"), at("調布市"), at("大島町"), at("檜原村"), OUT, None]
TOLD = [told for told in combined(*DIMENSIONS) if len(told) <= 1]


def words(of: Case) -> set[str]:
    return {change.circumstance.word for change in what_would_change(of)}


def by_trying(of: Case) -> set[str]:
    """Every word of a dimension that is still open, each tried."""
    told = {circumstances()[word].dimension for word in of.circumstances}
    now = refer(of).desks[:2]
    return {
        word
        for word, one in circumstances().items()
        if one.dimension not in told
        and refer(replace(of, circumstances=of.circumstances | {word})).desks[:2] != now
    }


def test_an_unpaid_job_would_go_elsewhere_for_one_person_or_a_builder() -> None:
    assert {"freelancer", "construction"} <= words(case("T1", place=at("板橋区")))


@pytest.mark.parametrize(
    ("told", "not_named"),
    [
        ({"freelancer"}, {"freelancer", "ordering", "worker", "consumer", "founding"}),
        ({"construction"}, {"construction", "transport", "manufacturing", "it", "association"}),
        ({"small"}, {"small", "medium", "large"}),
        ({"insolvency"}, {"insolvency", "customer_bankrupt", "loan_shark"}),
    ],
)
def test_nothing_of_a_dimension_already_told_is_named(told: set[str], not_named: set[str]) -> None:
    assert not words(case("T1", *told, place=at("板橋区"))) & not_named


def test_a_further_known_word_can_make_another_matter() -> None:
    assert "large" not in words(case("T4", place=at("板橋区")))
    assert "large" in words(case("T4", "ordering", place=at("板橋区")))


@pytest.mark.parametrize("topic", [*TOPICS, NEIGHBOUR])
def test_what_is_named_is_what_trying_each_word_finds(topic: str) -> None:
    for code, place, told in itertools.product(codes(topic), PLACES, TOLD):
        one = Case(topic, code, place, told)
        assert words(one) == by_trying(one), one


@pytest.mark.parametrize("code", ["S1", "S4", "H1", "B5", "B8", "C1", "C4", "T1", "T14"])
def test_each_change_shows_the_desks_it_would_lead_to(code: str) -> None:
    for place in PLACES:
        one = case(code, place=place)
        for change in what_would_change(one):
            assert change.referral == refer(
                replace(one, circumstances=one.circumstances | {change.circumstance.word})
            )
            assert change.referral.desks[:2] != refer(one).desks[:2]
            assert change.circumstance.phrase


def test_they_are_named_in_the_order_of_the_table() -> None:
    named = [change.circumstance.word for change in what_would_change(case("T1", place=at("板橋区")))]

    assert named == [word for word in circumstances() if word in named]
