"""The command scripts/facts, really run in a copy of the house with its real tables."""

import csv
import os
import re
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from knowledge.desks import card_text, desk_card, find_desk
from scripts.lib.facts_command import in_japanese
from tests.scripts.copies import copy

TOKYO = timezone(timedelta(hours=9))
FACTS = "knowledge/facts"


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house whose tables nobody edits."""
    return copy(tmp_path_factory.mktemp("house"))


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return copy(tmp_path / "house")


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A program in that folder, which sees neither our repository nor our settings of git."""
    ours = ("PYTHON", "GIT_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        command,
        cwd=folder,
        env={**environment, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def facts(house: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(house, "scripts/facts", *arguments)


def git(house: Path, *arguments: str) -> None:
    person = ("-c", "user.name=担当者", "-c", "user.email=tanto@example.jp")
    result = run(house, "git", *person, *arguments)
    assert result.returncode == 0, result.stderr


def edit(house: Path, file: str, change: Callable[[list[dict[str, str]]], object]) -> None:
    """Change the rows of a table as a spreadsheet would: with a byte-order mark."""
    path = house / FACTS / file
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        rows = list(reader)
        columns = list(reader.fieldnames or ())
    change(rows)
    with path.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.DictWriter(lines, columns)
        writer.writeheader()
        writer.writerows(rows)


def set_value(id_: str, column: str, value: str) -> Callable[[list[dict[str, str]]], object]:
    def change(rows: list[dict[str, str]]) -> None:
        next(row for row in rows if row["id"] == id_)[column] = value

    return change


def test_right_tables_are_counted_and_called_right(untouched: Path) -> None:
    result = facts(untouched)

    assert (result.returncode, result.stderr) == (0, "")
    *counts, last = result.stdout.splitlines()
    assert [line.partition(" ")[0] for line in counts] == sorted(
        file.name for file in (untouched / FACTS).glob("*.csv")
    )
    with (untouched / FACTS / "desks.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert f"desks.csv {len(list(csv.DictReader(lines)))}行" in counts
    assert last == "すべて正しく読めました。"


def test_faults_of_several_tables_are_told_in_one_run(house: Path) -> None:
    edit(house, "municipalities.csv", set_value("chiyoda", "area", "山手"))
    (house / FACTS / "phones.csv").write_bytes("desk,番号\n".encode("cp932"))

    result = facts(house)

    assert (result.returncode, result.stdout) == (1, "")
    named = {line.split()[1] for line in result.stderr.splitlines() if line.startswith("✗")}
    assert named == {"phones.csv", "municipalities.csv"}
    assert "CSV UTF-8" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_fault_names_file_row_and_remedy_once(house: Path) -> None:
    edit(house, "desks.csv", set_value("kosha", "certainty", "X"))

    result = facts(house)

    fault, last = result.stderr.splitlines()
    assert re.match(
        r"✗ desks.csv \d+行目: 「certainty」の値「X」は使えません → 次から選んでください: ", fault
    )
    assert last == "直すところが1件あります。直したら、もう一度 scripts/facts を実行してください。"


def test_a_card_is_shown_as_visitors_see_it(untouched: Path) -> None:
    result = facts(untouched, "card", "kosha", "よろず")

    now = datetime.now(TOKYO)
    cards = [card_text(desk_card(find_desk(desk), now=now)) for desk in ("kosha", "yorozu")]
    assert (result.returncode, result.stdout) == (0, "\n\n".join(cards) + "\n")


def test_a_name_that_fits_several_desks_asks_to_choose(untouched: Path) -> None:
    result = facts(untouched, "card", "多摩")

    assert (result.returncode, result.stdout) == (2, "")
    first, *desks = result.stderr.splitlines()
    assert first == f"✗ 「多摩」に合う窓口が{len(desks)}件あります。id で選んでください。"
    assert "  kosha-tama  東京都中小企業振興公社 多摩支社" in desks


def test_a_card_cannot_be_drawn_from_a_faulty_table(house: Path) -> None:
    edit(house, "desks.csv", set_value("kosha", "name", ""))

    result = facts(house, "card", "kosha")

    assert (result.returncode, result.stdout) == (1, "")
    assert re.fullmatch(
        r"✗ desks.csv \d+行目: 「name」が空です → 「name」に値を入れてください\n", result.stderr
    )


@pytest.mark.parametrize("word", ["stale", "--stale"])
def test_what_is_stale_can_be_asked_for_in_two_ways(house: Path, word: str) -> None:
    edit(house, "desks.csv", set_value("yorozu", "checked", "1999-04"))

    result = facts(house, word, "--days", "3650", "--today", "2026-11-22")

    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    heading = next(
        number for number, line in enumerate(lines) if line.startswith("確認が古い(3650日より前) ")
    )
    assert re.match(r"  desks.csv \d+行目 東京都よろず支援拠点\(yorozu\): 1999-04 出典: ", lines[heading + 1])
    assert lines[-1].startswith("まとめ: ")


def test_the_tables_at_hand_are_compared_with_a_revision(house: Path) -> None:
    git(house, "init", "--quiet")
    git(house, "add", FACTS)
    git(house, "commit", "--quiet", "--message", "facts")
    same = facts(house, "diff", "HEAD")
    edit(house, "desks.csv", set_value("yorozu", "short_name", "よろず支援"))
    edit(house, "routes.csv", lambda rows: rows.insert(0, rows.pop()))

    changed = facts(house, "diff", "HEAD")

    assert (same.returncode, same.stdout, same.stderr) == (0, "違いはありません。\n", "")
    assert (changed.returncode, changed.stderr) == (0, "")
    desk, order = changed.stdout.splitlines()
    assert (
        desk
        == "desks.csv: 東京都よろず支援拠点(yorozu)の「short_name」が変わりました: 「よろず」→「よろず支援」"
    )
    assert order.startswith("routes.csv: 順番が変わりました(routes.csv は上から順に見ます): ")
    assert order.endswith("行目→2行目)")


def test_two_folders_are_compared_without_git(untouched: Path, house: Path) -> None:
    edit(house, "phones.csv", lambda rows: rows.pop(0))

    result = facts(untouched, "diff", str(untouched / FACTS), str(house))

    assert result.returncode == 0
    (line,) = result.stdout.splitlines()
    assert line.startswith("phones.csv: ") and line.endswith(" の行が消えました")


def test_two_revisions_are_compared(house: Path) -> None:
    git(house, "init", "--quiet")
    git(house, "add", FACTS)
    git(house, "commit", "--quiet", "--message", "facts")
    (house / FACTS / "signs.csv").unlink()
    git(house, "commit", "--quiet", "--all", "--message", "no signs")

    result = facts(house, "diff", "HEAD~1", "HEAD")

    assert result.stdout.startswith("signs.csv: 表がなくなりました(")


def test_an_unknown_version_is_told_in_one_sentence(house: Path) -> None:
    without_git = facts(house, "diff", "v9")
    git(house, "init", "--quiet")
    git(house, "commit", "--quiet", "--allow-empty", "--message", "empty")

    unknown, empty = facts(house, "diff", "v9"), facts(house, "diff", "HEAD")

    told = [(result.returncode, result.stderr) for result in (without_git, unknown, empty)]
    assert told == [
        (1, "✗ 「v9」に CSV がなく、ここでは git の版も読めません。表のあるフォルダを書いてください。\n"),
        (1, "✗ 「v9」という git の版も、CSV のあるフォルダもありません。名前を確かめてください。\n"),
        (1, "✗ 版「HEAD」には knowledge/facts がありません。ほかの版を書いてください。\n"),
    ]


def test_an_old_version_that_cannot_be_read_says_which(untouched: Path, tmp_path: Path) -> None:
    (tmp_path / "desks.csv").write_bytes("id,名前\n".encode("cp932"))

    result = facts(untouched, "diff", str(tmp_path))

    assert result.returncode == 1
    assert result.stderr.startswith(f"✗ 版「{tmp_path}」の表が読めません。desks.csv 1行目: 文字コード")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("look",), "「look」という使い方はありません。"),
        (("--loud",), "「--loud」の意味が分かりません。"),
        (("card",), "「窓口」を書いてください。"),
        (("diff",), "「前」を書いてください。"),
        (("diff", "a", "b", "c"), "「c」の意味が分かりません。"),
        (("stale", "--days"), "--days のあとに値を書いてください。"),
        (("stale", "--days", "many"), "--days には0から36500までの数を書いてください。"),
        (("stale", "--today", "2026/1/1"), "--today には 2026-11-30 のように日付を書いてください。"),
        (("stale", "--all=1"), "--all に値は要りません。"),
    ],
)
def test_what_is_typed_wrong_is_told_in_japanese(
    untouched: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    result = facts(untouched, *arguments)

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == f"✗ {sentence}使い方は scripts/facts --help で見られます。\n"


def test_a_complaint_we_do_not_know_is_still_japanese() -> None:
    assert in_japanese("something new") == "書き方が違います。"


@pytest.mark.parametrize("arguments", [("--help",), ("stale", "-h")])
def test_the_help_is_one_japanese_page(untouched: Path, arguments: tuple[str, ...]) -> None:
    result = facts(untouched, *arguments)

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("使い方: scripts/facts [card | stale | diff]")
    assert "usage" not in result.stdout
