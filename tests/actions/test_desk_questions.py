"""What is asked about the desk that was offered, how to begin the call, and the desks after it."""

import pytest

from knowledge.desks import find_desk
from tests.actions.messages import (
    NO_CUSTOMERS,
    NO_CUSTOMERS_IN_ITABASHI,
    NO_STAFF_IN_ITABASHI,
    UNPAID,
    UNPAID_IN_ITABASHI,
)
from tests.actions.visitor import Visitor

FOLLOW_UPS = [
    "ask_phone", "ask_hours", "ask_cost", "ask_booking", "ask_where", "ask_why", "ask_bring", "ask_secret",
    "ask_what", "ask_online", "ask_language", "ask_nearest", "ask_told",
]  # fmt: skip
# Before a desk is known there is one cost that is known: this chat costs nothing.
BEFORE_A_DESK = dict.fromkeys((*FOLLOW_UPS, "ask_another", "ask_what_to_say"), "no_desk_yet") | {
    "ask_cost": "ask_free"
}
# What comes between the answer and what can be asked next.
# Neither desk has a number we could confirm: the general one has.
BESIDE = {"ask_phone": ["general_phone"], "ask_why": ["what_would_change"]}


BCP_IN_ITABASHI = ("板橋区です。BCPを作りたい", "bcp", "B1")


@pytest.mark.parametrize("intent", FOLLOW_UPS)
def test_a_question_about_the_desk_is_answered_for_each_desk_offered(visitor: Visitor, intent: str) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    answer = visitor.presses(f"/{intent}")

    assert answer.said == ["desk_detail", *BESIDE.get(intent, []), "anything_else"]
    assert "東京商工会議所" in answer.text
    assert ("03-3251-7881" in answer.text) is (intent == "ask_phone")
    assert answer.report["referral"] is None
    assert answer.report["understood"]["kind"] == "followup"


@pytest.mark.parametrize("intent", BEFORE_A_DESK)
def test_before_any_desk_it_says_so_and_asks_on(visitor: Visitor, intent: str) -> None:
    assert visitor.presses(f"/{intent}").said == [BEFORE_A_DESK[intent], "ask_topic"]


@pytest.mark.parametrize("intent", BEFORE_A_DESK)
def test_an_interrupted_question_is_put_again_as_it_was(visitor: Visitor, intent: str) -> None:
    visitor.writes(*NO_CUSTOMERS)

    assert visitor.presses(f"/{intent}").said == [BEFORE_A_DESK[intent], "ask_place"]
    assert visitor.slots["consultation"]["asked"] == ["place"]


def test_a_question_about_the_desk_keeps_the_open_question_open(visitor: Visitor) -> None:
    visitor.writes("代金を払ってもらえません", "subcontract", "T2")
    answer = visitor.presses("/ask_cost")

    assert answer.said == ["desk_detail", "ask_party"]
    assert visitor.presses('/inform{"party": "freelancer"}').desks[0] == "freelance110"


def test_other_desks_come_one_after_the_other_and_end_with_the_general_ones(visitor: Visitor) -> None:
    visitor.writes(*NO_STAFF_IN_ITABASHI)
    answers = [visitor.presses("/ask_another") for _ in range(3)]

    assert [answer.said[0] for answer in answers] == ["other_desks", "no_other_desk", "no_other_desk"]
    assert [answer.desks for answer in answers] == [
        ["shigoto-zaidan"],
        ["kosha", "yorozu"],
        ["kosha", "yorozu"],
    ]


def test_after_the_last_desk_its_number_can_still_be_asked(visitor: Visitor) -> None:
    visitor.writes(*NO_STAFF_IN_ITABASHI)
    for _ in range(4):
        visitor.presses("/ask_another")

    assert visitor.presses("/ask_phone").said == ["desk_detail", "anything_else"]


def test_a_question_about_the_other_desks_is_about_those(visitor: Visitor) -> None:
    visitor.writes(*NO_STAFF_IN_ITABASHI)
    visitor.presses("/ask_another")
    detail = visitor.presses("/ask_phone")

    assert "しごと財団" in detail.text
    assert "板橋支部" not in detail.text


@pytest.mark.parametrize("intent", ["ask_phone", "nlu_fallback"])
def test_a_desk_that_is_called_by_its_name_is_answered_for_whatever_desks_are_offered(
    visitor: Visitor, intent: str
) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    asked = "中央会の電話番号は?"
    is_unsure = intent == "nlu_fallback"
    answer = visitor.is_not_understood(asked) if is_unsure else visitor.writes(asked, intent)

    assert answer.said == ["desk_detail", "anything_else"]
    assert "03-3542-0040" in answer.text
    assert visitor.offered == ["tokyo-cci-itabashi", "yorozu"]


