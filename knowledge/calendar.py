"""Time: opening hours in several blocks a day, weekends, holidays, the turn of the year; what is valid when.

Holidays stand in facts/holidays.csv, written by scripts/holidays from a library
(docs/decisions/0007-holidays-as-a-table.md).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from pathlib import Path

from knowledge import facts

HOLIDAY_COLUMNS = ("date", "name", "source", "checked")
TOKYO = timezone(timedelta(hours=9), "JST")
WEEKDAYS = "月火水木金土日"
NEW_YEAR = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})
OPEN_ON = {
    "mon-fri": range(5),
    "sat": (5,),
    "sun": (6,),
    "mon-sat": range(6),
    "daily": range(7),
    "mon-sun": range(7),
}
DAYS = {
    "mon-fri": "平日",
    "sat": "土曜",
    "sun": "日曜",
    "mon-sat": "月曜から土曜",
    "daily": "毎日",
    "mon-sun": "毎日",
}
SPAN = "{opens}〜{closes}"
MIDNIGHT = "24:00"
SEARCHED = 14  # days ahead; the longest closure in Tokyo's offices is shorter


@dataclass(frozen=True)
class Validity:
    """From when to when a row holds, both days included; None is open."""

    start: date | None = None
    end: date | None = None

    @property
    def is_temporary(self) -> bool:
        return self.start is not None or self.end is not None

    def holds(self, on: date | None) -> bool:
        """Whether the row holds on that day; with no day given, only what always holds."""
        if on is None:
            return not self.is_temporary
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


def validity(row: facts.Row) -> Validity:
    """The columns valid_from and valid_to.

    Raises:
        facts.FactError: a date is not of the form 2026-11-22, or the end comes before the start.
    """
    start, end = day(row, "valid_from"), day(row, "valid_to")
    if start and end and end < start:
        raise row.fault("「valid_to」が「valid_from」より前です", "日付を入れ替えてください")
    return Validity(start, end)


def day(row: facts.Row, column: str) -> date | None:
    """The date of a column; None when it is empty."""
    if not row[column]:
        return None
    try:
        return date.fromisoformat(row[column])
    except ValueError as error:
        raise row.fault(
            f"「{column}」の日付「{row[column]}」の形が違います", "2026-11-22 のように書いてください"
        ) from error


@dataclass(frozen=True)
class Hours:
    """One block of opening time. ``phone`` is empty unless the hours belong to one number only."""

    phone: str
    days: str
    opens: str
    closes: str
    note: str
    open_on_holidays: bool = False
    valid: Validity = Validity()

    def __str__(self) -> str:
        return self.text()

    def text(self, say: Callable[[str], str] = str) -> str:
        """「平日 09:00〜17:00」, worded by ``say``."""
        is_always = (self.opens, self.closes) == ("00:00", MIDNIGHT)
        span = "24時間" if is_always else say(SPAN).format(opens=self.opens, closes=self.closes)
        return f"{say(DAYS[self.days])} {span}"

    def on(self, day: date) -> tuple[datetime, datetime] | None:
        """When it opens and closes on that day; None when it is closed all day."""
        if day.weekday() not in OPEN_ON[self.days] or not self.valid.holds(day):
            return None
        if is_day_off(day) and not self.open_on_holidays:
            return None
        return _at(day, self.opens), _at(day, self.closes)


@dataclass(frozen=True)
class Opening:
    """Whether a desk is open, until when, and when it opens next.

    ``until`` is None while it is closed, ``next`` while it is open or when no opening was found.
    """

    until: datetime | None
    next: datetime | None

    @property
    def is_open(self) -> bool:
        return self.until is not None


def opening(hours: Iterable[Hours], now: datetime) -> Opening:
    """Open or closed at this moment (a time in Tokyo), by all blocks together."""
    blocks = tuple(hours)
    spans = sorted(span for day in _days(now.date()) for span in spans_on(blocks, day))
    until = None
    for start, end in spans:
        # Open now, or a block that goes straight on, also past midnight.
        if now < end and start <= (until or now):
            until = max(end, until or end)
    if until:
        return Opening(until, None)
    return Opening(None, next((start for start, _ in spans if start > now), None))


def spans_on(hours: Sequence[Hours], day: date) -> list[tuple[datetime, datetime]]:
    """The times from … to … at which any of the blocks is open on that day."""
    return sorted(span for block in hours if (span := block.on(day)))


def _days(today: date) -> Iterator[date]:
    return (today + timedelta(days=number) for number in range(SEARCHED))


def _at(day: date, clock: str) -> datetime:
    if clock == MIDNIGHT:
        return _at(day + timedelta(days=1), "00:00")
    return datetime.combine(day, time.fromisoformat(clock), TOKYO)


def is_day_off(day: date) -> bool:
    """A holiday, or the turn of the year (12/29–1/3), when offices are closed."""
    return day in holidays() or (day.month, day.day) in NEW_YEAR


@cache
def holidays() -> Mapping[date, str]:
    """The Japanese holidays of the shipped table, read once."""
    return load()


def load(folder: Path = facts.FOLDER) -> Mapping[date, str]:
    """Holidays by day.

    Raises:
        facts.FactError: a row is incomplete, doubled, or its date is none.
    """
    rows = facts.read("holidays.csv", HOLIDAY_COLUMNS, folder=folder)
    named = facts.unique([(row, row.required("date"), row) for row in rows]).values()
    return {day(row, "date") or date.min: row.required("name") for row in named}


def day_text(day: date) -> str:
    """「11月24日(火)」."""
    return f"{day.month}月{day.day}日({WEEKDAYS[day.weekday()]})"


def clock_text(moment: datetime) -> str:
    """「9時」, 「17時15分」."""
    return f"{moment.hour}時" + (f"{moment.minute}分" if moment.minute else "")


def moment_text(moment: datetime, now: datetime) -> str:
    """「今日の13時」, 「明日の9時」, 「11月24日(火)の9時」."""
    ahead = (moment.date() - now.date()).days
    named = {0: "今日", 1: f"明日({WEEKDAYS[moment.weekday()]})"}.get(ahead, day_text(moment.date()))
    return f"{named}の{clock_text(moment)}"
