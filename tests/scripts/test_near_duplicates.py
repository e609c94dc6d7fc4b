"""Nearly the same words are found; the same meaning in other words is not."""

import pytest

from scripts.lib.near_duplicates import near_duplicates

TEXT = "募集をかけても誰も来ないので、夜の営業をやめようか迷っています"


@pytest.mark.parametrize(
    "other",
    [TEXT, TEXT.replace("夜の", "昼の"), TEXT + "。", "うちは" + TEXT],
)
def test_a_copy_with_a_word_changed_is_found(other: str) -> None:
    assert [
        (left, right)
        for left, right, _ in near_duplicates(["関係のない文をひとつ置いておきます", TEXT, other])
    ] == [(1, 2)]


@pytest.mark.parametrize(
    "other", ["求人票を出したのに電話一本なく、店を早じまいしようかと考えています", "はい"]
)
def test_other_words_are_no_copy(other: str) -> None:
    assert list(near_duplicates([TEXT, other])) == []


def test_what_everybody_says_alike_is_no_copy() -> None:
    assert list(near_duplicates(["電話番号は?", "電話番号は?"])) == []


def test_only_pairs_with_the_named_texts_are_told() -> None:
    texts = [
        TEXT,
        TEXT,
        "雨の日は客が半分になり、仕込みを捨てる日が続いています",
        "雨の日は客が半分になり、仕込みを捨てる日が続いている",
    ]

    assert [(left, right) for left, right, _ in near_duplicates(texts, among=[3])] == [(2, 3)]
