"""Reviewed messages are learnt only if a person wants what comes of them, and can be taken out again."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.lib import previous, reviewed
from scripts.lib.learning import DECLINED, KEPT, Workshop, learn, show_batches, undo
from scripts.lib.previous import Previous
from scripts.lib.reviewed import NAME, Label
from scripts.lib.steps import Trouble
from tests.scripts.copies import copy, run
from tests.scripts.workshop import REVIEW, SECOND, Exported, no, nobody, written


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
