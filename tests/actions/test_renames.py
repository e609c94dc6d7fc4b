"""A name that has changed is explained once: 下請法 is 取適法 today."""

import pytest

from tests.actions.messages import NO_CUSTOMERS_IN_ITABASHI, NO_STAFF
from tests.actions.visitor import Visitor

SAYS = "下請法は、2026年1月から取適法(中小受託取引適正化法)という名前になりました。"


def test_the_new_name_of_the_law_is_told_before_the_desks(visitor: Visitor) -> None:
    answer = visitor.writes("下請法違反だと思います。代金が払われない", "subcontract", "T1")

    assert answer.said[:2] == ["renamed", "referral"]
    assert answer.bubbles[0].text == SAYS


def test_the_new_name_is_never_told_twice(visitor: Visitor) -> None:
    visitor.writes("下請法違反だと思います。代金が払われない", "subcontract", "T1")
    later = [
        visitor.writes("下請法で守ってほしい", "subcontract", "T1"),
        visitor.is_not_understood("下請法"),
        visitor.writes("下請法の窓口の電話番号は?", "ask_phone"),
        visitor.writes("ありがとう。下請法がわかりました", "thank"),
    ]

    assert all("renamed" not in answer.said for answer in later)
    assert visitor.slots["told_names"] == ["取適法"]


def test_starting_again_does_not_make_it_new(visitor: Visitor) -> None:
    visitor.writes("下請法違反だと思います", "subcontract", "T1")
    visitor.presses("/start_again")

    assert "renamed" not in visitor.writes("下請法違反だと思います", "subcontract", "T1").said


@pytest.mark.parametrize(
    "text",
    [
        "下請法は取適法になったんですよね。代金が払われない",
        "取適法(旧下請法)に反すると思います",
        "取適法違反です",
    ],
)
def test_who_knows_the_new_name_is_not_told_it(visitor: Visitor, text: str) -> None:
    assert "renamed" not in visitor.writes(text, "subcontract", "T1").said


def test_another_old_name_is_told_for_itself(visitor: Visitor) -> None:
    visitor.writes("下請法違反だと思います", "subcontract", "T1")
    answer = visitor.writes("下請かけこみ寺に相談したい", "subcontract", "T1")

    assert answer.said[0] == "renamed"
    assert "取引かけこみ寺" in answer.bubbles[0].text


@pytest.mark.parametrize("intent", ["thank", "neighbour", "out_of_scope"])
def test_the_old_name_is_heard_beside_other_subjects(visitor: Visitor, intent: str) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    fine = "tax" if intent == "neighbour" else ""

    assert visitor.writes("下請法のことで", intent, fine).said[0] == "renamed"


def test_the_new_name_alone_is_no_answer_and_the_question_stays(visitor: Visitor) -> None:
    visitor.writes(*NO_STAFF)
    answer = visitor.is_not_understood("下請Gメンがね")

    assert answer.said == ["renamed", "ask_place_again"]
