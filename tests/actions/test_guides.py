"""Guides: the reviewed answers in steps to what owners ask, in words or with a button."""

from datetime import date

import pytest

from knowledge.cards import NOT_CONFIRMED, card_text, guide_text, guides
from tests.actions.messages import (
    LEAK,
    NO_CUSTOMERS_IN_ITABASHI,
    NO_STAFF_IN_ITABASHI,
    RANSOM,
    UNPAID,
    UNPAID_IN_ITABASHI,
)
from tests.actions.visitor import WEDNESDAY, Answer, Visitor

WHICH_EVIDENCE = "証拠は何を残せばいいですか"
EVIDENCE, LEAK_DEADLINE = '/ask_guide{"guide": "evidence"}', '/ask_guide{"guide": "leak_deadline"}'


def as_told(name: str) -> str:
    """The guide as it is said on that Wednesday."""
    return guide_text(guides()[name], today=WEDNESDAY.date())


@pytest.mark.parametrize(
    ("checked_until", "is_warned"), [(date(2027, 1, 1), True), (date(2022, 9, 30), False)]
)
def test_a_guide_that_was_not_confirmed_for_a_year_says_so(checked_until: date, is_warned: bool) -> None:
    confirmed_in_2022 = guides()["keep_mail"]

    told = guide_text(confirmed_in_2022, today=checked_until)

    assert told.startswith(card_text("keep_mail"))
    assert (NOT_CONFIRMED in told) is is_warned


def guide(answer: Answer) -> str:
    return next(bubble.text for bubble in answer.bubbles if bubble.response == "utter_guide")


def test_in_a_dispute_the_evidence_to_keep_is_listed(visitor: Visitor) -> None:
    visitor.writes(*UNPAID_IN_ITABASHI)
    answer = visitor.is_not_understood(WHICH_EVIDENCE)

    assert guide(answer) == as_told("evidence")
    assert "発注書、注文請書、契約書を残してください。" in answer.text


@pytest.mark.parametrize("text", ["報告の期限はいつまで?", "個人情報の漏えいの報告の期限はいつまで?"])
def test_in_a_leak_the_deadlines_are_told(visitor: Visitor, text: str) -> None:
    visitor.writes(*LEAK)
    answer = visitor.is_not_understood(text)

    assert guide(answer) == as_told("leak_deadline")
    assert "3日から5日以内" in answer.text


def test_a_guide_is_no_referral_and_changes_nothing(visitor: Visitor) -> None:
    visitor.writes(*UNPAID_IN_ITABASHI)
    before = dict(visitor.slots)
    answer = visitor.is_not_understood(WHICH_EVIDENCE)

    assert answer.report["referral"] is None
    assert visitor.slots == before


@pytest.mark.parametrize(
    "heard_as", [("subcontract", "T1"), ("out_of_scope", ""), ("ask_bring", ""), ("thank", "")]
)
def test_whatever_the_classifier_makes_of_it_the_guide_answers(
    visitor: Visitor, heard_as: tuple[str, str]
) -> None:
    visitor.writes(*UNPAID)
    answer = visitor.writes(WHICH_EVIDENCE, *heard_as)

    assert answer.said == ["guide", "ask_party"]
    assert visitor.slots["consultation"]["asking"] == "party"


def test_after_the_guide_the_open_question_can_be_answered(visitor: Visitor) -> None:
    visitor.writes(*UNPAID)
    visitor.writes(WHICH_EVIDENCE, "subcontract", "T1")

    assert visitor.presses('/inform{"party": "freelancer"}').desks[0] == "freelance110"


def test_a_guide_about_disputes_does_not_answer_who_came_about_hiring(visitor: Visitor) -> None:
    visitor.writes(*NO_STAFF_IN_ITABASHI)

    assert "guide" not in visitor.is_not_understood(WHICH_EVIDENCE).said


def test_a_guide_answers_who_has_not_told_a_trouble_yet(visitor: Visitor) -> None:
    answer = visitor.is_not_understood(WHICH_EVIDENCE)

    assert answer.said == ["guide", "ask_topic"]


def test_a_trouble_told_with_the_question_gets_the_guide_and_the_desks(visitor: Visitor) -> None:
    answer = visitor.writes(f"代金を払ってもらえません。{WHICH_EVIDENCE}", "subcontract", "T1")

    assert answer.said == ["guide", "referral", "caution", "ask_party"]


@pytest.mark.parametrize(
    ("message", "text", "card"),
    [
        (RANSOM, "バックアップのUSBを挿してもいいですか", "backup"),
        (RANSOM, "届いたメールは消してもいいですか", "keep_mail"),
    ],
)
def test_what_is_asked_while_it_burns_is_answered_with_its_guide(
    visitor: Visitor, message: tuple[str, str, str], text: str, card: str
) -> None:
    visitor.writes(*message)
    answer = visitor.is_not_understood(text)

    assert answer.said[0] == "guide"
    assert guide(answer) == as_told(card)


# With a button.


@pytest.mark.parametrize(
    ("message", "offered"),
    [
        (("板橋区です。社員9人の会社です。代金を払ってもらえません", "subcontract", "T1"), [EVIDENCE]),
        (LEAK, [LEAK_DEADLINE]),
        (NO_CUSTOMERS_IN_ITABASHI, []),
        (NO_STAFF_IN_ITABASHI, []),
    ],
)
def test_the_button_of_a_guide_stands_where_the_guide_helps(
    visitor: Visitor, message: tuple[str, str, str], offered: list[str]
) -> None:
    visitor.writes(*message)
    visitor.presses('/inform{"party": "neither"}')
    answer = visitor.presses("/ask_phone")

    assert [payload for payload in answer.payloads if payload.startswith("/ask_guide")] == offered
    assert "/ask_phone" in answer.payloads  # the response's own buttons stay


@pytest.mark.parametrize(
    ("message", "button", "card"),
    [(UNPAID_IN_ITABASHI, EVIDENCE, "evidence"), (LEAK, LEAK_DEADLINE, "leak_deadline")],
)
def test_the_button_shows_the_guide(
    visitor: Visitor, message: tuple[str, str, str], button: str, card: str
) -> None:
    visitor.writes(*message)
    answer = visitor.presses(button)

    assert guide(answer) == as_told(card)
    assert answer.report["understood"]["kind"] == "followup"


def test_the_button_keeps_the_open_question_open(visitor: Visitor) -> None:
    visitor.writes(*UNPAID)
    answer = visitor.presses(EVIDENCE)

    assert answer.said == ["guide", "ask_party"]
    assert visitor.slots["consultation"]["asked"] == ["party"]
