"""Train both bots and time it; a stock model that is there already brings its time along."""

import hashlib
import json
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scripts.lib import environments
from scripts.lib.benchmark_corpus import Corpus
from scripts.lib.benchmark_machine import watched
from scripts.lib.benchmark_sides import STOCK, Side
from scripts.lib.steps import Trouble, step
from scripts.lib.training import MODELS

EPOCHS = re.compile(r"(?<=epochs: )\d+")


@dataclass(frozen=True)
class Learnt:
    """A model, how long learning it took, when that was, and which share of the processors others had then."""

    model: Path
    seconds: float
    day: str
    others: float


def with_epochs(config: str, epochs: int) -> str:
    """The stock configuration with so many passes for each network."""
    return EPOCHS.sub(str(epochs), config)


def stock_config(folder: Path, epochs: int) -> Path:
    """The stock recipe for this run."""
    config = folder / "stock.yml"
    config.write_text(with_epochs((STOCK / "config.yml").read_text("utf-8"), epochs), "utf-8")
    return config


def learn(side: Side, corpus: Corpus, model: Path) -> Learnt:
    """Train from nothing."""
    with step(f"training {side.name} on {corpus.sentences:,} sentences"), watched() as others:
        started = time.perf_counter()
        result = subprocess.run(
            side.training(corpus, model), cwd=corpus.data.parent, env=dict(side.variables),
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        seconds = time.perf_counter() - started
    if result.returncode or not model.exists():
        sys.stderr.write((result.stdout + result.stderr)[-4000:])
        raise Trouble(f"Training {side.name} failed: the lines above say why.")
    return Learnt(model, seconds, datetime.now().date().isoformat(), others())


def learn_or_find(side: Side, corpus: Corpus, *, is_new: bool) -> Learnt:
    """The kept model of exactly this content with its note; trained now if there is none, or if ``is_new``."""
    model = MODELS / f"stock-{fingerprint(side, corpus)}.tar.gz"
    kept = None if is_new else _kept(model)
    if kept:
        return kept
    MODELS.mkdir(exist_ok=True)
    learnt = learn(side, corpus, model)
    note = {"seconds": learnt.seconds, "day": learnt.day, "others": learnt.others}
    _beside(model).write_text(json.dumps(note), "utf-8")
    return learnt


def fingerprint(side: Side, corpus: Corpus) -> str:
    """Changes with anything that the stock side learns from, or with."""
    read = [*corpus.data.rglob("*.yml"), corpus.domain, side.config, environments.requirements("stock")]
    digest = hashlib.sha256()
    for file in sorted(read, key=lambda file: (file.name, str(file))):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _kept(model: Path) -> Learnt | None:
    try:
        note = json.loads(_beside(model).read_text("utf-8"))
        learnt = Learnt(model, float(note["seconds"]), str(note["day"]), float(note["others"]))
    except (FileNotFoundError, ValueError, KeyError):  # none, or half written
        return None
    return learnt if model.exists() else None


def _beside(model: Path) -> Path:
    return model.with_name(model.name.removesuffix(".tar.gz") + ".json")
