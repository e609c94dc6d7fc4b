"""Desks as soon as they are certain, and no question whose answer would change nothing."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from knowledge.consultation import (
    ANSWERS,
    PARTY,
    PLACE,
    STATE,
    TOPIC,
    Consultation,
    Trouble,
    advise,
    consultation_from_json,
    next_question,
)
from knowledge.desks import DeskKind, find_desk
from knowledge.municipalities import Area, municipalities
from knowledge.places import OUTSIDE, Place, find_place
from knowledge.referral import refer, refer_all
from knowledge.topics import NEIGHBOUR, Topic, sub_topics
from tests.knowledge.cases import codes

TOPICS = [topic.value for topic in Topic]
EVERY = [Trouble(topic) for topic in TOPICS] + [
    Trouble(one.topic.value, code) for code, one in sub_topics().items() if one.topic
]
CALM_AND_BURNING = [replace(trouble, urgent=urgent) for trouble in EVERY for urgent in (False, True)]
NEIGHBOURS = [Trouble(NEIGHBOUR, code) for code, one in sub_topics().items() if one.topic is None]
MAIN = [
    Trouble("sales_decline", "S5"),
    Trouble("staffing"),
    Trouble("bcp", "B5"),
    Trouble("cyber"),
    Trouble("subcontract"),
]
PAIRS = list(itertools.permutations(MAIN, 2))
OUT = Place(OUTSIDE, may_be_outside=True)


def at(name: str) -> Place:
    return Place(name, (municipalities()[name],))


OPEN = [None, find_place("三鷹駅"), find_place("府中"), find_place("大島"), Place("多摩", area=Area.TAMA)]
ANYWHERE = [*OPEN, at("板橋区"), at("町田市"), at("檜原村"), at("三宅村"), Place("区部", area=Area.KU), OUT]


def spoken(value: object) -> str:
    """A short name of a trouble, or of several, in the test report."""
    troubles = value if isinstance(value, tuple) else (value,)
    return "+".join(
        f"{one.subtopic or one.topic}{'!' * one.urgent}" for one in troubles if isinstance(one, Trouble)
    )


def shown(consultation: Consultation) -> tuple[str, ...]:
    """The desks that are drawn at once."""
    return refer_all(consultation.cases()).desks[:2]


def after_every_answer(consultation: Consultation, question: str) -> list[Consultation]:
    """The case as it stands after each thing a visitor may answer."""
    if question == PLACE:
        possible = consultation.place.municipalities if consultation.place else ()
        area = consultation.place.area if consultation.place else None
        inside = possible or [one for one in municipalities().values() if area in (None, one.area)]
        places = [Place(one.name, (one,)) for one in inside] + [OUT] * bool(
            consultation.place and consultation.place.may_be_outside
        )
        return [replace(consultation, place=place) for place in places]
    if question == STATE:
        burning = tuple(replace(one, urgent=one.topic == "cyber") for one in consultation.troubles)
        return [consultation, replace(consultation, troubles=burning)]
    return [
        replace(consultation, circumstances=consultation.circumstances | answer) for answer in ANSWERS[PARTY]
    ]


@cache
def ways(troubles: tuple[Trouble, ...], place: Place | None = None) -> list[list[Consultation]]:
    """Every course the talk may take: each question answered, refused or not understood."""
    return list(_ways_through(Consultation(troubles, place)))


def _ways_through(consultation: Consultation) -> Iterator[list[Consultation]]:
    question = advise(consultation).question
    if not question:
        yield [consultation]
        return
    put = replace(consultation, asked=(*consultation.asked, question), asking=question)
    told = {shown(one): one for one in after_every_answer(put, question)[-3:]}.values()
    settled = put.settled | {question}
    for then in (*(replace(one, settled=settled) for one in told), replace(put, settled=settled), put):
        for rest in _ways_through(then):
            yield [consultation, *rest]


@pytest.mark.parametrize("place", ANYWHERE, ids=lambda place: place.name if place else "unknown")
def test_a_question_is_put_only_if_some_answer_changes_the_desks(place: Place | None) -> None:
    for troubles in [*((one,) for one in CALM_AND_BURNING), *PAIRS]:
        consultation = Consultation(troubles, place)
        question = next_question(consultation)
        answers = after_every_answer(consultation, question) if question else []
        assert not question or len({shown(one) for one in answers}) > 1, troubles


@pytest.mark.parametrize("trouble", EVERY, ids=spoken)
def test_a_place_that_would_change_the_desks_is_asked_for(trouble: Trouble) -> None:
    consultation = Consultation((trouble,), settled=frozenset({STATE, PARTY}))
    changes = len({shown(one) for one in after_every_answer(consultation, PLACE)}) > 1

    assert (next_question(consultation) == PLACE) == changes


@pytest.mark.parametrize("troubles", [*((one,) for one in EVERY), *PAIRS], ids=spoken)
def test_at_most_three_questions_are_put_and_desks_are_named_at_the_end(
    troubles: tuple[Trouble, ...],
) -> None:
    for place in (None, find_place("府中")):
        for way in ways(troubles, place):
            end = way[-1]
            assert len(end.asked) <= 3
            assert all(end.asked.count(question) <= 2 for question in end.asked)
            assert advise(end).referral
            assert not advise(end).question


@pytest.mark.parametrize("troubles", [*((one,) for one in EVERY), *PAIRS], ids=spoken)
def test_what_was_answered_or_refused_is_not_asked_again(troubles: tuple[Trouble, ...]) -> None:
    for way in ways(troubles):
        for before, after in itertools.pairwise(way):
            assert after.asking not in before.settled


@pytest.mark.parametrize("place", ANYWHERE, ids=lambda place: place.name if place else "unknown")
def test_there_is_always_something_to_say(place: Place | None) -> None:
    for trouble in [*CALM_AND_BURNING, *NEIGHBOURS]:
        advice = advise(Consultation((trouble,), place))
        assert advice.referral or advice.question, trouble


def test_without_a_trouble_the_trouble_is_asked_for() -> None:
    advice = advise(Consultation(place=at("板橋区")))

    assert (advice.referral, advice.question) == (None, TOPIC)


def test_asking_for_the_trouble_does_not_use_up_a_question() -> None:
    consultation = Consultation((Trouble("sales_decline"),), asked=(TOPIC, TOPIC, TOPIC))

    assert advise(consultation).question == PLACE


@pytest.mark.parametrize("topic", ["sales_decline", "staffing"])
def test_where_the_first_desk_hangs_on_the_place_it_is_asked_before_any_desk_is_named(topic: str) -> None:
    advice = advise(Consultation((Trouble(topic),)))

    assert (advice.referral, advice.question) == (None, PLACE)


@pytest.mark.parametrize("trouble", CALM_AND_BURNING, ids=spoken)
def test_a_refused_place_still_gives_desks(trouble: Trouble) -> None:
    advice = advise(Consultation((trouble,), asked=(PLACE,), settled=frozenset({PLACE})))

    assert advice.referral
    assert advice.question != PLACE
    assert all(find_desk(desk).serves in ("tokyo", "japan") for desk in advice.referral.desks)


@pytest.mark.parametrize("name", municipalities())
def test_a_shop_in_a_known_place_needs_no_question(name: str) -> None:
    advice = advise(Consultation((Trouble("sales_decline", "S4"),), at(name)))

    assert advice.referral and advice.referral.first == municipalities()[name].desk
    assert advice.question == ""


@pytest.mark.parametrize(
    ("text", "question"),
    [("三鷹駅", PLACE), ("府中", PLACE), ("大島", PLACE), ("多摩地域", PLACE), ("町田", ""), ("横浜", "")],
)
def test_only_a_place_that_is_still_open_is_asked_for(text: str, question: str) -> None:
    assert advise(Consultation((Trouble("sales_decline"),), find_place(text))).question == question


def test_a_place_not_understood_twice_is_not_asked_for_a_third_time() -> None:
    advice = advise(Consultation((Trouble("staffing"),), asked=(PLACE, PLACE)))

    assert advice.referral
    assert advice.question == ""


@pytest.mark.parametrize("trouble", NEIGHBOURS, ids=spoken)
def test_a_neighbouring_trouble_is_sent_on_without_a_question(trouble: Trouble) -> None:
    advice = advise(Consultation((trouble,)))

    assert advice.referral
    assert advice.question == ""


@pytest.mark.parametrize("code", ["C1", "C4", "C8"])
def test_whether_an_attack_goes_on_is_asked_while_desks_are_named_already(code: str) -> None:
    advice = advise(Consultation((Trouble("cyber", code),)))

    assert advice.referral
    assert advice.question == STATE


@pytest.mark.parametrize("code", ["C9", "C10", "C11"])
def test_prevention_and_paperwork_do_not_go_on(code: str) -> None:
    assert next_question(Consultation((Trouble("cyber", code),))) != STATE


def test_what_is_known_to_burn_is_not_asked_about() -> None:
    assert next_question(Consultation((Trouble("cyber", "C1", urgent=True),))) != STATE


def test_who_the_asker_is_is_asked_for_in_a_quarrel_alone() -> None:
    asked = {one.topic for one in EVERY if next_question(Consultation((one,), at("板橋区"))) == PARTY}

    assert asked == {"subcontract"}


@pytest.mark.parametrize("troubles", PAIRS, ids=spoken)
def test_two_troubles_give_both_first_desks(troubles: tuple[Trouble, ...]) -> None:
    consultation = Consultation(troubles, at("板橋区"))
    advice = advise(consultation)
    firsts = tuple(dict.fromkeys(refer(one).first for one in consultation.cases()))

    assert advice.referral
    assert advice.referral.desks[: len(firsts)] == firsts


@pytest.mark.parametrize(("calm", "burning"), PAIRS, ids=spoken)
def test_the_more_pressing_trouble_comes_first(calm: Trouble, burning: Trouble) -> None:
    now = replace(burning, urgent=True)
    alone = advise(Consultation((now,), at("板橋区"))).referral

    for troubles in ((calm, now), (now, calm)):
        both = advise(Consultation(troubles, at("板橋区"))).referral
        assert alone and both and both.first == alone.first


@pytest.mark.parametrize("other", ["staffing", "bcp", "cyber"])
@pytest.mark.parametrize("broke", ["sales_decline", "subcontract"])
def test_a_business_about_to_fail_is_helped_with_that_first(broke: str, other: str) -> None:
    for troubles in ((Trouble(other), Trouble(broke)), (Trouble(broke), Trouble(other))):
        advice = advise(Consultation(troubles, at("板橋区"), frozenset({"insolvency"})))
        assert advice.referral and advice.referral.first == "himawari"


@pytest.mark.parametrize("other", ["staffing", "bcp", "cyber"])
@pytest.mark.parametrize("word", ["freelancer", "construction", "ordering", "large"])
def test_a_quarrels_circumstances_do_not_touch_the_other_trouble(other: str, word: str) -> None:
    consultation = Consultation(
        (Trouble("subcontract", "T1"), Trouble(other)), at("町田市"), frozenset({word})
    )
    quarrel, alone = consultation.cases()

    assert quarrel.circumstances == alone.circumstances == {word}
    assert refer(alone).desks == refer(replace(alone, circumstances=frozenset())).desks


@pytest.mark.parametrize("word", ["insolvency", "customer_bankrupt", "loan_shark"])
def test_money_that_presses_is_told_only_of_troubles_about_money(word: str) -> None:
    consultation = Consultation(
        (Trouble("staffing"), Trouble("sales_decline"), Trouble("cyber"), Trouble("subcontract")),
        circumstances=frozenset({word, "small"}),
    )

    assert [set(one.circumstances) for one in consultation.cases()] == [
        {"small"},
        {word, "small"},
        {"small"},
        {word, "small"},
    ]


@pytest.mark.parametrize(
    ("told", "question"),
    [
        (set(), PARTY),
        ({"small"}, PARTY),  # still a builder, perhaps
        ({"transport"}, PARTY),  # still one person, perhaps
        ({"small", "transport"}, ""),
        ({"manufacturing", "ordering"}, ""),
        ({"freelancer"}, ""),  # told, which is all the question wants to know
        ({"construction"}, ""),
        ({"freelancer", "manufacturing"}, ""),
        ({"construction", "small"}, ""),
    ],
)
def test_what_was_told_of_the_business_rules_out_answers(told: set[str], question: str) -> None:
    consultation = Consultation((Trouble("subcontract", "T1"),), at("板橋区"), frozenset(told))

    assert next_question(consultation) == question


@pytest.mark.parametrize(
    ("code", "told", "question"),
    [
        ("T10", {"manufacturing"}, ""),  # one person, and no builder
        ("T11", {"small"}, ""),  # a builder, and not one person
        ("T12", {"small"}, ""),  # a carrier is no builder
        ("T14", {"manufacturing"}, ""),  # who orders is no freelancer
        ("T1", {"small"}, PARTY),
        ("T1", {"manufacturing"}, PARTY),
    ],
)
def test_what_goes_without_saying_is_not_asked(code: str, told: set[str], question: str) -> None:
    consultation = Consultation((Trouble("subcontract", code),), at("板橋区"), frozenset(told))

    assert next_question(consultation) == question


@pytest.mark.parametrize("topic", [topic for topic in Topic if topic is not Topic.SUBCONTRACT])
def test_the_party_is_asked_only_of_disputes(topic: Topic) -> None:
    for code in codes(topic.value):
        consultation = Consultation((Trouble(topic.value, code),), at("板橋区"))
        assert next_question(consultation) != PARTY


def test_the_party_is_asked_of_a_dispute_beside_another_trouble() -> None:
    consultation = Consultation((Trouble("sales_decline", "S4"), Trouble("subcontract", "T1")), at("板橋区"))

    assert next_question(consultation) == PARTY


@pytest.mark.parametrize(
    ("code", "told", "circumstances"),
    [
        ("T10", set(), {"freelancer"}),
        ("T12", {"small"}, {"small", "transport"}),
        ("T12", {"construction"}, {"construction"}),  # what was told outweighs what is implied
        ("T1", {"small"}, {"small"}),
        ("", {"small"}, {"small"}),
    ],
)
def test_a_case_reckons_with_what_goes_without_saying(
    code: str, told: set[str], circumstances: set[str]
) -> None:
    consultation = Consultation((Trouble("subcontract", code),), circumstances=frozenset(told))

    assert [set(one.circumstances) for one in consultation.cases()] == [circumstances]
    assert consultation.circumstances == told


def test_what_one_trouble_implies_is_not_told_of_the_other() -> None:
    consultation = Consultation((Trouble("subcontract", "T10"), Trouble("staffing", "H1")))

    assert [set(one.circumstances) for one in consultation.cases()] == [{"freelancer"}, set()]


def test_only_the_trouble_that_burns_is_urgent() -> None:
    consultation = Consultation((Trouble("staffing"), Trouble("cyber", "C1", urgent=True)))

    assert consultation.is_urgent
    assert [set(one.circumstances) for one in consultation.cases()] == [set(), {"urgent"}]


def test_a_person_outside_tokyo_is_never_asked_for_the_place() -> None:
    assert all(next_question(Consultation((one,), OUT)) != PLACE for one in CALM_AND_BURNING)


@pytest.mark.parametrize(
    "trouble", [one for one in EVERY if one.topic in ("sales_decline", "staffing")], ids=spoken
)
def test_a_refused_place_gives_the_corporation_for_a_shop_or_its_staff(trouble: Trouble) -> None:
    advice = advise(Consultation((trouble,), settled=frozenset({PLACE})))

    assert advice.referral and find_desk(advice.referral.first).kind is DeskKind.CORPORATION


@pytest.mark.parametrize("troubles", [(), *((one,) for one in CALM_AND_BURNING), *PAIRS], ids=spoken)
def test_a_case_comes_back_from_json(troubles: tuple[Trouble, ...]) -> None:
    for place in ANYWHERE:
        consultation = Consultation(
            troubles,
            place,
            frozenset({"freelancer", "insolvency"}),
            (TOPIC, PLACE, PLACE),
            frozenset({PLACE}),
            STATE,
        )
        assert consultation_from_json(json.loads(json.dumps(consultation.as_json()))) == consultation
