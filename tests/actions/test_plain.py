"""やさしい日本語: on request everything is said plainly, and on request no longer."""

import pytest

from knowledge.cards import card_text
from knowledge.plain import plain
from tests.actions.messages import (
    LEAK,
    NO_CUSTOMERS,
    NO_CUSTOMERS_IN_ITABASHI,
    NO_STAFF,
    RANSOM,
    STRANGE_COMPUTER,
    UNPAID,
    UNPAID_IN_ITABASHI,
    WISH_TO_DIE,
)
from tests.actions.visitor import SUNDAY, Answer, Visitor, domain, parse

PLAINLY = ("やさしい日本語でお願いします", "speak_plainly")
NORMALLY = ("ふつうの日本語に戻して", "speak_normally")
NORMAL = [name for name in domain()["responses"] if not name.endswith("_plain")]


VALUES = [
    f"{{{name}}}"
    for name in (
        "area", "name", "heard", "reason", "number", "card", "text", "says", "when", "mail", "online", "bring",
        "changes", "where", "about", "detail", "place", "step", "list",
    )
]  # fmt: skip


@pytest.fixture
def plainly() -> Visitor:
    """A visitor who has asked for やさしい日本語."""
    visitor = Visitor()
    visitor.writes(*PLAINLY)
    return visitor


def is_plain(answer: Answer) -> bool:
    return all(said.endswith("_plain") for said in answer.said)


@pytest.mark.parametrize("response", NORMAL)
def test_every_response_has_a_plain_twin_with_the_same_choices_and_values(response: str) -> None:
    (normal,), (twin,) = domain()["responses"][response], domain()["responses"][f"{response}_plain"]

    def choices(one: dict[str, list[dict[str, str]]]) -> list[str]:
        return [button["payload"] for button in one.get("buttons", [])]

    assert choices(twin) == choices(normal)
    assert {name for name in VALUES if name in twin["text"]} == {
        name for name in VALUES if name in normal["text"]
    }


def test_who_asks_for_plain_japanese_gets_it_at_once(visitor: Visitor) -> None:
    answer = visitor.writes(*PLAINLY)

    assert answer.said == ["speak_plainly_plain", "ask_topic_plain"]
    assert answer.report["slots"]["plain"] is True
    assert answer.report["understood"]["kind"] == "smalltalk"


def test_nobody_is_spoken_to_plainly_unasked(visitor: Visitor) -> None:
    answer = visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)

    assert answer.report["slots"]["plain"] is False
    assert not any(said.endswith("_plain") for said in answer.said)
    assert not any(bubble.is_plain for bubble in answer.bubbles)


VISITS: dict[str, list[tuple[str, ...]]] = {
    "desks": [NO_CUSTOMERS_IN_ITABASHI],
    "a question": [NO_STAFF],
    "a refusal": [NO_CUSTOMERS, ("言いたくない", "decline_to_say")],
    "several places": [NO_CUSTOMERS, ("大島です", "inform")],
    "a dispute": [UNPAID, ("どちらでもない", "inform"), ("板橋です", "inform")],
    "an attack": [RANSOM, RANSOM],
    "an attack or not": [STRANGE_COMPUTER, ("まだ続いています", "inform")],
    "a leak": [LEAK],
    "a card step by step": [RANSOM, ("次は?", "thank"), *[("次は?", "thank")] * 13],
    "an attack on a Sunday": [RANSOM],
    "a place before the trouble": [("板橋区です", "inform")],
    "programmes before the trouble": [("使える補助金はありますか", "sales_decline", "S7")],
    "a crisis": [WISH_TO_DIE, ("はい", "affirm")],
    "a neighbouring topic": [("税金のことです", "neighbour", "tax")],
    "the old name of a law": [("下請法違反です", "subcontract", "T1")],
    "a person": [("人と話したい", "handoff"), ("いつ連絡くれるの", "ask_when_contacted")],
    "nobody called": [("いつ連絡くれるの", "ask_when_contacted")],
    "programmes": [NO_CUSTOMERS_IN_ITABASHI, ("補助金はある?", "thank"), ("上限は?", "thank")],
    "a guide": [UNPAID, ("証拠は何を残せばいいですか", "thank")],
    "desk questions": [
        UNPAID_IN_ITABASHI,
        ("なぜですか", "ask_why"),
        ("電話は", "ask_phone"),
        ("ほかは", "ask_another"),
        ("何て言えば", "ask_what_to_say"),
    ],
    "start again": [NO_CUSTOMERS_IN_ITABASHI, ("もう一度言って", "repeat"), ("最初から", "start_again")],
    "out of scope": [("今日の天気は", "out_of_scope")],
    "unsure": [("わからない", "dont_know")],
}


