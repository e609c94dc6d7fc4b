"""Reviewed messages are learnt only if they are clean, and only if a person wants what comes of them."""

import json
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from scripts.lib import previous, reviewed
from scripts.lib.environments import ROOT
from scripts.lib.learning import DECLINED, KEPT, REFUSED, Workshop, learn, show_batches, undo
from scripts.lib.previous import Previous
from scripts.lib.reviewed import NAME, Label
from scripts.lib.steps import Trouble
from tests.scripts.copies import copy, run

STAFFING = """\
version: "3.1"

nlu:
  - intent: staffing
    metadata:
      subtopic: H1
    examples: |
      - 求人を出しても誰も来ない
  - intent: thank
    examples: |
      - 助かりました
"""
EVALUATED = {
    "id": "e1", "text": "募集に応募がない", "kind": "topic", "topics": ["staffing"], "subtopic": "H1", "urgent": False,
}  # fmt: skip
REVIEW: dict[str, Any] = {
    "message": "m1", "conversation": "c1", "text": "若い人がすぐに辞めてしまう", "intent": "staffing", "subtopic": "H2",
    "urgent": False, "also": "", "reviewer": "s7", "reviewed": "2026-11-21", "note": "which we do not read",
}  # fmt: skip
SECOND = REVIEW | {
    "message": "m2",
    "text": "台風で工場が浸水しています",
    "intent": "bcp",
    "subtopic": "B5",
    "urgent": True,
}
TODAY = date(2026, 11, 22)


class Trainer:
    """Makes a file named by the content of the training data, as training does, and holding what it knows."""

    def __init__(self, sentences: Path, models: Path) -> None:
        self.sentences, self.models = sentences, models

    def __call__(self) -> Path:
        content = b"".join(file.read_bytes() for file in sorted(self.sentences.glob("*.yml")))
        model = self.models / f"madoguchi-{sha256(content).hexdigest()[:16]}.tar.gz"
        self.models.mkdir(exist_ok=True)
        told = {
            one.text: [one.label.intent, one.label.subtopic, one.label.is_urgent]
            for one in reviewed.read(self.sentences)
        }
        model.write_text(json.dumps(told))
        return model


def triage(messages: Sequence[Mapping[str, Any]], model: Path) -> dict[str, dict[str, Any]]:
    """Knows by heart what was learnt, takes the rest for talk, and loses e1 once there is more than it can hold."""
    learnt = json.loads(model.read_text())
    learnt |= {EVALUATED["text"]: ["staffing", "H1", False]} if len(learnt) < 3 else {}
    return {one["id"]: _given(*learnt.get(one["text"], ("thank", None, False))) for one in messages}


def _given(intent: str, subtopic: str | None, is_urgent: bool) -> dict[str, Any]:
    is_talk = intent == "thank"
    return {
        "kind": "smalltalk" if is_talk else "topic", "topics": [] if is_talk else [intent],
        "subtopic": subtopic or None, "urgent": is_urgent,
    }  # fmt: skip


def yes(question: str) -> bool:
    return True


def no(question: str) -> bool:
    return False


def nobody(question: str) -> bool:
    raise AssertionError(question)


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    sentences, evaluation, models = (tmp_path / name for name in ("nlu", "evaluation", "models"))
    sentences.mkdir()
    evaluation.mkdir()
    (sentences / "staffing.yml").write_text(STAFFING, "utf-8")
    (evaluation / "messages.jsonl").write_text(json.dumps(EVALUATED), "utf-8")
    return Workshop(sentences, evaluation, models, Trainer(sentences, models), triage, yes, TODAY)


Exported = Callable[..., Path]


@pytest.fixture
def exported(tmp_path: Path) -> Exported:
    def write(*reviews: Any) -> Path:
        file = tmp_path / "reviewed.jsonl"
        lines = (one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in reviews)
        file.write_text("\n".join(lines) + "\n", "utf-8")
        return file

    return write


def written(shop: Workshop) -> str:
    file = shop.sentences / NAME
    return file.read_text("utf-8") if file.exists() else ""


def without(field: str) -> dict[str, Any]:
    return {key: value for key, value in REVIEW.items() if key != field}


def test_a_kept_batch_stands_in_the_training_data_with_where_each_sentence_is_from(
    shop: Workshop, exported: Exported
) -> None:
    assert learn(exported(REVIEW, SECOND), shop) == KEPT

    assert written(shop).split("\n", 4)[4] == (
        '  - intent: staffing\n    metadata:\n      subtopic: H2\n    examples:\n      - text: 若い人がすぐに辞めてしまう\n'
        '        metadata:\n          message: "m1"\n          reviewer: "s7"\n          reviewed: "2026-11-21"\n          batch: 1\n'
        '  - intent: bcp\n    metadata:\n      subtopic: B5\n      urgent: true\n    examples:\n      - text: 台風で工場が浸水しています\n'
        '        metadata:\n          message: "m2"\n          reviewer: "s7"\n          reviewed: "2026-11-21"\n          batch: 1\n'
    )  # fmt: skip
    assert [one.label for one in reviewed.read(shop.sentences) if one.origin] == [
        Label("staffing", "H2"), Label("bcp", "B5", is_urgent=True),
    ]  # fmt: skip


def test_before_anybody_decides_it_is_shown_what_turned_right_and_what_turned_wrong(
    shop: Workshop, exported: Exported, capsys: pytest.CaptureFixture[str]
) -> None:
    learn(exported(REVIEW), shop)

    said = capsys.readouterr().out
    assert "messages (1 messages)" in said
    assert (
        "turned wrong: 1\n    e1 「募集に応募がない」 (kind, main topic, one topic only, sub-topic)" in said
    )
    assert "reviewed messages (1 messages)" in said
    assert (
        "turned right: 1\n    m1 「若い人がすぐに辞めてしまう」 (kind, main topic, one topic only, sub-topic)"
        in said
    )
    assert "Kept: batch 1, 1 messages." in said


