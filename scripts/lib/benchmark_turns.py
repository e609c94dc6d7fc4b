"""Visitors of a served bot: whole turns over HTTP, each with the time it took."""

import json
import random
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any

from scripts.lib.benchmark_corpus import SEED
from scripts.lib.environments import ROOT
from scripts.lib.house import LOOPBACK
from scripts.lib.steps import Trouble

MESSAGES = ROOT / "tests" / "evaluation" / "messages.jsonl"
FURTHER = ROOT / "benchmarks" / "turns.txt"
FURTHER_TURNS = 5  # after the first message of an ordinary conversation
EARLY = 3  # the turn that a late one is compared with
LONGEST_WAIT = 120.0  # seconds for one answer


@dataclass(frozen=True)
class Wire:
    """How a bot is asked, and how many bubbles an answer has."""

    path: str
    ask: Callable[[str, str], Mapping[str, Any]]  # conversation, text
    replies: Callable[[Any], int]


@dataclass(frozen=True)
class Door:
    """Where a running bot listens."""

    port: int
    wire: Wire


def sentences(number: int) -> list[str]:
    """The same sentences of the evaluation set each time, none of them trained on by either side."""
    told = [json.loads(line)["text"] for line in MESSAGES.read_text("utf-8").splitlines() if line.strip()]
    return random.Random(SEED).sample(told, min(number, len(told)))


def conversations(number: int) -> list[list[str]]:
    """A trouble each, and then the same further turns."""
    return [[first, *_further()[:FURTHER_TURNS]] for first in sentences(number)]


def rate(door: Door, conversations: Sequence[Sequence[str]], *, clients: int) -> float:
    """Turns a second while so many visitors speak at once, each waiting for the answer."""
    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as visitors:
        turns = sum(len(times) for times in visitors.map(lambda said: _play(door, said), conversations))
    return turns / (time.perf_counter() - started)


def growth(door: Door, *, late: int, number: int) -> tuple[list[float], list[float]]:
    """Milliseconds of the turns about the third and about a late one, in conversations one after the other.

    Both windows hold every one of the further turns once: only what went before differs.
    """
    turns = _further()
    said = endless(turns, late + len(turns) // 2)
    measured = [windows(_play(door, said), len(turns), late) for _ in range(number)]
    early = [one for first, _ in measured for one in first]
    return early, [one for _, second in measured for one in second]


def endless(turns: Sequence[str], number: int) -> list[str]:
    """The same turns over and over, so many in all."""
    return [turns[place % len(turns)] for place in range(number)]


def windows(times: Sequence[float], width: int, late: int) -> tuple[Sequence[float], Sequence[float]]:
    """The turns from the third on, and as many about the late one, so that both begin at the same text."""
    begin = late - width // 2
    begin -= (begin - EARLY) % width
    return times[EARLY - 1 :][:width], times[begin - 1 :][:width]


def _further() -> list[str]:
    return FURTHER.read_text("utf-8").splitlines()


def _play(door: Door, said: Sequence[str]) -> list[float]:
    """Milliseconds of each turn of one conversation."""
    conversation = uuid.uuid4().hex
    with _connected(door.port) as connection:
        return [_turn(connection, door.wire, conversation, text) for text in said]


@contextmanager
def _connected(port: int) -> Iterator[HTTPConnection]:
    connection = HTTPConnection(LOOPBACK, port, timeout=LONGEST_WAIT)
    try:
        yield connection
    except (OSError, HTTPException, ValueError) as error:
        raise Trouble(f"A bot stopped answering ({error!r}): no figures.") from error
    finally:
        connection.close()


def _turn(connection: HTTPConnection, wire: Wire, conversation: str, text: str) -> float:
    body = json.dumps(wire.ask(conversation, text)).encode()
    started = time.perf_counter()
    connection.request("POST", wire.path, body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    told = answer.read()
    passed = time.perf_counter() - started
    if answer.status != 200 or not wire.replies(json.loads(told)):
        raise Trouble(f"A bot gave no answer (status {answer.status}): no figures.")
    return passed * 1000
