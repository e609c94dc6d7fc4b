"""How well the model understands sentences it was never shown (tests/evaluation/messages.jsonl)."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from scripts.lib import environments, training
from scripts.lib.environments import ROOT

MESSAGES = ROOT / "tests" / "evaluation" / "messages.jsonl"


@dataclass(frozen=True)
class Pair:
    """What a careful reader says of a message, and what the model says."""

    wanted: dict[str, Any]
    given: dict[str, Any]

    @property
    def is_topic(self) -> bool:
        return bool(self.wanted["kind"] == "topic")

    @property
    def has_two(self) -> bool:
        return len(self.wanted["topics"]) > 1

    @property
    def main(self) -> str | None:
        return next(iter(self.given["topics"]), None)


@dataclass(frozen=True)
class Measure:
    """A share: of which messages, and what counts as right."""

    name: str
    counts: Callable[[Pair], bool]
    is_right: Callable[[Pair], bool]


MEASURES = (
    Measure("main topic, strict", lambda p: p.is_topic, lambda p: p.main == p.wanted["topics"][0]),
    Measure("main topic, lenient (either of two)", lambda p: p.is_topic, lambda p: p.main in p.wanted["topics"]),
    Measure("both topics of two", lambda p: p.has_two, lambda p: set(p.given["topics"]) == set(p.wanted["topics"])),
    Measure("one topic only, where there is one", lambda p: p.is_topic and not p.has_two, lambda p: len(p.given["topics"]) == 1),
    Measure("sub-topic", lambda p: p.is_topic, lambda p: p.given["subtopic"] == p.wanted["subtopic"]),
    Measure("kind of message", lambda p: True, lambda p: p.given["kind"] == p.wanted["kind"]),
    Measure("crisis found", lambda p: p.wanted["kind"] == "crisis", lambda p: p.given["kind"] == "crisis"),
    Measure("no false crisis", lambda p: p.wanted["kind"] != "crisis", lambda p: p.given["kind"] != "crisis"),
    Measure("urgency", lambda p: True, lambda p: p.given["urgent"] == p.wanted["urgent"]),
    Measure("municipality", lambda p: True, lambda p: p.given["municipality"] == p.wanted["municipality"]),
)  # fmt: skip


def main() -> None:
    wanted = [json.loads(line) for line in MESSAGES.read_text(encoding="utf-8").splitlines()]
    given = _triage(wanted)
    pairs = [Pair(message, given[message["id"]]) for message in wanted]
    print(table(pairs))
    if "--errors" in sys.argv[1:]:
        for line in _errors(pairs):
            print(line)


def table(pairs: list[Pair]) -> str:
    """The measures as a Markdown table."""
    lines = ["| measure | right | of | share |", "|---|---|---|---|"]
    for measure in MEASURES:
        counted = [pair for pair in pairs if measure.counts(pair)]
        right = sum(measure.is_right(pair) for pair in counted)
        lines.append(f"| {measure.name} | {right} | {len(counted)} | {right / len(counted):.1%} |")
    return "\n".join(lines)


def _errors(pairs: Iterable[Pair]) -> Iterable[str]:
    for pair in pairs:
        wrong = [measure.name for measure in MEASURES if measure.counts(pair) and not measure.is_right(pair)]
        if wrong:
            yield json.dumps({**pair.wanted, "given": pair.given, "wrong": wrong}, ensure_ascii=False)


def _triage(messages: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    environments.prepare("bot")
    lines = "".join(
        json.dumps({"id": one["id"], "text": one["text"]}, ensure_ascii=False) + "\n" for one in messages
    )
    command = [str(environments.python("bot")), "-m", "bot.triage", str(training.model())]
    environment = {**os.environ, **training.QUIET}
    result = subprocess.run(
        command, cwd=ROOT, env=environment, input=lines, stdout=subprocess.PIPE, text=True, check=True
    )
    return {answer["id"]: answer for answer in map(json.loads, result.stdout.splitlines())}


if __name__ == "__main__":
    main()
