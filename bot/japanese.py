"""Japanese words: Sudachi's normalised forms, and GiNZA's vectors for them."""

import threading
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import ja_ginza
import numpy as np
import numpy.typing as npt
import sudachipy
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.vectors import Vectors

VECTOR_SIZE = 300
# Parts of speech that carry no meaning of their own.
FUNCTION_WORDS = frozenset({"助詞", "助動詞", "補助記号", "空白", "記号"})

_local = threading.local()


class Word(NamedTuple):
    """One short unit (Sudachi mode A). ``start`` and ``end`` are character offsets of the given text."""

    surface: str
    normalised: str
    part_of_speech: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Split the text; 売上 and 売り上げ share the normalised form 売り上げ. Kana alone is often split otherwise."""
    return [
        Word(m.surface(), m.normalized_form(), m.part_of_speech()[0], m.begin(), m.end())
        for m in _tokenizer().tokenize(text)
    ]


def _tokenizer() -> sudachipy.Tokenizer:
    """One tokenizer per thread: Sudachi's are not thread-safe (「Already borrowed」)."""
    if not hasattr(_local, "tokenizer"):
        _local.tokenizer = _dictionary().create(mode=sudachipy.SplitMode.A)
    tokenizer: sudachipy.Tokenizer = _local.tokenizer
    return tokenizer


@cache
def _dictionary() -> sudachipy.Dictionary:
    return sudachipy.Dictionary(dict="core")


@cache
def _vectors() -> Vectors:
    """GiNZA's 20,000 vectors alone; the whole pipe would cost thirty times as much per sentence."""
    package = Path(ja_ginza.__file__).parent
    folder = next(package.glob("ja_ginza-*"))
    return Vectors().from_disk(folder / "vocab")


def mean_vector(normalised: Iterable[str]) -> npt.NDArray[np.float32]:
    """The mean of the word vectors, length one; zeros where no word is known."""
    vectors = _vectors()
    rows = vectors.find(keys=[hash_string(word) for word in normalised])
    known = rows[rows >= 0]
    if not len(known):
        return np.zeros(VECTOR_SIZE, dtype=np.float32)
    mean = vectors.data[known].mean(axis=0)
    norm = float(np.linalg.norm(mean))
    return np.asarray(mean / norm if norm else mean, dtype=np.float32)
