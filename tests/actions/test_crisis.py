"""A life in danger, or a person: the card alone, and nothing that leads away from it."""

import pytest

from tests.actions.messages import (
    NO_CUSTOMERS,
    NO_CUSTOMERS_IN_ITABASHI,
    NO_STAFF,
    RANSOM,
    UNPAID_IN_ITABASHI,
    WISH_TO_DIE,
)
from tests.actions.visitor import Visitor


def test_a_crisis_is_answered_with_the_card_alone(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)
    answer = visitor.writes("板橋ですが、もう死にたいです", "sales_decline", "S4")

    assert answer.said == ["emergency", "crisis_afterwards"]
    assert answer.payloads == ["/handoff"]
    assert "yorisoi" in answer.desks
    assert answer.report["understood"]["kind"] == "crisis"
    assert answer.report["handoff"] == {"reason": "crisis"}


BEFORE_A_CRISIS = {
    "nothing": [],
    "a question that stands open": [NO_STAFF],
    "desks that stand offered": [NO_CUSTOMERS_IN_ITABASHI],
    "a dispute": [UNPAID_IN_ITABASHI],
    "an attack": [RANSOM],
    "a programme that was shown": [NO_CUSTOMERS_IN_ITABASHI, ("補助金はある?", "sales_decline", "S7")],
}


@pytest.mark.parametrize("before", BEFORE_A_CRISIS)
@pytest.mark.parametrize(
    "text",
    ["死にたい", "下請法も補助金の上限ももういい。死にたい", "証拠は何を残せばいいですか。もう死にたい"],
)
def test_in_the_middle_of_anything_a_crisis_is_answered_with_the_card_alone(
    visitor: Visitor, before: str, text: str
) -> None:
    for message in BEFORE_A_CRISIS[before]:
        visitor.writes(*message)
    answer = visitor.writes(text, "subcontract", "T1")

    assert answer.said == ["emergency", "crisis_afterwards"]
    assert answer.desks == ["fire-119", "police-110", "kokoro-inochi-sos", "yorisoi"]
    assert answer.payloads == ["/handoff"]
    assert visitor.slots["told_names"] in (None, [])


def test_after_a_crisis_the_business_can_go_on(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)
    visitor.writes(*WISH_TO_DIE)
    answer = visitor.writes("板橋区です", "inform")

    assert answer.desks == ["tokyo-cci-itabashi", "yorozu"]
    assert answer.report["handoff"] is None
    assert answer.report["slots"]["handoff"] == "crisis"


@pytest.mark.parametrize(
    "said", ["/repeat", "/ask_phone", "/thank", "/ask_programme", "/speak_plainly", "はい"]
)
def test_after_a_crisis_without_business_no_business_is_offered(visitor: Visitor, said: str) -> None:
    visitor.writes(*WISH_TO_DIE)
    answer = visitor.answers(said)

    assert "/ask_programme" not in answer.payloads
    assert "ask_topic" not in answer.said


def test_silence_after_a_crisis_is_met_with_the_number_of_a_listener(visitor: Visitor) -> None:
    visitor.writes(*WISH_TO_DIE)
    answer = visitor.is_not_understood("……")

    assert answer.said == ["silence", "crisis_again"]
    assert "0120-061-338" in answer.text


def test_despair_that_shows_through_business_gets_a_kind_word_once(visitor: Visitor) -> None:
    first = visitor.writes("もう疲れました。客が来ません", "sales_decline", "S4", worrying=True)
    second = visitor.writes("もう疲れました。客が来ません", "sales_decline", "S4", worrying=True)

    assert first.said[0] == "care"
    assert "care" not in second.said
    assert not first.report["slots"]["urgent"]


@pytest.mark.parametrize("text", ["工場が火事です", "取立て屋に殴られています"])
def test_who_is_in_danger_is_kept_to_the_emergency_number_and_not_to_a_listener(
    visitor: Visitor, text: str
) -> None:
    first = visitor.writes(text, "bcp", "B5")
    then = visitor.writes("大田区です", "inform")

    assert first.said == ["emergency", "danger_afterwards"]
    assert then.said == ["emergency_given"]
    assert "いのちSOS" not in first.text + then.text
