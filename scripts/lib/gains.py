"""What a new model gains and loses against the old one, measure by measure and message by message."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Told = Mapping[str, Any]
TOLD = ("kind", "topics", "subtopic", "urgent")  # what a careful reader says of a message
SHORT = 24  # characters of a message
SHOWN = 30  # messages of each list


@dataclass(frozen=True)
class Measure:
    """Of which messages it speaks, by what was wanted; and when an answer is right."""

    name: str
    counts: Callable[[Told], bool]
    is_right: Callable[[Told, Told], bool]


def _is_topic(wanted: Told) -> bool:
    return bool(wanted["kind"] == "topic")


MEASURES = (
    Measure("main topic", _is_topic, lambda wanted, given: given["topics"][:1] == wanted["topics"][:1]),
    Measure(
        "both topics",
        lambda wanted: len(wanted["topics"]) > 1,
        lambda wanted, given: set(given["topics"]) == set(wanted["topics"]),
    ),
    Measure(
        "one topic only",
        lambda wanted: _is_topic(wanted) and len(wanted["topics"]) == 1,
        lambda _, given: len(given["topics"]) == 1,
    ),
    Measure(
        "sub-topic",
        lambda wanted: bool(wanted["subtopic"]),
        lambda wanted, given: given["subtopic"] == wanted["subtopic"],
    ),
    # Where a reviewer's intent may be either of two kinds, both are named: 「smalltalk|followup」.
    Measure("kind", lambda _: True, lambda wanted, given: given["kind"] in wanted["kind"].split("|")),
    Measure(
        "urgency",
        lambda wanted: isinstance(wanted["urgent"], bool),
        lambda wanted, given: given["urgent"] is wanted["urgent"],
    ),
)


@dataclass(frozen=True)
class Change:
    """A message of a set with the names of the measures that were wrong before, and are after."""

    wanted: Told
    before: frozenset[str]
    after: frozenset[str]


def compare(wanted: Sequence[Told], old: Mapping[str, Told], new: Mapping[str, Told]) -> list[Change]:
    return [Change(one, _wrong(one, old[one["id"]]), _wrong(one, new[one["id"]])) for one in wanted]


def _wrong(wanted: Told, given: Told) -> frozenset[str]:
    return frozenset(
        measure.name for measure in MEASURES if measure.counts(wanted) and not measure.is_right(wanted, given)
    )


def report(name: str, changes: Sequence[Change]) -> list[str]:
    """The set as lines: a table of the measures, then the messages that turned."""
    return [
        f"{name} ({len(changes)} messages)",
        f"  {'measure':<15}{'of':>6}{'before':>8}{'after':>8}{'+':>6}{'-':>6}",
        *(
            _row(measure, changes)
            for measure in MEASURES
            if any(measure.counts(one.wanted) for one in changes)
        ),
        *_turned("turned right", [(one, one.before - one.after) for one in changes]),
        *_turned("turned wrong", [(one, one.after - one.before) for one in changes]),
    ]


def _row(measure: Measure, changes: Sequence[Change]) -> str:
    counted = [one for one in changes if measure.counts(one.wanted)]
    before = sum(measure.name not in one.before for one in counted)
    after = sum(measure.name not in one.after for one in counted)
    right = sum(measure.name in one.before - one.after for one in counted)
    wrong = sum(measure.name in one.after - one.before for one in counted)
    return f"  {measure.name:<15}{len(counted):>6}{before:>8}{after:>8}{right:>6}{wrong:>6}"


def _turned(title: str, changed: Sequence[tuple[Change, frozenset[str]]]) -> Iterator[str]:
    turned = [(one.wanted, names) for one, names in changed if names]
    yield f"  {title}: {len(turned) or 'none'}"
    for wanted, names in turned[:SHOWN]:
        yield f"    {wanted['id']} {_short(wanted['text'])} ({', '.join(sorted(names))})"
    if len(turned) > SHOWN:
        yield f"    … and {len(turned) - SHOWN} more"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"「{line[:SHORT]}…」" if len(line) > SHORT else f"「{line}」"
