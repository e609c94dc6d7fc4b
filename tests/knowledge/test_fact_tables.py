"""The shipped tables: every fact has a source and a legal date, and what is temporary shows in its time only."""

import csv
import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from knowledge import cards, check, desks, facts, programmes, referral
from knowledge.calendar import TOKYO, opening
from knowledge.desks import DESK_COLUMNS, HOUR_COLUMNS, card_text, desk_card, hours_text
from knowledge.facts import FactError, Row
from knowledge.freshness import last_day
from knowledge.referral import COLUMNS, Case, Route
from tests.knowledge.cases import at

# Tables of words and of wordings, which are no facts about the world.
WITHOUT_SOURCE = {"plain.csv", "signs.csv", "hard_words.csv"}
FILES = sorted(path.name for path in facts.FOLDER.glob("*.csv"))
DAY = re.compile(r"20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
CHECKED = re.compile(r"20\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
BEFORE, FIRST, WITHIN, LAST, AFTER = (date(2026, 12, day) for day in (20, 21, 24, 28, 29))


def rows(file: str) -> list[Row]:
    with (facts.FOLDER / file).open(encoding="utf-8-sig", newline="") as handle:
        header = next(csv.reader(handle))
    return facts.read(file, header)


def of_column(file: str, column: str) -> Iterator[Row]:
    return (row for row in rows(file) if column in row)


@pytest.mark.parametrize("file", sorted(set(FILES) - WITHOUT_SOURCE))
def test_every_row_has_a_source(file: str) -> None:
    assert [row.line for row in rows(file) if not row["source"]] == []


@pytest.mark.parametrize("file", FILES)
def test_every_date_of_a_check_has_a_legal_form(file: str) -> None:
    for row in of_column(file, "checked"):
        assert not row["checked"] or CHECKED.fullmatch(row["checked"]), row.line
        assert not row["checked"] or last_day(row["checked"]), row.line


@pytest.mark.parametrize(
    ("file", "column"),
    [
        *((file, column) for file in FILES for column in ("valid_from", "valid_to")),
        ("programmes.csv", "closes"),
        ("holidays.csv", "date"),
        ("renames.csv", "since"),
    ],
)
def test_every_day_has_a_legal_form(file: str, column: str) -> None:
    for row in of_column(file, column):
        assert not row[column] or (DAY.fullmatch(row[column]) and date.fromisoformat(row[column])), row.line


@pytest.mark.parametrize("file", FILES)
def test_nothing_ends_before_it_starts(file: str) -> None:
    for row in of_column(file, "valid_to"):
        assert not (row["valid_from"] and row["valid_to"]) or row["valid_from"] <= row["valid_to"], row.line


@pytest.mark.parametrize("file", FILES)
def test_every_certainty_is_one_of_the_fact_sheet(file: str) -> None:
    assert {row["certainty"] for row in of_column(file, "certainty")} <= set(desks.CERTAINTIES)


def test_every_table_can_be_read_at_the_start() -> None:
    check.everything()


def test_every_desk_that_is_named_anywhere_is_there() -> None:
    known = set(desks.desks())
    named = {desk for card in (*cards.cards().values(), *cards.guides().values()) for desk in card.desks}
    named |= {desk for one in programmes.programmes().values() for desk in one.desks}
    named |= {desk for route in referral.routes() for desk in route.desks}

    assert named - {referral.LOCAL} <= known


def test_each_topic_has_a_desk_on_every_day() -> None:
    """The last row of each topic, and the desks it names, are not temporary."""
    for route in referral.routes():
        if not (route.subtopics or route.when or route.areas):
            assert not route.valid.is_temporary
            assert not any(
                desks.desks()[one].valid.is_temporary for one in route.desks if one != referral.LOCAL
            )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped tables, with a desk, hours and a route for the last days of 2026."""
    for file in ("desks.csv", "chambers.csv", "phones.csv", "hours.csv", "routes.csv"):
        shutil.copy(facts.FOLDER / file, tmp_path)
    return tmp_path


def add(folder: Path, file: str, columns: tuple[str, ...], **values: str) -> None:
    with (folder / file).open("a", encoding="utf-8", newline="") as handle:
        csv.DictWriter(handle, columns, restval="").writerow(values)


SPECIAL = {
    "id": "nenmatsu", "name": "年末特別相談", "kind": "corporation", "serves": "tokyo", "source": "docs",
    "certainty": "P", "valid_from": "2026-12-21", "valid_to": "2026-12-28",
}  # fmt: skip
LATE = {
    "desk": "kosha", "days": "mon-fri", "opens": "17:00", "closes": "19:30", "source": "docs", "certainty": "P",
    "valid_from": "2026-12-21", "valid_to": "2026-12-28",
}  # fmt: skip
ON_DAYS = [(BEFORE, False), (FIRST, True), (WITHIN, True), (LAST, True), (AFTER, False)]


@pytest.mark.parametrize(("day", "holds"), ON_DAYS)
def test_a_temporary_desk_is_valid_in_its_time_only(folder: Path, day: date, holds: bool) -> None:
    add(folder, "desks.csv", DESK_COLUMNS, **SPECIAL)
    desk = desks.load(folder)["nenmatsu"]

    assert desk.valid.holds(day) == holds
    assert not desk.valid.holds(None)


def test_a_temporary_desk_says_until_when_it_is_open(folder: Path) -> None:
    add(folder, "desks.csv", DESK_COLUMNS, **SPECIAL)
    card = desk_card(desks.load(folder)["nenmatsu"], now=datetime(2026, 12, 22, 10, 0, tzinfo=TOKYO))

    assert "注意: 12月28日(月)までの窓口です。" in card_text(card).splitlines()


@pytest.mark.parametrize(("day", "holds"), ON_DAYS)
def test_temporary_hours_are_shown_in_their_time_only(folder: Path, day: date, holds: bool) -> None:
    add(folder, "hours.csv", HOUR_COLUMNS, **LATE)
    desk = desks.load(folder)["kosha"]
    at_six = datetime(day.year, day.month, day.day, 18, 0, tzinfo=TOKYO)

    assert ("17:00〜19:30" in hours_text(desk, today=day)) == holds
    assert opening(desk.hours, at_six).is_open == holds


def special_route(folder: Path, **changed: str) -> Route:
    """A route for the last days of the year, read back from the table."""
    row = {
        "rule": "nenmatsu", "topic": "sales_decline", "subtopics": "S1", "first": "kosha-saisei", "second": "jfc",
        "reason": "年末に特別の相談があるからです。", "source": "docs", "valid_from": "2026-12-21", "valid_to": "2026-12-28",
    }  # fmt: skip
    add(folder, "routes.csv", COLUMNS, **{**row, **changed})
    return referral.load(folder)[-1]


@pytest.mark.parametrize(("day", "holds"), [*ON_DAYS, (None, False)])
def test_a_temporary_route_is_taken_in_its_time_only(folder: Path, day: date | None, holds: bool) -> None:
    case = Case("sales_decline", "S1", at("板橋区"), frozenset(), day)

    assert special_route(folder).applies(case) == holds


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"valid_from": "2026-12-29"}, "「valid_to」が「valid_from」より前です"),
        ({"valid_from": "12/21"}, "「valid_from」の日付「12/21」の形が違います"),
        ({"valid_to": "2026-12-32"}, "「valid_to」の日付「2026-12-32」の形が違います"),
    ],
)
def test_a_faulty_time_is_named_with_what_to_do(folder: Path, changed: dict[str, str], fault: str) -> None:
    with pytest.raises(FactError, match=rf"^routes\.csv \d+行目: {re.escape(fault)} → .+"):
        special_route(folder, **changed)


@pytest.mark.parametrize(
    ("file", "columns", "row"), [("desks.csv", DESK_COLUMNS, SPECIAL), ("hours.csv", HOUR_COLUMNS, LATE)]
)
def test_a_desk_or_hours_that_end_before_they_start_are_refused(
    folder: Path, file: str, columns: tuple[str, ...], row: dict[str, str]
) -> None:
    add(folder, file, columns, **{**row, "valid_to": "2026-12-01"})

    with pytest.raises(FactError, match="「valid_to」が「valid_from」より前です"):
        desks.load(folder)