@pytest.mark.parametrize("visit", VISITS)
def test_from_then_on_everything_is_said_plainly(plainly: Visitor, visit: str) -> None:
    for text, intent, *subtopic in VISITS[visit]:
        answer = plainly.writes(text, intent, *subtopic)

        assert is_plain(answer), answer.said
        assert all(bubble.is_plain for bubble in answer.bubbles if bubble.desks)
        assert answer.report["slots"]["plain"] is True


def test_what_was_not_understood_is_asked_back_plainly(plainly: Visitor) -> None:
    answers = [plainly.is_not_understood(text, "bcp", "cyber") for text in ("ほげ", "ほげ", "……", "ほげ")]

    assert all(is_plain(answer) for answer in answers)


def test_a_closed_desk_is_told_plainly() -> None:
    visitor = Visitor(now=SUNDAY)
    visitor.writes(*PLAINLY)

    visitor.writes(*NO_CUSTOMERS)

    assert "closed_now_plain" in visitor.presses("/decline_to_say").said


@pytest.mark.parametrize(
    ("text", "card"),
    [("サーバーの身代金を要求されています", "ransomware"), ("もう死にたいです", "life")],
)
def test_a_card_is_given_in_its_plain_wording(plainly: Visitor, text: str, card: str) -> None:
    answer = plainly.writes(text, "cyber", "C1")

    assert card_text(card, is_plain=True) in answer.text
    assert card_text(card, is_plain=True) != card_text(card)


def test_guide_and_reason_are_given_in_their_plain_wording(plainly: Visitor) -> None:
    referral = plainly.writes(*UNPAID)
    guide = plainly.presses('/ask_guide{"guide": "evidence"}')

    assert plain(plainly.slots["reason"]) in referral.text
    assert card_text("evidence", is_plain=True) in guide.text


# Switched on and off in the middle.


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (NO_STAFF, ["ask_place"]),
        (UNPAID, ["referral", "ask_party"]),
        (NO_CUSTOMERS_IN_ITABASHI, ["referral", "anything_else"]),
    ],
)
def test_what_was_said_last_is_said_again_plainly_and_back(
    visitor: Visitor, before: tuple[str, str, str], said: list[str]
) -> None:
    visitor.writes(*before)
    offered = visitor.offered
    plain_answer, normal_answer = visitor.writes(*PLAINLY), visitor.writes(*NORMALLY)

    assert plain_answer.said == ["speak_plainly_plain", *(f"{name}_plain" for name in said)]
    assert normal_answer.said == ["speak_normally", *said]
    assert plain_answer.desks == normal_answer.desks == offered


def test_the_desks_are_marked_plain_and_then_no_longer(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    plain_answer, normal_answer = visitor.writes(*PLAINLY), visitor.writes(*NORMALLY)

    assert [bubble.is_plain for bubble in plain_answer.bubbles if bubble.desks] == [True]
    assert [bubble.is_plain for bubble in normal_answer.bubbles if bubble.desks] == [False]
    assert normal_answer.report["slots"]["plain"] is False


def test_switching_changes_nothing_else(visitor: Visitor) -> None:
    visitor.writes(*UNPAID)
    before = dict(visitor.slots)
    visitor.writes(*PLAINLY)

    assert visitor.slots == before | {"plain": True}


def test_starting_again_is_no_reason_to_speak_otherwise(plainly: Visitor) -> None:
    assert plainly.presses("/start_again").said == ["restart_plain", "ask_topic_plain"]


def test_a_button_of_plain_japanese_leads_where_the_usual_one_leads(plainly: Visitor) -> None:
    asked = plainly.writes(*UNPAID)
    intent, told = parse(asked.payloads[0])

    assert (intent, told) == ("inform", {"party": "freelancer"})
    assert plainly.presses(asked.payloads[0]).desks[0] == "freelance110"
