"""The training data that both sides learn from, the whole or the same part, in a folder of its own."""

import random
import re
import shutil
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.lib.environments import ROOT

SEED = 20261122
LEAST = 2  # sentences that a part keeps of each intent
INTENT = re.compile(r"\s*- intent:\s*(\w+)")
EXAMPLE = re.compile(r"\s+- (?!intent:)")


@dataclass(frozen=True)
class Line:
    """A line of the training sentences, and the intent of the block it stands in (none at the head)."""

    text: str
    intent: str
    is_example: bool


@dataclass(frozen=True)
class Corpus:
    """What is learnt from: Rasa's folder of data, its domain, and how many sentences there are."""

    data: Path
    domain: Path
    sentences: int


def lay_out(folder: Path, sentences: int | None) -> Corpus:
    """Copy data and domain; with a number about so many sentences, the same ones each time."""
    corpus = Corpus(folder / "data", folder / "domain.yml", 0)
    shutil.copytree(ROOT / "data", corpus.data)
    shutil.copy(ROOT / "domain.yml", corpus.domain)
    files = sorted(corpus.data.glob("nlu/*.yml"))
    kept = part([lines(file.read_text("utf-8")) for file in files], sentences)
    for file, of_file in zip(files, kept, strict=True):
        _write(file, of_file)
    return Corpus(corpus.data, corpus.domain, _count(kept))


def _write(file: Path, kept: Sequence[Line]) -> None:
    if any(line.is_example for line in kept):
        file.write_text("".join(line.text for line in kept), "utf-8")
    else:
        file.unlink()


def _count(files: Sequence[Sequence[Line]]) -> int:
    return sum(line.is_example for file in files for line in file)


def lines(text: str) -> list[Line]:
    """The lines of one file of training sentences."""
    found, intent = [], ""
    for line in text.splitlines(keepends=True):
        heading = INTENT.match(line)
        intent = heading[1] if heading else intent
        found.append(Line(line, intent, bool(EXAMPLE.match(line))))
    return found


def part(files: Sequence[Sequence[Line]], sentences: int | None) -> list[list[Line]]:
    """The same share of every intent, at least two; a block left without an example goes as a whole."""
    total = _count(files)
    if sentences is None or sentences >= total:
        return [list(file) for file in files]
    drawn = _drawn(files, sentences / total)
    return [
        _without_empty_blocks(
            [line for place, line in enumerate(file) if not line.is_example or (number, place) in drawn]
        )
        for number, file in enumerate(files)
    ]


def _drawn(files: Sequence[Sequence[Line]], share: float) -> set[tuple[int, int]]:
    """Where the examples stand that remain: number of the file, place in it."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, file in enumerate(files):
        for place, line in enumerate(file):
            if line.is_example:
                places[line.intent].append((number, place))
    chance = random.Random(SEED)
    drawn: set[tuple[int, int]] = set()
    for _, of_intent in sorted(places.items()):
        wanted = max(LEAST, round(share * len(of_intent)))
        drawn.update(chance.sample(of_intent, min(wanted, len(of_intent))))
    return drawn


def _without_empty_blocks(file: Sequence[Line]) -> list[Line]:
    head: list[Line] = []
    blocks = [head]
    for line in file:
        if INTENT.match(line.text):
            blocks.append([])
        blocks[-1].append(line)
    full = [block for block in blocks[1:] if any(line.is_example for line in block)]
    return [line for block in [head, *full] for line in block]
