"""Train once for each content of data, domain, config and our components."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.lib import environments, previous
from scripts.lib.environments import ROOT
from scripts.lib.steps import Trouble, alone, step

MODELS = ROOT / "models"
EXPECTED_SECONDS = 100.0
KEPT_MODELS = 3
# Of knowledge/ only this is read while learning: an edited fact needs no new model.
INPUTS = ("data", "domain.yml", "config.yml", "bot", "knowledge/text.py")
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "LOG_LEVEL": "WARNING",
    "PYTHONPATH": str(ROOT),
    # One core each is enough for one message; more threads only wait for each other.
    "OMP_NUM_THREADS": "1",
}


def model() -> Path:
    """The model for the present content; trained now if there is none."""
    path = MODELS / f"madoguchi-{fingerprint()}.tar.gz"
    with alone(MODELS / ".lock"):
        _make(path)
    path.touch()  # what is in use is never the oldest
    return path


def _make(path: Path) -> None:
    if not path.exists():
        with step("training the model", expected=EXPECTED_SECONDS):
            _train(path)
        _forget_old()


def fingerprint() -> str:
    """Changes with any file that training reads."""
    digest = hashlib.sha256()
    for file in sorted(_inputs()):
        digest.update(str(file.relative_to(ROOT)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _inputs() -> Iterator[Path]:
    for name in INPUTS:
        path = ROOT / name
        if path.is_file():
            yield path
        else:
            yield from (
                file
                for file in path.rglob("*")
                if file.is_file() and file.suffix in (".yml", ".py", ".csv", ".txt")
            )


def _train(path: Path) -> None:
    command = [
        str(environments.python("bot")), "-m", "bot", "train", "--quiet",
        "--force",  # Rasa's own cache knows data and configuration, but not the code of our components
        "--out", str(MODELS), "--fixed-model-name", path.name.removesuffix(".tar.gz"),
    ]  # fmt: skip
    environment = {**os.environ, **QUIET}
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if result.returncode or not path.exists():
        sys.stderr.write((result.stdout + result.stderr)[-4000:])
        raise Trouble("Training failed: the lines above say why.")


def _forget_old() -> None:
    newest_first = sorted(MODELS.glob("madoguchi-*.tar.gz"), key=lambda path: -path.stat().st_mtime)
    note = previous.read(MODELS)  # taking a batch out again must not cost a training
    for path in newest_first[KEPT_MODELS:]:
        if not note or path.name != note.model:
            path.unlink()
