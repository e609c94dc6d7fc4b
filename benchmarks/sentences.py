"""The training sentences with their labels."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.lib.benchmark_corpus import SEED
from scripts.tables import sentences

DATA = Path(__file__).parents[1] / "data" / "nlu"


@dataclass(frozen=True)
class Sentence:
    """A training sentence as it is written in data/nlu."""

    text: str
    intent: str
    subtopic: str = ""
    is_urgent: bool = False
    also: str = ""


def read(folder: Path = DATA) -> list[Sentence]:
    """All of them, in the order of the files; each once."""
    return list(dict.fromkeys(map(_sentence, sentences.sentences(folder))))


def _sentence(told: dict[str, Any]) -> Sentence:
    return Sentence(
        told["text"], told["intent"], told.get("subtopic", ""), bool(told.get("urgent")), told.get("also", "")
    )


def mixed(known: Sequence[Sentence], draw: int = 0) -> list[Sentence]:
    """In an order drawn by chance, the same for each ``draw``: the first so many are a fair sample."""
    return random.Random(SEED + draw).sample(known, len(known))
