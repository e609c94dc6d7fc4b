"""Japanese is split into words that point back into the text."""

import pytest
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import TEXT

from tests.bot.words import message, tokenised


def tokens(text: str) -> list[Token]:
    (one,) = tokenised(message(text))
    found: list[Token] = one.get(TOKENS_NAMES[TEXT])
    return found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("売上が減った", ["売上", "が", "減っ", "た"]),
        ("板橋区です", ["板橋", "区", "です"]),
        ("人手不足", ["人手", "不足"]),
        ("BCPを作りたい", ["BCP", "を", "作り", "たい"]),
        ("💦困った", ["💦", "困っ", "た"]),
    ],
)
def test_a_sentence_is_split_into_short_words(text: str, words: list[str]) -> None:
    assert [token.text for token in tokens(text)] == words


@pytest.mark.parametrize(
    "text",
    [
        "売上が減った",
        "㈱カブシキ　ハンバイ",
        "一行目\n二行目",
        "👨‍👩‍👧の店",
        "ﾊﾝｶｸ ﾃﾞｽ",
        "café de 東京",
        "𠮷野家",
        "  間  ",
    ],
)
def test_every_token_stands_in_the_text_where_it_says(text: str) -> None:
    for token in tokens(text):
        assert text[token.start : token.end] == token.text


@pytest.mark.parametrize(
    ("spelling", "lemma"),
    [
        ("売上", "売り上げ"),
        ("売り上げ", "売り上げ"),
        ("打合せ", "打ち合わせ"),
        ("うちあわせ", "打ち合わせ"),
        ("ｻｲﾊﾞｰ", "サイバー"),
        ("ＢＣＰ", "bcp"),
        ("bcp", "bcp"),
    ],
)
def test_spellings_of_one_word_share_their_lemma(spelling: str, lemma: str) -> None:
    assert "".join(token.lemma for token in tokens(spelling)).lower() == lemma


def test_the_part_of_speech_goes_with_the_token() -> None:
    assert [token.data["pos"] for token in tokens("店が寒い")] == ["名詞", "助詞", "形容詞"]