@pytest.mark.parametrize("named_with", ["ask_phone", "nlu_fallback"])
def test_a_desk_called_by_its_name_is_remembered_for_the_next_question(
    visitor: Visitor, named_with: str
) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    asked = "中央会の電話番号は?"
    _ = (
        visitor.is_not_understood(asked)
        if named_with == "nlu_fallback"
        else visitor.writes(asked, named_with)
    )
    answer = visitor.writes("何時までですか", "ask_hours")

    assert "【東京都中小企業団体中央会】" in answer.text
    assert "板橋支部" not in answer.text


@pytest.mark.parametrize("intent", ["ask_phone", "ask_what", "nlu_fallback"])
def test_several_facts_of_a_desk_that_is_named_are_told_at_once(visitor: Visitor, intent: str) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    asked = "よろず支援拠点ってなに?電話は?"
    is_unsure = intent == "nlu_fallback"
    answer = visitor.is_not_understood(asked) if is_unsure else visitor.writes(asked, intent)
    what, phone, _ = answer.bubbles

    assert answer.said == ["desk_detail", "desk_detail", "anything_else"]
    assert all(bubble.text.startswith("【東京都よろず支援拠点】") for bubble in (what, phone))
    assert find_desk("yorozu").does in what.text
    assert find_desk("yorozu").url in phone.text


def test_a_new_offer_is_what_is_spoken_of_next(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    visitor.writes("中央会の電話番号は?", "ask_phone")
    visitor.writes("BCPを作りたい", "bcp", "B1")
    answer = visitor.writes("電話は?", "ask_phone")

    assert "中央会" not in answer.text
    assert "BCP策定支援" in answer.text


def test_after_other_desks_those_are_spoken_of(visitor: Visitor) -> None:
    visitor.writes(*NO_STAFF_IN_ITABASHI)
    visitor.writes("中央会の電話番号は?", "ask_phone")
    visitor.presses("/ask_another")

    assert "しごと財団" in visitor.writes("電話は?", "ask_phone").text


def test_after_a_named_programme_its_first_desk_is_spoken_of(visitor: Visitor) -> None:
    visitor.is_not_understood("持続化補助金のことを知りたい")
    offered = visitor.offered
    answer = visitor.writes("電話は?", "ask_phone")

    assert f"【{find_desk(offered[0]).name}】" in answer.text


@pytest.mark.parametrize("heard_as", [("thank", ""), ("sales_decline", "S7")])
def test_the_desk_of_a_programme_is_spoken_of_though_nothing_was_offered(
    visitor: Visitor, heard_as: tuple[str, str]
) -> None:
    visitor.writes("持続化補助金のことを知りたい", *heard_as)
    answer = visitor.writes("電話は?", "ask_phone")

    assert visitor.offered == []
    assert answer.said[0] == "desk_detail"
    assert f"【{find_desk('kosha').name}】" in answer.text


def test_the_desk_of_a_programme_does_not_push_out_the_desks_that_are_offered(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    visitor.is_not_understood("IT導入補助金って何?")

    assert "板橋支部" in visitor.writes("電話は?", "ask_phone").text


# What was not understood, and yet asks for the time.


@pytest.mark.parametrize("text", ["今日って電話つながりますか", "土曜はどうでしょう", "夜はどんな感じ?"])
def test_what_was_not_understood_but_asks_for_the_time_is_told_the_hours(visitor: Visitor, text: str) -> None:
    visitor.writes("板橋区です。サイバー対策を始めたい", "cyber", "C9")
    answer = visitor.is_not_understood(text)

    assert answer.said == ["desk_detail", "anything_else"]
    assert "【東京都 中小企業サイバーセキュリティ相談窓口(Tcyss)】" in answer.text
    assert "受付時間: " in answer.text
    assert visitor.slots["misunderstood"] == 0


def test_the_time_of_a_desk_whose_hours_are_unknown_is_not_told(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)

    assert "desk_detail" not in visitor.is_not_understood("土曜はどうでしょう").said


def test_before_any_desk_there_are_no_hours_to_tell(visitor: Visitor) -> None:
    assert "desk_detail" not in visitor.is_not_understood("土曜はどうでしょう").said


# What the desk's own facts tell, and what a guide tells better.


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("匿名で相談できますか", "ask_secret"),
        ("会員でなくても使えますか", "ask_what"),
        ("相談は無料ですか", "ask_cost"),
    ],
)
def test_what_a_desk_says_of_itself_is_told_rather_than_the_general_guide(
    visitor: Visitor, text: str, intent: str
) -> None:
    visitor.writes(*UNPAID_IN_ITABASHI)
    answer = visitor.writes(text, intent)

    assert answer.said[0] == "desk_detail"
    assert "取引かけこみ寺" in answer.text


