"""What the gateway says in やさしい日本語 is easy to read, and offers the same as what it says otherwise."""

import re
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]

from api import phrases
from api.conversations.manner import Manner
from api.phrases import GREETING, GREETING_BUTTONS, GREETING_BUTTONS_PLAIN, GREETING_PLAIN

LONGEST = 40
TWINS = [name for name in vars(phrases) if name.endswith("_PLAIN") and name != "GREETING_BUTTONS_PLAIN"]
PLAIN = [*(vars(phrases)[name] for name in TWINS), *(title for title, _ in GREETING_BUTTONS_PLAIN)]
HARD = re.compile(r"ご[一-龠]|お[書困急話]|いただ|申し訳|ただいま")


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_text_has_short_sentences_and_no_polite_turns(text: str) -> None:
    sentences = [sentence for sentence in re.split(r"[。\n]+", text) if sentence]

    assert [sentence for sentence in sentences if len(sentence) > LONGEST] == []
    assert HARD.findall(text) == []


@pytest.mark.parametrize("name", TWINS)
def test_a_twin_asks_for_the_same_values(name: str) -> None:
    plain, other = vars(phrases)[name], vars(phrases)[name.removesuffix("_PLAIN")]

    assert re.findall(r"{\w+}", plain) == re.findall(r"{\w+}", other)


def test_the_plain_greeting_offers_the_same_choices() -> None:
    assert [payload for _, payload in GREETING_BUTTONS_PLAIN] == [payload for _, payload in GREETING_BUTTONS]


@pytest.mark.parametrize(
    ("response", "offered"),
    [("utter_ask_topic", GREETING_BUTTONS), ("utter_ask_topic_plain", GREETING_BUTTONS_PLAIN)],
)
def test_the_greeting_offers_its_choices_in_the_words_of_the_bot(
    response: str, offered: tuple[tuple[str, str], ...]
) -> None:
    """So that who types one of them, with whatever in between, is heard as if it had been pressed."""
    responses = yaml.safe_load(Path("domain.yml").read_text("utf-8"))["responses"]
    buttons = responses[response][0]["buttons"]

    assert list(offered) == [(button["title"], button["payload"]) for button in buttons]


def test_the_plain_greeting_warns_of_the_same() -> None:
    for text in (GREETING, GREETING_PLAIN):
        assert all(word in text for word in ("人ではありません", "119", "110", "パスワード", "番号"))


@pytest.mark.parametrize("manner", Manner)
def test_a_wish_is_an_intent_of_the_bot(manner: Manner) -> None:
    domain = Path("domain.yml").read_text("utf-8")

    assert re.search(rf"^  - {manner.payload[1:]}\b", domain, re.MULTILINE)


def test_the_page_shows_the_same_words_as_the_record() -> None:
    phrases = Path("api/widget/static/phrases.js").read_text("utf-8")

    assert all(f'{manner}: "{manner.words}"' in phrases for manner in Manner)
