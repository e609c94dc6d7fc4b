"""A desk that is closed now: when it opens, and what can be done until then."""

from datetime import datetime

import pytest

from knowledge.calendar import TOKYO
from tests.actions.messages import NO_CUSTOMERS_IN_ITABASHI, RANSOM, UNPAID, UNPAID_IN_ITABASHI
from tests.actions.visitor import SUNDAY, Answer, Visitor

ABOUT_TIME = (
    "closed_now", "meanwhile_mail", "meanwhile_online", "meanwhile_bring", "meanwhile_note", "meanwhile_urgent",
)  # fmt: skip
FEE = ("一人で受けた仕事の報酬が払われません", "subcontract", "T10")
PREVENTION = ("板橋区です。サイバー対策を始めたい", "cyber", "C9")


@pytest.fixture
def on_sunday() -> Visitor:
    return Visitor(now=SUNDAY)


def of_time(answer: Answer) -> list[str]:
    return [said for said in answer.said if said in ABOUT_TIME]


def test_when_the_first_desk_is_closed_the_next_opening_and_the_meantime_are_told(on_sunday: Visitor) -> None:
    answer = on_sunday.writes(*PREVENTION)

    assert answer.said == ["referral", "caution", "closed_now", "meanwhile_online", "after_referral"]
    assert "今は受付時間外です。次は、11月24日(火)の9時からです。" in answer.text
    assert "フォームからも相談できます。" in answer.text


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (datetime(2026, 11, 25, 18, tzinfo=TOKYO), "明日(木)の9時から"),
        (datetime(2026, 11, 25, 7, tzinfo=TOKYO), "今日の9時から"),
        (datetime(2026, 11, 27, 18, tzinfo=TOKYO), "11月30日(月)の9時から"),
        (datetime(2026, 12, 28, 18, tzinfo=TOKYO), "1月4日(月)の9時から"),
    ],
)
def test_the_next_opening_goes_by_the_calendar(now: datetime, opens: str) -> None:
    assert opens in Visitor(now=now).writes(*PREVENTION).text


@pytest.mark.parametrize(
    ("text", "intent", "subtopic", "said"),
    [
        (*FEE, ["closed_now", "meanwhile_online"]),
        ("送金詐欺のことを相談したいです", "cyber", "C4", ["closed_now", "meanwhile_bring"]),
        # No hours could be confirmed, so nothing is claimed.
        ("板橋で食堂をやっています。客が来ません", "sales_decline", "S4", []),
        # Only the hours of a further number are known.
        (*UNPAID, []),
    ],
)
def test_only_a_desk_that_is_known_to_be_closed_is_called_closed(
    on_sunday: Visitor, text: str, intent: str, subtopic: str, said: list[str]
) -> None:
    assert of_time(on_sunday.writes(text, intent, subtopic)) == said


def test_in_an_attack_any_closed_desk_is_told_and_the_number_that_answers_at_night(
    on_sunday: Visitor,
) -> None:
    answer = on_sunday.writes(*RANSOM)

    assert of_time(answer) == ["closed_now", "meanwhile_urgent"]
    assert "110が24時間受けます" in answer.text


def test_in_a_disaster_nothing_is_said_of_office_hours(on_sunday: Visitor) -> None:
    assert of_time(on_sunday.writes("事務所が浸水しています", "bcp", "B5")) == []


def test_the_police_line_for_worries_is_called_closed_without_the_emergency_number(
    on_sunday: Visitor,
) -> None:
    answer = on_sunday.writes("ヤミ金から借りてしまいました", "sales_decline", "S1")

    assert of_time(answer)[0] == "closed_now"
    assert "meanwhile_urgent" not in of_time(answer)


@pytest.mark.parametrize(
    "message", [PREVENTION, FEE, UNPAID, UNPAID_IN_ITABASHI, NO_CUSTOMERS_IN_ITABASHI, RANSOM]
)
def test_nothing_is_said_of_time_while_the_desk_is_open(
    visitor: Visitor, message: tuple[str, str, str]
) -> None:
    assert of_time(visitor.writes(*message)) == []


def test_who_is_told_the_same_desk_again_is_not_told_again_that_it_is_closed(on_sunday: Visitor) -> None:
    first = on_sunday.writes("送金詐欺のことを相談したいです", "cyber", "C4")

    assert of_time(first) == ["closed_now", "meanwhile_bring"]
    assert of_time(on_sunday.presses('/inform{"state": "over"}')) == []


def test_a_desk_that_is_asked_about_its_hours_answers_for_this_moment(on_sunday: Visitor) -> None:
    on_sunday.writes(*PREVENTION)
    closed = on_sunday.writes("今やってますか", "ask_hours")
    on_sunday.now = datetime(2026, 11, 24, 10, tzinfo=TOKYO)
    opened = on_sunday.writes("今やってますか", "ask_hours")

    assert "今は受付時間外です" in closed.text
    assert "今は受付時間です" in opened.text
