"""Two troubles at once: both first desks, the more pressing first."""

import itertools

import pytest

from knowledge.referral import PRESSING, Case, refer, refer_all
from tests.knowledge.cases import OUT, TOPICS, at, case, codes


@pytest.mark.parametrize(("topic", "other"), list(itertools.permutations(TOPICS, 2)))
def test_two_troubles_give_both_first_desks(topic: str, other: str) -> None:
    for code, second, place in itertools.product(
        codes(topic), codes(other), (at("板橋区"), at("利島村"), OUT, None)
    ):
        cases = [Case(topic, code, place), Case(other, second, place)]
        joined = refer_all(cases)
        firsts = tuple(dict.fromkeys(refer(one).first for one in cases))
        assert joined.desks[: len(firsts)] == firsts
        assert len(set(joined.desks)) == len(joined.desks)
        assert all(refer(one).reason in joined.reason and refer(one).rule in joined.rule for one in cases)


@pytest.mark.parametrize("pressing", sorted(PRESSING))
@pytest.mark.parametrize(("topic", "other"), list(itertools.permutations(TOPICS, 2)))
def test_the_more_pressing_of_two_troubles_comes_first(topic: str, other: str, pressing: str) -> None:
    place = at("町田市")
    for code, second in itertools.product(codes(topic), codes(other)):
        calm, burning = Case(topic, code, place), Case(other, second, place, frozenset({pressing}))
        assert refer_all([calm, burning]).first == refer_all([burning, calm]).first == refer(burning).first


def test_who_puts_the_fire_out_stands_before_the_desk_of_the_calm_trouble() -> None:
    burning, calm = case("C1", "urgent", place=at("板橋区")), case("H1", place=at("板橋区"))

    for cases in ([burning, calm], [calm, burning]):
        assert refer_all(cases).desks[:4] == ("mpd-cyber", "ipa-org", "tcyss", "tokyo-cci-itabashi")


def test_of_many_desks_that_put_the_fire_out_three_stand_before_the_calm_one() -> None:
    burning, calm = case("C7", "urgent", place=at("板橋区")), case("T1", place=at("板橋区"))

    assert refer_all([calm, burning]).desks[:5] == (
        "own-hosting", "jpcert", "narisumashi-ec", "torihiki-kakekomi", "mpd-cyber",
    )  # fmt: skip


def test_two_troubles_that_both_press_give_both_first_desks_first() -> None:
    cases = [case("C1", "urgent", place=at("板橋区")), case("S1", "insolvency", place=at("板橋区"))]

    assert refer_all(cases).desks[:2] == ("mpd-cyber", "himawari")


def test_two_troubles_with_the_same_first_desk_are_followed_by_the_specialised_desks() -> None:
    cases = [case("S1", place=at("板橋区")), case("H1", place=at("板橋区"))]

    assert refer_all(cases).desks == ("tokyo-cci-itabashi", "hellowork", "jfc")


def test_one_trouble_alone_keeps_all_its_desks() -> None:
    one = case("C7", place=at("板橋区"))

    assert refer_all([one]) == refer(one)
