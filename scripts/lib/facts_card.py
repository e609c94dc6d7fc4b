"""Show a desk's card as visitors see it, found by whatever the desk is called."""

import sys
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from difflib import get_close_matches

from knowledge.desks import Desk, card_text, desk_card, desks
from scripts.lib.steps import Trouble

NEAREST = 5
# Of difflib: names that share less than this with what was typed are no help.
LIKENESS = 0.4


class SeveralDesks(SystemExit):
    """What was typed fits several desks; the person has to choose."""

    def __init__(self, word: str, found: Sequence[Desk]) -> None:
        lines = [f"✗ 「{word}」に合う窓口が{len(found)}件あります。id で選んでください。"]
        print("\n".join([*lines, *(f"  {desk.id}  {desk.name}" for desk in found)]), file=sys.stderr)
        super().__init__(2)


def report(words: Sequence[str], *, now: datetime) -> list[str]:
    """The cards of these desks, with an empty line between them.

    Raises:
        SeveralDesks: a word fits more than one desk.
        Trouble: a word fits none.
    """
    known = list(desks().values())
    cards = [card_text(desk_card(desk, now=now)) for desk in _chosen(words, known)]
    return "\n\n".join(cards).split("\n")


def _chosen(words: Sequence[str], known: Sequence[Desk]) -> list[Desk]:
    # 「card 公社 助成金」 without quotation marks is one name.
    whole = exact("".join(words), known)
    return whole if len(whole) == 1 else [choose(word, known) for word in words]


def choose(word: str, known: Sequence[Desk]) -> Desk:
    """The one desk that is meant; an exact name goes before a part of a name."""
    found = exact(word, known) or parts(word, known)
    if len(found) > 1:
        raise SeveralDesks(word, found)
    if not found:
        raise Trouble(_unknown(word, nearest(word, known)))
    return found[0]


def exact(word: str, known: Sequence[Desk]) -> list[Desk]:
    """The desk with this id, else those with exactly this name, short or former name."""
    wanted = _fold(word)
    by_id = [desk for desk in known if _fold(desk.id) == wanted]
    return by_id or [desk for desk in known if wanted and wanted in _names(desk)]


def parts(word: str, known: Sequence[Desk]) -> list[Desk]:
    """Those with this in a name or in their id."""
    wanted = _fold(word)
    return [desk for desk in known if wanted and any(wanted in name for name in _names(desk))]


def nearest(word: str, known: Sequence[Desk]) -> list[Desk]:
    """Those whose names look most like it, the most alike first."""
    named = {name: desk for desk in known for name in _names(desk)}
    alike = get_close_matches(_fold(word), named, n=NEAREST, cutoff=LIKENESS)
    return list({named[name].id: named[name] for name in alike}.values())


def _unknown(word: str, near: Sequence[Desk]) -> str:
    if near:
        names = "、".join(f"{desk.name}({desk.id})" for desk in near)
        return f"「{word}」という窓口はありません。近い名前: {names}"
    return f"「{word}」という窓口はありません。desks.csv か chambers.csv の id か名前を書いてください。"


def _names(desk: Desk) -> list[str]:
    return list(_folded(desk.id, desk.name, desk.short_name, desk.former_name))


def _folded(*names: str) -> Iterator[str]:
    yield from (_fold(name) for name in names if name)


def _fold(text: str) -> str:
    """Width, case and spaces make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
