"""Which rows have to be looked at again, and how they are listed."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.freshness import first_day, last_day
from scripts.lib.facts_stale import report
from scripts.lib.facts_tables import read_all

TODAY = date(2026, 11, 22)


def listed(folder: Path, *, days: int = 365, is_complete: bool = False) -> list[str]:
    return report(read_all(folder), today=TODAY, days=days, is_complete=is_complete)


def write(folder: Path, file: str, *lines: str) -> None:
    (folder / file).write_text("".join(f"{line}\n" for line in lines), "utf-8")


def desk(folder: Path, checked: str) -> None:
    write(folder, "desks.csv", "id,name,source,checked", f"kosha,公社,資料,{checked}")


def row(folder: Path, **values: str) -> None:
    write(folder, "x.csv", ",".join(["id", *values]), ",".join(["a", *values.values()]))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-11-05", date(2026, 11, 5), date(2026, 11, 5)),
        ("2026-13", None, None),
        ("2026/11", None, None),
        ("17:00", None, None),
        ("", None, None),
    ],
)
def test_a_year_or_month_has_a_first_and_a_last_day(text: str, first: date | None, last: date | None) -> None:
    assert (first_day(text), last_day(text)) == (first, last)


@pytest.mark.parametrize("checked", ["2026", "2025", "2025-11", "2025-11-22", "2027"])
def test_a_confirmation_within_the_days_is_not_listed(tmp_path: Path, checked: str) -> None:
    desk(tmp_path, checked)

    assert listed(tmp_path) == ["まとめ: 確かめ直す行はありません。"]


@pytest.mark.parametrize("checked", ["2024", "2025-10", "2025-11-21"])
def test_an_old_confirmation_names_row_date_source_and_what_to_do(tmp_path: Path, checked: str) -> None:
    desk(tmp_path, checked)

    assert listed(tmp_path) == [
        "確認が古い(365日より前) 1件 → 出典か公式ページをもう一度確かめて、checked を確かめた年月にしてください。",
        f"  desks.csv 2行目 公社(kosha): {checked} 出典: 資料",
        "",
        "まとめ: desks.csv 確認が古い 1件",
    ]


def test_the_days_can_be_chosen(tmp_path: Path) -> None:
    desk(tmp_path, "2026-10-01")

    assert listed(tmp_path, days=30)[-1] == "まとめ: desks.csv 確認が古い 1件"


def test_what_is_over_comes_first_and_then_the_oldest(tmp_path: Path) -> None:
    write(
        tmp_path,
        "routes.csv",
        "rule,source,checked,valid_from,valid_to",
        "never,資料,,,",
        "soon,資料,2026-11,2027-04,",
        "old,資料,2020,,",
        "over,資料,2019,,2026-10",
        "oldest,資料,2010-05,,",
        "now,資料,2026-11,2026-11-22,2026-11-22",
    )

    lines = listed(tmp_path)

    assert [line.split(" ")[0] if line[:1] != " " else line.strip() for line in lines if line] == [
        "期限切れ",
        "routes.csv 5行目 over: 2026-10 出典: 資料",
        "確認が古い(365日より前)",
        "routes.csv 6行目 oldest: 2010-05 出典: 資料",
        "routes.csv 4行目 old: 2020 出典: 資料",
        "まだ始まっていません",
        "routes.csv 3行目 soon: 2027-04 出典: 資料",
        "確認日なし",
        "routes.csv 1件",
        "routes.csv 2行目 never 出典: 資料",
        "まとめ:",
    ]
    assert (
        lines[-1]
        == "まとめ: routes.csv 期限切れ 1件・確認が古い 2件・まだ始まっていません 1件・確認日なし 1件"
    )


def test_a_programme_that_has_closed_is_over(tmp_path: Path) -> None:
    row(tmp_path, closes="2026-03-31")

    assert "期限切れ 1件 → 続いていれば期限を書き直し、終わっていれば行を消してください。" in listed(tmp_path)


@pytest.mark.parametrize("closes", ["17:00", "24:00", "", "予算がなくなるまで", "2027-01"])
def test_a_time_of_day_or_a_sentence_is_no_date(tmp_path: Path, closes: str) -> None:
    row(tmp_path, closes=closes)

    assert listed(tmp_path) == ["まとめ: 確かめ直す行はありません。"]


@pytest.mark.parametrize("column", ["checked", "valid_to", "valid_from", "closes"])
def test_a_date_that_a_spreadsheet_rewrote_is_listed(tmp_path: Path, column: str) -> None:
    row(tmp_path, **{column: "2026/3/31"})

    lines = listed(tmp_path)

    assert lines[0].startswith("日付が読めません 1件 → 日付を 2026-11-30 の形に直してください")
    assert lines[1] == "  x.csv 2行目 a: 2026/3/31 出典: (空欄)"


def test_of_rows_never_confirmed_ten_a_table_are_named_unless_all_are_asked_for(tmp_path: Path) -> None:
    for file in ("desks.csv", "places.csv"):
        write(tmp_path, file, "name,checked", *(f"n{number}," for number in range(12)))

    short, complete = listed(tmp_path), listed(tmp_path, is_complete=True)

    assert short.count("  ほか2件(--all を付けると全部並べます)") == 2
    assert " desks.csv 12件" in short
    assert [sum("行目" in line for line in lines) for lines in (short, complete)] == [20, 24]
    assert short[-1] == complete[-1] == "まとめ: desks.csv 確認日なし 12件、places.csv 確認日なし 12件"


def test_a_table_without_dates_has_nothing_stale(tmp_path: Path) -> None:
    write(tmp_path, "signs.csv", "card,pattern", "life,死")

    assert listed(tmp_path) == ["まとめ: 確かめ直す行はありません。"]


def test_a_telephone_number_is_listed_under_its_desk(tmp_path: Path) -> None:
    desk(tmp_path, "2026-11")
    write(tmp_path, "phones.csv", "desk,number,source,checked", "kosha,03-3251-7881,資料,2020")

    assert "  phones.csv 2行目 公社(kosha) 番号 03-3251-7881: 2020 出典: 資料" in listed(tmp_path)
