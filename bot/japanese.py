"""Japanese words in Sudachi's normalised forms."""

import threading
from functools import cache
from typing import NamedTuple

import sudachipy

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
