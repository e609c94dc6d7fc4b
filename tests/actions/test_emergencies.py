"""Emergencies: the card before anything else, what goes on or is over, and lives in danger."""

import pytest

from knowledge.cards import card_text
from tests.actions.messages import (
    FIRST_AID,
    NO_CUSTOMERS_IN_ITABASHI,
    RANSOM,
    STRANGE_COMPUTER,
    UNPAID_IN_ITABASHI,
)
from tests.actions.visitor import Visitor

UNDER_WAY, OVER = '/inform{"state": "under_way"}', '/inform{"state": "over"}'
AFTERWARDS = ["ipa-org", "tcyss"]


def test_an_attack_under_way_is_answered_with_its_card_before_anything_else(visitor: Visitor) -> None:
    answer = visitor.writes(*RANSOM)

    assert answer.said == ["emergency", "referral", "after_referral"]
    assert answer.desks == FIRST_AID
    assert answer.report["understood"]["urgent"] and answer.report["slots"]["urgent"]


def test_nothing_from_the_tables_stands_between_an_emergency_card_and_its_desks(visitor: Visitor) -> None:
    answer = visitor.writes(
        "下請法の相談をしていたらサーバーの身代金を要求されています。補助金はある?", "cyber", "C1"
    )

    assert answer.said == ["emergency", "referral", "after_referral"]
    assert answer.desks == FIRST_AID


def test_a_card_is_given_twice_at_most_and_then_recalled(visitor: Visitor) -> None:
    answers = [visitor.writes(*RANSOM) for _ in range(4)]

    assert [answer.said[:2] for answer in answers] == [
        ["emergency", "referral"],
        ["emergency", "referral_same"],
        ["emergency_given", "referral_same"],
        ["emergency_given", "referral_same"],
    ]
    assert all(answer.report["slots"]["urgent"] for answer in answers)


def test_who_tells_more_while_it_burns_is_reminded_of_the_card(visitor: Visitor) -> None:
    visitor.writes(*RANSOM)
    answer = visitor.writes("従業員が三人います", "inform")

    assert answer.said == ["emergency_given", "referral_same", "after_referral"]


def test_another_emergency_gets_its_own_card(visitor: Visitor) -> None:
    visitor.writes(*RANSOM)
    other = visitor.writes(
        "社長を名乗るメールを信じて、さっき送金してしまいました", "cyber", "C4", urgent=True
    )

    assert other.said[0] == "emergency"
    assert len(visitor.slots["cards"]) == 2


def test_what_burns_is_not_pushed_out_by_a_new_subject(visitor: Visitor) -> None:
    visitor.writes("社長を名乗るメールでさっき振り込んでしまいました", "cyber", "C4")
    visitor.writes("資金繰りがつきません", "sales_decline", "S1")

    assert visitor.offered[0] == "own-bank"
    assert "mpd-cyber" in visitor.offered


# Does it go on?


@pytest.mark.parametrize(("payload", "desks"), [(UNDER_WAY, FIRST_AID), (OVER, AFTERWARDS)])
def test_whether_it_goes_on_decides_between_first_aid_and_afterwards(
    visitor: Visitor, payload: str, desks: list[str]
) -> None:
    asked = visitor.writes(*STRANGE_COMPUTER)
    answered = visitor.presses(payload)

    assert asked.said[-1] == "ask_state"
    assert visitor.offered == desks
    assert ("emergency" in answered.said) is (desks == FIRST_AID)


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [
        ("今も続いています", True),
        ("昨日からずっと続いています", True),
        ("まだ収まっていません", True),
        ("復旧していません", True),
        ("解決していないです", True),
        ("大丈夫ではないです", True),
        ("はい", True),
        ("もう収まりました", False),
        ("先週のことです", False),
        ("復旧しました", False),
        ("もう止まりました", False),
        ("もう大丈夫です", False),
    ],
)
def test_whether_it_goes_on_is_heard_in_words(visitor: Visitor, text: str, goes_on: bool) -> None:
    visitor.writes(*STRANGE_COMPUTER)
    visitor.writes(text, "inform")

    assert visitor.slots["consultation"]["troubles"] == [["cyber", "C1", goes_on]]


@pytest.mark.parametrize("correction", [UNDER_WAY, "すみません、まだ続いています", "いえ、収まっていません"])
def test_who_corrects_that_it_is_over_gets_first_aid(visitor: Visitor, correction: str) -> None:
    visitor.writes(*STRANGE_COMPUTER)
    visitor.presses(OVER)
    answer = visitor.answers(correction)

    assert answer.said == ["emergency", "referral_again", "after_referral"]
    assert visitor.offered == FIRST_AID


@pytest.mark.parametrize("correction", [OVER, "いえ、もう収まっていました", "すみません、もう止まりました"])
def test_who_corrects_that_it_goes_on_gets_the_desks_for_afterwards(
    visitor: Visitor, correction: str
) -> None:
    visitor.writes(*STRANGE_COMPUTER)
    visitor.presses(UNDER_WAY)
    answer = visitor.answers(correction)

    assert answer.said == ["referral_again", "after_referral"]
    assert visitor.offered == AFTERWARDS


