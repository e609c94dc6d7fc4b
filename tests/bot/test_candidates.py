"""The ways to understand that ours is compared with learn from the same sentences and see the same features."""

from pathlib import Path

import numpy as np

from benchmarks import sentences
from benchmarks.answers import Answer
from benchmarks.blocks import Features, characters, words
from benchmarks.linear import commonest, naive_bayes, regression
from benchmarks.present import offered
from benchmarks.sentences import Sentence
from bot import japanese
from bot.features import Featurizer, read
from bot.understanding import Understood

WRITTEN = """\
version: "3.1"
nlu:
- intent: staffing
  metadata:
    subtopic: H1
    also: bcp
  examples: |
    - 求人を出しても誰も来ない
- intent: cyber
  metadata:
    subtopic: C1
    urgent: true
  examples:
  - text: |
      画面に英語の脅しが出ている
    metadata:
      message: m1
- intent: thank
  examples: |
    - 助かりました
"""
KNOWN = [
    Sentence(text, intent)
    for intent, texts in {
        "staffing": ("求人を出しても誰も来ない", "人手が足りない", "若い人がすぐ辞める", "求人に応募がない"),
        "cyber": ("画面に英語の脅しが出ている", "ウイルスに感染した", "画面が固まって英語が出た"),
    }.items()
    for text in texts
]


def test_sentences_are_read_with_their_labels_in_both_forms(tmp_path: Path) -> None:
    (tmp_path / "some.yml").write_text(WRITTEN, "utf-8")

    assert sentences.read(tmp_path) == [
        Sentence("求人を出しても誰も来ない", "staffing", "H1", also="bcp"),
        Sentence("画面に英語の脅しが出ている", "cyber", "C1", is_urgent=True),
        Sentence("助かりました", "thank"),
    ]


def test_a_draw_is_the_same_each_time_and_another_is_not() -> None:
    assert sentences.mixed(KNOWN, 1) == sentences.mixed(KNOWN, 1) != sentences.mixed(KNOWN, 2)
    assert set(sentences.mixed(KNOWN, 1)) == set(KNOWN)


def test_characters_and_words_side_by_side_are_the_features_that_are_served() -> None:
    readings = [read(one.text, japanese.words(one.text)) for one in KNOWN]
    ours, theirs = Featurizer.learn(readings), Features([characters(readings), words(readings)])

    for reading in readings:
        for mine, other in zip(ours.columns(reading), theirs.columns(reading), strict=True):
            assert np.array_equal(mine, other)


def test_each_candidate_learns_an_intent_and_answers_with_it() -> None:
    for learn in (
        regression(characters, words),
        regression(characters, splits=False),
        naive_bayes(characters, words),
    ):
        assert learn(KNOWN)("画面に英語が出ている") == "cyber"
    assert commonest(KNOWN)("画面に英語が出ている") == "staffing"


def test_an_intent_is_answered_as_its_kind_and_topic() -> None:
    assert Answer.of("cyber") == Answer("topic", ["cyber"])
    assert Answer.of("neighbour") == Answer("out_of_scope", [])
    assert Answer.of("ask_phone") == Answer("followup", [])


def test_two_topics_are_offered_and_the_main_one_first() -> None:
    ranking = (("thank", 0.4), ("bcp", 0.3), ("staffing", 0.2), ("cyber", 0.1))

    told = Understood("staffing", "topic", 0.3, (("staffing", "H1", False),), "", ranking)

    assert offered(told) == ["staffing", "bcp"]
