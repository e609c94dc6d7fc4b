"""Answer what is asked about a desk's time: 「今やってますか」, 「土曜は?」, 「祝日は?」, 「夜は?」."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum

from knowledge.calendar import (
    DAYS,
    MIDNIGHT,
    NEW_YEAR,
    OPEN_ON,
    WEEKDAYS,
    Hours,
    clock_text,
    day_text,
    holidays,
    moment_text,
    opening,
)
from knowledge.patterns import plain_form

EVENING = time(18)
EARLY = time(9)
NOON = time(12, 30)
_WEEKDAY = re.compile(f"([{WEEKDAYS}])曜")

Say = Callable[[str], str]
Answer = Callable[[Sequence[Hours], datetime, Say], str]


class Frame(Enum):
    """The sentences; what an answer fills in stands in braces. Each has a plain twin in facts/plain.csv."""

    OPEN_NOW = "今は受付時間です({until})。"
    CLOSED_NOW = "今は受付時間外です。"
    OPENS_NEXT = "次は、{when}からです。"
    CLOSED = "{day}は休みです。"
    ROUND_THE_CLOCK = "{day}は24時間つながります。"
    OPEN = "{day}は、{times}までです。"
    HOLIDAYS_OPEN = "祝日も開いています。"
    HOLIDAYS_CLOSED = "祝日は休みです。"
    NEW_YEAR_OPEN = "年末年始も開いています。"
    NEW_YEAR_CLOSED = "12月29日から1月3日は、ふつう休みです。公式ページでお確かめください。"
    NEW_YEAR_SOME = "年末年始は、{days}に開いています。"
    NIGHT_OPEN = "夜は、{times}開いています。"
    NIGHT_CLOSED = "夜は開いていません。遅い日でも、{closes}までです。"
    NIGHT_ROUND_THE_CLOCK = "夜も、24時間つながります。"
    EARLY_OPEN = "朝早くから開いています。"
    MORNING = "朝は{opens}からです。"
    NOON_OPEN = "お昼も開いています。"
    NOON_CLOSED = "お昼は休みです({times})。"

    def said(self, say: Say, **values: str) -> str:
        return say(self.value).format(**values)


def opening_answer(hours: Sequence[Hours], text: str, now: datetime, *, say: Say = str) -> str:
    """One sentence for each time the text asks about; empty when it asks about none or the hours are unknown."""
    words = plain_form(text)
    if not hours:
        return ""
    asked = [answer(hours, now, say) for sign, answer in _ASKED if sign.search(words)]
    usual = _usual(hours, now)
    asked += [_weekday(usual, WEEKDAYS.index(name), say) for name in dict.fromkeys(_WEEKDAY.findall(words))]
    return "".join(dict.fromkeys(asked))


def _usual(hours: Sequence[Hours], now: datetime) -> list[Hours]:
    """The blocks that hold these days: temporary hours only in their time."""
    return [block for block in hours if block.valid.holds(now.date())]


def _in_general(answer: Answer) -> Answer:
    """An answer about any week, not about one day; empty when no hours hold at present."""
    return lambda hours, now, say: answer(usual, now, say) if (usual := _usual(hours, now)) else ""


def opening_now(hours: Sequence[Hours], now: datetime, *, say: Say = str) -> str:
    """「今は受付時間外です。次は、11月24日(火)の9時からです。」"""
    state = opening(hours, now)
    if state.until:
        return Frame.OPEN_NOW.said(say, until=_until(state.until, now))
    after = Frame.OPENS_NEXT.said(say, when=moment_text(state.next, now)) if state.next else ""
    return Frame.CLOSED_NOW.said(say) + after


def _until(until: datetime, now: datetime) -> str:
    if until - now > timedelta(days=1):
        return "24時間"
    if until.date() == now.date():
        return f"{clock_text(until)}まで"
    is_midnight = until.time() == time.min
    return "24時まで" if is_midnight else f"{moment_text(until, now)}まで"


def _day(label: str, ahead: int) -> Answer:
    def answer(hours: Sequence[Hours], now: datetime, say: Say) -> str:
        day = now.date() + timedelta(days=ahead)
        name = (
            f"{label}({day_text(day)[:-3]}、{holidays()[day]})"
            if day in holidays()
            else f"{label}、{day_text(day)}"
        )
        return _on(name, [(block.opens, block.closes) for block in hours if block.on(day)], say)

    return answer


def _weekday(hours: Sequence[Hours], weekday: int, say: Say) -> str:
    """As in any week without a holiday; holidays are asked about by name."""
    blocks = [block for block in hours if weekday in OPEN_ON[block.days]]
    return _on(f"{WEEKDAYS[weekday]}曜", [(block.opens, block.closes) for block in blocks], say)


def _weekend(hours: Sequence[Hours], now: datetime, say: Say) -> str:
    return _weekday(hours, 5, say) + _weekday(hours, 6, say)


def _on(day: str, spans: Sequence[tuple[str, str]], say: Say) -> str:
    if not spans:
        return Frame.CLOSED.said(say, day=day)
    if ("00:00", MIDNIGHT) in spans:
        return Frame.ROUND_THE_CLOCK.said(say, day=day)
    times = [f"{_hour(opens)}から{_hour(closes)}" for opens, closes in dict.fromkeys(spans)]
    return Frame.OPEN.said(say, day=day, times="と、".join(times))


def _holiday(hours: Sequence[Hours], now: datetime, say: Say) -> str:
    is_open = any(block.open_on_holidays for block in hours)
    return (Frame.HOLIDAYS_OPEN if is_open else Frame.HOLIDAYS_CLOSED).said(say)


def _new_year(hours: Sequence[Hours], now: datetime, say: Say) -> str:
    """Of the turn of the year that is coming or under way; some desks open for a day or two of it."""
    first = date(now.year - (now.date() <= date(now.year, 1, 3)), 12, 29)
    days = [first + timedelta(days=ahead) for ahead in range(len(NEW_YEAR))]
    open_days = [day for day in days if any(block.on(day) for block in hours)]
    if not open_days:
        return Frame.NEW_YEAR_CLOSED.said(say) if _usual(hours, now) else ""
    if open_days == days:
        return Frame.NEW_YEAR_OPEN.said(say)
    return Frame.NEW_YEAR_SOME.said(say, days="、".join(map(day_text, open_days)))


def _evening(hours: Sequence[Hours], now: datetime, say: Say) -> str:
    late = [
        block for block in hours if block.closes == MIDNIGHT or time.fromisoformat(block.closes) > EVENING
    ]
    if not late:
        latest = max(hours, key=lambda block: block.closes)
        return Frame.NIGHT_CLOSED.said(say, closes=_hour(latest.closes))
    if any((block.opens, block.closes) == ("00:00", MIDNIGHT) for block in late):
        return Frame.NIGHT_ROUND_THE_CLOCK.said(say)
    times = "、".join(f"{say(DAYS[block.days])}は{_hour(block.closes)}まで" for block in late)
    return Frame.NIGHT_OPEN.said(say, times=times)


def _early(hours: Sequence[Hours], now: datetime, say: Say) -> str:
    first = min(hours, key=lambda block: block.opens)
    if first.opens == "00:00":
        return Frame.EARLY_OPEN.said(say)
    return Frame.MORNING.said(say, opens=_hour(first.opens))


def _lunch(hours: Sequence[Hours], now: datetime, say: Say) -> str:
    if any(time.fromisoformat(block.opens) <= NOON < _closing(block) for block in hours):
        return Frame.NOON_OPEN.said(say)
    return Frame.NOON_CLOSED.said(say, times="、".join(map(_span, hours)))


def _closing(block: Hours) -> time:
    return time.max if block.closes == MIDNIGHT else time.fromisoformat(block.closes)


def _span(block: Hours) -> str:
    return f"{_hour(block.opens)}から{_hour(block.closes)}"


def _hour(clock: str) -> str:
    hour, minute = clock.split(":")
    return f"{int(hour)}時" + (f"{int(minute)}分" if int(minute) else "")


_ASKED: tuple[tuple[re.Pattern[str], Answer], ...] = tuple(
    (re.compile(sign), answer)
    for sign, answer in (
        (
            r"(今|いま|現在|ただいま)(は|も|って|でも|から|、|だと|すぐ|の時間|日も)?(も|は)?(やって|やっとる|やってる|開い|あい|空い|つなが|電話|かけ|行って|相談でき|大丈夫|受け付け|間に合)|まだ(やって|開い|あい|間に合|つなが)|もう(閉ま|しま|終わ|終っ)|これから(行|電話|かけ|でも)|^(今|いま)(は|も)?[??]?$",
            lambda hours, now, say: opening_now(hours, now, say=say),
        ),
        (r"今日|本日|きょう", _day("今日", 0)),
        (r"明日|あした|あす(は|も|の)", _day("明日", 1)),
        (r"明後日|あさって", _day("あさって", 2)),
        (r"週末|土日", _in_general(_weekend)),
        (r"祝日|祭日|休日|旗日", _in_general(_holiday)),
        (r"年末|年始|正月|大晦日|大みそか", _new_year),
        (
            r"夜|夕方|仕事(の|が)?(後|終)|店(が|を)?(閉め|終)|遅く|(?<![0-9])[5-9]時(以降|すぎ|過ぎ)|1[7-9]時|2[0-3]時(?!間)",
            _in_general(_evening),
        ),
        (r"朝(早|一|いち|から|は)|早朝", _in_general(_early)),
        (r"昼休み|お昼|昼(は|も|に|でも)|12時", _in_general(_lunch)),
    )
)