@pytest.mark.parametrize(
    "message", [("まだ誰にも相談していません", "inform"), ("売上の減少が続いています", "sales_decline", "S2")]
)
def test_not_everything_that_goes_on_is_the_attack(visitor: Visitor, message: tuple[str, ...]) -> None:
    text, intent, *subtopic = message
    visitor.writes(*STRANGE_COMPUTER)
    visitor.presses(OVER)
    visitor.writes(text, intent, *subtopic)

    assert not visitor.slots["consultation"]["troubles"][0][2]
    assert visitor.slots["cards"] == []


def test_a_button_about_an_attack_that_was_never_told_changes_nothing(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    visitor.presses(UNDER_WAY)

    assert visitor.slots["consultation"]["settled"] == []
    assert visitor.offered == ["tokyo-cci-itabashi", "yorozu"]


@pytest.mark.parametrize("text", ["もう解決しました", "もう収まっています"])
def test_what_burns_no_longer_is_heard_unasked(visitor: Visitor, text: str) -> None:
    visitor.writes(*RANSOM)
    answer = visitor.writes(text, "inform")

    assert answer.said == ["referral_again", "after_referral"]
    assert visitor.offered == AFTERWARDS


@pytest.mark.parametrize(
    "text", ["まだ解決していません", "収まっていません", "復旧していません", "今も続いています"]
)
def test_what_still_burns_is_not_taken_for_over(visitor: Visitor, text: str) -> None:
    visitor.writes(*RANSOM)
    visitor.writes(text, "inform")

    assert visitor.offered == FIRST_AID


# The steps of a card, one by one.


# A disaster that is over.


FLOODED = ("板橋区です。先週、店が浸水しました。もう水は引きました", "bcp", "B5")


def test_after_a_disaster_the_order_of_things_to_do_is_told_instead_of_the_card(visitor: Visitor) -> None:
    answer = visitor.writes(*FLOODED)

    assert answer.said == ["referral", "caution", "guide", "after_referral"]
    assert card_text("disaster_order") in answer.text
    assert answer.desks == ["municipal-office", "tokyo-cci-itabashi"]


def test_the_order_of_things_to_do_is_told_once(visitor: Visitor) -> None:
    visitor.writes(*FLOODED)
    answer = visitor.writes("間違えました。港区です", "inform")

    assert answer.said == ["referral_again", "after_referral"]
    assert visitor.slots["cards"] == ["disaster_order"]


def test_while_it_still_burns_the_card_is_told_and_not_the_order_of_things_to_do(visitor: Visitor) -> None:
    answer = visitor.writes("事務所が浸水しています", "bcp", "B5")

    assert answer.said == ["emergency", "referral", "after_referral"]
    assert visitor.slots["cards"] == ["disaster"]


# Money.


def test_who_has_not_yet_sent_the_money_is_warned_and_sent_to_the_police(visitor: Visitor) -> None:
    answer = visitor.writes("社長を名乗る人から電子マネーを買えと指示されました", "cyber", "C4")

    assert answer.said[:2] == ["emergency", "referral"]
    assert answer.text.startswith("返事をせず、お金も送らないでください。")
    assert answer.desks[0] == "mpd-cyber"
    assert answer.report["slots"]["circumstances"] == ["impersonation"]


def test_who_has_sent_the_money_after_all_is_sent_to_the_bank(visitor: Visitor) -> None:
    visitor.writes("社長を名乗る人から電子マネーを買えと指示されました", "cyber", "C4")
    answer = visitor.writes("さっき送金してしまいました", "cyber", "C4")

    assert answer.said[:2] == ["emergency", "referral_again"]
    assert answer.text.startswith("すぐに、送金元の銀行に電話してください。")
    assert answer.desks[0] == "own-bank"
    assert answer.report["slots"]["circumstances"] == []


def test_who_typed_in_bank_data_is_sent_to_the_bank_first(visitor: Visitor) -> None:
    answer = visitor.writes("偽のメールを信じて、銀行の口座の暗証番号を入れてしまいました", "cyber", "C3")

    assert answer.desks[:2] == ["own-bank", "mpd-cyber"]


@pytest.mark.parametrize(
    ("text", "intent", "subtopic"),
    [
        ("取引先が倒産しました", "sales_decline", "S2"),
        ("取引先が倒産して代金が回収できません", "subcontract", "T1"),
    ],
)
def test_when_a_customer_goes_bankrupt_its_card_comes_first_and_then_a_lawyer(
    visitor: Visitor, text: str, intent: str, subtopic: str
) -> None:
    answer = visitor.writes(text, intent, subtopic)

    assert answer.said[:2] == ["emergency", "referral"]
    assert visitor.slots["cards"] == ["customer_bankrupt"]
    assert answer.desks[0] == "himawari"
    assert answer.report["slots"]["circumstances"] == ["customer_bankrupt"]


def test_a_customer_who_goes_bankrupt_in_the_middle_of_a_dispute_changes_the_first_desk(
    visitor: Visitor,
) -> None:
    visitor.writes(*UNPAID_IN_ITABASHI)
    answer = visitor.writes("その元請が不渡りを出しました", "subcontract", "T1")

    assert answer.said[:2] == ["emergency", "referral_again"]
    assert answer.desks[0] == "himawari"


# A person in danger.
