"""The classifier learns from half of our sentences, says what it learnt, and says the same after it was kept."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from benchmarks.sentences import mixed, read
from bot.classifier import TopicClassifier
from bot.understanding import TOPICS
from bot.urgency import UrgencyReader
from tests.bot.words import labelled, message, tokenised

SHARE = 2  # every so many-th sentence: half the time, and little is lost for plain messages


@cache
def trained_on() -> list[Message]:
    """Sentences of every file and label, in words."""
    taken = mixed(read())
    return tokenised(
        *(
            labelled(
                one.text,
                one.intent,
                **({"subtopic": one.subtopic} if one.subtopic else {}),
                urgent=one.is_urgent,
                also=one.also,
            )
            for one in taken[: len(taken) // SHARE]
        )
    )


CONTEXT = ExecutionContext(GraphSchema({}))
RESOURCE = Resource("classifier")


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> LocalModelStorage:
    return LocalModelStorage.create(tmp_path_factory.mktemp("storage"))


@pytest.fixture(scope="module")
def classifier(storage: LocalModelStorage) -> TopicClassifier:
    learner = TopicClassifier.create({}, storage, RESOURCE, CONTEXT)
    learner.train(TrainingData(trained_on()))
    return learner


@pytest.fixture(scope="module")
def kept(classifier: TopicClassifier, storage: LocalModelStorage) -> TopicClassifier:
    """The classifier as a served bot loads it."""
    return TopicClassifier.load({}, storage, RESOURCE, CONTEXT)


def understood(classifier: TopicClassifier, text: str) -> dict[str, Any]:
    (one,) = classifier.process(UrgencyReader().process(tokenised(message(text))))
    found: dict[str, Any] = one.get("understood")
    return found


def ranking(classifier: TopicClassifier, text: str) -> list[tuple[str, float]]:
    (one,) = classifier.process(UrgencyReader().process(tokenised(message(text))))
    return [(choice["name"], choice["confidence"]) for choice in one.get("intent_ranking")]


@pytest.mark.parametrize(
    ("text", "intent", "subtopic"),
    [
        ("お客さんが来なくて売上が減りました", "sales_decline", "S4"),
        ("資金繰りが苦しくて返済を待ってほしい", "sales_decline", "S1"),
        ("求人を出しても応募がない", "staffing", "H1"),
        ("社員がすぐ辞めて続きません", "staffing", "H2"),
        ("BCPを作りたいです", "bcp", "B1"),
        ("ウイルス対策のソフトを選びたいです", "cyber", "C9"),
        ("請求した代金が払われません", "subcontract", "T1"),
        ("単価の値上げを断られました", "subcontract", "T4"),
        ("確定申告を聞きたい", "neighbour", "tax"),
        ("こんにちは", "greet", None),
    ],
)
def test_kind_of_trouble_and_sub_topic_are_learnt(
    classifier: TopicClassifier, text: str, intent: str, subtopic: str | None
) -> None:
    found = understood(classifier, text)

    assert (found["intent"], found["subtopic"]) == (intent, subtopic)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("こんにちは。八王子です。従業員は五人です。板橋区です。客が来ません", "sales_decline"),
        (
            "はじめまして。おはようございます。こんにちは。板橋区です。八王子です。値上げに応じてくれません",
            "subcontract",
        ),
    ],
)
def test_the_trouble_in_a_sentence_beside_an_answer_is_heard(
    classifier: TopicClassifier, text: str, topic: str
) -> None:
    assert understood(classifier, text)["topics"] == [topic]


def test_what_is_taken_back_is_not_heard(classifier: TopicClassifier) -> None:
    found = understood(classifier, "売上が減って客が来ない話じゃなくて、募集しても応募がありません")

    assert found["topics"] == ["staffing"]


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("店の売上が落ちて困っています。それに、募集しても人が来ません", {"sales_decline", "staffing"}),
        ("元請に単価を下げられたうえ、職人も辞めてしまいました", {"subcontract", "staffing"}),
        ("募集しても応募がありません", {"staffing"}),
    ],
)
def test_two_troubles_in_one_message_are_both_heard(
    classifier: TopicClassifier, text: str, topics: set[str]
) -> None:
    assert set(understood(classifier, text)["topics"]) == topics


@pytest.mark.parametrize(
    ("text", "is_urgent", "card"),
    [
        ("身代金を求める画面が出て、ファイルが開けません", True, "ransomware"),
        ("ウイルス対策を相談したい", False, ""),
        ("地震への備えを始めたい", False, ""),
    ],
)
def test_what_burns_is_told_from_what_is_prevented(
    classifier: TopicClassifier, text: str, is_urgent: bool, card: str
) -> None:
    found = understood(classifier, text)

    assert (found["urgent"], found["card"]) == (is_urgent, card)


def test_a_person_in_danger_is_a_crisis(classifier: TopicClassifier) -> None:
    assert understood(classifier, "売上が減って、もう死にたいです")["card"] == "life"


@pytest.mark.parametrize("text", ["客が来ません", "初めて聞く話です", "ｑ", "😀", "BCP"])
def test_a_classifier_that_was_kept_says_the_same(
    classifier: TopicClassifier, kept: TopicClassifier, text: str
) -> None:
    fresh, loaded = dict(ranking(classifier, text)), dict(ranking(kept, text))

    # Weights are kept in half precision: a model of a third of the size.
    assert loaded == pytest.approx(fresh, abs=2e-3)
    assert ranking(kept, text)[0][0] == ranking(classifier, text)[0][0]


def test_a_model_loaded_twice_is_exactly_the_same(kept: TopicClassifier, storage: LocalModelStorage) -> None:
    again = TopicClassifier.load({}, storage, RESOURCE, CONTEXT)

    assert ranking(again, "客が来ません") == ranking(kept, "客が来ません")


def test_learning_twice_gives_the_same_model(
    classifier: TopicClassifier, tmp_path_factory: pytest.TempPathFactory
) -> None:
    twin = TopicClassifier.create(
        {}, LocalModelStorage.create(tmp_path_factory.mktemp("twin")), RESOURCE, CONTEXT
    )
    twin.train(TrainingData(trained_on()))

    assert ranking(twin, "客が来ません") == ranking(classifier, "客が来ません")


def test_no_part_of_a_model_is_code(classifier: TopicClassifier, storage: LocalModelStorage) -> None:
    with storage.read_from(RESOURCE) as folder:
        assert {file.suffix for file in Path(folder).iterdir()} == {".json", ".npy"}


def test_a_message_carries_intent_and_ranking_as_rasa_reads_them(classifier: TopicClassifier) -> None:
    (one,) = classifier.process(tokenised(message("客が来ません")))
    output = one.as_dict(only_output_properties=True)

    assert set(output[INTENT]) == {"name", "confidence"}
    assert output[INTENT]["name"] == output["understood"]["intent"] == "sales_decline"
    assert 0 < output[INTENT]["confidence"] <= 1
    assert set(output["understood"]["topics"]) <= set(TOPICS)


def test_a_message_without_text_is_left_alone(classifier: TopicClassifier) -> None:
    (one,) = classifier.process([Message({})])

    assert one.get(INTENT) is None


def test_who_is_asked_before_having_learnt_says_so(storage: LocalModelStorage) -> None:
    with pytest.raises(RuntimeError, match="before it has learnt"):
        TopicClassifier.create({}, storage, RESOURCE, CONTEXT).process([])
