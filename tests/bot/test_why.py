"""The words that decided."""

import pytest

from bot.features import Featurizer, read
from bot.japanese import words
from bot.labels import LabelModel
from bot.why import deciding_words

SENTENCES = {
    "sales": ["客が来ません", "客が減りました", "客が来ないので困ります"],
    "staff": ["人が足りません", "人が辞めました", "人が来ないので困ります"],
}
READ = {label: [read(text, words(text)) for text in texts] * 3 for label, texts in SENTENCES.items()}
FEATURIZER = Featurizer.learn([reading for readings in READ.values() for reading in readings])
MODEL = LabelModel.learn(
    FEATURIZER.matrix([reading for readings in READ.values() for reading in readings]),
    [label for label, readings in READ.items() for _ in readings],
)


@pytest.mark.parametrize(
    ("text", "answer", "other", "word"),
    [("今日も客が来ません", "sales", "staff", "客"), ("また人が辞めました", "staff", "sales", "人")],
)
def test_the_word_that_tells_the_labels_apart_comes_first(
    text: str, answer: str, other: str, word: str
) -> None:
    told = deciding_words(FEATURIZER, MODEL, read(text, words(text)), answer, other)

    assert told[0][0] == word
    assert 0 < sum(share for _, share in told) <= 1.01


def test_where_no_word_is_known_none_decided() -> None:
    assert deciding_words(FEATURIZER, MODEL, read("ｑｗｅ", words("ｑｗｅ")), "sales", "staff") == []
