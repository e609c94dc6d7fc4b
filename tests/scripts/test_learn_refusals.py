"""Reviewed messages are learnt only if they are clean."""

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scripts.lib import reviewed
from scripts.lib.environments import ROOT
from scripts.lib.learning import KEPT, REFUSED, Workshop, learn
from scripts.lib.reviewed import NAME
from scripts.lib.steps import Trouble
from tests.scripts.workshop import REVIEW, SECOND, STAFFING, Exported, nobody, without, written


@pytest.mark.parametrize(
    ("review", "field", "said"),
    [
        ("not json", "line", "is no JSON object"),
        ("[1]", "line", "is no JSON object"),
        (without("message"), "message", "is missing"),
        (without("conversation"), "conversation", "is missing"),
        (without("text"), "text", "is missing"),
        (without("intent"), "intent", "is missing"),
        (without("urgent"), "urgent", "is missing"),
        (without("reviewer"), "reviewer", "is missing"),
        (without("reviewed"), "reviewed", "is missing"),
        (without("subtopic"), "subtopic", "does not belong to staffing: one of H1, H2"),
        (REVIEW | {"subtopic": "C1"}, "subtopic", "does not belong to staffing: one of H1, H2"),
        (REVIEW | {"subtopic": 1}, "subtopic", "does not belong to staffing"),
        (REVIEW | {"intent": "thank"}, "subtopic", "does not belong to thank: leave it out"),
        (REVIEW | {"intent": "stafing"}, "intent", "is not known: one of bcp, cyber, neighbour, sales_decline"),
        (REVIEW | {"intent": ["staffing"]}, "intent", "is not known"),
        (REVIEW | {"also": "staffing"}, "also", "does not go with staffing: one of bcp, cyber"),
        (REVIEW | {"also": "crisis"}, "also", "does not go with staffing"),
        (REVIEW | {"also": ["bcp"]}, "also", "does not go with staffing"),
        (REVIEW | {"intent": "thank", "subtopic": "", "also": "bcp"}, "also", "does not go with thank: leave it out"),
        (REVIEW | {"urgent": "false"}, "urgent", "is neither true nor false"),
        (REVIEW | {"reviewed": "22.11.2026"}, "reviewed", "is no date: write it as 2026-11-22"),
        (REVIEW | {"reviewed": "2026-02-30"}, "reviewed", "is no date"),
        (REVIEW | {"reviewed": 20261122}, "reviewed", "is no date"),
        (REVIEW | {"reviewed": "2026-11-23"}, "reviewed", "is after today, 2026-11-22"),
        (REVIEW | {"text": "  "}, "text", "is empty"),
        (REVIEW | {"text": 5}, "text", "is empty"),
        (REVIEW | {"text": "人" * 401}, "text", "is longer than 400 characters"),
        (REVIEW | {"text": "[写真](bcp)を見て"}, "text", "holds marks that Rasa reads as its own"),
        (REVIEW | {"text": "${HOME}が出た"}, "text", "holds marks that Rasa reads as its own"),
        (REVIEW | {"reviewer": "佐藤"}, "reviewer", "is no id"),
        (REVIEW | {"reviewer": "sato@example.jp"}, "reviewer", "is no id"),
        (REVIEW | {"message": 7}, "message", "is no id"),
        (REVIEW | {"subtopc": "H1"}, "subtopc", "is not known: take it out, or mend its name"),
    ],
)  # fmt: skip
def test_every_fault_is_named_with_file_line_field_and_the_way_out(
    shop: Workshop, exported: Exported, capsys: pytest.CaptureFixture[str], review: Any, field: str, said: str
) -> None:
    file = exported(SECOND, "", review)

    assert learn(file, replace(shop, ask=nobody), skips=True) == REFUSED
    assert f"{file}:3: {field} {said}" in capsys.readouterr().err
    assert not written(shop)


