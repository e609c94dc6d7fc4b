"""The classifier learns from a few sentences, says what it learnt, and says the same after it was kept."""

from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.classifier import TopicClassifier
from bot.understanding import TOPICS
from bot.urgency import UrgencyReader
from tests.bot.words import labelled, message, tokenised

SENTENCES: dict[tuple[str, str, bool, str], str] = {
    ("sales_decline", "S1", False, ""): "通帳の残りが減っていきます|資金繰りが苦しい|返済を待ってほしい",
    ("sales_decline", "S4", False, ""): "客が来ません|店の売上が減りました|お客さんが減って困っています",
    ("sales_decline", "S4", False, "staffing"): "売上が減ったうえに人手も足りません|客が減り、人も辞めました",
    ("staffing", "H1", False, ""): "募集しても応募がありません|人手が足りません|求人を出しても誰も来ない",
    ("staffing", "H2", False, ""): "若い人がすぐ辞めます|社員が続きません|入ってもすぐ辞めてしまう",
    ("staffing", "H1", False, "sales_decline"): "人手が足りず、売上も減っています|求人も売上も思うようにいきません",
    ("bcp", "B1", False, ""): "BCPを作りたい|地震への備えを始めたい|事業継続計画の作り方を知りたい",
    ("bcp", "B5", True, ""): "台風で店が浸水しています|今、店に水が入ってきています|地震で工場の壁が崩れました",
    ("bcp", "B1", False, "cyber"): "地震とサイバーの備えを両方したい|BCPにサイバー攻撃のことも書きたい",
    ("cyber", "C1", True, ""): "ファイルが開けず身代金を求められています|今ウイルスに感染しています|画面に身代金の請求が出ています",
    ("cyber", "C9", False, ""): "セキュリティの対策を始めたい|サイバー攻撃に備えたい|ウイルス対策を相談したい",
    ("cyber", "C9", False, "bcp"): "サイバーと災害の備えを相談したい|セキュリティ対策とBCPを進めたい",
    ("subcontract", "T1", False, ""): "代金を払ってもらえません|取引先の支払いが遅れています|請求しても払われない",
    ("subcontract", "T4", False, ""): "値上げに応じてくれません|単価を買いたたかれます|価格の交渉を断られた",
    ("staffing", "H1", False, "subcontract"): "人手が足りず、取引先の支払いも遅れています|求人のことと代金の未払いの両方です",
    ("crisis", "life", False, ""): "もう死にたいです|消えてしまいたい|生きていたくない",
    ("crisis", "violence", False, ""): "殴られています|刃物を持った人がいます|暴力をふるわれています",
    ("neighbour", "tax", False, ""): "確定申告の仕方を知りたい|税金のことを聞きたい",
    ("neighbour", "worker", False, ""): "会社が給料を払ってくれない|上司のパワハラを相談したい",
    ("greet", "", False, ""): "こんにちは|おはようございます|はじめまして",
    ("inform", "", False, ""): "板橋区です|八王子です|従業員は五人です",
}  # fmt: skip


def trained_on() -> list[Message]:
    """The sentences, each with its labels, in words."""
    return tokenised(
        *(
            labelled(text, intent, **({"subtopic": subtopic} if subtopic else {}), urgent=urgent, also=also)
            for (intent, subtopic, urgent, also), texts in SENTENCES.items()
            for text in texts.split("|")
            for _ in range(3)  # what is seen less often is not kept
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
        ("事業継続計画を作りたいです", "bcp", "B1"),
        ("セキュリティ対策を始めたいです", "cyber", "C9"),
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
        ("売上が減り、人手も足りません", {"sales_decline", "staffing"}),
        ("サイバー攻撃の備えとBCPを両方したい", {"cyber", "bcp"}),
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
        assert {file.suffix for file in Path(folder).iterdir()} == {".json", ".npy", ".npz"}


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
