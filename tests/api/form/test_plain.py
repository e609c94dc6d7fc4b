"""The form in やさしい日本語: each text has its twin beside it, with short sentences."""

import re
from pathlib import Path

import pytest

import api.form.pages

LONGEST = 40
TEMPLATES = sorted((Path(api.form.pages.__file__).parent / "templates").glob("*.html"))
TWINS = re.compile(r'say\(("[^"]*"(?: ~ \w+ ~ "[^"]*")?), ((?:\w+ ~ )?"[^"]*")\)')
HARD = re.compile(r"ご[一-龠]|お[書困急話]|いただ|申し訳|ただいま")


def plain_texts() -> list[str]:
    found = [TWINS.findall(file.read_text("utf-8")) for file in TEMPLATES]
    return [plain.replace('"', "") for twins in found for _, plain in twins]


def test_every_text_with_a_twin_is_seen() -> None:
    calls = sum(file.read_text("utf-8").count("say(") for file in TEMPLATES)
    definitions = sum(file.read_text("utf-8").count("macro say(") for file in TEMPLATES)

    assert len(plain_texts()) == calls - definitions > 30


@pytest.mark.parametrize("text", plain_texts())
def test_a_plain_text_has_short_sentences_and_no_polite_turns(text: str) -> None:
    assert [sentence for sentence in text.split("。") if len(sentence) > LONGEST] == []
    assert HARD.findall(text) == []
