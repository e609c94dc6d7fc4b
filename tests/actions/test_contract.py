"""The report of the actions has the form that tests/contract/answer.json promises the gateway."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.actions.visitor import ROOT, Answer, Visitor

CONTRACT: dict[str, Any] = json.loads((ROOT / "tests/contract/answer.json").read_text("utf-8"))
ANSWERS: dict[str, dict[str, Any]] = {"answer": CONTRACT["answer"], **CONTRACT["other_answers"]}


def referral() -> Answer:
    return Visitor().writes(CONTRACT["request"]["text"], "sales_decline", "S4")


def followup() -> Answer:
    visitor = Visitor()
    visitor.writes(CONTRACT["request"]["text"], "sales_decline", "S4")
    return visitor.presses("/ask_phone")


VISITS: dict[str, Callable[[], Answer]] = {
    "answer": referral,
    "followup": followup,
    "question": lambda: Visitor().writes("募集しても応募がありません", "staffing", "H1"),
    "handoff": lambda: Visitor().presses("/handoff"),
    "emergency": lambda: Visitor().writes(
        "町田の会社です。サーバーの身代金を要求されています", "cyber", "C1"
    ),
    "crisis": lambda: Visitor().writes("もう死にたいです", "crisis", "life"),
}


def shape(value: Any) -> Any:
    """The keys and kinds of a value; of a list, those of what is in it."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value][:1]
    return type(value)


def test_every_answer_of_the_contract_has_a_visit_that_gives_it() -> None:
    assert set(VISITS) == set(ANSWERS)


@pytest.mark.parametrize("name", VISITS)
def test_a_report_has_the_form_of_the_contract(name: str) -> None:
    agreed = {key: value for key, value in ANSWERS[name].items() if key not in ("message", "replies")}

    assert shape(VISITS[name]().report) == shape(agreed)


@pytest.mark.parametrize("name", VISITS)
def test_bubbles_and_buttons_are_those_of_the_contract(name: str) -> None:
    bubbles = VISITS[name]().bubbles
    agreed = ANSWERS[name]["replies"]

    assert [(shape(bubble.buttons), shape(bubble.desks), bubble.is_plain) for bubble in bubbles] == [
        (shape(reply["buttons"]), shape(reply["desks"]), reply["plain"]) for reply in agreed
    ]
