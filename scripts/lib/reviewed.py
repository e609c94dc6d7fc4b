"""The sentences that came from reviews: data/nlu/reviewed.yml, with where each is from."""

import json
import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.lib import environments
from scripts.lib.add_conversation import scalar
from scripts.lib.environments import ROOT
from scripts.lib.steps import Trouble

NAME = "reviewed.yml"
HEADER = """\
version: "3.1"

# Written by scripts/learn from reviewed messages, and by nothing else: the batches can be taken out again.
nlu:
"""


@dataclass(frozen=True)
class Label:
    """What a sentence is called; empty where something does not apply."""

    intent: str
    subtopic: str = ""
    is_urgent: bool = False
    also: str = ""

    def __str__(self) -> str:
        also = f"with {self.also}" if self.also else ""
        return " ".join(filter(None, (self.intent, self.subtopic, "urgent" if self.is_urgent else "", also)))


@dataclass(frozen=True)
class Origin:
    """Which message of the log, who reviewed it when, and with which batch it came."""

    message: str
    reviewer: str
    reviewed: str
    batch: int


@dataclass(frozen=True)
class Sentence:
    """A training sentence; without an origin it was written by hand."""

    text: str
    label: Label
    file: str = NAME
    origin: Origin | None = None


def read(folder: Path) -> list[Sentence]:
    """Every training sentence of the folder.

    Raises:
        Trouble: a file cannot be read, or a sentence of reviewed.yml does not say where it is from.
    """
    environments.prepare("api")
    command = [str(environments.python("api")), "-m", "scripts.tables.sentences", str(folder.resolve())]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False
    )
    if result.returncode:
        raise Trouble(f"The training data in {folder} cannot be read: the lines above say where.")
    return [_sentence(json.loads(line)) for line in result.stdout.splitlines()]


def _sentence(told: dict[str, Any]) -> Sentence:
    label = Label(told["intent"], told.get("subtopic", ""), bool(told.get("urgent")), told.get("also", ""))
    origin = _origin(told) if told["file"] == NAME else None
    return Sentence(told["text"], label, told["file"], origin)


def _origin(told: dict[str, Any]) -> Origin:
    try:
        return Origin(**(told["origin"] or {}))
    except TypeError as error:
        raise Trouble(
            f"{NAME}: 「{told['text']}」 does not say where it is from: move it to another file of data/nlu."
        ) from error


def batches(sentences: Iterable[Sentence]) -> dict[int, list[Sentence]]:
    """The reviewed sentences by batch, the oldest first."""
    found: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        if sentence.origin:
            found.setdefault(sentence.origin.batch, []).append(sentence)
    return dict(sorted(found.items()))


def render(sentences: Iterable[Sentence]) -> str:
    """The file, grouped by labels in the order in which they first came.

    Without the last batch it is, byte for byte, the file before that batch: so the model before is found again.
    """
    groups: dict[Label, list[str]] = {}
    for sentence in sorted(sentences, key=lambda one: one.origin.batch if one.origin else 0):
        groups.setdefault(sentence.label, []).append(_example(sentence))
    return HEADER + "".join(_block(label) + "".join(examples) for label, examples in groups.items())


def _block(label: Label) -> str:
    written = {"subtopic": label.subtopic, "urgent": "true" if label.is_urgent else "", "also": label.also}
    metadata = [f"      {key}: {value}" for key, value in written.items() if value]
    lines = [f"  - intent: {label.intent}", *(["    metadata:", *metadata] if metadata else [])]
    return "\n".join([*lines, "    examples:", ""])


def _example(sentence: Sentence) -> str:
    assert sentence.origin
    origin = vars(sentence.origin)
    told = [f"          {key}: {scalar(value) if key != 'batch' else value}" for key, value in origin.items()]
    return "\n".join([f"      - text: {scalar(sentence.text)}", "        metadata:", *told, ""])


def write(folder: Path, sentences: Iterable[Sentence]) -> None:
    """Write the file, whole or not at all; without sentences there is none."""
    kept = list(sentences)
    put(folder / NAME, render(kept).encode() if kept else None)


def put(file: Path, content: bytes | None) -> None:
    """Exactly this content; None takes the file away."""
    if content is None:
        file.unlink(missing_ok=True)
        return
    draft = file.with_suffix(".draft")  # training reads only .yml
    draft.write_bytes(content)
    draft.replace(file)
