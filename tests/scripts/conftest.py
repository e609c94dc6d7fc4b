"""A workshop in a folder of its own, and a way to export reviews to it."""

import json
from pathlib import Path
from typing import Any

import pytest

from scripts.lib.learning import Workshop
from tests.scripts.workshop import EVALUATED, STAFFING, TODAY, Exported, Trainer, triage, yes


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    sentences, evaluation, models = (tmp_path / name for name in ("nlu", "evaluation", "models"))
    sentences.mkdir()
    evaluation.mkdir()
    (sentences / "staffing.yml").write_text(STAFFING, "utf-8")
    (evaluation / "messages.jsonl").write_text(json.dumps(EVALUATED), "utf-8")
    return Workshop(sentences, evaluation, models, Trainer(sentences, models), triage, yes, TODAY)


@pytest.fixture
def exported(tmp_path: Path) -> Exported:
    def write(*reviews: Any) -> Path:
        file = tmp_path / "reviewed.jsonl"
        lines = (one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in reviews)
        file.write_text("\n".join(lines) + "\n", "utf-8")
        return file

    return write
