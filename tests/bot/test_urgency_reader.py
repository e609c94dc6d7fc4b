"""Each message carries the emergency it tells of."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.urgency import EMERGENCY, UrgencyReader
from tests.bot.words import message


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("もう死にたいです", "life"),
        ("サーバーの身代金を要求されています", "ransomware"),
        ("店に水が入ってきて、従業員が閉じ込められています", "danger"),
        ("死ぬほど忙しいのに人手が足りない", ""),
        ("ランサムウェアに備えたい", ""),
        ("売上が減りました", ""),
        ("", ""),
    ],
)
def test_the_card_of_an_emergency_is_noted(text: str, card: str) -> None:
    (one,) = UrgencyReader().process([message(text)])

    assert one.get(EMERGENCY) == card
    assert one.as_dict(only_output_properties=True)[EMERGENCY] == card


def test_a_message_without_text_is_no_emergency() -> None:
    (one,) = UrgencyReader().process([Message({})])

    assert one.get(EMERGENCY) == ""
