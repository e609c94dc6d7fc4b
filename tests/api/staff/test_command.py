"""scripts/staff makes and changes accounts, also while the gateway runs."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from api.db import Database
from tests.api.staff.reading import rows

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def staff(tmp_path: Path) -> Run:
    def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "api.staff.command", *arguments]
        given = {"PATH": os.environ["PATH"], "MADOGUCHI_DATA": str(tmp_path / "data"), **environment}
        return subprocess.run(command, env=given, capture_output=True, text=True, check=False, timeout=60)

    return run


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Database]:
    """A gateway's database, as a running gateway holds it."""
    database = Database(f"sqlite:///{tmp_path}/data/madoguchi.sqlite")
    database.open()
    yield database
    database.close()


def test_the_first_account_is_made_where_there_is_nothing_yet(staff: Run) -> None:
    done = staff("add", "Sato", "--role", "admin", "--shown", "佐藤")
    listed = staff("list")

    assert done.returncode == 0, done.stderr
    assert "管理者「sato」のアカウントを作りました。" in done.stdout
    assert re.search(r"^http://127\.0\.0\.1:8000/staff/setup/[\w-]{43}$", done.stdout, re.MULTILINE)
    assert listed.stdout == "sato\t佐藤\t管理者\t設定待ち\n"


def test_it_works_beside_a_running_gateway(staff: Run, running: Database) -> None:
    added = staff("add", "sato", "--role", "admin", PUBLIC_URL="https://madoguchi.example")
    changed = staff("role", "sato", "admin")

    assert (added.returncode, changed.returncode) == (0, 0), added.stderr
    assert "\nhttps://madoguchi.example/staff/setup/" in added.stdout


def test_the_folder_may_be_named_before_or_after(staff: Run, tmp_path: Path) -> None:
    other = str(tmp_path / "other")
    staff("add", "sato", "--role", "admin", "--data-dir", other)

    assert staff("--data-dir", other, "list").stdout.startswith("sato\t")
    assert "まだありません" in staff("list").stdout


WRONG = [
    (("add", "sato", "--role", "viewer"), "もう使われています"),
    (("add", "佐藤", "--role", "viewer"), "ログイン名は"),
    (("add", "suzuki", "--role", "boss"), "役割「boss」はありません"),
    (("disable", "nobody"), "アカウント「nobody」はありません"),
    (("disable", "sato"), "管理者がいなくなってしまう"),
    (("role", "sato", "viewer"), "管理者がいなくなってしまう"),
]


@pytest.mark.parametrize(("arguments", "says"), WRONG)
def test_what_cannot_be_done_is_told_in_a_sentence(staff: Run, arguments: tuple[str, ...], says: str) -> None:
    staff("add", "sato", "--role", "admin")
    refused = staff(*arguments)

    assert refused.returncode == 1
    assert says in refused.stderr
    assert "Traceback" not in refused.stderr


def test_whoever_lost_everything_is_set_up_anew(staff: Run) -> None:
    first = staff("add", "sato", "--role", "admin").stdout.split("/staff/setup/")[1]
    again = staff("reset", "sato")

    assert again.returncode == 0
    assert again.stdout.split("/staff/setup/")[1] != first


def test_stopping_and_lifting_it_are_noted(staff: Run, tmp_path: Path) -> None:
    staff("add", "sato", "--role", "admin")
    staff("add", "suzuki", "--role", "lead")
    for order in ("disable", "disable", "enable"):
        assert staff(order, "suzuki").returncode == 0

    acts = [row[0] for row in rows(tmp_path / "data", "SELECT act FROM audit ORDER BY id")]
    assert acts == ["person_added", "person_added", "person_disabled", "person_enabled"]


def test_a_record_that_was_cut_is_told_from_a_whole_one(staff: Run, tmp_path: Path) -> None:
    staff("add", "sato", "--role", "admin")
    whole = staff("audit", "verify")
    kept = whole.stdout.strip().rpartition(" ")[2]
    same = staff("audit", "verify", "--kept", kept)
    other = staff("audit", "verify", "--kept", "1:" + "0" * 64)
    rows(tmp_path / "data", "DROP TRIGGER audit_DELETE")
    rows(tmp_path / "data", "DELETE FROM audit")
    cut = staff("audit", "verify")

    assert "1 件に、欠けや書き換えはありません。" in whole.stdout
    assert (same.returncode, other.returncode, cut.returncode) == (0, 1, 1)
    assert "1番が、欠けているか、書き換えられています。" in cut.stderr


def test_its_help_names_every_order(staff: Run) -> None:
    told = staff("--help")

    assert told.returncode == 0
    for order in ("add", "list", "role", "disable", "enable", "reset", "audit verify"):
        assert order in told.stdout
