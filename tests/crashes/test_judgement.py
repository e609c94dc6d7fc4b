"""The judge of the crash runs finds what it is there to find."""

from dataclasses import replace

import pytest

from tests.crashes.judgement import Kind, bursts, faults, recognised
from tests.crashes.log import Line
from tests.crashes.visitors import slack_texts
from tests.platforms.slack import Post


def heard(sequence: int, *, answered_with: int | None = None, **more: str) -> Line:
    return Line(
        conversation="c",
        sequence=sequence,
        author="visitor",
        text="困っています",
        at=f"00:{sequence:02}",
        event=f"e{sequence}",
        buttons=(),
        reply_to=None,
        state="answered",
        sent_at=f"00:{sequence:02}",
        answered_with=answered_with or sequence,
    )


def said(sequence: int, text: str, *, to: int | None, buttons: tuple[str, ...] = ()) -> Line:
    return Line(
        conversation="c",
        sequence=sequence,
        author="bot",
        text=text,
        at=f"01:{to or 0:02}",
        event=None,
        buttons=buttons,
        reply_to=to,
        state=None,
        sent_at=None,
        answered_with=None,
    )


GREETING = said(1, "こんにちは。", to=None, buttons=("売上が減った", "人と話したい"))
SENT = ["e2", "e3", "e6"]
# Two messages answered together with two lines, then one with one.
LOG = [
    GREETING,
    heard(2, answered_with=3),
    heard(3),
    said(4, "どちらにありますか。", to=3),
    said(5, "区の名前を教えてください。", to=3),
    heard(6),
    said(7, "板橋支部です。", to=6),
]
SEEN = [1, 4, 5, 7]


def kinds(sent: list[str], log: list[Line], seen: list[int]) -> set[Kind]:
    return {fault.kind for fault in faults(sent, log, [seen])}


def changed(sequence: int, **changes: object) -> list[Line]:
    return [replace(line, **changes) if line.sequence == sequence else line for line in LOG]  # type: ignore[arg-type]


def test_nothing_is_wrong_where_all_went_well() -> None:
    assert faults(SENT, LOG, [SEEN]) == []
    assert bursts(LOG) == 1


@pytest.mark.parametrize(
    ("what", "sent", "log", "seen", "kind"),
    [
        ("a message that is not kept", [*SENT, "e9"], LOG, SEEN, Kind.lost),
        (
            "a message that waits",
            SENT,
            changed(6, state="waiting", answered_with=None)[:-1],
            SEEN[:-1],
            Kind.lost,
        ),
        ("a message that is called answered and is not", SENT, LOG[:-1], SEEN[:-1], Kind.lost),
        ("a line that was not seen", SENT, LOG, [1, 4, 7], Kind.lost),
        (
            "a message that is kept twice",
            SENT,
            [*LOG, replace(heard(8, answered_with=6), event="e6")],
            SEEN,
            Kind.doubled,
        ),
        ("a message that nobody sent", ["e2", "e3"], LOG, SEEN, Kind.doubled),
        ("a second conversation", SENT, changed(6, conversation="d"), SEEN, Kind.doubled),
        ("a second answer", SENT, changed(5, at="02:00"), SEEN, Kind.doubled),
        (
            "an answer that says the same twice",
            SENT,
            changed(5, text="どちらにありますか。"),
            SEEN,
            Kind.doubled,
        ),
        ("an answer to one of a burst as well", SENT, changed(5, reply_to=2), SEEN, Kind.doubled),
        ("a line that was seen twice", SENT, LOG, [1, 4, 5, 5, 7], Kind.doubled),
        ("lines in the wrong order", SENT, LOG, [1, 5, 4, 7], Kind.out_of_order),
        (
            "answers in the wrong order",
            SENT,
            [
                GREETING,
                heard(2, answered_with=3),
                heard(3),
                heard(6),
                said(7, "甲", to=6),
                said(8, "乙", to=3),
            ],
            [1, 7, 8],
            Kind.out_of_order,
        ),
    ],
)
def test_it_finds(what: str, sent: list[str], log: list[Line], seen: list[int], kind: Kind) -> None:
    assert kinds(sent, log, seen) == {kind}, what


def test_what_comes_in_late_may_be_answered_after_what_was_sent_later() -> None:
    late = heard(8)
    log = [*LOG, replace(late, sent_at="00:00"), said(9, "承知しました。", to=8)]

    assert faults([*SENT, "e8"], log, [[*SEEN, 9]]) == []


def test_each_place_has_an_order_of_its_own() -> None:
    assert faults(SENT, LOG, [[4, 7], [1, 5]]) == []


def test_lines_are_recognised_where_several_stand_in_one_text_with_their_choices() -> None:
    both = "こんにちは。\n\n返事の候補\n・売上が減った\n・人と話したい\n\nどちらにありますか。"

    assert recognised([both, "板橋支部です。", "どなたですか。"], LOG) == [1, 4, 7, -1]


def test_a_line_that_is_said_again_is_the_next_of_the_same_words() -> None:
    again = [*LOG, said(8, "板橋支部です。", to=6)]

    assert recognised(["板橋支部です。", "板橋支部です。", "板橋支部です。"], again) == [7, 8, 7]


def test_a_line_on_slack_is_recognised_without_its_marks() -> None:
    line = said(8, "A&Bは https://example.jp です。", to=6)
    text = {"type": "mrkdwn", "text": "A&amp;Bは <https://example.jp> です。"}
    card = {"type": "section", "fields": [text]}
    post = Post("1.0", "D1", "U1", "", ({"type": "section", "text": text}, card), bot="B1")

    assert slack_texts([post], [line]) == [line.text]
