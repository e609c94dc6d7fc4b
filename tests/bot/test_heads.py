"""Label models side by side."""

from pathlib import Path

import numpy as np
import pytest

from bot.heads import Heads
from bot.labels import LabelModel

FIRST = LabelModel(
    ["a", "b"], np.asarray([[1.0, 0.0], [0.0, 2.0]], np.float32), np.asarray([0.5, 0.0], np.float32)
)
SECOND = LabelModel(["c"], np.asarray([[3.0], [4.0]], np.float32), np.asarray([-1.0], np.float32))
COLUMNS, VALUES = np.asarray([1], np.int32), np.asarray([0.5], np.float32)


@pytest.fixture
def heads() -> Heads:
    return Heads.of({"first": FIRST, "second": SECOND})


def test_each_model_finds_its_labels_in_the_one_answer(heads: Heads) -> None:
    scores = heads.scores(heads.rows(COLUMNS), VALUES)

    assert scores[heads.spans["first"]].tolist() == [0.5, 1.0]
    assert scores[heads.spans["second"]].tolist() == [1.0]


def test_they_are_the_same_after_they_were_kept(heads: Heads, tmp_path: Path) -> None:
    heads.save(tmp_path)
    kept = Heads.load(tmp_path)

    assert kept.labels == heads.labels
    assert (
        kept.scores(kept.rows(COLUMNS), VALUES).tolist() == heads.scores(heads.rows(COLUMNS), VALUES).tolist()
    )
