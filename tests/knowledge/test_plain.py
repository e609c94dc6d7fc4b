"""やさしい日本語: every reviewed text and every response has a plain version that tells the same."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]

from knowledge import desks as desk_texts
from knowledge.calendar import DAYS, SPAN, TOKYO
from knowledge.cards import card_text, cards, guides
from knowledge.consultation import BUSINESS, DOES_BUSINESS, HEARD
from knowledge.desks import GRADE_B_WARNING, OLD, desk_card, desks
from knowledge.details import ALL_HOURS
from knowledge.municipalities import municipalities
from knowledge.opening import Frame, opening_answer, opening_now
from knowledge.plain import plain, texts
from knowledge.programmes import programme_text, programmes
from knowledge.readability import faults, reviewed_texts, sentences
from knowledge.topics import TITLES, Topic, sub_topics, topic_text

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=TOKYO)
DOMAIN = Path(__file__).parents[2] / "domain.yml"
ADDRESS = re.compile(r"https?://[!-~]+|[\w.+-]+@[\w.-]+", re.ASCII)
NUMBER = re.compile(r"#?[0-9]+(?:[-,.:][0-9]+)*")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9/.-]*|★[0-9]")
PLACEHOLDER = re.compile(r"\{\w+\}")
LONGEST_TITLE = 20  # of a button, on LINE


def responses() -> dict[str, list[dict[str, Any]]]:
    loaded: dict[str, list[dict[str, Any]]] = yaml.safe_load(DOMAIN.read_text("utf-8"))["responses"]
    return loaded


RESPONSES = responses()
NORMAL = [name for name in RESPONSES if not name.endswith("_plain")]


def said(name: str) -> str:
    return "\n".join(variation["text"] for variation in RESPONSES[name])


def buttons(name: str) -> list[dict[str, str]]:
    return [button for variation in RESPONSES[name] for button in variation.get("buttons", [])]


def told(text: str) -> tuple[set[str], set[str], set[str]]:
    """Addresses, numbers and names in Latin letters; how often is free, for a plain text may say one twice."""
    rest = ADDRESS.sub(" ", text)
    return set(ADDRESS.findall(text)), set(NUMBER.findall(rest)), set(NAME.findall(rest))


def test_every_reviewed_text_has_a_plain_version() -> None:
    assert [text for text in reviewed_texts() if text not in texts()] == []


def test_no_plain_version_is_left_of_a_text_that_is_gone() -> None:
    assert [text for text in texts() if text not in reviewed_texts()] == []


@pytest.mark.parametrize("text", texts())
def test_both_versions_tell_the_same_addresses_numbers_and_names(text: str) -> None:
    assert told(text) == told(plain(text))


@pytest.mark.parametrize("text", texts())
def test_a_number_said_first_stays_first(text: str) -> None:
    """「24時間、無料」 may become 「無料で、24時間」, but of several telephones the first to call stays the first."""
    phone = re.compile(r"(?<!\d)0\d{1,4}-\d{1,4}-\d{3,4}")
    assert phone.findall(text) == phone.findall(plain(text))


def test_no_plain_sentence_is_hard_to_read() -> None:
    assert [fault for text in texts().values() for fault in faults(text, is_plain=True)] == []


def test_no_reviewed_sentence_is_hard_to_read() -> None:
    assert [fault for text in reviewed_texts() for fault in faults(text, is_plain=False)] == []


def test_a_plain_text_has_at_least_as_many_sentences() -> None:
    """One thing a sentence: nothing is packed more tightly than it was."""
    assert [text for text, simple in texts().items() if len(sentences(simple)) < len(sentences(text))] == []


@pytest.mark.parametrize("name", NORMAL)
def test_every_response_has_a_plain_twin_that_offers_the_same(name: str) -> None:
    twin = f"{name}_plain"

    assert twin in RESPONSES
    assert sorted(PLACEHOLDER.findall(said(twin))) == sorted(PLACEHOLDER.findall(said(name)))
    assert [button["payload"] for button in buttons(twin)] == [button["payload"] for button in buttons(name)]
    assert told(said(twin)) == told(said(name))


def test_no_plain_twin_stands_alone_or_away_from_its_response() -> None:
    names = list(RESPONSES)
    assert names == [name for normal in NORMAL for name in (normal, f"{normal}_plain")]


def test_no_response_is_hard_to_read() -> None:
    found = {name: faults(said(name), is_plain=name not in NORMAL) for name in RESPONSES}
    assert {name: fault for name, fault in found.items() if fault} == {}


def test_the_buttons_of_plain_responses_are_short() -> None:
    titles = {button["title"] for name in RESPONSES for button in buttons(name)}
    assert [title for title in titles if len(title) > LONGEST_TITLE] == []


@pytest.mark.parametrize("card", [*cards(), *guides()])
def test_a_plain_card_says_no_step_as_it_stands_in_the_table(card: str) -> None:
    normal, simple = card_text(card).split("\n"), card_text(card, is_plain=True).split("\n")
    assert len(normal) == len(simple)
    assert [faults(line, is_plain=True) for line in simple if faults(line, is_plain=True)] == []


@pytest.mark.parametrize("desk", desks().values(), ids=lambda desk: desk.id)
def test_a_plain_desk_says_plainly_how_well_it_was_checked(desk: Any) -> None:
    card = desk_card(desk, now=NOW, is_plain=True)
    said = card.checked + "".join(phone.wording for phone in card.phones)
    assert OLD not in said and GRADE_B_WARNING not in said
    assert faults(said, is_plain=True) == []


@pytest.mark.parametrize("programme", programmes().values(), ids=lambda one: one.id)
def test_a_plain_programme_says_plainly_how_old_its_source_is(programme: Any) -> None:
    simple = programme_text(programme, now=NOW, place=None, is_plain=True)
    assert "によります" not in simple and OLD not in simple


# What is put together: the names of troubles, and sentences with gaps.

FRAMES = [
    HEARD, DOES_BUSINESS, ALL_HOURS, SPAN, desk_texts.OPEN_UNTIL, *(frame.value for frame in Frame),
]  # fmt: skip
FINE = [fine for fine in sub_topics().values() if fine.topic]
ASKED = (
    "今は?", "今日は?", "明日は?", "あさっては?", "土日は?", "祝日は?", "年末年始は?", "夜は?", "早朝は?", "昼休みは?",
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        *FRAMES, *TITLES.values(), *(fine.name for fine in sub_topics().values()), *DAYS.values(), BUSINESS,
        desk_texts.HOLIDAYS_CLOSED, desk_texts.NO_NUMBER, desk_texts.USE_THE_MAIL, desk_texts.USE_THE_PAGE,
    ],
)  # fmt: skip
def test_names_and_sentences_with_gaps_have_a_plain_version(text: str) -> None:
    assert text in texts()


@pytest.mark.parametrize("frame", FRAMES)
def test_a_plain_sentence_has_the_same_gaps(frame: str) -> None:
    assert sorted(PLACEHOLDER.findall(plain(frame))) == sorted(PLACEHOLDER.findall(frame))


def test_every_topic_has_a_title() -> None:
    assert set(TITLES) == set(Topic)


def test_no_two_troubles_are_called_alike() -> None:
    """The title is left away in plain words, so the name alone has to tell them apart."""
    called = [plain(name) for name in (*TITLES.values(), *(fine.name for fine in FINE))]
    assert len(set(called)) == len(called)


@pytest.mark.parametrize("fine", FINE, ids=lambda fine: fine.code)
def test_what_was_heard_is_one_short_sentence_wherever_it_is(fine: Any) -> None:
    what = topic_text(fine.topic, fine.code, is_plain=True)
    place = max((one.name for one in municipalities().values()), key=len)
    heard = plain(HEARD).format(where=f"東京都{place}の、", what=what)

    assert faults(heard, is_plain=True) == []
    assert "。" not in what and "と、" not in what and "の、" not in what  # how the transcript takes it apart


@pytest.mark.parametrize("desk", desks().values(), ids=lambda desk: desk.id)
def test_the_time_of_a_desk_is_told_plainly(desk: Any) -> None:
    answers = [opening_answer(desk.hours, text, NOW, say=plain) for text in ASKED]
    said = [*answers, opening_now(desk.hours, NOW, say=plain), desk_card(desk, now=NOW, is_plain=True).hours]

    assert [
        text
        for text in said
        if re.search("今は受付時間|(?<!ふつう)休みです|公式ページ|つながります|平日|〜|[{}]", text)
    ] == []
    assert [faults(text, is_plain=True) for text in said[:-1] if faults(text, is_plain=True)] == []


@pytest.mark.parametrize("desk", desks().values(), ids=lambda desk: desk.id)
def test_a_desk_without_a_number_says_plainly_what_else_there_is(desk: Any) -> None:
    card = desk_card(desk, now=NOW, is_plain=True)
    said = desk_texts.card_text(card, is_plain=True)

    assert desk_texts.NO_NUMBER not in said
    assert desk_texts.USE_THE_MAIL not in said and desk_texts.USE_THE_PAGE not in said
