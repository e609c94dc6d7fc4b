"""What is said of two versions of the tables."""

from pathlib import Path

import pytest

from knowledge.facts import FOLDER
from scripts.lib.facts_diff import report
from scripts.lib.facts_tables import Tables, key, read_all

DESKS = ("id,name,booking", "kosha,公社,予約制です。", "yorozu,よろず,")


def tables(folder: Path, **files: tuple[str, ...]) -> Tables:
    folder.mkdir()
    for name, lines in files.items():
        (folder / f"{name}.csv").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return read_all(folder)


def compared(folder: Path, old: dict[str, tuple[str, ...]], new: dict[str, tuple[str, ...]]) -> list[str]:
    return report(tables(folder / "old", **old), tables(folder / "new", **new))


def test_the_same_tables_do_not_differ() -> None:
    assert report(read_all(FOLDER), read_all(FOLDER)) == ["違いはありません。"]


def test_a_changed_value_names_row_and_column_and_both_values(tmp_path: Path) -> None:
    new = (DESKS[0], "kosha,公社,", "yorozu,よろず,要予約")

    assert compared(tmp_path, {"desks": DESKS}, {"desks": new}) == [
        "desks.csv: 公社(kosha)の「booking」が変わりました: 「予約制です。」→(空欄)",
        "desks.csv: よろず(yorozu)の「booking」が変わりました: (空欄)→「要予約」",
    ]


def test_rows_that_came_and_went_are_named(tmp_path: Path) -> None:
    new = (DESKS[0], DESKS[1], "jfc,公庫,")

    assert compared(tmp_path, {"desks": DESKS}, {"desks": new}) == [
        "desks.csv: 公庫(jfc)の行が加わりました",
        "desks.csv: よろず(yorozu)の行が消えました",
    ]


def test_a_number_is_told_with_the_desk_it_belongs_to(tmp_path: Path) -> None:
    old = ("desk,label,number", "kosha,,03-1", "kosha,本部,03-2")
    new = ("desk,label,number", "kosha,代表,03-1", "kosha,,0120-3")

    assert compared(tmp_path, {"desks": DESKS, "phones": old}, {"desks": DESKS, "phones": new}) == [
        "phones.csv: 公社(kosha)の番号 03-1 の「label」が変わりました: (空欄)→「代表」",
        "phones.csv: 公社(kosha)に番号 0120-3 が加わりました",
        "phones.csv: 公社(kosha)の番号 03-2 の行が消えました",
    ]


def test_a_programme_with_the_id_of_a_desk_does_not_lend_it_its_name(tmp_path: Path) -> None:
    phones, programmes = ("desk,number", "kosha,03-1"), ("id,name", "kosha,助成金")
    old = {"desks": DESKS, "programmes": programmes, "phones": phones[:1]}

    assert compared(tmp_path, old, {**old, "phones": phones}) == [
        "phones.csv: 公社(kosha)に番号 03-1 が加わりました"
    ]


def test_new_and_missing_tables_and_columns_are_named(tmp_path: Path) -> None:
    old = {"desks": DESKS, "signs": ("card,pattern", "life,死")}
    new = {
        "desks": ("id,name,fax", "kosha,公社,", "yorozu,よろず,"),
        "guides": ("guide,step,text", "a,1,読む"),
    }

    assert compared(tmp_path, old, new) == [
        "desks.csv: 列「fax」が加わりました",
        "desks.csv: 列「booking」がなくなりました",
        "guides.csv: 新しい表です(1行)",
        "signs.csv: 表がなくなりました(1行)",
    ]


def test_order_counts_only_in_the_routes(tmp_path: Path) -> None:
    old, new = ("rule,topic", "a,cyber", "b,cyber", "c,bcp"), ("rule,topic", "c,bcp", "a,cyber", "b,cyber")

    assert compared(tmp_path, {"routes": old, "places": old}, {"routes": new, "places": new}) == [
        "routes.csv: 順番が変わりました(routes.csv は上から順に見ます): c(4行目→2行目)"
    ]


def test_a_row_put_in_between_is_no_change_of_order(tmp_path: Path) -> None:
    old, new = ("rule,topic", "a,cyber", "b,cyber"), ("rule,topic", "a,cyber", "x,bcp", "b,cyber")

    assert compared(tmp_path, {"routes": old}, {"routes": new}) == ["routes.csv: xの行が加わりました"]


def test_a_key_that_comes_twice_is_not_lost(tmp_path: Path) -> None:
    old, new = ("name,note", "港区,", "港区,東京"), ("name,note", "港区,", "港区,名古屋")

    assert compared(tmp_path, {"places": old}, {"places": new}) == [
        "places.csv: 港区の「note」が変わりました: 「東京」→「名古屋」"
    ]


def test_a_table_of_an_unknown_kind_is_compared_row_by_row(tmp_path: Path) -> None:
    old, new = ("left,right", "1,2"), ("left,right", "1,3")

    assert compared(tmp_path, {"new": old}, {"new": new}) == [
        "new.csv: 1に3 が加わりました",
        "new.csv: 1の2 の行が消えました",
    ]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ("id,name,source", "id"),
        ("desk,label,number,grade", "desk,number"),
        ("desk,phone,days,opens,closes", "desk,phone,days,opens"),
        ("card,step,text,desk", "card,step"),
        ("guide,step,text", "guide,step"),
        ("rule,topic,reason", "rule"),
        ("topic,code,name", "code"),
        ("card,pattern,note", "card,pattern"),
        ("name,means", "name"),
        ("old,name", "old"),
        ("text,topic", "text"),
        ("date,name", "date"),
        ("word,sign", "word"),
    ],
)
def test_each_table_is_known_by_its_own_key(columns: str, expected: str) -> None:
    assert key(tuple(columns.split(","))).columns == tuple(expected.split(","))