@pytest.mark.parametrize("is_first", [True, False])
def test_a_declined_batch_leaves_everything_as_it_was(
    shop: Workshop, exported: Exported, is_first: bool
) -> None:
    if not is_first:
        learn(exported(REVIEW), shop)
    before, note, model = written(shop), previous.read(shop.models), shop.train()

    assert learn(exported(SECOND), replace(shop, ask=no)) == DECLINED

    assert written(shop) == before
    assert (shop.sentences / NAME).exists() is not is_first
    assert (previous.read(shop.models), shop.train()) == (note, model)


def test_a_training_that_fails_leaves_everything_as_it_was(shop: Workshop, exported: Exported) -> None:
    learn(exported(REVIEW), shop)
    before, note = written(shop), previous.read(shop.models)

    def fails() -> Path:
        if written(shop) != before:
            raise Trouble("Training failed.")
        return shop.train()

    with pytest.raises(Trouble):
        learn(exported(SECOND), replace(shop, train=fails, ask=nobody))

    assert (written(shop), previous.read(shop.models)) == (before, note)


def test_while_nobody_has_decided_the_model_before_the_last_kept_batch_stays_named(
    shop: Workshop, exported: Exported
) -> None:
    first = shop.train().name
    learn(exported(REVIEW), shop)
    seen = []

    def ask(question: str) -> bool:
        seen.append(previous.read(shop.models))
        return False

    learn(exported(SECOND), replace(shop, ask=ask))

    assert seen == [Previous(2, first, is_decided=False)]
    assert previous.read(shop.models) == Previous(1, first, is_decided=True)


def test_the_last_batch_is_taken_out_again_and_the_model_before_it_is_used(
    shop: Workshop, exported: Exported, capsys: pytest.CaptureFixture[str]
) -> None:
    learn(exported(REVIEW), shop)
    before, model = written(shop), shop.train()
    more = REVIEW | {"message": "m3", "text": "新人が三日で来なくなった"}
    learn(exported(SECOND, more), shop)
    assert previous.read(shop.models) == Previous(2, model.name, is_decided=True)

    assert undo(shop) == KEPT

    assert written(shop) == before
    assert shop.train() == model
    said = capsys.readouterr().out
    assert "- 台風で工場が浸水しています (bcp B5 urgent; message m2, s7, 2026-11-21)" in said
    assert model.name in said


def test_without_batches_there_is_no_file_and_nothing_to_take_out(shop: Workshop, exported: Exported) -> None:
    learn(exported(REVIEW), shop)
    undo(shop)

    assert not (shop.sentences / NAME).exists()
    with pytest.raises(Trouble):
        undo(shop)


def test_a_declined_undo_changes_nothing(shop: Workshop, exported: Exported) -> None:
    learn(exported(REVIEW), shop)
    before = written(shop)

    assert undo(replace(shop, ask=no)) == DECLINED
    assert written(shop) == before


def test_a_batch_that_was_cut_off_before_the_answer_is_taken_out_first(
    shop: Workshop, exported: Exported
) -> None:
    learn(exported(REVIEW), shop)
    previous.write(shop.models, Previous(1, "madoguchi-old.tar.gz", is_decided=False))

    with pytest.raises(Trouble):
        learn(exported(SECOND), shop)
    undo(shop)

    assert learn(exported(SECOND), shop) == KEPT


def test_the_batches_are_listed(
    shop: Workshop, exported: Exported, capsys: pytest.CaptureFixture[str]
) -> None:
    learn(exported(REVIEW, SECOND | {"reviewer": "s2", "reviewed": "2026-11-20"}), shop)
    capsys.readouterr()

    assert show_batches(shop) == KEPT
    assert capsys.readouterr().out == "batch 1: 2 messages, reviewed 2026-11-20 to 2026-11-21 by s2, s7\n"


def test_a_dry_run_shows_what_would_be_added_and_neither_trains_nor_writes(
    shop: Workshop, exported: Exported, capsys: pytest.CaptureFixture[str]
) -> None:
    def trains() -> Path:
        raise AssertionError("trained")

    assert learn(exported(REVIEW), replace(shop, train=trains, ask=nobody), is_dry=True) == KEPT
    assert "若い人がすぐに辞めてしまう" in capsys.readouterr().out
    assert not written(shop)


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
    "text",
    ["- 一", "理由: 不明", "a # b", "一行目\n二行目です", "「はい」", '"引用"です', "絵文字😀です", "yes"],
)
def test_whatever_was_written_is_read_back_as_it_was(shop: Workshop, exported: Exported, text: str) -> None:
    learn(exported(REVIEW | {"text": text}), shop)

    assert [one.text for one in reviewed.read(shop.sentences) if one.origin] == [text]


def test_the_model_before_the_last_batch_is_not_forgotten(tmp_path: Path) -> None:
    house = copy(tmp_path)
    names = [f"madoguchi-{number}.tar.gz" for number in range(6)]
    (house / "models").mkdir()
    for number, name in enumerate(names):
        (house / "models" / name).touch()
        os.utime(house / "models" / name, (number, number))
    previous.write(house / "models", Previous(1, names[0], is_decided=True))

    result = run(house, "-c", "from scripts.lib import training; training._forget_old()")

    assert result.returncode == 0, result.stderr
    assert sorted(file.name for file in (house / "models").glob("*.gz")) == [names[0], *names[3:]]


def test_a_note_that_was_half_written_is_none(tmp_path: Path) -> None:
    (tmp_path / previous.NAME).write_text('{"batch": 1, "mod')

    assert previous.read(tmp_path) is None


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
