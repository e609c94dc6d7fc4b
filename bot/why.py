"""Which words decided: what each word of a message speaks for the answer, and against the next likeliest."""

from collections.abc import Iterable

from bot.features import Columns, Featurizer, Floats, Reading, character_ngrams
from bot.japanese import FUNCTION_WORDS, Word
from knowledge.text import normalise

TOLD = 3  # words
LEAST_SHARE = 0.08  # of all that spoke for the answer; less decides nothing


def deciding_words(
    featurizer: Featurizer, reading: Reading, columns: Columns, pull: Floats
) -> list[tuple[str, float]]:
    """The words that speak most for an answer rather than another, with their share, strongest first.

    ``pull`` says how much each of the message's features speaks for it. A word speaks by itself,
    with its neighbours (half each), and by the runs of characters that lie within it.
    """
    spoken = dict(zip(columns.tolist(), pull.tolist(), strict=True))
    gains = {word.surface: _gain(featurizer, spoken, reading, number) for number, word in _content(reading)}
    total = sum(gain for gain in gains.values() if gain > 0) or 1.0
    strongest = sorted(gains.items(), key=lambda pair: -pair[1])[:TOLD]
    return [(word, round(gain / total, 2)) for word, gain in strongest if gain / total >= LEAST_SHARE]


def _content(reading: Reading) -> Iterable[tuple[int, Word]]:
    return (
        (number, word)
        for number, word in enumerate(reading.words)
        if word.part_of_speech not in FUNCTION_WORDS
    )


def _gain(featurizer: Featurizer, spoken: dict[int, float], reading: Reading, number: int) -> float:
    form = reading.words[number].normalised
    before = reading.words[number - 1].normalised if number else None
    after = reading.words[number + 1].normalised if number + 1 < len(reading.words) else None
    start = len(featurizer.characters)

    def of_word(term: str) -> float:
        column = featurizer.words.column(term)
        return spoken.get(start + column, 0.0) if column is not None else 0.0

    pairs = [f"{before}_{form}"] * bool(before) + [f"{form}_{after}"] * bool(after)
    surface = normalise(reading.words[number].surface)
    runs = {run for run in character_ngrams(surface) if len(run) > 1 and "^" not in run and "$" not in run}
    columns = (featurizer.characters.column(run) for run in runs)
    within = sum(spoken.get(column, 0.0) for column in columns if column is not None)
    return of_word(form) + sum(of_word(pair) for pair in pairs) / 2 + within
