"""List the rows whose confirmation is old or missing, and those whose time is over or yet to come."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from knowledge.facts import Row
from knowledge.freshness import first_day, last_day
from scripts.lib.facts_tables import Tables, Title, desk_names, key, title

CHECKED = "checked"
BEGINS = "valid_from"
ENDS = ("valid_to", "closes")  # the closes of hours.csv is a time of day, and no date
SHOWN = 10


class State(Enum):
    """What is the matter with a row, in the order of the list; the value is what to do."""

    ENDED = "続いていれば期限を書き直し、終わっていれば行を消してください。"
    OLD = "出典か公式ページをもう一度確かめて、checked を確かめた年月にしてください。"
    UNREADABLE = "日付を 2026-11-30 の形に直してください(checked は 2026 や 2026-11 でもかまいません)。"
    AHEAD = "始まる日(valid_from)が合っているかだけ、確かめてください。"
    UNCHECKED = "出典か公式ページで確かめて、checked に年月を書いてください。"


@dataclass(frozen=True)
class Finding:
    """A row to look at; ``said`` is the date as it stands in the table."""

    state: State
    row: Row
    title: Title
    said: str

    def __str__(self) -> str:
        source = self.row.get("source") or "(空欄)"
        date = f": {self.said}" if self.said else ""
        return f"  {self.row.file} {self.row.line}行目 {self.title}{date} 出典: {source}"


def report(tables: Tables, *, today: date, days: int, is_complete: bool) -> list[str]:
    """The list by state, and a last line that counts.

    Unless ``is_complete``, only the first ten rows of a table that were never confirmed are named.
    """
    found = findings(tables, today=today, days=days)
    lines: list[str] = []
    for state in State:
        chosen = [finding for finding in found if finding.state is state]
        if chosen:
            lines.append(f"{_heading(state, days)} {len(chosen)}件 → {state.value}")
            is_short = state is State.UNCHECKED and not is_complete
            lines += [*(_by_table(chosen) if is_short else map(str, chosen)), ""]
    return [*lines, _summary(found, days)]


def findings(tables: Tables, *, today: date, days: int) -> list[Finding]:
    """Every row to look at: what is over first, then the oldest first."""
    desks = desk_names(tables)
    oldest = today - timedelta(days=days)
    found = [
        Finding(state, row, title(row, key(table.columns), desks), row.get(column, ""))
        for table in tables.values()
        for row in table.rows
        for state, column in _states(row, today, oldest)
    ]
    order = list(State)
    return sorted(found, key=lambda finding: (order.index(finding.state), last_day(finding.said) or today))


def _states(row: Row, today: date, oldest: date) -> Iterator[tuple[State, str]]:
    """What is the matter with the row, each with the column that says so."""
    for column in ENDS:
        ends = last_day(row.get(column, ""))
        if ends and ends < today:
            yield State.ENDED, column
            return
    begins = first_day(row.get(BEGINS, ""))
    if begins and begins > today:
        yield State.AHEAD, BEGINS
    yield from ((State.UNREADABLE, column) for column in (*ENDS, BEGINS) if _is_misspelt(row.get(column, "")))
    if CHECKED in row:
        yield from ((state, CHECKED) for state in _confirmation(row[CHECKED], oldest))


def _is_misspelt(text: str) -> bool:
    """A date such as 2026/3/31, which a spreadsheet makes by itself; not 17:00, not 「予算がなくなるまで」."""
    return bool(re.match(r"[0-9]{4}", text)) and last_day(text) is None


def _confirmation(checked: str, oldest: date) -> Iterator[State]:
    day = last_day(checked)
    if not checked:
        yield State.UNCHECKED
    elif day is None:
        yield State.UNREADABLE
    elif day < oldest:
        yield State.OLD


def _heading(state: State, days: int) -> str:
    return {
        State.ENDED: "期限切れ",
        State.OLD: f"確認が古い({days}日より前)",
        State.UNREADABLE: "日付が読めません",
        State.AHEAD: "まだ始まっていません",
        State.UNCHECKED: "確認日なし",
    }[state]


def _by_table(found: Sequence[Finding]) -> Iterator[str]:
    for file, count in Counter(finding.row.file for finding in found).items():
        yield f" {file} {count}件"
        yield from map(str, [finding for finding in found if finding.row.file == file][:SHOWN])
        if count > SHOWN:
            yield f"  ほか{count - SHOWN}件(--all を付けると全部並べます)"


def _summary(found: Sequence[Finding], days: int) -> str:
    counts = Counter((finding.row.file, finding.state) for finding in found)
    tables = {
        file: [
            f"{_heading(state, days).partition('(')[0]} {counts[file, state]}件"
            for state in State
            if counts[file, state]
        ]
        for file in sorted({file for file, _ in counts})
    }
    said = "、".join(f"{file} {'・'.join(parts)}" for file, parts in tables.items())
    return f"まとめ: {said}" if said else "まとめ: 確かめ直す行はありません。"
