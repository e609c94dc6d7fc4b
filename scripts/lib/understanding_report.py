"""Measure everything and write docs/understanding.md with its pictures."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts.lib import comparison, environments, evaluate, inside, training, understanding_pages
from scripts.lib.comparison import Messages, Pairs
from scripts.lib.environments import ROOT
from scripts.lib.findings import Findings
from scripts.lib.measures import Pair
from scripts.lib.steps import step
from scripts.lib.understanding_pictures import pictures

PAGE = ROOT / "docs" / "understanding.md"
PICTURES = ROOT / "docs" / "images" / "understanding"


def write(*, epochs: int | None = None) -> None:
    environments.prepare("bot")
    findings = _find(epochs)
    PAGE.write_text(understanding_pages.page(findings), "utf-8")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with step("drawing"):
        inside.answers("bot", "benchmarks.plots", str(PICTURES), asked=json.dumps(pictures(findings)))


def _find(epochs: int | None) -> Findings:
    messages = {name: evaluate.messages(file) for name, file in evaluate.FILES.items()}
    fingerprint, model = training.fingerprint(), training.model()
    sets, below = _served(messages, model)
    candidates = comparison.candidates(messages)
    if epochs:
        candidates.append(comparison.diet(messages, epochs))
    curve, taken = comparison.curve(messages), comparison.folds()
    has_changed = fingerprint != training.fingerprint()
    return Findings(sets, below, candidates, curve, taken, fingerprint, has_changed)


def _served(messages: Messages, model: Path) -> tuple[Pairs, float]:
    """What the served model understands, what it would offer, and below which confidence it asks back."""
    sets, below = {}, 0.0
    with step("asking the served model"):
        for name, wanted in messages.items():
            given = evaluate.triaged(wanted, model)
            head, *told = inside.answers(
                "bot", "benchmarks.present", str(model), asked=inside.questions(wanted)
            )
            below = float(head["ask_back_below"])
            sets[name] = [
                _pair(one, given[one["id"]], offered) for one, offered in zip(wanted, told, strict=True)
            ]
    return sets, below


def _pair(wanted: Mapping[str, Any], given: Mapping[str, Any], told: Mapping[str, Any]) -> Pair:
    return Pair(wanted, {**given, "offered": told["offered"]})
