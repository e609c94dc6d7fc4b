"""やさしい日本語: for every reviewed text a plain version, written by hand (facts/plain.csv)."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from knowledge import facts

COLUMNS = ("text", "plain")
_SENTENCE = re.compile(r"[^。]*。|[^。]+$", re.DOTALL)


def plain(text: str) -> str:
    """The plain version of a reviewed text, or of several one after the other.

    What has no plain version is given as it is.
    """
    if text in texts():
        return texts()[text]
    return "".join(texts().get(sentence, sentence) for sentence in _SENTENCE.findall(text))


def wording(*, is_plain: bool) -> Callable[[str], str]:
    """How reviewed texts are said to this visitor: plain, or as they stand."""
    return plain if is_plain else str.__str__


@cache
def texts() -> Mapping[str, str]:
    """The plain versions of the shipped table, read once."""
    return load()


def load(folder: Path = facts.FOLDER) -> Mapping[str, str]:
    """Plain versions by the exact text they stand for.

    Raises:
        facts.FactError: a row is incomplete or doubled.
    """
    rows = facts.read("plain.csv", COLUMNS, folder=folder)
    return facts.unique([(row, row.required("text"), row.required("plain")) for row in rows])
