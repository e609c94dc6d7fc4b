"""A model belongs to what it was trained from."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scripts.copies import copy, run

Change = Callable[[Path], object]


def fingerprint(folder: Path) -> str:
    result = run(folder, "-c", "from scripts.lib import training; print(training.fingerprint())")
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def first(house: Path) -> str:
    return fingerprint(house)


def add(line: str) -> Change:
    return lambda file: file.write_text(file.read_text("utf-8") + line, "utf-8")


def write(text: str) -> Change:
    return lambda file: file.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("data/nlu/staffing.yml", add("    - もう一つの文です\n")),
        ("data/nlu/new.yml", write("nlu: []\n")),
        ("data/rules/rules.yml", add("# another\n")),
        ("domain.yml", add("# another\n")),
        ("config.yml", add("# another\n")),
        ("bot/classifier.py", add("# another\n")),
        ("knowledge/text.py", add("# another\n")),
    ],
)
def test_any_change_of_what_is_learnt_asks_for_a_new_model(
    house: Path, first: str, path: str, change: Change
) -> None:
    file = house / path
    before = file.read_bytes() if file.exists() else None
    change(file)

    changed = fingerprint(house)
    if before is None:
        file.unlink()
    else:
        file.write_bytes(before)

    assert changed != first
    assert fingerprint(house) == first


def test_a_file_that_only_changes_its_name_is_a_change(house: Path, first: str) -> None:
    file = house / "data/nlu/staffing.yml"
    moved = file.rename(file.with_name("staffing_moved.yml"))

    changed = fingerprint(house)
    moved.rename(file)

    assert changed != first


@pytest.mark.parametrize(
    "path",
    [
        "bot/__pycache__/classifier.pyc",
        "data/notes.md",
        "knowledge/facts/new.csv",
        "actions/talk.py",
        "README.md",
    ],
)
def test_what_training_does_not_read_makes_no_difference(house: Path, first: str, path: str) -> None:
    file = house / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("anything")

    assert fingerprint(house) == first


def test_the_same_content_elsewhere_has_the_same_model(first: str, tmp_path: Path) -> None:
    assert fingerprint(copy(tmp_path)) == first


def test_a_model_that_is_there_is_not_trained_again(house: Path, first: str) -> None:
    there = house / "models" / f"madoguchi-{first}.tar.gz"
    there.parent.mkdir()
    there.touch()

    result = run(house, "-c", "from scripts.lib import training; print(training.model())")

    assert result.stdout.strip() == str(there)
    assert result.stderr == ""
