"""When a desk is open: lunch breaks, weekends, holidays, the turn of the year, and hours for a time only."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import holidays as library
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import calendar, facts
from knowledge.calendar import (
    DAYS,
    HOLIDAY_COLUMNS,
    MIDNIGHT,
    SEARCHED,
    TOKYO,
    Hours,
    Opening,
    Validity,
    day_text,
    is_day_off,
    moment_text,
    opening,
)
from knowledge.desks import find_desk, hours_text
from knowledge.facts import FactError

HOLIDAYS = library.country_holidays("JP", years=range(2025, 2038))
ROWS = facts.read("holidays.csv", HOLIDAY_COLUMNS)


def at(text: str) -> datetime:
    """「2026-11-22 15:00」 in Tokyo."""
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


def block(
    days: str, opens: str, closes: str, *, holidays: bool = False, valid: Validity | None = None
) -> Hours:
    return Hours("", days, opens, closes, "", open_on_holidays=holidays, valid=valid or Validity())


OFFICE = [block("mon-fri", "09:00", "12:00"), block("mon-fri", "13:00", "17:00")]
LONG_DAY = [block("mon-fri", "09:00", "21:00"), block("sat", "09:00", "17:00")]
ALWAYS = [block("daily", "00:00", MIDNIGHT, holidays=True)]
NIGHT = [block("daily", "16:00", MIDNIGHT, holidays=True), block("daily", "00:00", "08:00", holidays=True)]
OVERLAPPING = [block("daily", "09:00", "12:00"), block("daily", "11:00", "15:00")]
YEAR_END = [
    *OFFICE,
    block("daily", "10:00", "16:00", holidays=True, valid=Validity(date(2026, 12, 29), date(2026, 12, 30))),
]


@pytest.mark.parametrize(
    ("hours", "now", "until", "then"),
    [
        (OFFICE, "2026-11-24 08:59", None, "2026-11-24 09:00"),
        (OFFICE, "2026-11-24 09:00", "2026-11-24 12:00", None),
        (OFFICE, "2026-11-24 11:59", "2026-11-24 12:00", None),
        # the lunch break
        (OFFICE, "2026-11-24 12:00", None, "2026-11-24 13:00"),
        (OFFICE, "2026-11-24 13:00", "2026-11-24 17:00", None),
        (OFFICE, "2026-11-24 17:00", None, "2026-11-25 09:00"),
        # the long weekend: Monday the 23rd is a holiday
        (OFFICE, "2026-11-20 17:00", None, "2026-11-24 09:00"),
        (OFFICE, "2026-11-22 15:00", None, "2026-11-24 09:00"),
        (OFFICE, "2026-11-23 10:00", None, "2026-11-24 09:00"),
        (LONG_DAY, "2026-11-21 16:59", "2026-11-21 17:00", None),
        (LONG_DAY, "2026-11-21 17:00", None, "2026-11-24 09:00"),
        (LONG_DAY, "2026-11-24 20:59", "2026-11-24 21:00", None),
        # golden week 2027: 4/29, 5/3–5/5
        (OFFICE, "2027-05-01 10:00", None, "2027-05-06 09:00"),
        # the turn of the year: 12/29–1/3
        (OFFICE, "2026-12-28 16:00", "2026-12-28 17:00", None),
        (OFFICE, "2026-12-28 17:00", None, "2027-01-04 09:00"),
        (OFFICE, "2026-12-29 10:00", None, "2027-01-04 09:00"),
        (OFFICE, "2026-12-31 23:59", None, "2027-01-04 09:00"),
        (OFFICE, "2027-12-28 18:00", None, "2028-01-04 09:00"),
        # all day long
        (ALWAYS, "2026-12-31 23:59", "2027-01-14 00:00", None),
        # past midnight
        (NIGHT, "2026-11-22 23:00", "2026-11-23 08:00", None),
        (NIGHT, "2026-11-23 00:00", "2026-11-23 08:00", None),
        (NIGHT, "2026-11-23 08:00", None, "2026-11-23 16:00"),
        # two numbers whose hours overlap
        (OVERLAPPING, "2026-11-24 10:00", "2026-11-24 15:00", None),
        (OVERLAPPING, "2026-11-24 15:00", None, "2026-11-25 09:00"),
        # hours for a time only
        (YEAR_END, "2026-12-28 18:00", None, "2026-12-29 10:00"),
        (YEAR_END, "2026-12-29 11:00", "2026-12-29 16:00", None),
        (YEAR_END, "2026-12-30 16:00", None, "2027-01-04 09:00"),
        (YEAR_END, "2027-12-29 11:00", None, "2028-01-04 09:00"),
        ([], "2026-11-24 10:00", None, None),
        ([block("mon-fri", "09:00", "17:00", valid=Validity(end=date(2026, 11, 1)))], "2026-11-24 10:00", None, None),
    ],
)  # fmt: skip
def test_it_is_known_until_when_a_desk_is_open_or_when_it_opens_next(
    hours: list[Hours], now: str, until: str | None, then: str | None
) -> None:
    assert opening(hours, at(now)) == Opening(until and at(until), then and at(then))  # type: ignore[arg-type]


CLOCKS = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30)]
CLOCK = st.sampled_from([*CLOCKS, MIDNIGHT])
A_DAY = st.dates(date(2026, 1, 1), date(2036, 11, 30))
MOMENT = st.datetimes(datetime(2026, 1, 1), datetime(2036, 11, 30), timezones=st.just(TOKYO)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


@st.composite
def blocks(draw: st.DrawFn, near: date) -> Hours:
    opens, closes = sorted(draw(st.lists(CLOCK, min_size=2, max_size=2, unique=True)))
    some_day = st.none() | st.integers(-3, 16).map(lambda ahead: near + timedelta(days=ahead))
    start, end = draw(some_day), draw(some_day)
    if start and end and end < start:
        start, end = end, start
    days = draw(st.sampled_from(sorted(DAYS)))
    return block(days, opens, closes, holidays=draw(st.booleans()), valid=Validity(start, end))


def minutes(hours: list[Hours], today: date) -> bytearray:
    """Every minute of the days searched: 1 while any block is open. Computed apart from the product."""
    open_at = bytearray(SEARCHED * 24 * 60)
    for ahead in range(SEARCHED):
        day = today + timedelta(days=ahead)
        is_off = day in HOLIDAYS or (day.month, day.day) in {
            (12, 29),
            (12, 30),
            (12, 31),
            (1, 1),
            (1, 2),
            (1, 3),
        }
        for one in hours:
            weekdays = {"mon-fri": "01234", "sat": "5", "sun": "6", "mon-sat": "012345"}.get(
                one.days, "0123456"
            )
            if str(day.weekday()) not in weekdays or (is_off and not one.open_on_holidays):
                continue
            if (one.valid.start or day) > day or (one.valid.end or day) < day:
                continue
            for minute in range(in_minutes(one.opens), in_minutes(one.closes)):
                open_at[ahead * 24 * 60 + minute] = 1
    return open_at


def in_minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


@settings(max_examples=250, deadline=None)
@given(data=st.data(), now=MOMENT)
def test_open_or_closed_agrees_with_looking_at_every_minute(data: st.DataObject, now: datetime) -> None:
    hours = data.draw(st.lists(blocks(now.date()), max_size=4))
    open_at, start = minutes(hours, now.date()), now.hour * 60 + now.minute
    midnight = now.replace(hour=0, minute=0)
    found = open_at.find(b"\x00" if open_at[start] else b"\x01", start)
    changes = midnight + timedelta(minutes=found) if found >= 0 else None

    if open_at[start]:
        assert opening(hours, now) == Opening(changes or midnight + timedelta(days=SEARCHED), None)
    else:
        assert opening(hours, now) == Opening(None, changes)


@given(day=A_DAY)
def test_offices_are_closed_on_holidays_and_at_the_turn_of_the_year(day: date) -> None:
    turn = (day.month == 12 and day.day >= 29) or (day.month == 1 and day.day <= 3)

    assert is_day_off(day) == (turn or day in HOLIDAYS)


def test_the_table_of_holidays_is_that_of_the_library_for_all_its_years() -> None:
    years = {day.year for day in calendar.holidays()}

    assert years == set(range(min(years), max(years) + 1))
    assert dict(calendar.holidays()) == dict(library.country_holidays("JP", years=years, language="ja"))


def test_the_table_of_holidays_reaches_two_years_beyond_the_day_it_was_checked() -> None:
    last = max(calendar.holidays())
    for row in ROWS:
        checked = date.fromisoformat(row["checked"])
        assert last >= checked.replace(year=checked.year + 2)


def test_the_holidays_stand_in_their_order_each_once() -> None:
    assert all(first["date"] < second["date"] for first, second in pairwise(ROWS))


@pytest.mark.parametrize(
    ("start", "end", "on", "holds"),
    [
        (None, None, None, True),
        (None, None, "2026-11-22", True),
        ("2026-11-22", None, None, False),
        (None, "2026-11-22", None, False),
        ("2026-11-22", "2026-11-24", "2026-11-21", False),
        ("2026-11-22", "2026-11-24", "2026-11-22", True),
        ("2026-11-22", "2026-11-24", "2026-11-24", True),
        ("2026-11-22", "2026-11-24", "2026-11-25", False),
    ],
)
def test_what_is_temporary_holds_from_its_first_to_its_last_day(
    start: str | None, end: str | None, on: str | None, holds: bool
) -> None:
    first, last, day = (text and date.fromisoformat(text) for text in (start, end, on))

    assert Validity(first or None, last or None).holds(day or None) == holds


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-22 17:00", "今日の17時"),
        ("2026-11-23 09:00", "明日(月)の9時"),
        ("2026-11-24 08:30", "11月24日(火)の8時30分"),
        ("2027-01-04 09:00", "1月4日(月)の9時"),
    ],
)
def test_a_moment_is_said_as_people_say_it(moment: str, said: str) -> None:
    assert moment_text(at(moment), at("2026-11-22 15:00")) == said


def test_a_day_is_said_with_its_weekday() -> None:
    assert day_text(date(2026, 11, 23)) == "11月23日(月)"


def test_each_of_several_numbers_has_hours_of_its_own() -> None:
    desk = find_desk("inochi-denwa")
    free = [hours for hours in desk.hours if hours.phone == "0120-783-556"]
    paid = [hours for hours in desk.hours if hours.phone == "0570-783-556"]

    assert opening(free, at("2026-11-24 11:00")).next == at("2026-11-24 16:00")
    assert opening(paid, at("2026-11-24 11:00")).until == at("2026-11-24 22:00")
    assert opening(desk.hours, at("2026-11-24 20:00")).until == at("2026-11-24 22:00")
    assert "フリーダイヤル 毎日 16:00〜21:00" in hours_text(desk, today=date(2026, 11, 24))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("2026-13-01,ある日,docs,", "「date」の日付「2026-13-01」の形が違います"),
        ("11/23,ある日,docs,", "「date」の日付「11/23」の形が違います"),
        (",ある日,docs,", "「date」が空です"),
        ("2026-11-23,,docs,", "「name」が空です"),
        ("2026-01-01,元旦,docs,", "「2026-01-01」が二度出てきます"),
    ],
)
def test_a_faulty_holiday_is_named_with_its_row_and_what_to_do(tmp_path: Path, row: str, fault: str) -> None:
    header = ",".join(HOLIDAY_COLUMNS)
    (tmp_path / "holidays.csv").write_text(f"{header}\n2026-01-01,元日,docs,\n{row}\n", encoding="utf-8")

    with pytest.raises(FactError) as error:
        calendar.load(tmp_path)

    assert str(error.value).startswith(f"holidays.csv 3行目: {fault} → ")
