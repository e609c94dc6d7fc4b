"""Old names that people still use (下請法, 下請かけこみ寺): today's name, and the sentence that says so."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge import facts
from knowledge.patterns import pattern, plain_form

COLUMNS = ("old", "new", "since", "says", "source", "checked")


@dataclass(frozen=True)
class Rename:
    """A name that changed. ``since`` is a date or empty."""

    old: re.Pattern[str]
    new: str
    since: str
    says: str


def load(folder: Path = facts.FOLDER) -> tuple[Rename, ...]:
    """The renames, in the order in which they are looked for.

    Raises:
        facts.FactError: a row is incomplete or its pattern is broken.
    """
    return tuple(
        Rename(pattern(row, "old"), row.required("new"), row["since"], row.required("says"))
        for row in facts.read("renames.csv", COLUMNS, folder=folder)
    )


@cache
def renames() -> tuple[Rename, ...]:
    """The renames of the shipped table, read once."""
    return load()


def renamed_in(text: str, *, told: Collection[str] = ()) -> Rename | None:
    """The first old name the text uses, unless its new name was told before or is used beside it."""
    words = plain_form(text)
    found = (one for one in renames() if one.new not in told and one.old.search(words))
    return next((one for one in found if plain_form(one.new) not in words), None)
