"""What scripts/learn writes is what the classifier learns from."""

from pathlib import Path

import pytest
from rasa.shared.nlu.constants import INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message

from scripts.lib.reviewed import Label, Origin, Sentence, render

ORIGIN = Origin(message="m1", reviewer="s7", reviewed="2026-11-22", batch=3)
TEXTS = [
    "人が足りません",
    "- 一",
    "理由: 不明",
    "# 客",
    "「はい」",
    "2",
    "yes",
    "一行目\n二行目",
    '"引用"',
    "絵文字😀",
    "a: |",
]


def read(*sentences: Sentence) -> list[Message]:
    reader = RasaYAMLReader()
    reader.filename = str(Path("reviewed.yml"))
    messages: list[Message] = reader.reads(render(sentences)).training_examples
    return messages


def test_the_labels_of_the_block_arrive_beside_the_origin_of_the_example() -> None:
    (message,) = read(Sentence("開かない", Label("cyber", "C1", True, "bcp"), origin=ORIGIN))

    assert message.get(INTENT) == "cyber"
    assert message.get(METADATA) == {
        "intent": {"subtopic": "C1", "urgent": True, "also": "bcp"},
        "example": {"message": "m1", "reviewer": "s7", "reviewed": "2026-11-22", "batch": 3},
    }


def test_a_sentence_without_finer_labels_has_none() -> None:
    (message,) = read(Sentence("ありがとう", Label("thank"), origin=ORIGIN))

    assert "intent" not in message.get(METADATA)


@pytest.mark.parametrize("text", TEXTS)
def test_the_text_arrives_as_it_was_written(text: str) -> None:
    (message,) = read(Sentence(text, Label("thank"), origin=ORIGIN))

    assert message.get(TEXT) == text
