"""Read every table and tell all that is wrong with them in one go."""

import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import knowledge
from knowledge import check
from knowledge.facts import FactError
from scripts.lib import facts_tables


class Faults(SystemExit):
    """Rows that have to be mended; each is a sentence with file, row and remedy."""

    def __init__(self, sentences: Sequence[str]) -> None:
        for sentence in sentences:
            print(f"✗ {sentence}", file=sys.stderr)
        print(
            f"直すところが{len(sentences)}件あります。直したら、もう一度 scripts/facts を実行してください。",
            file=sys.stderr,
        )
        super().__init__(1)


def report(folder: Path) -> list[str]:
    """A line a table.

    Raises:
        Faults: something has to be mended first.
    """
    found = faults(folder)
    if found:
        raise Faults(found)
    tables = facts_tables.read_all(folder)
    counts = [f"{file} {len(table.rows)}行" for file, table in tables.items()]
    return [*counts, "すべて正しく読めました。"]


def faults(folder: Path) -> list[str]:
    """The first fault of each table, and what is wrong between tables; each sentence once."""
    told = [fault for step in _steps(folder) if (fault := _fault(step))]
    return list(dict.fromkeys(told))


def _steps(folder: Path) -> Iterator[Callable[[], object]]:
    """Each file as a table, then each module of knowledge that loads one, then all of them together."""
    for file in sorted(folder.glob("*.csv")):
        yield partial(facts_tables.read, file)
    for module in pkgutil.iter_modules(knowledge.__path__):
        load = getattr(importlib.import_module(f"knowledge.{module.name}"), "load", None)
        if callable(load):
            yield load
    yield check.everything


def _fault(step: Callable[[], object]) -> str:
    try:
        step()
    except FactError as fault:
        return str(fault)
    return ""
