"""A message as numbers."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from bot.features import Featurizer, Reading, Vocabulary, character_ngrams, read, word_ngrams
from bot.japanese import words

TEXTS = ["売上が減りました", "客が減りました", "人手が足りません", "BCPを作りたい"]
LEARNT = TEXTS * 3  # what is seen less often is not kept


def reading(text: str) -> Reading:
    return read(text, words(text))


def row(featurizer: Featurizer, text: str) -> npt.NDArray[np.float32]:
    """The one row of a message, zeros and all."""
    found: npt.NDArray[np.float32] = featurizer.matrix([reading(text)]).toarray()
    return found


@pytest.fixture(scope="module")
def featurizer() -> Featurizer:
    return Featurizer.learn([reading(text) for text in LEARNT])


def test_character_ngrams_know_where_a_text_begins_and_ends() -> None:
    assert list(character_ngrams("人手")) == [
        "^",
        "人",
        "手",
        "$",
        "^人",
        "人手",
        "手$",
        "^人手",
        "人手$",
        "^人手$",
    ]


def test_word_ngrams_also_pair_content_words_across_particles() -> None:
    assert list(word_ngrams(words("客が来ない"))) == [
        "客", "が", "来る", "ない", "客_が", "が_来る", "来る_ない", "客~来る",
    ]  # fmt: skip


def test_a_vocabulary_keeps_what_stands_in_enough_texts_and_weighs_the_rare_more() -> None:
    vocabulary = Vocabulary.learn([["店", "客"], ["店", "客", "雨"], ["店"]], at_least=2)

    assert vocabulary.terms == ["客", "店"]
    assert vocabulary.idf[0] > vocabulary.idf[1]


def test_both_halves_of_a_row_have_length_one(featurizer: Featurizer) -> None:
    line = row(featurizer, TEXTS[0])[0]
    start = len(featurizer.characters)

    assert line.shape == (featurizer.size,)
    assert [np.linalg.norm(half) for half in (line[:start], line[start:])] == pytest.approx(
        [1.0, 1.0], abs=1e-4
    )


@pytest.mark.parametrize("text", ["", "ｘｙｚ", "…", "😀"])
def test_a_text_of_which_nothing_is_known_still_has_a_row(featurizer: Featurizer, text: str) -> None:
    found = row(featurizer, text)

    assert found.shape == (1, featurizer.size)
    assert np.isfinite(found).all()


def test_width_and_case_make_no_difference(featurizer: Featurizer) -> None:
    wide, usual = (row(featurizer, text) for text in ("ＢＣＰを作りたい", "bcpを作りたい"))

    assert np.array_equal(wide, usual)


def test_a_featurizer_is_the_same_after_it_was_kept(featurizer: Featurizer, tmp_path: Path) -> None:
    featurizer.save(tmp_path)
    kept = Featurizer.load(tmp_path)

    for text in [*TEXTS, "初めて見る文です"]:
        assert np.array_equal(row(kept, text), row(featurizer, text))
    assert not list(tmp_path.glob("*.pkl"))
