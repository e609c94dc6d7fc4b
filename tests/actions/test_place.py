"""Where the business is: asked, refused, unclear, told in part, corrected."""

import pytest

from tests.actions.messages import NO_CUSTOMERS, NO_CUSTOMERS_IN_ITABASHI
from tests.actions.visitor import Answer, Visitor


def municipality(answer: Answer) -> str | None:
    found: str | None = answer.report["slots"]["municipality"]
    return found


@pytest.mark.parametrize("refusal", ["/decline_to_say", "/dont_know"])
def test_who_keeps_the_place_secret_gets_desks_for_all_of_tokyo(visitor: Visitor, refusal: str) -> None:
    visitor.writes(*NO_CUSTOMERS)
    answer = visitor.presses(refusal)

    assert answer.said == ["referral_without_place", "caution", "after_referral"]
    assert answer.desks == ["kosha", "yorozu"]
    assert municipality(answer) is None


def test_a_written_refusal_counts_like_the_button(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)

    assert visitor.writes("場所は言いたくないです", "decline_to_say").said[0] == "referral_without_place"


@pytest.mark.parametrize(
    "refusal",
    ["場所は言いたくありません", "所在地は伏せたいです", "どこかは秘密です", "場所は聞かないでください"],
)
def test_who_withholds_the_place_with_the_trouble_is_not_asked_for_it(visitor: Visitor, refusal: str) -> None:
    answer = visitor.writes(f"客が来ません。{refusal}", "sales_decline", "S4")

    assert answer.said == ["referral_without_place", "caution", "after_referral"]
    assert answer.desks == ["kosha", "yorozu"]


def test_who_withholds_something_else_is_still_asked_for_the_place(visitor: Visitor) -> None:
    assert visitor.writes("客が来ません。電話番号は言いたくないです", "sales_decline", "S4").said == [
        "ask_place"
    ]


def test_who_says_tama_chooses_between_the_city_and_the_rest_of_tama(visitor: Visitor) -> None:
    asked = visitor.writes("多摩で食堂をやっています。客が来ません", "sales_decline", "S4")
    (elsewhere,) = [button for button in asked.bubbles[-1].buttons if button["title"] == "多摩のほかの市町村"]

    assert asked.said == ["ask_which_place"]
    assert asked.payloads[0] == '/inform{"place_name": "多摩市"}'
    assert visitor.presses(elsewhere["payload"]).said == ["ask_place_more"]
    assert visitor.writes("調布市です", "inform").desks[0] == "chofu-shokokai"


def test_a_place_told_before_the_trouble_is_said_back(visitor: Visitor) -> None:
    answer = visitor.writes("板橋区です", "inform")

    assert answer.said == ["heard_place", "ask_topic"]
    assert answer.bubbles[0].text == "板橋区ですね。"
    assert visitor.writes("客が来ません", "sales_decline", "S4").desks == ["tokyo-cci-itabashi", "yorozu"]


def test_a_place_that_may_be_several_is_not_said_back(visitor: Visitor) -> None:
    assert "heard_place" not in visitor.writes("府中です", "inform").said


def test_an_answer_without_a_place_is_asked_once_more_and_then_no_more(visitor: Visitor) -> None:
    asked = [
        visitor.writes(*NO_CUSTOMERS),
        visitor.writes("えっと", "inform"),
        visitor.writes("うちはね", "inform"),
    ]

    assert [answer.said[0] for answer in asked] == ["ask_place", "ask_place_again", "referral"]
    assert asked[2].desks == ["kosha", "yorozu"]


@pytest.mark.parametrize(
    ("area", "first"), [("区部", "tokyo-cci"), ("多摩", "shokokai-rengokai"), ("島しょ", "shokokai-rengokai")]
)
def test_who_tells_only_the_part_of_tokyo_is_asked_for_more_and_may_refuse(
    visitor: Visitor, area: str, first: str
) -> None:
    visitor.writes(*NO_CUSTOMERS)
    asked = visitor.presses(f'/inform{{"area": "{area}"}}')
    answered = visitor.presses("/decline_to_say")

    assert asked.said == ["ask_place_more"]
    assert f"{area}のどちらですか" in asked.text
    assert answered.desks[0] == first
    assert answered.report["slots"]["area"] == area


def test_outside_tokyo_the_desks_at_home_are_named(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)
    answer = visitor.presses('/inform{"area": "都外"}')

    assert answer.desks == ["local-chamber-elsewhere", "yorozu-elsewhere"]


def test_a_name_of_several_places_is_asked_back_with_all_of_them(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)
    asked = visitor.writes("大島です", "inform")
    answered = visitor.presses(asked.payloads[1])

    assert asked.said == ["ask_which_place"]
    assert asked.payloads[:2] == ['/inform{"place_name": "江東区"}', '/inform{"place_name": "大島町"}']
    assert municipality(answered) == "大島町"


def test_tokyo_is_an_answer_to_which_place(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)
    visitor.writes("府中です", "inform")

    assert municipality(visitor.writes("東京です", "inform")) == "府中市"


def test_who_says_the_same_name_again_means_the_place_in_tokyo(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)
    asked = visitor.writes("日本橋です", "inform")

    assert asked.said == ["ask_which_place"]
    assert municipality(visitor.writes("だから日本橋だってば", "inform")) == "中央区"


def test_who_names_another_place_when_asked_which_means_that_one(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)
    visitor.writes("府中です", "inform")

    assert municipality(visitor.writes("やっぱり東京の町田市です", "inform")) == "町田市"


def test_a_place_is_heard_even_where_nothing_else_is(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)
    answer = visitor.is_not_understood("ええと、板橋なんだけどね、まあ")

    assert answer.said == ["referral", "caution", "after_referral"]
    assert municipality(answer) == "板橋区"


def test_a_corrected_place_changes_the_desks(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    answer = visitor.writes("すみません、間違えました。町田です", "inform")

    assert answer.said == ["referral_again", "after_referral"]
    assert answer.desks == ["machida-cci", "kosha-tama"]
    assert municipality(answer) == "町田市"


def test_a_place_that_sounds_like_a_trouble_stays_an_answer(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)
    visitor.writes("町田で運送です", "subcontract", "T12")

    assert visitor.troubles == [("sales_decline", "S4")]


def test_a_place_told_after_a_neighbours_desk_does_not_start_again(visitor: Visitor) -> None:
    visitor.writes("消費税が払えません", "neighbour", "tax")

    assert visitor.writes("目黒区です", "inform").said == ["referral_same", "anything_else"]


@pytest.mark.parametrize(
    ("place", "desks"),
    [
        ("板橋区", ["torihiki-kakekomi", "kosha-torihiki"]),
        ("大島町", ["torihiki-kakekomi", "oshima-shokokai"]),
    ],
)
def test_on_an_island_the_second_desk_of_a_dispute_is_the_one_there(
    visitor: Visitor, place: str, desks: list[str]
) -> None:
    visitor.writes(f"{place}です。代金を払ってもらえません", "subcontract", "T1")

    assert visitor.offered == desks
