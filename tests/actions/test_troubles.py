"""Several troubles: told together, added, corrected, told more finely."""

import pytest

from tests.actions.messages import NO_CUSTOMERS, NO_CUSTOMERS_IN_ITABASHI, UNPAID_IN_ITABASHI
from tests.actions.visitor import Visitor


def test_two_troubles_in_one_message_get_the_first_desk_of_each(visitor: Visitor) -> None:
    answer = visitor.writes(
        "板橋の工場です。値上げを断られ、求人にも応募がない", "subcontract", "T4", second=("staffing", "H1")
    )

    assert answer.desks == ["torihiki-kakekomi", "tokyo-cci-itabashi"]
    assert answer.report["understood"]["topics"] == ["subcontract", "staffing"]


def test_the_desks_of_the_attack_stand_together_before_the_desk_of_the_calm_trouble(visitor: Visitor) -> None:
    answer = visitor.writes(
        "板橋区です。サーバーの身代金を要求されています。求人にも応募がない",
        "cyber",
        "C1",
        second=("staffing", "H1"),
    )

    assert answer.desks == ["mpd-cyber", "ipa-org", "tcyss", "tokyo-cci-itabashi"]


def test_a_trouble_that_is_added_stands_beside_the_first(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    answer = visitor.writes("あと、人手も足りません", "staffing", "H1")

    assert visitor.troubles == [("sales_decline", "S4"), ("staffing", "H1")]
    assert answer.said[0] == "referral_again"
    assert answer.desks == ["tokyo-cci-itabashi", "hellowork"]


def test_a_new_trouble_replaces_the_old_one_and_the_place_stays(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    answer = visitor.writes("BCPを作りたい", "bcp", "B1")

    assert visitor.troubles == [("bcp", "B1")]
    assert answer.desks == ["kosha-bcp", "tokyo-cci-itabashi"]
    assert answer.report["slots"]["municipality"] == "板橋区"


BOTH = [("subcontract", "T1"), ("staffing", "H1")]
ONLY_STAFF = [("staffing", "H1")]


@pytest.mark.parametrize(
    ("text", "troubles"),
    [
        ("人手も足りません", BOTH),
        ("あと、人が足りません", BOTH),
        ("それから人手不足で困っています", BOTH),
        ("ほかに、人のことで相談があります", BOTH),
        ("人手もほしいです", BOTH),
        ("人手もしんどいです", BOTH),
        ("下請じゃなくて人手の話です", ONLY_STAFF),
        ("違います。人手のことも聞きたいのではなく、人手の話です", ONLY_STAFF),
        ("でも人手の話です", ONLY_STAFF),
        ("やっぱり人手のことを先に聞きたいです", ONLY_STAFF),
        ("募集しても人が来ません", ONLY_STAFF),
        ("もう人が足りません", ONLY_STAFF),
        ("人に来てもらえません", ONLY_STAFF),
        ("もしかして人が足りないのかも", ONLY_STAFF),
        ("もともと人手の相談でした", ONLY_STAFF),
    ],
)
def test_what_adds_a_trouble_and_what_replaces_it(
    visitor: Visitor, text: str, troubles: list[tuple[str, str]]
) -> None:
    visitor.writes(*UNPAID_IN_ITABASHI)
    visitor.presses('/inform{"party": "neither"}')
    visitor.writes(text, "staffing", "H1")

    assert visitor.troubles == troubles


@pytest.mark.parametrize(
    ("text", "troubles"),
    [
        ("人手も足りません", BOTH),
        ("下請じゃなくて人手の話です", ONLY_STAFF),
        ("三人でやっている工場です", [("subcontract", "T1")]),
    ],
)
def test_while_a_question_is_open_a_short_answer_is_no_new_trouble_unless_it_says_so(
    visitor: Visitor, text: str, troubles: list[tuple[str, str]]
) -> None:
    asked = visitor.writes(*UNPAID_IN_ITABASHI)
    visitor.writes(text, "staffing", "H1")

    assert asked.said[-1] == "ask_party"
    assert visitor.troubles == troubles


def test_after_a_corrected_topic_the_desks_are_those_of_the_new_one_alone(visitor: Visitor) -> None:
    visitor.writes(*UNPAID_IN_ITABASHI)
    answer = visitor.writes("下請じゃなくて人手の話です", "staffing", "H1")

    assert answer.said == ["referral_again", "after_referral"]
    assert answer.desks == ["tokyo-cci-itabashi", "hellowork"]
    assert "東京都板橋区の、人手(採用)のご相談ですね。" in answer.text


def test_the_same_trouble_told_more_finely_is_still_one(visitor: Visitor) -> None:
    visitor.presses("/staffing")
    visitor.writes("外国の人を雇いたい", "staffing", "H3")

    assert visitor.troubles == [("staffing", "H3")]


def test_who_asks_for_help_with_a_trouble_still_has_that_trouble(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    visitor.writes("使える補助金はありますか", "sales_decline", "S7")

    assert visitor.troubles == [("sales_decline", "S4")]
    assert visitor.offered == ["tokyo-cci-itabashi", "yorozu"]


def test_a_neighbouring_topic_gets_its_own_desk_and_the_case_stays(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)
    other = visitor.writes("税金のことも聞きたい", "neighbour", "tax")
    answer = visitor.writes("板橋です", "inform")

    assert other.said == ["neighbour", "ask_place_also"]
    assert other.desks[0] == "zeimusho"
    assert visitor.troubles == [("sales_decline", "S4")]
    assert answer.desks == ["tokyo-cci-itabashi", "yorozu"]
