"""The steps of an emergency card, one by one: 「次は?」, 「線は抜きました」."""

import pytest

from knowledge.cards import cards
from tests.actions.messages import (
    FIRST_AID,
    NO_CUSTOMERS_IN_ITABASHI,
    RANSOM,
    WISH_TO_DIE,
)
from tests.actions.visitor import Answer, Visitor


def step(answer: Answer) -> str:
    return next(bubble.text for bubble in answer.bubbles if bubble.response == "utter_next_step")


@pytest.mark.parametrize(
    "text",
    [
        "次は?",
        "その次は?",
        "次の手順を",
        "1つずつ教えて",
        "ひとつずつお願いします",
        "順番に教えて",
        "できた。次は?",
        "次は何",
        "次は何をすればいい?",
    ],
)
def test_who_asks_for_the_next_step_gets_the_first_one_of_the_card(visitor: Visitor, text: str) -> None:
    visitor.writes(*RANSOM)
    answer = visitor.is_not_understood(text)

    assert answer.said == ["next_step"]
    assert step(answer) == f"1. {cards()['ransomware'].steps[0].text}"


def test_the_steps_come_one_after_the_other_until_the_last_is_told(visitor: Visitor) -> None:
    visitor.writes(*RANSOM)
    steps = cards()["ransomware"].steps
    read = [step(visitor.is_not_understood("次は?")) for _ in steps]
    after = visitor.is_not_understood("次は?")

    assert read == [f"{number}. {one.text}" for number, one in enumerate(steps, start=1)]
    assert after.said == ["last_step"]


@pytest.mark.parametrize("heard_as", [("thank", ""), ("ask_another", ""), ("repeat", ""), ("staffing", "H1")])
def test_the_next_step_is_told_whatever_the_classifier_makes_of_the_wish(
    visitor: Visitor, heard_as: tuple[str, str]
) -> None:
    visitor.writes(*RANSOM)

    assert visitor.writes("次は?", *heard_as).said == ["next_step"]
    assert visitor.troubles == [("cyber", "C1")]


def test_what_was_done_is_heard_though_it_repeats_the_sign_of_the_card(visitor: Visitor) -> None:
    visitor.writes(*RANSOM)
    answer = visitor.writes("身代金の画面のPCのLANは抜きました", "cyber", "C1")

    assert answer.said == ["next_step"]
    assert visitor.slots["cards"] == ["ransomware"]


def test_an_emergency_that_is_new_is_no_next_step(visitor: Visitor) -> None:
    visitor.writes(*RANSOM)
    answer = visitor.writes("工場が燃えています。みんな逃げました", "crisis", "danger")

    assert answer.said[0] == "emergency"
    assert visitor.slots["cards"] == ["ransomware", "danger"]


def test_who_hurts_himself_after_the_card_is_told_the_card_again_and_no_next_step(visitor: Visitor) -> None:
    visitor.writes(*WISH_TO_DIE)
    answer = visitor.writes("手首を切りました", "crisis", "life")

    assert answer.said == ["emergency", "crisis_afterwards"]
    assert answer.report["handoff"] == {"reason": "crisis"}


def test_a_button_is_never_taken_for_a_step(visitor: Visitor) -> None:
    visitor.writes(*RANSOM)

    assert visitor.presses("/ask_phone").said[0] == "desk_detail"


def test_after_a_step_the_misunderstandings_count_anew(visitor: Visitor) -> None:
    visitor.writes(*RANSOM)
    visitor.is_not_understood("むにゃむにゃ")
    visitor.is_not_understood("次は?")

    assert visitor.slots["misunderstood"] == 0


@pytest.mark.parametrize(
    "done",
    [
        "線は抜いた",
        "線は抜きました",
        "LANは抜きました",
        "Wi-Fiも切ったよ",
        "銀行には電話しました",
        "止めました",
        "やりました",
    ],
)
def test_who_has_done_the_first_thing_is_told_the_second(visitor: Visitor, done: str) -> None:
    visitor.writes(*RANSOM)

    assert step(visitor.writes(done, "inform")) == f"2. {cards()['ransomware'].steps[1].text}"


def test_another_card_is_read_from_its_own_beginning(visitor: Visitor) -> None:
    visitor.writes(*RANSOM)
    visitor.is_not_understood("次は?")
    visitor.writes("社長を名乗るメールでさっき振り込んでしまいました", "cyber", "C4")

    assert step(visitor.is_not_understood("次は?")) == f"1. {cards()['bec'].steps[0].text}"


def test_a_step_is_no_referral_and_changes_no_desk(visitor: Visitor) -> None:
    visitor.writes(*RANSOM)
    answer = visitor.is_not_understood("次は?")

    assert answer.report["referral"] is None
    assert visitor.offered == FIRST_AID


@pytest.mark.parametrize("text", ["次は?", "電話しました"])
def test_without_a_card_there_is_no_next_step(visitor: Visitor, text: str) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)

    assert "next_step" not in visitor.is_not_understood(text).said


@pytest.mark.parametrize(
    "text", ["次はどこに相談すればいいですか", "次に来るときは何を持っていけばいいですか"]
)
def test_not_everything_that_comes_next_is_a_step(visitor: Visitor, text: str) -> None:
    visitor.writes(*RANSOM)

    assert "next_step" not in visitor.is_not_understood(text).said
