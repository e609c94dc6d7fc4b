"""Patterns of the tables: written as people speak, with gaps, and refused when they could never match."""

import pytest

from knowledge.facts import FactError, Row
from knowledge.patterns import pattern, plain_form


def row(written: str) -> Row:
    return Row("table.csv", 7, {"asked": written})


def found(written: str, text: str) -> bool:
    return bool(pattern(row(written), "asked").search(plain_form(text)))


@pytest.mark.parametrize("text", ["補助金はある?", "ホジョキン", "補 助 金", "ﾎｼﾞｮｷﾝ", "ほじょきん"])
def test_a_pattern_is_found_however_the_text_is_written(text: str) -> None:
    assert found("補助金|ホジョキン", text)


@pytest.mark.parametrize(
    ("written", "text", "is_found"),
    [
        ("台風…補助", "台風で使える補助", True),
        ("台風…補助", "台風で店がこわれたときに区や市から受けられる補助", False),  # too far away
        ("台風…補助", "台風です。補助は", False),  # another sentence
        ("台風……補助", "台風です。補助は", True),
        ("台風……補助", "台風" + "あ" * 41 + "補助", False),
        ("itと補助", "ＩＴと補助", True),
        ("bcp", "ＢＣＰ", True),
    ],
)
def test_a_gap_is_part_of_a_sentence_and_a_long_gap_goes_on(written: str, text: str, is_found: bool) -> None:
    assert found(written, text) == is_found


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("", "「asked」が空です"),
        ("補助(金", "「asked」が正規表現として読めません"),
        ("BCP", "「asked」に大文字・全角英数・空白があり、何にも一致しません"),
        ("ＢＣＰ", "「asked」に大文字・全角英数・空白があり、何にも一致しません"),
        ("補助 金", "「asked」に大文字・全角英数・空白があり、何にも一致しません"),
        ("補助金|", "「asked」がどんな文にも一致します"),
        ("(補助金)?", "「asked」がどんな文にも一致します"),
    ],
)
def test_a_pattern_of_no_use_is_named_with_its_row_and_what_to_do(written: str, fault: str) -> None:
    with pytest.raises(FactError) as error:
        pattern(row(written), "asked")

    assert str(error.value).startswith(f"table.csv 7行目: {fault}")
    assert " → " in str(error.value)
