"""Words, also when many ask at once."""

from concurrent.futures import ThreadPoolExecutor

from bot.japanese import words

SENTENCES = [f"{name}で{trade}を営んでいますが、客が{number}割減りました。" for number in range(1, 6)
             for name in ("板橋", "八王子", "大島") for trade in ("食堂", "印刷業", "美容室")]  # fmt: skip


def test_many_threads_split_sentences_at_once() -> None:
    alone = [words(sentence) for sentence in SENTENCES]

    with ThreadPoolExecutor(max_workers=8) as threads:
        together = list(threads.map(words, SENTENCES * 20))

    assert together == alone * 20


def test_an_empty_text_has_no_words() -> None:
    assert words("") == []
