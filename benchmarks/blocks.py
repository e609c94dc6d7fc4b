"""Features that candidates are built of: runs of characters, words, and GiNZA's mean word vector."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from scipy import sparse

from bot.features import (
    CHARACTERS_SEEN,
    WORDS_SEEN,
    Columns,
    Floats,
    Reading,
    Vocabulary,
    character_ngrams,
    word_ngrams,
)
from bot.japanese import FUNCTION_WORDS

VECTOR_SIZE = 300


class Block(Protocol):
    """Some of the features of a message."""

    @property
    def size(self) -> int: ...

    def weigh(self, reading: Reading) -> tuple[Columns, Floats]: ...


Maker = Callable[[Sequence[Reading]], Block]


class Terms:
    """A vocabulary with the way to its terms."""

    def __init__(
        self, split: Callable[[Reading], Iterable[str]], readings: Sequence[Reading], *, at_least: int
    ) -> None:
        self._split = split
        self._vocabulary = Vocabulary.learn(map(split, readings), at_least=at_least)

    @property
    def size(self) -> int:
        return len(self._vocabulary)

    def weigh(self, reading: Reading) -> tuple[Columns, Floats]:
        return self._vocabulary.weigh(self._split(reading))


def characters(readings: Sequence[Reading]) -> Block:
    return Terms(lambda reading: character_ngrams(reading.text), readings, at_least=CHARACTERS_SEEN)


def words(readings: Sequence[Reading]) -> Block:
    return Terms(lambda reading: word_ngrams(reading.words), readings, at_least=WORDS_SEEN)


class MeanVector:
    """The mean of the vectors of the content words, length one; zeros where no word is known."""

    size = VECTOR_SIZE

    def weigh(self, reading: Reading) -> tuple[Columns, Floats]:
        from spacy.strings import hash_string  # type: ignore[attr-defined]

        content = [word.normalised for word in reading.words if word.part_of_speech not in FUNCTION_WORDS]
        vectors = _vectors()
        rows = vectors.find(keys=[hash_string(word) for word in content])
        known = rows[rows >= 0]
        mean = vectors.data[known].mean(axis=0) if len(known) else np.zeros(VECTOR_SIZE)
        norm = float(np.linalg.norm(mean)) or 1.0
        return np.arange(VECTOR_SIZE, dtype=np.int32), np.asarray(mean / norm, dtype=np.float32)


@cache
def _vectors() -> Any:
    """GiNZA's 20,000 vectors alone, read when a candidate first wants them: nothing else of ours does."""
    import ja_ginza
    from spacy.vectors import Vectors

    folder = next(Path(ja_ginza.__file__).parent.glob("ja_ginza-*"))
    return Vectors().from_disk(folder / "vocab")


def vector(readings: Sequence[Reading]) -> Block:
    return MeanVector()


class Features:
    """Blocks side by side."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._starts = np.cumsum([0, *(block.size for block in blocks)])

    def columns(self, reading: Reading) -> tuple[Columns, Floats]:
        """Which features a message has, and how strongly."""
        weighed = [block.weigh(reading) for block in self._blocks]
        columns = [found + np.int32(start) for start, (found, _) in zip(self._starts, weighed, strict=False)]
        return np.concatenate(columns), np.concatenate([values for _, values in weighed])

    def matrix(self, readings: Sequence[Reading]) -> sparse.csr_matrix:
        """One row a message."""
        rows = [self.columns(reading) for reading in readings]
        starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        columns, values = (np.concatenate(parts) for parts in zip(*rows, strict=True))
        return sparse.csr_matrix((values, columns, starts), shape=(len(rows), int(self._starts[-1])))
