"""Words and their vectors, also when many ask at once."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from bot.japanese import VECTOR_SIZE, mean_vector, words

SENTENCES = [f"{name}で{trade}を営んでいますが、客が{number}割減りました。" for number in range(1, 6)
             for name in ("板橋", "八王子", "大島") for trade in ("食堂", "印刷業", "美容室")]  # fmt: skip


def test_many_threads_split_sentences_at_once() -> None:
    alone = [words(sentence) for sentence in SENTENCES]

    with ThreadPoolExecutor(max_workers=8) as threads:
        together = list(threads.map(words, SENTENCES * 20))

    assert together == alone * 20


def test_an_empty_text_has_no_words() -> None:
    assert words("") == []


def test_a_mean_vector_has_length_one() -> None:
    vector = mean_vector(["売り上げ", "減る"])

    assert vector.shape == (VECTOR_SIZE,)
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("unknown", [[], ["ｑｗｅｒｔｙ未知語"]])
def test_words_nobody_knows_have_no_direction(unknown: list[str]) -> None:
    assert not mean_vector(unknown).any()


def test_words_of_like_meaning_point_the_same_way() -> None:
    shop, restaurant, typhoon = (mean_vector([word]) for word in ("食堂", "レストラン", "台風"))

    assert shop @ restaurant > shop @ typhoon
