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


def told_of(text: str, answer: str, other: str) -> list[tuple[str, float]]:
    reading = read(text, words(text))
    columns, values = FEATURIZER.columns(reading)
    lead = MODEL.weights[:, MODEL.labels.index(answer)] - MODEL.weights[:, MODEL.labels.index(other)]
    return deciding_words(FEATURIZER, reading, columns, values * lead[columns])


@pytest.mark.parametrize(
    ("text", "answer", "other", "word"),
    [("今日も客が来ません", "sales", "staff", "客"), ("また人が辞めました", "staff", "sales", "人")],
)
def test_the_word_that_tells_the_labels_apart_comes_first(
    text: str, answer: str, other: str, word: str
) -> None:
    told = told_of(text, answer, other)

    assert told[0][0] == word
    assert 0 < sum(share for _, share in told) <= 1.01


def test_where_no_word_is_known_none_decided() -> None:
    assert told_of("ｑｗｅ", "sales", "staff") == []
