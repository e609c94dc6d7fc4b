"""An environment is made from its lock, once for each lock; a fake uv writes down what it was asked."""

from pathlib import Path

import pytest

from tests.scripts.copies import copy, run

PREPARE = "from scripts.lib import environments; environments.prepare('api')"
UV = """#!/bin/sh
echo "$@" >> "{asked}"
exit {status}
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return copy(tmp_path)


def give_uv(house: Path, *, status: int = 0) -> Path:
    """Put an uv where the scripts keep theirs; returns the file of what it was asked."""
    asked, uv = house / "asked", house / ".venv" / "tools" / "bin" / "uv"
    uv.parent.mkdir(parents=True, exist_ok=True)
    uv.write_text(UV.format(asked=asked, status=status))
    uv.chmod(0o755)
    return asked


def test_an_environment_is_made_once_from_the_lock_with_its_hashes(house: Path) -> None:
    asked = give_uv(house)

    first, second = run(house, "-c", PREPARE), run(house, "-c", PREPARE)

    (command,) = asked.read_text().splitlines()
    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert "pip sync" in command and "--require-hashes" in command
    assert command.endswith(str(house / "api" / "requirements.txt"))
    assert (house / ".venv" / "api" / "bin" / "python").exists()
    assert "installing the api environment" in first.stderr
    assert second.stderr == ""


def test_a_changed_lock_is_installed_again(house: Path) -> None:
    asked = give_uv(house)
    run(house, "-c", PREPARE)
    lock = house / "api" / "requirements.txt"
    lock.write_text(lock.read_text() + "# another\n")

    run(house, "-c", PREPARE)

    assert len(asked.read_text().splitlines()) == 2


def test_a_failed_install_is_one_sentence_and_tried_again_next_time(house: Path) -> None:
    asked = give_uv(house, status=1)

    failed = run(house, "-c", PREPARE)
    give_uv(house)
    mended = run(house, "-c", PREPARE)

    assert failed.returncode == 1
    assert "Packages could not be installed" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert mended.returncode == 0
    assert len(asked.read_text().splitlines()) == 2


def test_a_folder_that_cannot_be_written_is_one_sentence(house: Path) -> None:
    (house / ".venv").write_text("a file where the folder goes")

    failed = run(house, "-c", PREPARE)

    assert failed.returncode == 1
    assert "cannot be written" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_the_locks_name_no_index_and_pin_every_package_with_a_hash() -> None:
    root = Path(__file__).parents[2]
    for lock in (root / f"{folder}/requirements.txt" for folder in ("api", "bot", "benchmarks/stock")):
        text = lock.read_text("utf-8")
        packages = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert packages and all("==" in line for line in packages), lock
        assert text.count("--hash=sha256:") >= len(packages), lock
        assert "://" not in text and "--index" not in text and "--extra" not in text, lock
