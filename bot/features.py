"""Turn a message into numbers: character n-grams and word n-grams.

TF-IDF with sub-linear counts, each half of length one. What
is learnt (the vocabulary and its weights) can be written to and read from a
folder without pickle.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bot.japanese import FUNCTION_WORDS, Word
from knowledge.text import normalise

LONGEST_CHARACTERS = 4
# A run seen less often teaches nothing and costs a row of weights; see docs/decisions/0012.
CHARACTERS_SEEN, WORDS_SEEN = 3, 2
Floats = npt.NDArray[np.float32]
Columns = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Reading:
    """A message as the features see it: normalised text and words."""

    text: str
    words: tuple[Word, ...]


def character_ngrams(text: str) -> list[str]:
    """All runs of one to four characters of the padded text; the pad marks beginning and end."""
    padded = f"^{text}$"
    return [
        padded[start : start + length]
        for length in range(1, LONGEST_CHARACTERS + 1)
        for start in range(len(padded) - length + 1)
    ]


def word_ngrams(words: Sequence[Word]) -> Iterable[str]:
    """Words, neighbouring pairs, and pairs of content words with what stands between left out."""
    forms = [word.normalised for word in words]
    content = [word.normalised for word in words if word.part_of_speech not in FUNCTION_WORDS]
    yield from forms
    yield from (f"{left}_{right}" for left, right in pairwise(forms))
    yield from (f"{left}~{right}" for left, right in pairwise(content))


class Vocabulary:
    """Terms seen in training with their inverse document frequency."""

    def __init__(self, terms: Sequence[str], idf: Floats) -> None:
        self.terms = terms
        self.idf = idf
        self._index = {term: number for number, term in enumerate(terms)}

    @classmethod
    def learn(cls, documents: Iterable[Iterable[str]], *, at_least: int) -> "Vocabulary":
        """Keep the terms that stand in ``at_least`` documents."""
        frequency: Counter[str] = Counter()
        count = 0
        for document in documents:
            frequency.update(set(document))
            count += 1
        kept = sorted((term, number) for term, number in frequency.items() if number >= at_least)
        idf = [np.log((1 + count) / (1 + number)) + 1 for _, number in kept]
        return cls([term for term, _ in kept], np.asarray(idf, dtype=np.float32))

    def __len__(self) -> int:
        return len(self.terms)

    def column(self, term: str) -> int | None:
        """Where a term stands; None when it was not kept."""
        return self._index.get(term)

    def weigh(self, document: Iterable[str]) -> tuple[Columns, Floats]:
        """Columns and values of one document; the values have length one together."""
        counts = Counter(map(self._index.get, document))
        counts.pop(None, None)
        columns = np.fromiter(counts, dtype=np.int32, count=len(counts))
        tf = 1 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))
        values = tf * self.idf[columns]
        norm = np.linalg.norm(values)
        return columns, (values / norm if norm else values).astype(np.float32)


class Featurizer:
    """The two vocabularies; rows are [characters | words]."""

    def __init__(self, characters: Vocabulary, words: Vocabulary) -> None:
        self.characters = characters
        self.words = words

    @classmethod
    def learn(cls, readings: Sequence[Reading]) -> "Featurizer":
        return cls(
            Vocabulary.learn(
                (character_ngrams(reading.text) for reading in readings), at_least=CHARACTERS_SEEN
            ),
            Vocabulary.learn((word_ngrams(reading.words) for reading in readings), at_least=WORDS_SEEN),
        )

    @property
    def size(self) -> int:
        return len(self.characters) + len(self.words)

    def columns(self, reading: Reading) -> tuple[Columns, Floats]:
        """Which features a message has, and how strongly."""
        left, left_values = self.characters.weigh(character_ngrams(reading.text))
        right, right_values = self.words.weigh(word_ngrams(reading.words))
        return (
            np.concatenate([left, right + np.int32(len(self.characters))]),
            np.concatenate([left_values, right_values]),
        )

    def matrix(self, readings: Sequence[Reading]) -> sparse.csr_matrix:
        """One row a message."""
        rows = [self.columns(reading) for reading in readings]
        starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        columns = np.concatenate([columns for columns, _ in rows])
        values = np.concatenate([values for _, values in rows])
        return sparse.csr_matrix((values, columns, starts), shape=(len(rows), self.size))

    def save(self, folder: Path) -> None:
        for name, vocabulary in (("characters", self.characters), ("words", self.words)):
            (folder / f"{name}.json").write_text(
                json.dumps(vocabulary.terms, ensure_ascii=False), encoding="utf-8"
            )
            np.save(folder / f"{name}.npy", vocabulary.idf)

    @classmethod
    def load(cls, folder: Path) -> "Featurizer":
        def vocabulary(name: str) -> Vocabulary:
            terms = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
            return Vocabulary(terms, np.load(folder / f"{name}.npy"))

        return cls(vocabulary("characters"), vocabulary("words"))


def read(text: str, words: Iterable[Word]) -> Reading:
    """The reading of a text whose words are already split."""
    return Reading(normalise(text), tuple(words))
