"""A person is asked for, and waited for."""

import pytest

from tests.actions.messages import NO_CUSTOMERS, NO_CUSTOMERS_IN_ITABASHI, WISH_TO_DIE
from tests.actions.visitor import Visitor

WHEN = ("いつ連絡くれるの?", "ask_when_contacted")


def test_a_person_is_called_when_asked_for_with_a_number_that_answers_today(visitor: Visitor) -> None:
    answer = visitor.presses("/handoff")

    assert answer.said == ["handoff"]
    assert answer.desks == ["kosha"]
    assert answer.report["handoff"] == {"reason": "requested"}
    assert answer.report["understood"]["kind"] == "handoff"


def test_the_desks_already_offered_stay_offered_when_a_person_is_called(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    answer = visitor.presses("/handoff")

    assert answer.desks == ["tokyo-cci-itabashi", "yorozu"]


def test_who_has_called_nobody_is_told_so_and_may_call(visitor: Visitor) -> None:
    answer = visitor.writes(*WHEN)

    assert answer.said == ["nobody_called"]
    assert answer.payloads == ["/handoff"]
    assert answer.report["handoff"] is None


def test_who_has_called_a_person_is_promised_no_time_and_given_a_number(visitor: Visitor) -> None:
    visitor.presses("/handoff")
    answer = visitor.writes(*WHEN)

    assert answer.said == ["when_contacted"]
    assert "お約束できません" in answer.text
    assert answer.desks == ["kosha"]


def test_a_person_is_called_once_however_often_it_is_asked_when(visitor: Visitor) -> None:
    visitor.presses("/handoff")
    answer = visitor.writes(*WHEN)

    assert answer.report["handoff"] is None
    assert answer.report["slots"]["handoff"] == "requested"


def test_who_waits_for_a_person_keeps_the_desks(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    visitor.presses("/handoff")

    assert visitor.writes(*WHEN).desks == ["tokyo-cci-itabashi", "yorozu"]


@pytest.mark.parametrize("reason", ["crisis", "not_understood"])
def test_a_person_whom_we_called_ourselves_is_called_as_well(visitor: Visitor, reason: str) -> None:
    if reason == "crisis":
        visitor.writes(*WISH_TO_DIE)
    else:
        for _ in range(3):
            visitor.is_not_understood("ほげ")

    assert visitor.slots["handoff"] == reason
    assert visitor.writes(*WHEN).said == ["when_contacted"]


def test_an_open_question_is_still_answered_after_a_person_was_called(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)
    visitor.presses("/handoff")
    visitor.writes(*WHEN)

    assert visitor.writes("板橋区です", "inform").desks == ["tokyo-cci-itabashi", "yorozu"]
