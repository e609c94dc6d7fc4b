"""Candidates learnt from the same sentences, and from parts of them: run in their environments, paired with the readers."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.lib import environments, inside
from scripts.lib.benchmark_corpus import lay_out
from scripts.lib.benchmark_learning import learn_or_find, stock_config
from scripts.lib.benchmark_sides import stock
from scripts.lib.measures import STRICT, Measure, Pair
from scripts.lib.steps import step

FLAT = 0.01  # a doubling that gains less than this share of the messages has flattened
Messages = Mapping[str, Sequence[Mapping[str, Any]]]  # by the name of the set
Pairs = Mapping[str, Sequence[Pair]]


@dataclass(frozen=True)
class Candidate:
    """A way to understand, with what it says of the messages of each set."""

    name: str
    seconds: float
    milliseconds: float
    pairs: Pairs


@dataclass(frozen=True)
class Point:
    """What so many sentences were enough for: one entry a draw."""

    sentences: int
    draws: Sequence[Pairs]

    def mean(self, name: str, measure: Measure) -> float:
        shares = [measure.share(pairs[name]).value for pairs in self.draws]
        return sum(shares) / len(shares)


def candidates(sets: Messages) -> list[Candidate]:
    with step("learning with each candidate", expected=700.0):
        told = inside.answers("bot", "benchmarks.candidates", asked=_questions(sets))
    return [_candidate(sets, one["name"], one["seconds"], one) for one in told]


def diet(sets: Messages, epochs: int) -> Candidate:
    """Rasa's stock pipeline: the kept model of scripts/benchmark if it is of just these sentences and epochs."""
    environments.prepare("stock")
    with tempfile.TemporaryDirectory(prefix="madoguchi-evaluate-") as folder:
        corpus = lay_out(Path(folder), None)
        learnt = learn_or_find(stock(corpus, stock_config(Path(folder), epochs)), corpus, is_new=False)
    with step("asking the stock model"):
        [told] = inside.answers(
            "stock", "benchmarks.stock_answers", str(learnt.model), asked=_questions(sets)
        )
    return _candidate(sets, f"Rasa's stock pipeline, DIET, {epochs} epochs", learnt.seconds, told)


def curve(sets: Messages) -> list[Point]:
    """The fewest sentences first."""
    with step("learning from parts of the sentences", expected=300.0):
        told = inside.answers("bot", "benchmarks.curve", asked=_questions(sets))
    counts = sorted({int(one["sentences"]) for one in told})
    return [
        Point(count, [_pairs(sets, one["answers"]) for one in told if one["sentences"] == count])
        for count in counts
    ]


def folds() -> Mapping[str, Mapping[str, int]]:
    """Of neighbours and of nonsense: how many training sentences were taken for what by a model without them."""
    with step("judging neighbours fold by fold", expected=350.0):
        [told] = inside.answers("bot", "benchmarks.folds", asked="")
    taken: Mapping[str, Mapping[str, int]] = told["taken"]
    return taken


def gain(points: Sequence[Point], name: str) -> float:
    """Of the last doubling, strict."""
    before, after = (point.mean(name, STRICT) for point in points[-2:])
    return after - before


def has_flattened(points: Sequence[Point], name: str) -> bool:
    return gain(points, name) < FLAT


def _candidate(sets: Messages, name: str, seconds: float, told: Mapping[str, Any]) -> Candidate:
    return Candidate(name, seconds, told["milliseconds"], _pairs(sets, told["answers"]))


def _questions(sets: Messages) -> str:
    """Both sets at once, each id with the name of its set."""
    return inside.questions(
        {"id": f"{name}/{one['id']}", "text": one["text"]} for name, asked in sets.items() for one in asked
    )


def _pairs(sets: Messages, answers: Mapping[str, Mapping[str, Any]]) -> Pairs:
    return {
        name: [Pair(one, answers[f"{name}/{one['id']}"]) for one in asked] for name, asked in sets.items()
    }
