"""A workshop for scripts/learn: a folder of sentences, an evaluation set, and a trainer that knows by heart."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from scripts.lib import reviewed
from scripts.lib.learning import Workshop
from scripts.lib.reviewed import NAME

STAFFING = """\
version: "3.1"

nlu:
  - intent: staffing
    metadata:
      subtopic: H1
    examples: |
      - 求人を出しても誰も来ない
  - intent: thank
    examples: |
      - 助かりました
"""
EVALUATED = {
    "id": "e1", "text": "募集に応募がない", "kind": "topic", "topics": ["staffing"], "subtopic": "H1", "urgent": False,
}  # fmt: skip
REVIEW: dict[str, Any] = {
    "message": "m1", "conversation": "c1", "text": "若い人がすぐに辞めてしまう", "intent": "staffing", "subtopic": "H2",
    "urgent": False, "also": "", "reviewer": "s7", "reviewed": "2026-11-21", "note": "which we do not read",
}  # fmt: skip
SECOND = REVIEW | {
    "message": "m2",
    "text": "台風で工場が浸水しています",
    "intent": "bcp",
    "subtopic": "B5",
    "urgent": True,
}
TODAY = date(2026, 11, 22)
Exported = Callable[..., Path]  # writes reviews into a file, one a line


class Trainer:
    """Makes a file named by the content of the training data, as training does, and holding what it knows."""

    def __init__(self, sentences: Path, models: Path) -> None:
        self.sentences, self.models = sentences, models

    def __call__(self) -> Path:
        content = b"".join(file.read_bytes() for file in sorted(self.sentences.glob("*.yml")))
        model = self.models / f"madoguchi-{sha256(content).hexdigest()[:16]}.tar.gz"
        self.models.mkdir(exist_ok=True)
        told = {
            one.text: [one.label.intent, one.label.subtopic, one.label.is_urgent]
            for one in reviewed.read(self.sentences)
        }
        model.write_text(json.dumps(told))
        return model


def triage(messages: Sequence[Mapping[str, Any]], model: Path) -> dict[str, dict[str, Any]]:
    """Knows by heart what was learnt, takes the rest for talk, and loses e1 once there is more than it can hold."""
    learnt = json.loads(model.read_text())
    learnt |= {EVALUATED["text"]: ["staffing", "H1", False]} if len(learnt) < 3 else {}
    return {one["id"]: _given(*learnt.get(one["text"], ("thank", None, False))) for one in messages}


def _given(intent: str, subtopic: str | None, is_urgent: bool) -> dict[str, Any]:
    is_talk = intent == "thank"
    return {
        "kind": "smalltalk" if is_talk else "topic", "topics": [] if is_talk else [intent],
        "subtopic": subtopic or None, "urgent": is_urgent,
    }  # fmt: skip


def yes(question: str) -> bool:
    return True


def no(question: str) -> bool:
    return False


def nobody(question: str) -> bool:
    raise AssertionError(question)


def written(shop: Workshop) -> str:
    file = shop.sentences / NAME
    return file.read_text("utf-8") if file.exists() else ""


def without(field: str) -> dict[str, Any]:
    return {key: value for key, value in REVIEW.items() if key != field}
