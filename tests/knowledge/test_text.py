"""Text is compared in one normal form, and no visitor can type a command."""

import itertools
import unicodedata
from pathlib import Path

import pytest

from knowledge.text import hiragana, normalise, without_command

SENTENCES = [
    line.partition("\t")[2]
    for file in sorted((Path(__file__).parent / "sentences").glob("*.txt"))
    for line in file.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("㈱山田", "(株)山田"),
        ("ｻｲﾊﾞｰ攻撃", "サイバー攻撃"),
        ("ＢＣＰ", "bcp"),
        ("BCP", "bcp"),
        ("０３‐１２３４", "03-1234"),
        ("03−1234", "03-1234"),
        ("03–1234—5", "03-1234-5"),
        ("9時～17時", "9時〜17時"),
        ("9時~17時", "9時〜17時"),
        ("  売上\u3000\u3000が  減った ", "売上 が 減った"),
        ("センター", "センター"),
        ("か\u3099", "が"),
        ("①番", "1番"),
        ("一行目\n二行目", "一行目\n二行目"),
        ("😊です", "😊です"),
        ("", ""),
        ("\u3000", ""),
    ],
)
def test_every_way_of_typing_becomes_one_form(typed: str, normal: str) -> None:
    assert normalise(typed) == normal


def test_the_normal_form_is_its_own_normal_form() -> None:
    assert [normalise(normalise(sentence)) for sentence in SENTENCES] == [
        normalise(sentence) for sentence in SENTENCES
    ]


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ハチオウジ", "はちおうじ"),
        ("ラーメン", "らーめん"),
        ("ヴィラ", "ゔぃら"),
        ("青ヶ島", "青ヶ島"),
        ("東京ABC", "東京ABC"),
    ],
)
def test_katakana_is_read_as_hiragana_and_nothing_else_changes(typed: str, folded: str) -> None:
    assert hiragana(typed) == folded


def test_every_katakana_has_its_hiragana_and_keeps_its_length() -> None:
    for code in range(ord("ァ"), ord("ヴ") + 1):
        name = unicodedata.name(chr(code)).replace("KATAKANA", "HIRAGANA")
        assert hiragana(chr(code)) == unicodedata.lookup(name)
    assert all(len(hiragana(sentence)) == len(sentence) for sentence in SENTENCES)


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("/restart", "restart"),
        ("／restart", "restart"),
        ("//restart", "restart"),
        ("  /affirm{}", "affirm{}"),
        ("\u3000／/affirm", "affirm"),
        ("\u200b/affirm", "affirm"),
        ("\ufeff⁄affirm", "affirm"),
        ("/ /restart", "restart"),
        ("／\n／restart", "restart"),
        ("売上が1/3になりました", "売上が1/3になりました"),
        ("こんにちは", "こんにちは"),
        ("  こんにちは", "  こんにちは"),
        ("/", ""),
    ],
)
def test_a_leading_slash_is_taken_away(typed: str, heard: str) -> None:
    assert without_command(typed) == heard


def test_no_mixture_of_slashes_and_spaces_leaves_a_command() -> None:
    """Rasa strips the text before it looks for the slash."""
    for length in range(1, 6):
        for start in itertools.product(" \u3000\n\u200b\ufeff/／⁄∕", repeat=length):
            assert not without_command("".join(start) + "restart").strip().startswith(("/", "／"))
