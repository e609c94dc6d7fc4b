"""A fact table is read as spreadsheets save it, and a faulty row says in Japanese what to do."""

from pathlib import Path

import pytest

from knowledge import facts
from knowledge.facts import FactError, Row

COLUMNS = ("name", "number")


def write(folder: Path, text: str, *, encoding: str = "utf-8") -> Path:
    (folder / "table.csv").write_bytes(text.encode(encoding))
    return folder


def values(folder: Path) -> list[tuple[int, dict[str, str]]]:
    return [(row.line, dict(row)) for row in facts.read("table.csv", COLUMNS, folder=folder)]


@pytest.mark.parametrize(
    "text",
    [
        "name,number\n板橋区,19\n",
        "\ufeffname,number\r\n板橋区,19\r\n",
        "name,number\n板橋区,19",
        " name , number \n 板橋区 ,19 \n",
        "number,name\n19,板橋区\n",
        'name,number\n"板橋区","19"\n',
    ],
)
def test_a_table_is_read_however_a_spreadsheet_saved_it(tmp_path: Path, text: str) -> None:
    assert values(write(tmp_path, text)) == [(2, {"name": "板橋区", "number": "19"})]


def test_blank_lines_are_passed_over_and_counted(tmp_path: Path) -> None:
    folder = write(tmp_path, "name,number\n\n板橋区,19\n,\n町田市,32\n")

    assert [line for line, _ in values(folder)] == [3, 5]


def test_a_value_may_hold_a_comma_and_be_empty(tmp_path: Path) -> None:
    assert values(write(tmp_path, 'name,number\n"板橋区,町田市",\n')) == [
        (2, {"name": "板橋区,町田市", "number": ""})
    ]


@pytest.mark.parametrize(
    ("text", "line", "fault", "remedy"),
    [
        ("", 1, "表が空です", "見出しの行を入れてください"),
        ("name\n板橋区\n", 1, "見出しが違います(name)", "見出しを次のとおりにしてください: name、number"),
        ("name,number,extra\n", 1, "見出しが違います(name、number、extra)", "見出しを次のとおり"),
        ("name,nunber\n", 1, "見出しが違います(name、nunber)", "見出しを次のとおり"),
        ("name,number,number\n板橋区,19,20\n", 1, "見出しが違います(name、number、number)", "見出しを"),
        ("name,number\n板橋区,19\n町田市\n", 3, "列が1個あります(見出しは2個)", "カンマを含む値は"),
        ("name,number\n板橋区,19,20\n", 2, "列が3個あります(見出しは2個)", "カンマを含む値は"),
    ],
)
def test_a_broken_table_is_named_with_its_row_and_what_to_do(
    tmp_path: Path, text: str, line: int, fault: str, remedy: str
) -> None:
    with pytest.raises(FactError) as error:
        values(write(tmp_path, text))

    assert str(error.value).startswith(f"table.csv {line}行目: {fault} → {remedy}")


def test_a_table_saved_in_shift_jis_names_the_first_row_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FactError) as error:
        values(write(tmp_path, "name,number\nItabashi,19\n町田市,32\n", encoding="cp932"))

    assert str(error.value) == (
        "table.csv 3行目: 文字コードがUTF-8ではありません → 「CSV UTF-8」の形式で保存し直してください"
    )


def test_a_missing_table_is_named_with_the_folder_it_belongs_to(tmp_path: Path) -> None:
    with pytest.raises(FactError) as error:
        values(tmp_path)

    assert str(error.value) == f"table.csv 1行目: ファイルがありません → {tmp_path} に置いてください"


def row(**columns: str) -> Row:
    return Row("table.csv", 7, columns)


def test_a_required_value_may_not_be_empty() -> None:
    assert row(name="板橋区").required("name") == "板橋区"
    with pytest.raises(FactError, match=r"table\.csv 7行目: 「name」が空です → 「name」に値を入れてください"):
        row(name="").required("name")


def test_a_value_outside_its_choices_is_refused_with_the_choices() -> None:
    assert row(grade="A").one_of("grade", ["A", ""]) == "A"
    with pytest.raises(FactError, match=r"7行目: 「grade」の値「C」は使えません → .+: A、\(空欄\)"):
        row(grade="C").one_of("grade", ["A", ""])


@pytest.mark.parametrize(
    ("value", "several"), [("", ()), ("a", ("a",)), ("a|b", ("a", "b")), (" a | | b |", ("a", "b"))]
)
def test_several_values_are_separated_by_a_bar(value: str, several: tuple[str, ...]) -> None:
    assert row(means=value).several("means") == several


def test_a_key_that_comes_twice_is_a_fault_of_the_second_row() -> None:
    second = Row("table.csv", 9, {})
    with pytest.raises(FactError, match=r"table\.csv 9行目: 「a」が二度出てきます → どちらかの行を消すか"):
        facts.unique([(row(), "a", 1), (second, "a", 2)])


def test_rows_are_indexed_in_their_order() -> None:
    assert list(facts.unique([(row(), "b", 1), (row(), "a", 2)])) == ["b", "a"]
