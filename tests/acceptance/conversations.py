"""The conversation tests of tests/conversations/*.yml: what is said, and what must come of it.

A turn may say: ``first`` (name of the first desk that stands offered), ``desks``
(names among those offered), ``not_first``, ``shows`` / ``hides`` (what can and
cannot be read in the replies), ``asks`` (the question that stands open, "" for
none). ``ends`` compares what is known at the end: municipality, topics,
urgent, handoff. ``channel`` is where it takes place: our own page, or a platform.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped, unused-ignore]

from knowledge.desks import find_desk
from scripts.lib.converse import as_read

FOLDER = Path(__file__).parents[1] / "conversations"
KEYS = {"name", "channel", "turns", "ends"}
TURN_KEYS = {"say", "first", "desks", "not_first", "shows", "hides", "asks"}
ENDS = {"municipality", "topics", "urgent", "handoff"}

Say = Callable[[str], dict[str, Any]]


@dataclass(frozen=True)
class Conversation:
    """One visitor's messages with what is expected of the answers."""

    name: str
    file: str
    turns: tuple[dict[str, Any], ...]
    ends: dict[str, Any]
    channel: str = "web"

    def faults(self, say: Say) -> Iterator[str]:
        """Play it with ``say`` (text in, the bot's answer out); what came out otherwise than expected."""
        slots: dict[str, Any] = {}
        for number, turn in enumerate(self.turns, start=1):
            answer = say(turn["say"])
            slots = answer["slots"]
            read = "\n".join(as_read(reply) for reply in answer["replies"])
            for fault in _faults(turn, slots, read):
                yield f"{self.file} 「{self.name}」 turn {number} 「{turn['say']}」: {fault}"
        for key, expected in self.ends.items():
            found = bool(slots[key]) if isinstance(expected, bool) else slots[key]
            if found != expected:
                yield f"{self.file} 「{self.name}」 ends with {key} {found!r}, not {expected!r}"


def _faults(turn: dict[str, Any], slots: dict[str, Any], read: str) -> Iterator[str]:
    offered = [find_desk(desk).name for desk in slots["offered"]]
    first = offered[0] if offered else None
    if "first" in turn and first != turn["first"]:
        yield f"first desk is {first}, not {turn['first']}"
    if "not_first" in turn and first == turn["not_first"]:
        yield f"first desk is {first}"
    for desk in turn.get("desks", []):
        if desk not in offered:
            yield f"{desk} is not among {offered}"
    for text in turn.get("shows", []):
        if str(text) not in read:
            yield f"{text!r} is not shown in {read!r}"
    for text in turn.get("hides", []):
        if str(text) in read:
            yield f"{text!r} is shown"
    if "asks" in turn and slots["asking"] != turn["asks"]:
        yield f"asks {slots['asking']!r}, not {turn['asks']!r}"


@cache
def conversations() -> tuple[Conversation, ...]:
    """All conversation tests.

    Raises:
        ValueError: a key that means nothing, or a conversation that expects nothing.
    """
    return tuple(
        _conversation(file.name, value)
        for file in sorted(FOLDER.glob("*.yml"))
        for value in yaml.safe_load(file.read_text("utf-8"))
    )


def _conversation(file: str, value: dict[str, Any]) -> Conversation:
    turns, ends = tuple(value["turns"]), value.get("ends") or {}
    unknown = set().union(*turns) - TURN_KEYS | set(ends) - ENDS | set(value) - KEYS
    if unknown:
        raise ValueError(f"{file} 「{value['name']}」: {sorted(unknown)} mean nothing")
    if not ends and all(set(turn) == {"say"} for turn in turns):
        raise ValueError(f"{file} 「{value['name']}」 expects nothing")
    return Conversation(value["name"], file, turns, ends, value.get("channel", "web"))
