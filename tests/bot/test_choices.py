"""A choice typed instead of pressed: which texts name a button, and which are no choice."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered

from bot.choices import LONGEST_CHOICE, Button, chosen, first_choices, offered

ROOT = Path(__file__).parents[2]
RESPONSES: dict[str, list[dict[str, Any]]] = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))[
    "responses"
]


def buttons_of(response: str) -> list[Button]:
    buttons: list[Button] = RESPONSES[response][0].get("buttons", [])
    return buttons


TOPICS, PLACES = buttons_of("utter_ask_topic"), buttons_of("utter_ask_place")
AFTERWARDS = buttons_of("utter_after_referral")
WITH_BUTTONS = [name for name in RESPONSES if buttons_of(name)]


@pytest.mark.parametrize("response", WITH_BUTTONS)
def test_every_button_can_be_typed_by_its_words_and_by_its_number(response: str) -> None:
    buttons = buttons_of(response)
    for number, button in enumerate(buttons, start=1):
        assert chosen(button["title"], buttons) == button["payload"]
        assert chosen(str(number), buttons) == button["payload"]
        assert len(button["title"]) <= LONGEST_CHOICE


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("人手が足りない", "人手が足りない"),
        ("人手が足りないです", "人手が足りない"),
        ("人手が足りない。", "人手が足りない"),
        (" 人手が 足りない ", "人手が足りない"),
        ("災害・ＢＣＰの備え", "災害・BCPの備え"),
        ("災害・bcpの備え", "災害・BCPの備え"),
        ("さいばー被害・対策", "サイバー被害・対策"),
        ("ｻｲﾊﾞｰ被害・対策", "サイバー被害・対策"),
        ("人と話したい!", "人と話したい"),
    ],
)
def test_a_button_is_named_by_its_words_however_they_are_written(text: str, title: str) -> None:
    assert chosen(text, TOPICS) == next(one["payload"] for one in TOPICS if one["title"] == title)


@pytest.mark.parametrize("text", ["なぜこの窓口?", "なぜこの窓口？", "なぜこの窓口"])
def test_a_question_mark_is_not_missed(text: str) -> None:
    assert chosen(text, AFTERWARDS) == "/ask_why"


@pytest.mark.parametrize(
    "text",
    [
        "2", "２", "②", "2番", "２番", "二番", "二", "2番目", "二番目", "2番目です", "2番です", "2です", "(2)", "⑵", "2.", "2。",
        "2つ目", "二つ目", "2でお願いします", "2番で", "2番を", "2番がいい", "2ばん", " 2 ",
    ],
)  # fmt: skip
def test_a_button_is_named_by_its_number_however_it_is_written(text: str) -> None:
    assert chosen(text, TOPICS) == "/staffing"


@pytest.mark.parametrize("text", ["0", "7", "99", "九番", "100", "-1", "⑦"])
def test_a_number_that_no_button_has_is_no_choice(text: str) -> None:
    assert len(TOPICS) == 6
    assert chosen(text, TOPICS) is None


@pytest.mark.parametrize(
    "text",
    [
        "8人です", "2人です", "2名", "2026年", "2月", "2日", "2時", "2億円", "2丁目", "2件", "2と3", "2、3", "1か2", "23区",
        "従業員は2人です", "2番の窓口の電話は?", "2回目です", "2年前から", "二人でやっています", "一人です", "一番困っているのは人手です",
        "03-3251-7881", "110",
    ],
)  # fmt: skip
def test_a_number_inside_a_sentence_is_no_choice(text: str) -> None:
    assert chosen(text, TOPICS) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "。",
        "です",
        "人手",
        "人手が足りないし売上が減った",
        "人手が足りないわけではない",
        "はい",
        "島にいます",
    ],
)
def test_words_that_are_not_those_of_a_button_are_no_choice(text: str) -> None:
    assert chosen(text, TOPICS) is None
    assert chosen(text, PLACES) is None


@pytest.mark.parametrize("text", ["2", "二番", "人手が足りない", ""])
def test_where_no_button_was_offered_nothing_is_a_choice(text: str) -> None:
    assert chosen(text, []) is None


def test_words_come_before_numbers() -> None:
    buttons = [{"title": "2", "payload": "/first"}, {"title": "1", "payload": "/second"}]

    assert chosen("1", buttons) == "/second"


# The topics, which can be typed at any time.


def test_the_first_choices_are_the_topics_of_the_greeting_plain_or_not() -> None:
    first = first_choices(Domain.load(ROOT / "domain.yml"))

    assert first == [*TOPICS, *buttons_of("utter_ask_topic_plain")]


@pytest.mark.parametrize(
    "text", ["人手が足りない", "働く人が足りない", "災害への備え", "取引先ともめている", "売上が減ったです"]
)
def test_the_title_of_a_topic_is_a_choice_without_its_number(text: str) -> None:
    first = [*TOPICS, *buttons_of("utter_ask_topic_plain")]

    assert chosen(text, first, only_titles=True) == chosen(text, first)
    assert chosen(text, first, only_titles=True) is not None


@pytest.mark.parametrize("text", ["1", "②", "2番", "二つ目", "7"])
def test_where_only_titles_count_a_number_is_no_choice(text: str) -> None:
    assert chosen(text, TOPICS, only_titles=True) is None


# Which buttons count.


def said(*buttons: Button) -> BotUttered:
    return BotUttered("どうぞ", {"buttons": list(buttons)})


FIRST, SECOND, THIRD = ({"title": name, "payload": f"/{name}"} for name in ("a", "b", "c"))


@pytest.mark.parametrize(
    ("events", "buttons"),
    [
        ([], []),
        ([UserUttered("こんにちは")], []),
        ([said(FIRST)], [FIRST]),
        ([UserUttered("x"), said(FIRST, SECOND)], [FIRST, SECOND]),
        ([UserUttered("x"), said(FIRST), said(), said(SECOND)], [FIRST, SECOND]),
        ([UserUttered("x"), said(FIRST), UserUttered("y"), said(SECOND)], [SECOND]),
        ([UserUttered("x"), said(FIRST), UserUttered("y"), said()], []),
        ([UserUttered("x"), said(FIRST), UserUttered("y")], []),
        ([UserUttered("x"), said(FIRST), SlotSet("offered", []), said(THIRD)], [FIRST, THIRD]),
        ([UserUttered("x"), BotUttered("どうぞ"), BotUttered("どうぞ", {"buttons": None})], []),
    ],
)
def test_only_the_buttons_of_the_bots_last_turn_can_be_chosen(
    events: list[Event], buttons: list[Button]
) -> None:
    assert offered(events) == buttons
