"""What a candidate is asked and what it says, as JSON lines."""

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from bot.understanding import KIND, TOPICS


@dataclass(frozen=True)
class Answer:
    """What a candidate says of a message."""

    kind: str
    topics: list[str]

    @classmethod
    def of(cls, intent: str) -> "Answer":
        """The answer of a candidate that knows intents alone."""
        return cls(KIND.get(intent, "followup"), [intent] if intent in TOPICS else [])


Ask = Callable[[str], Answer]
WARM_UP = 10  # first messages that fill caches; asked, not counted


def asked() -> list[dict[str, Any]]:
    """The messages on stdin, each with id and text."""
    return [json.loads(line) for line in sys.stdin if line.strip()]


def say(**told: Any) -> None:
    """One line to whoever started us."""
    print(json.dumps(told, ensure_ascii=False), flush=True)


def answers(ask: Ask, messages: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """By the id of the message."""
    return {message["id"]: asdict(ask(message["text"])) for message in messages}


def milliseconds(ask: Ask, messages: Sequence[dict[str, Any]]) -> float:
    """Median over the messages."""
    for message in messages[:WARM_UP]:
        ask(message["text"])
    return median(_milliseconds(ask, message["text"]) for message in messages)


def _milliseconds(ask: Ask, text: str) -> float:
    started = time.perf_counter()
    ask(text)
    return (time.perf_counter() - started) * 1000