def test_a_guide_of_the_trouble_is_told_rather_than_the_facts_of_the_desk(visitor: Visitor) -> None:
    visitor.writes(*UNPAID_IN_ITABASHI)

    assert visitor.writes("証拠は何を残せばいいですか", "ask_what").said[0] == "guide"


def test_a_guide_of_another_trouble_does_not_stand_before_the_facts_of_the_desk(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)

    assert visitor.writes("証拠は何を残せばいいですか", "ask_what").said[0] == "desk_detail"


# Why this desk, and what would lead elsewhere.


@pytest.mark.parametrize("message", [UNPAID_IN_ITABASHI, NO_CUSTOMERS_IN_ITABASHI, BCP_IN_ITABASHI])
def test_no_owner_is_told_where_an_employee_or_a_consumer_would_go(
    visitor: Visitor, message: tuple[str, str, str]
) -> None:
    visitor.writes(*message)
    answer = visitor.presses("/ask_why")

    assert not any(f"→ {find_desk(desk).name}" in answer.text for desk in ("consumer-188", "rodo110"))


def test_who_asks_why_is_told_the_reason_and_what_would_change_it(visitor: Visitor) -> None:
    visitor.writes(*UNPAID_IN_ITABASHI)
    answer = visitor.presses("/ask_why")

    assert "取引かけこみ寺" in answer.bubbles[0].text
    assert "無料の専門相談と、話し合いの仲立ちがあるからです。" in answer.bubbles[0].text
    assert "・建設の工事のこと → 建設業取引適正化センター(東京)" in answer.text
    assert "・お一人で仕事を受けている方 → フリーランス・トラブル110番" in answer.text


def test_no_more_than_three_changes_are_named(visitor: Visitor) -> None:
    visitor.writes(*UNPAID_IN_ITABASHI)

    assert visitor.presses("/ask_why").text.count("・") - "フリーランス・トラブル".count("・") == 3


def test_what_was_told_already_is_no_change(visitor: Visitor) -> None:
    visitor.writes(*UNPAID_IN_ITABASHI)
    visitor.presses('/inform{"party": "freelancer"}')
    answer = visitor.presses("/ask_why")

    assert "お一人で仕事を受ける方は、弁護士に無料で直接相談できるからです。" in answer.bubbles[0].text
    assert "お一人で仕事を受けている方 →" not in answer.text


def test_a_desk_that_stands_offered_is_no_change(visitor: Visitor) -> None:
    visitor.writes(*BCP_IN_ITABASHI)
    answer = visitor.presses("/ask_why")

    # For an association only the second desk would be another.
    assert answer.said == ["desk_detail", "anything_else"]
    assert "→" not in answer.text


# How to begin the call.


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        (NO_CUSTOMERS_IN_ITABASHI, "「板橋区で事業をしています。集客・販路のことで相談したいです。」"),
        (UNPAID, "「未払い・支払遅延のことで相談したいです。」"),
        (
            ("東京の外の会社です。客が来ません", "sales_decline", "S4"),
            "「集客・販路のことで相談したいです。」",
        ),
        (("消費税が払えません", "neighbour", "tax"), "「経営のことで相談したいです。」"),
    ],
)
def test_what_to_say_on_the_phone_is_made_of_what_was_told(
    visitor: Visitor, message: tuple[str, str, str], sentence: str
) -> None:
    visitor.writes(*message)
    if not visitor.offered:
        visitor.presses('/inform{"area": "都外"}')
    answer = visitor.writes("電話で何て言えばいいですか", "ask_what_to_say")

    assert answer.said[0] == "what_to_say"
    assert sentence in answer.text


def test_a_desk_that_wants_particular_words_is_told_those(visitor: Visitor) -> None:
    visitor.writes("社長を名乗るメールでさっき振り込んでしまいました", "cyber", "C4")
    answer = visitor.presses("/ask_what_to_say")

    assert visitor.offered[0] == "own-bank"
    assert answer.said[0] == "desk_detail"
    assert "組戻し" in answer.text


def test_a_guide_that_answers_comes_before_a_sentence_for_the_call(visitor: Visitor) -> None:
    visitor.writes(*UNPAID)

    assert visitor.writes("証拠は何を残せばいいですか", "ask_what_to_say").said == ["guide", "ask_party"]


def test_what_to_say_names_both_troubles(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    visitor.writes("人手も足りません", "staffing", "H1")

    assert "集客・販路と、採用のことで相談したいです。" in visitor.presses("/ask_what_to_say").text


def test_what_to_say_keeps_the_open_question_open(visitor: Visitor) -> None:
    visitor.writes(*UNPAID)

    assert visitor.presses("/ask_what_to_say").said == ["what_to_say", "ask_party"]
