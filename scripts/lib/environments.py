"""Make the environments from their locks, with uv fetched into the project when it is missing."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from scripts.lib.steps import Trouble, alone, step

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENTS = ROOT / ".venv"
UV_VERSION = "0.13.9"
EXPECTED_SECONDS = {"api": 20.0, "bot": 90.0, "stock": 90.0}
FOLDERS = {"stock": Path("benchmarks", "stock")}  # where the lock is, when not in the folder of the same name


def python(name: str) -> Path:
    """The interpreter of an environment ("api", "bot" or, for scripts/benchmark alone, "stock")."""
    return ENVIRONMENTS / name / "bin" / "python"


def requirements(name: str) -> Path:
    """The lock of an environment; what it is made from stands beside it."""
    return ROOT / FOLDERS.get(name, Path(name)) / "requirements.txt"


def prepare(*names: str) -> None:
    """Make the environments that are missing or no longer match their lock: api and bot, or those named."""
    for name in names or ("api", "bot"):
        with alone(ENVIRONMENTS / ".lock"):
            _make(name)


def _make(name: str) -> None:
    if not _is_current(name):
        with step(f"installing the {name} environment", expected=EXPECTED_SECONDS[name]):
            _install(name)


def uv() -> str:
    """The path of uv, fetched into the project when this machine has none of our version."""
    own = ENVIRONMENTS / "tools" / "bin" / "uv"
    if not own.exists():
        with step("fetching uv", expected=15.0):
            _create(ENVIRONMENTS / "tools", with_pip=True)
            _run([str(own.with_name("python")), "-m", "pip", "install", "--quiet", f"uv=={UV_VERSION}"])
    return str(own)


def _is_current(name: str) -> bool:
    stamp = _stamp(name)
    return python(name).exists() and stamp.exists() and stamp.read_text() == _fingerprint(name)


def _stamp(name: str) -> Path:
    return ENVIRONMENTS / name / "madoguchi.lock"


def _fingerprint(name: str) -> str:
    return hashlib.sha256(requirements(name).read_bytes()).hexdigest()


def _install(name: str) -> None:
    installer = uv()
    folder = ENVIRONMENTS / name
    if not python(name).exists():
        shutil.rmtree(folder, ignore_errors=True)
        _create(folder, with_pip=False)
    # Rasa's own bound on Python is lifted on purpose; the list is complete, so nothing is resolved here.
    lock = str(requirements(name))
    _run([installer, "pip", "sync", "--quiet", "--python", str(python(name)), "--require-hashes", lock])
    _stamp(name).write_text(_fingerprint(name))


def _create(folder: Path, *, with_pip: bool) -> None:
    try:
        venv.create(folder, with_pip=with_pip, symlinks=True, clear=folder.exists())
    except (OSError, subprocess.CalledProcessError) as error:
        raise Trouble(
            f"The folder {folder} cannot be written ({error}): check its owner and the free space."
        ) from error


def _run(command: list[str]) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        sys.stderr.write(result.stderr[-3000:])
        raise Trouble(
            "Packages could not be installed: see the lines above; is the package registry reachable?"
        )