def test_all_faults_are_named_at_once(
    shop: Workshop, exported: Exported, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = REVIEW | {"reviewed": "yesterday", "text": "", "urgent": 0}

    learn(exported(wrong, "x", REVIEW | {"text": "田中さんが辞めた"}), shop)

    said = capsys.readouterr().err.splitlines()
    assert [line.split(":")[1] for line in said] == ["1", "1", "1", "2", "3"]


@pytest.mark.parametrize(
    ("review", "said"),
    [
        ({"text": "03-1234-5678に電話して"}, "text holds a telephone number (characters 1 to 12): reword it without"),
        ({"text": "taro@example.jpまで"}, "text holds a mail address"),
        ({"text": "田中さんが辞めた"}, "text holds the name of a person (characters 1 to 2)"),
        ({"text": "株式会社アマノに払ってもらえない"}, "text holds the name of a firm"),
        ({"text": "募集に 応募がない".replace(" ", "")}, "text is in tests/evaluation, which is never learnt"),
        ({"text": "求人を出しても誰も来ない", "subtopic": "H1"}, "text is already known (data/nlu/staffing.yml)"),
        ({"text": " 求人を出しても誰も来ない ", "subtopic": "H1"}, "text is already known"),
        (
            {"text": "求人を出しても誰も来ない"},
            "text is in data/nlu/staffing.yml as 「staffing H1」, here as 「staffing H2」: a person must decide",
        ),
        ({"text": SECOND["text"]}, "text is the same as in line 1: keep one of the two"),
        ({"message": "m2"}, "message is that of line 1: keep one of the two"),
    ],
)  # fmt: skip
def test_what_must_not_be_learnt_is_refused_with_line_reason_and_way_out(
    shop: Workshop, exported: Exported, capsys: pytest.CaptureFixture[str], review: dict[str, Any], said: str
) -> None:
    file = exported(SECOND, REVIEW | review)

    assert learn(file, replace(shop, ask=nobody)) == REFUSED
    assert f"{file}:2: {said}" in capsys.readouterr().err
    assert not written(shop)


def test_what_was_found_is_never_printed(
    shop: Workshop, exported: Exported, capsys: pytest.CaptureFixture[str]
) -> None:
    learn(exported(REVIEW | {"text": "田中さんの番号は03-1234-5678です"}), shop)

    said = capsys.readouterr()
    assert "田中" not in said.out + said.err
    assert "1234" not in said.out + said.err


def test_a_message_is_not_learnt_again_in_other_words(
    shop: Workshop, exported: Exported, capsys: pytest.CaptureFixture[str]
) -> None:
    learn(exported(REVIEW), shop)

    assert learn(exported(REVIEW | {"text": "若手がいつかない"}), shop) == REFUSED
    assert "message was learnt with batch 1" in capsys.readouterr().err


def test_on_request_what_is_refused_is_left_out_and_the_rest_learnt(
    shop: Workshop, exported: Exported, capsys: pytest.CaptureFixture[str]
) -> None:
    file = exported(REVIEW | {"text": "田中さんが辞めた"}, SECOND)

    assert learn(file, shop, skips=True) == KEPT
    assert [one.text for one in reviewed.read(shop.sentences) if one.origin] == [SECOND["text"]]
    assert f"{file}:1: text holds the name of a person" in capsys.readouterr().err


@pytest.mark.parametrize("content", [None, b"", b"\n\n", b"\xff\xfe"])
def test_a_file_that_holds_no_reviews_is_refused(
    shop: Workshop, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "some.jsonl"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(Trouble):
        learn(file, shop)


def test_a_sentence_written_by_hand_does_not_belong_among_the_reviewed(
    shop: Workshop, exported: Exported
) -> None:
    (shop.sentences / NAME).write_text(STAFFING.replace("来ない", "来ません"), "utf-8")

    with pytest.raises(Trouble):
        learn(exported(REVIEW), shop)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name one file of reviews"),
        (["--undo", "--list"], "name one file of reviews"),
        (["--undo", "--yes", "--no"], "not allowed"),
        (["file.jsonl"], "say --yes or --no"),
        (["missing.jsonl", "--dry-run"], "cannot be read"),
    ],
)
def test_a_mistyped_command_is_refused_in_one_sentence(arguments: list[str], said: str) -> None:
    command = [str(ROOT / "scripts" / "learn"), *arguments]

    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False
    )

    assert done.returncode == REFUSED
    assert said in done.stderr
    assert "Traceback" not in done.stderr
