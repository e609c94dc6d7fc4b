"""The messages in groups: by style, length, topic, sub-topic and industry."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from scripts.lib.environments import ROOT
from scripts.lib.measures import LENIENT, STRICT, SUBTOPIC, Pair, Share

INDUSTRIES = ROOT / "tests" / "evaluation" / "industries.csv"
UNTOLD = "not told"
UNGROUPED = "not yet in industries.csv"
LENGTHS = ((15, "1–15"), (40, "16–40"), (100, "41–100"))
LONGEST = "101+"
TOPICS = ("sales_decline", "staffing", "cyber", "bcp", "subcontract")
CONFUSED = (*TOPICS, "out_of_scope", "crisis", "handoff", "smalltalk", "followup")


@dataclass(frozen=True)
class Slice:
    """The topic messages of one group."""

    name: str
    strict: Share
    lenient: Share
    subtopic: Share


@dataclass(frozen=True)
class Cut:
    """A way to group messages; ``order`` names the groups that have a natural one."""

    name: str
    group: Callable[[Mapping[str, Any]], str]
    order: tuple[str, ...] = ()


def length(text: str) -> str:
    """The band of its number of characters."""
    return next((name for longest, name in LENGTHS if len(text) <= longest), LONGEST)


@cache
def industries(file: Path = INDUSTRIES) -> Mapping[str, str]:
    """The group of each industry that a message of the sets names."""
    with file.open(encoding="utf-8", newline="") as rows:
        return {row["industry"]: row["group"] for row in csv.DictReader(rows)}


def industry(name: str | None) -> str:
    """The group of an industry; a message may name none."""
    return industries().get(name, UNGROUPED) if name else UNTOLD


CUTS = (
    Cut("style", lambda one: one["style"]),
    Cut("length in characters", lambda one: length(one["text"]), (*(name for _, name in LENGTHS), LONGEST)),
    Cut("topic", lambda one: one["topics"][0], TOPICS),
    Cut("industry", lambda one: industry(one["industry"])),
    Cut("sub-topic", lambda one: one["subtopic"] or UNTOLD),
)


def slices(pairs: Iterable[Pair], cut: Cut) -> list[Slice]:
    """The groups of the topic messages: in their order, else the best understood first, sub-topics by code."""
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        if pair.is_topic:
            groups.setdefault(cut.group(pair.wanted), []).append(pair)
    found = [_slice(name, members) for name, members in groups.items()]
    if cut.order:
        return sorted(found, key=lambda one: cut.order.index(one.name))
    if cut.name == "sub-topic":
        return sorted(found, key=lambda one: (one.name[:1], len(one.name), one.name))
    return sorted(found, key=lambda one: (-one.strict.value, one.name))


def _slice(name: str, pairs: Sequence[Pair]) -> Slice:
    return Slice(name, STRICT.share(pairs), LENIENT.share(pairs), SUBTOPIC.share(pairs))


def confusion(pairs: Sequence[Pair]) -> list[list[int]]:
    """Rows are what the reader says, columns what the model says, both in the order of ``CONFUSED``."""
    counts = [[0] * len(CONFUSED) for _ in CONFUSED]
    for pair in pairs:
        row, column = (_label(said) for said in (pair.wanted, pair.given))
        counts[CONFUSED.index(row)][CONFUSED.index(column)] += 1
    return counts


def _label(said: Mapping[str, Any]) -> str:
    """The main topic, else the kind."""
    return str(said["topics"][0] if said["kind"] == "topic" else said["kind"])
