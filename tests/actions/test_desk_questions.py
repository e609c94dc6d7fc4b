"""What is asked about the desk that was offered, and the desks after it."""

from typing import Any

import pytest

from tests.actions.visitor import Visitor

NO_CUSTOMERS = ("客が来ない", "sales_decline", "S4")


def kept(visitor: Visitor) -> dict[str, Any]:
    consultation: dict[str, Any] = visitor.slots["consultation"]
    return consultation


FOLLOW_UPS = [
    "ask_phone",
    "ask_hours",
    "ask_cost",
    "ask_booking",
    "ask_where",
    "ask_why",
    "ask_bring",
    "ask_secret",
    "ask_what",
]


@pytest.mark.parametrize("intent", FOLLOW_UPS)
def test_a_question_about_the_desk_is_answered_for_each_desk_offered(visitor: Visitor, intent: str) -> None:
    visitor.writes("板橋で食堂をやっています。客が来ません", "sales_decline", "S4")
    answer = visitor.presses(f"/{intent}")

    # Neither desk has a number we could confirm: the general one has.
    assert answer.said == ["desk_detail", *["general_phone"] * (intent == "ask_phone"), "anything_else"]
    assert "東京商工会議所" in answer.text
    assert ("03-3251-7881" in answer.text) is (intent == "ask_phone")
    assert answer.report["referral"] is None
    assert answer.report["understood"]["kind"] == "followup"


def test_a_place_told_after_a_neighbours_desk_does_not_start_again(visitor: Visitor) -> None:
    visitor.writes("消費税が払えません", "neighbour", "tax")

    assert visitor.writes("目黒区です", "inform").said == ["referral_same", "anything_else"]


def test_what_burns_is_not_pushed_out_by_a_new_subject(visitor: Visitor) -> None:
    visitor.writes("社長を名乗るメールでさっき振り込んでしまいました", "cyber", "C4")
    visitor.writes("資金繰りがつきません", "sales_decline", "S1")

    assert visitor.slots["offered"][0] == "own-bank"
    assert "mpd-cyber" in visitor.slots["offered"]


@pytest.mark.parametrize("intent", [*FOLLOW_UPS, "ask_another"])
def test_before_any_desk_it_says_so_and_asks_on(visitor: Visitor, intent: str) -> None:
    assert visitor.presses(f"/{intent}").said == ["no_desk_yet", "ask_topic"]


@pytest.mark.parametrize("intent", [*FOLLOW_UPS, "ask_another"])
def test_an_interrupted_question_is_put_again_as_it_was(visitor: Visitor, intent: str) -> None:
    visitor.writes(*NO_CUSTOMERS)

    assert visitor.presses(f"/{intent}").said == ["no_desk_yet", "ask_place"]
    assert kept(visitor)["asked"] == ["place"]


def test_a_question_about_the_desk_keeps_the_open_question_open(visitor: Visitor) -> None:
    visitor.writes("代金を払ってもらえません", "subcontract", "T2")
    answer = visitor.presses("/ask_cost")

    assert answer.said == ["desk_detail", "ask_party"]
    assert visitor.presses('/inform{"party": "sole"}').desks[0] == "freelance110"


def test_other_desks_come_one_after_the_other_and_end_with_the_general_ones(visitor: Visitor) -> None:
    visitor.writes("板橋区です。募集しても応募がありません", "staffing", "H1")
    answers = [visitor.presses("/ask_another") for _ in range(3)]

    assert [answer.said[0] for answer in answers] == ["other_desks", "no_other_desk", "no_other_desk"]
    assert [answer.desks for answer in answers] == [
        ["shigoto-zaidan"],
        ["kosha", "yorozu"],
        ["kosha", "yorozu"],
    ]


def test_after_the_last_desk_its_number_can_still_be_asked(visitor: Visitor) -> None:
    visitor.writes("板橋区です。募集しても応募がありません", "staffing", "H1")
    for _ in range(4):
        visitor.presses("/ask_another")

    assert visitor.presses("/ask_phone").said == ["desk_detail", "anything_else"]


def test_a_question_about_the_other_desks_is_about_those(visitor: Visitor) -> None:
    visitor.writes("板橋区です。募集しても応募がありません", "staffing", "H1")
    visitor.presses("/ask_another")
    detail = visitor.presses("/ask_phone")

    assert "しごと財団" in detail.text
    assert "板橋支部" not in detail.text
