"""What changes the desk besides topic and place: size, industry, role, state and money (facts/circumstances.csv)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge import facts
from knowledge.patterns import pattern, plain_form

COLUMNS = ("word", "dimension", "phrase", "sign", "unless", "source")
DIMENSIONS = ("size", "industry", "role", "state", "money")

# Head counts up to which a company is small, medium (§3.9; the lower line of each kind of business).
SMALL_SERVICE, SMALL, MEDIUM = 5, 20, 300
_NUMBER = r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})"
# Who leaves, is missing or wanted does not tell how many there are.
_CHANGING = (
    r"(?![^。、0-9]{0,6}?(辞|やめ|退職|抜け|足り|不足|採|募集|求人|増や|減ら|減っ|ほし|欲し|解雇|休ん|休み))"
)
_COUNT = re.compile(
    rf"(従業員|社員|職人|すたっふ|ぱーと|人数)[^0-9。、]{{0,8}}{_NUMBER}(人|名){_CHANGING}"
    rf"|{_NUMBER}(人|名)(の会社|で(やって|回し|営)|(くらい|ほど|規模)の(会社|店|工場))"
)
_SERVICE = re.compile(r"店|小売|飲食|食堂|居酒屋|さろん|美容|理容|卸|さーびす|旅館|民宿")


@dataclass(frozen=True)
class Circumstance:
    """Something that may be known of the asker.

    Of one dimension only one word can be true. ``phrase`` completes 「…は、別の窓口になります」.
    A word without ``sign`` is not heard in a text but found otherwise.
    """

    word: str
    dimension: str
    phrase: str
    sign: re.Pattern[str] | None
    unless: re.Pattern[str] | None


def load(folder: Path = facts.FOLDER) -> Mapping[str, Circumstance]:
    """The circumstances by word.

    Raises:
        facts.FactError: a row is incomplete, doubled, of no known dimension, or has a broken pattern.
    """
    rows = facts.read("circumstances.csv", COLUMNS, folder=folder)
    return facts.unique([(row, row.required("word"), _circumstance(row)) for row in rows])


def _circumstance(row: facts.Row) -> Circumstance:
    return Circumstance(
        row["word"],
        row.one_of("dimension", DIMENSIONS),
        row.required("phrase"),
        pattern(row, "sign") if row["sign"] else None,
        pattern(row, "unless") if row["unless"] else None,
    )


@cache
def circumstances() -> Mapping[str, Circumstance]:
    """The circumstances of the shipped table, read once."""
    return load()


def of_dimension(dimension: str) -> tuple[str, ...]:
    """The words of a dimension, in the order of the table."""
    return tuple(one.word for one in circumstances().values() if one.dimension == dimension)


def hear(text: str) -> frozenset[str]:
    """The circumstances the text tells of."""
    words = plain_form(text)
    heard = {one.word for one in circumstances().values() if _is_told(one, words)}
    if not heard & set(of_dimension("size")):
        heard |= _size(words)
    return one_of_each(heard)


def joined(known: frozenset[str], heard: frozenset[str]) -> frozenset[str]:
    """What is known now: a new word takes the place of the old one of its dimension."""
    table = circumstances()
    told = {table[word].dimension for word in heard}
    return heard | {word for word in known if table[word].dimension not in told}


def one_of_each(words: set[str]) -> frozenset[str]:
    """At most one word a dimension: the first of the table."""
    chosen: dict[str, str] = {}
    for one in circumstances().values():
        if one.word in words:
            chosen.setdefault(one.dimension, one.word)
    return frozenset(chosen.values())


def _is_told(one: Circumstance, words: str) -> bool:
    if one.sign is None:
        return False
    return bool(one.sign.search(one.unless.sub("", words) if one.unless else words))


def _size(words: str) -> set[str]:
    """The size from a head count: 「従業員は12人」."""
    found = _COUNT.search(words)
    if not found:
        return set()
    people = int((found.group(2) or found.group(5)).replace(",", ""))
    small = SMALL_SERVICE if _SERVICE.search(words) else SMALL
    return {"small" if people <= small else "medium" if people <= MEDIUM else "large"}
