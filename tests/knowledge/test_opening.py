"""What people ask about a desk's time, in their many wordings, is answered in one sentence each."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import desks
from knowledge.calendar import DAYS, MIDNIGHT, TOKYO, Hours, Validity, opening
from knowledge.desks import Desk, find_desk
from knowledge.opening import opening_answer, opening_now

SUNDAY = datetime(2026, 11, 22, 15, 0, tzinfo=TOKYO)  # Monday is a holiday
TUESDAY = datetime(2026, 11, 24, 10, 30, tzinfo=TOKYO)
OFFICE = find_desk("mpd-cyber").hours  # weekdays 8:30–17:15
LUNCH = find_desk("tcyss").hours  # weekdays 9–12, 13–17
EVENING = find_desk("houterasu").hours  # weekdays 9–21, Saturdays 9–17
ALWAYS = find_desk("fire-119").hours
AFTERNOON = tuple(block for block in find_desk("inochi-denwa").hours if block.phone == "0120-783-556")
TIMED = [desk for desk in desks.desks().values() if desk.hours]

NOW = ["今やってますか", "いま開いてる?", "今は電話していいですか", "今から行っても大丈夫?", "まだ間に合いますか", "もう閉まってますか", "これから電話しても?", "今すぐ相談できますか", "今?", "ただいま受け付けていますか"]  # fmt: skip
TODAY = ["今日は何時まで?", "本日の受付は", "きょうはやっていますか"]
TOMORROW = ["明日は開いていますか", "あしたの受付時間は?", "あすはやっていますか", "明日でもいいですか"]
AFTER_TOMORROW = ["明後日は?", "あさってならどうですか"]
SATURDAY = ["土曜は?", "土曜日もやっていますか", "土曜日に電話できますか"]
WEEKEND = ["週末は開いていますか", "土日はどうですか", "週末でも電話できますか"]
HOLIDAY = ["祝日は?", "祭日もやっていますか", "休日でも大丈夫ですか"]
NEW_YEAR = ["年末年始は?", "年末もやっていますか", "お正月は休みですか", "大晦日に電話できますか"]
LATE = ["夜は?", "夕方でも大丈夫ですか", "仕事が終わってからでも?", "店を閉めたあとでも間に合いますか", "夜遅くにかけてもいい?", "7時以降は?", "18時過ぎでも大丈夫?", "22時でもいいですか"]  # fmt: skip
EARLY = ["朝早くは?", "朝イチで電話したい", "早朝でも大丈夫?", "朝は何時からですか"]
MIDDAY = ["お昼は?", "昼休みにかけてもいいですか", "昼でもつながりますか", "12時ごろ電話してもいいですか"]


@pytest.mark.parametrize(
    ("texts", "hours", "said"),
    [
        (NOW, OFFICE, "今は受付時間外です。次は、11月24日(火)の8時30分からです。"),
        (NOW, ALWAYS, "今は受付時間です(24時間)。"),
        (TODAY, OFFICE, "今日、11月22日(日)は休みです。"),
        (TOMORROW, OFFICE, "明日(11月23日、勤労感謝の日)は休みです。"),
        (TOMORROW, AFTERNOON, "明日(11月23日、勤労感謝の日)は、16時から21時までです。"),
        (AFTER_TOMORROW, OFFICE, "あさって、11月24日(火)は、8時30分から17時15分までです。"),
        (AFTER_TOMORROW, LUNCH, "あさって、11月24日(火)は、9時から12時と、13時から17時までです。"),
        (SATURDAY, OFFICE, "土曜は休みです。"),
        (SATURDAY, EVENING, "土曜は、9時から17時までです。"),
        (SATURDAY, ALWAYS, "土曜は24時間つながります。"),
        (["月曜は?", "次の月曜日は?"], OFFICE, "月曜は、8時30分から17時15分までです。"),
        (["日曜日は?", "日曜もやっていますか"], EVENING, "日曜は休みです。"),
        (WEEKEND, EVENING, "土曜は、9時から17時までです。日曜は休みです。"),
        (HOLIDAY, OFFICE, "祝日は休みです。"),
        (HOLIDAY, ALWAYS, "祝日も開いています。"),
        (NEW_YEAR, OFFICE, "12月29日から1月3日は、ふつう休みです。公式ページでお確かめください。"),
        (NEW_YEAR, AFTERNOON, "年末年始も開いています。"),
        (LATE, OFFICE, "夜は開いていません。遅い日でも、17時15分までです。"),
        (LATE, EVENING, "夜は、平日は21時まで開いています。"),
        (LATE, ALWAYS, "夜も、24時間つながります。"),
        (EARLY, OFFICE, "朝は8時30分からです。"),
        (EARLY, ALWAYS, "朝早くから開いています。"),
        (MIDDAY, OFFICE, "お昼も開いています。"),
        (MIDDAY, LUNCH, "お昼は休みです(9時から12時、13時から17時)。"),
        (MIDDAY, ALWAYS, "お昼も開いています。"),
    ],
)
def test_a_question_about_the_time_is_answered(texts: list[str], hours: tuple[Hours, ...], said: str) -> None:
    assert {text: opening_answer(hours, text, SUNDAY) for text in texts} == dict.fromkeys(texts, said)


def test_whether_it_is_open_now_changes_with_the_hour() -> None:
    assert opening_now(OFFICE, TUESDAY) == "今は受付時間です(17時15分まで)。"
    assert opening_now(LUNCH, TUESDAY) == "今は受付時間です(12時まで)。"
    assert opening_now(LUNCH, TUESDAY.replace(hour=12)) == "今は受付時間外です。次は、今日の13時からです。"
    assert (
        opening_now(OFFICE, TUESDAY.replace(hour=20))
        == "今は受付時間外です。次は、明日(水)の8時30分からです。"
    )
    assert opening_now(OFFICE, datetime(2026, 12, 28, 18, 0, tzinfo=TOKYO)) == (
        "今は受付時間外です。次は、1月4日(月)の8時30分からです。"
    )


def test_hours_that_go_on_past_midnight_are_told_to_their_end() -> None:
    night = [Hours("", "daily", "20:00", MIDNIGHT, "", open_on_holidays=True)]
    morning = Hours("", "daily", "00:00", "08:00", "", open_on_holidays=True)
    at_eleven = SUNDAY.replace(hour=23)

    assert opening_now(night, at_eleven) == "今は受付時間です(24時まで)。"
    assert opening_now([*night, morning], at_eleven) == "今は受付時間です(明日(月)の8時まで)。"


def test_two_times_in_one_question_are_both_answered() -> None:
    assert (
        opening_answer(EVENING, "土曜と祝日はやっていますか", TUESDAY)
        == "祝日は休みです。土曜は、9時から17時までです。"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "電話番号は?",
        "無料ですか",
        "15時以降でも大丈夫ですか",
        "何時までですか",
        "24時間ですか",
        "20時間かかりました",
    ],
)
def test_what_asks_about_no_such_time_has_no_answer_here(text: str) -> None:
    assert opening_answer(OFFICE, text, TUESDAY) == ""


@pytest.mark.parametrize("text", ["今やってますか", "土曜は?", "夜は?", "祝日は?", "明日は?"])
def test_unknown_hours_are_not_made_up(text: str) -> None:
    assert opening_answer((), text, TUESDAY) == ""


def test_hours_for_a_time_only_are_told_in_that_time_only() -> None:
    late = Hours("", "mon-sat", "17:00", "19:30", "", valid=Validity(date(2026, 12, 21), date(2026, 12, 26)))
    hours = [*OFFICE, late]
    before, within = TUESDAY, datetime(2026, 12, 22, 18, 0, tzinfo=TOKYO)

    assert opening_answer(hours, "夜は?", before) == "夜は開いていません。遅い日でも、17時15分までです。"
    assert opening_answer(hours, "土曜は?", before) == "土曜は休みです。"
    assert opening_answer(hours, "夜は?", within) == "夜は、月曜から土曜は19時30分まで開いています。"
    assert opening_answer(hours, "土曜は?", within) == "土曜は、17時から19時30分までです。"
    assert opening_answer(hours, "今やってますか", within) == "今は受付時間です(19時30分まで)。"
    assert opening_answer([late], "夜は?", before) == ""


def test_a_desk_that_opens_for_some_days_of_the_new_year_names_them() -> None:
    days = Validity(date(2026, 12, 29), date(2026, 12, 30))
    hours = [*OFFICE, Hours("", "daily", "10:00", "16:00", "", open_on_holidays=True, valid=days)]
    named = "年末年始は、12月29日(火)、12月30日(水)に開いています。"

    assert opening_answer(hours, "年末年始は?", TUESDAY) == named
    assert opening_answer(hours, "年末は?", datetime(2027, 1, 2, 9, 0, tzinfo=TOKYO)) == named
    assert opening_answer(hours, "年末は?", datetime(2027, 1, 4, 9, 0, tzinfo=TOKYO)) == (
        "12月29日から1月3日は、ふつう休みです。公式ページでお確かめください。"
    )


@given(
    desk=st.sampled_from(TIMED),
    now=st.datetimes(datetime(2026, 1, 1), datetime(2036, 11, 30), timezones=st.just(TOKYO)),
    text=st.sampled_from(
        [*NOW, *TODAY, *TOMORROW, *SATURDAY, *WEEKEND, *HOLIDAY, *NEW_YEAR, *LATE, *EARLY, *MIDDAY]
    ),
)
def test_every_desk_with_known_hours_has_an_answer_at_any_time(desk: Desk, now: datetime, text: str) -> None:
    answer = opening_answer(desk.hours, text, now)

    assert answer.endswith("。")
    assert answer.count("。") <= 3


@given(
    desk=st.sampled_from(TIMED),
    now=st.datetimes(datetime(2026, 1, 1), datetime(2036, 11, 30), timezones=st.just(TOKYO)),
)
def test_open_is_said_exactly_when_it_is_open(desk: Desk, now: datetime) -> None:
    state, said = opening(desk.hours, now), opening_now(desk.hours, now)

    assert said.startswith("今は受付時間です" if state.is_open else "今は受付時間外です。次は、")


@pytest.mark.parametrize("days", sorted(DAYS))
def test_every_word_for_days_can_be_answered_by_weekday(days: str) -> None:
    hours = [Hours("", days, "10:00", "15:00", "")]
    told = {name: opening_answer(hours, f"{name}曜日は?", TUESDAY) for name in "月火水木金土日"}

    assert {name for name, said in told.items() if "10時から15時" in said} == {
        "mon-fri": set("月火水木金"),
        "sat": {"土"},
        "sun": {"日"},
        "mon-sat": set("月火水木金土"),
        "daily": set("月火水木金土日"),
        "mon-sun": set("月火水木金土日"),
    }[days]
