"""Tell in words what changed between two versions of the tables."""

from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from knowledge.facts import Row
from scripts.lib.facts_tables import Key, Table, Tables, Title, desk_names, key, title

# The only table that is read from the top: there, another order is another answer.
ORDERED = "routes.csv"

Rows = Mapping[tuple[str, ...], Row]


def report(old: Tables, new: Tables) -> list[str]:
    """A sentence for each difference, table by table; one that says so where there is none."""
    desks = {**desk_names(old), **desk_names(new)}
    lines = [
        f"{file}: {sentence}"
        for file in sorted({*old, *new})
        for sentence in _table(file, old.get(file), new.get(file), desks)
    ]
    return lines or ["違いはありません。"]


def _table(file: str, old: Table | None, new: Table | None, desks: Mapping[str, str]) -> Iterator[str]:
    if old is None or new is None:
        yield (
            f"新しい表です({len(new.rows)}行)"
            if new
            else f"表がなくなりました({len(old.rows) if old else 0}行)"
        )
        return
    yield from (f"列「{column}」が加わりました" for column in new.columns if column not in old.columns)
    yield from (f"列「{column}」がなくなりました" for column in old.columns if column not in new.columns)
    common = tuple(column for column in new.columns if column in old.columns)
    if not common:
        return
    known_by = key(common)
    before, after = _indexed(old, known_by), _indexed(new, known_by)
    for identity, row in after.items():
        who = title(row, known_by, desks)
        yield from _changes(who, before[identity], row, common) if identity in before else [_added(who)]
    yield from (_removed(title(row, known_by, desks)) for known, row in before.items() if known not in after)
    if file == ORDERED:
        yield from _order(before, after, known_by)


def _indexed(table: Table, key: Key) -> dict[tuple[str, ...], Row]:
    """Rows by key; a key that comes twice is told apart by how often it came before."""
    seen: Counter[tuple[str, ...]] = Counter()
    index: dict[tuple[str, ...], Row] = {}
    for row in table.rows:
        identity = tuple(row[column] for column in key.columns)
        index[*identity, str(seen[identity])] = row
        seen[identity] += 1
    return index


def _changes(who: Title, old: Row, new: Row, columns: tuple[str, ...]) -> Iterator[str]:
    whose = f"{who.who}の{who.which} " if who.which else who.who
    for column in columns:
        if old[column] != new[column]:
            yield f"{whose}の「{column}」が変わりました: {_quoted(old[column])}→{_quoted(new[column])}"


def _quoted(value: str) -> str:
    return f"「{value}」" if value else "(空欄)"


def _added(who: Title) -> str:
    return f"{who.who}に{who.which} が加わりました" if who.which else f"{who.who}の行が加わりました"


def _removed(who: Title) -> str:
    return f"{who.who}の{who.which} の行が消えました" if who.which else f"{who.who}の行が消えました"


def _order(before: Rows, after: Rows, key: Key) -> Iterator[str]:
    """The rows that were moved, when those in both versions no longer follow each other as they did."""
    old = [identity for identity in before if identity in after]
    new = [identity for identity in after if identity in before]
    if old == new:
        return
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    stayed = {identity for block in blocks for identity in new[block.b : block.b + block.size]}
    moved = "、".join(
        f"{title(after[identity], key, {})}({before[identity].line}行目→{after[identity].line}行目)"
        for identity in new
        if identity not in stayed
    )
    yield f"順番が変わりました({ORDERED} は上から順に見ます): {moved}"
