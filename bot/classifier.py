"""Understand a message: kind of trouble, sub-topics, a second trouble, and whether it burns.

Logistic regression over the features of bot/features.py, one yes/no question per
label, so that two troubles can both be true. Labels come from data/nlu: the
intent, and the metadata ``subtopic``, ``urgent`` and ``also`` of a block.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.linear_model import LogisticRegression

from bot.clauses import sentences, without_negated
from bot.features import Featurizer, Reading, read
from bot.japanese import Word, words
from bot.tokenizer import SudachiTokenizer
from bot.understanding import CARRIERS, Scores, Understood, understand
from bot.urgency import EMERGENCY, IS_OVER

logger = logging.getLogger(__name__)

STRENGTH = 10.0  # inverse of the L2 penalty; 3 was a little worse on the evaluation set, 30 no better
TOLERANCE = 0.1  # looser than the default; 0.01 took half as long again for the same share right
RANKING_LENGTH = 10
URGENT = "!"
SURE_BY_ITSELF = 0.5  # confidence from which one sentence of an answer is a trouble told beside it
WARM_UP = "売上"


@dataclass(frozen=True)
class Example:
    """A training sentence with its labels."""

    reading: Reading
    intent: str
    subtopic: str
    is_urgent: bool
    also: str

    @property
    def fine_label(self) -> str:
        """Sub-topic, with a mark when it burns: 「C1!」."""
        return self.subtopic + URGENT * self.is_urgent


class LabelModel:
    """Several labels over the same features; weights are features × labels, so that a message reads whole rows."""

    def __init__(
        self, labels: Sequence[str], weights: npt.NDArray[np.float32], bias: npt.NDArray[np.float32]
    ) -> None:
        self.labels = list(labels)
        self.weights = weights
        self.bias = bias

    @classmethod
    def learn(cls, matrix: Any, labels: Sequence[str]) -> "LabelModel":
        """One yes/no regression per label (Rasa's training data gives at least two labels)."""
        model = LogisticRegression(
            C=STRENGTH, solver="liblinear", dual=True, tol=TOLERANCE, random_state=0
        ).fit(matrix, labels)
        weights = np.asarray(model.coef_, dtype=np.float32)
        bias = np.asarray(model.intercept_, dtype=np.float32)
        if len(model.classes_) == 2:  # scikit-learn keeps one row for two labels
            weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
        return cls([str(label) for label in model.classes_], np.ascontiguousarray(weights.T), bias)

    def probabilities(
        self, columns: npt.NDArray[np.int32], values: npt.NDArray[np.float32]
    ) -> dict[str, float]:
        """How sure each label is by itself; they need not sum to one."""
        scores = values @ self.weights[columns] + self.bias
        return dict(zip(self.labels, (1 / (1 + np.exp(-scores))).tolist(), strict=True))

    def save(self, path: Path) -> None:
        np.savez(path.with_suffix(".npz"), weights=self.weights.astype(np.float16), bias=self.bias)
        path.with_suffix(".json").write_text(json.dumps(self.labels), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "LabelModel":
        with np.load(path.with_suffix(".npz")) as arrays:
            weights, bias = arrays["weights"].astype(np.float32), arrays["bias"]
        return cls(json.loads(path.with_suffix(".json").read_text(encoding="utf-8")), weights, bias)


@dataclass(frozen=True)
class Model:
    """All that is learnt: features, intents, topics present, and finer labels per intent."""

    featurizer: Featurizer
    intents: LabelModel
    topics: LabelModel
    fine: Mapping[str, LabelModel]

    @classmethod
    def learn(cls, examples: Sequence[Example]) -> "Model":
        featurizer = Featurizer.learn([example.reading for example in examples])
        matrix = featurizer.matrix([example.reading for example in examples])
        return cls(
            featurizer,
            LabelModel.learn(matrix, [example.intent for example in examples]),
            _learn_topics(matrix, examples),
            _learn_fine(matrix, examples),
        )

    def score(self, reading: Reading) -> Scores:
        columns, values = self.featurizer.columns(reading)
        intents = self.intents.probabilities(columns, values)
        return Scores(
            intents=intents,
            topics=self.topics.probabilities(columns, values),
            fine={intent: model.probabilities(columns, values) for intent, model in self.fine.items()},
        )

    def save(self, folder: Path) -> None:
        self.featurizer.save(folder)
        self.intents.save(folder / "intents")
        self.topics.save(folder / "topics")
        for intent, model in self.fine.items():
            model.save(folder / f"fine-{intent}")

    @classmethod
    def load(cls, folder: Path) -> "Model":
        fine = {path.stem.removeprefix("fine-"): LabelModel.load(path) for path in folder.glob("fine-*.npz")}
        return cls(
            Featurizer.load(folder),
            LabelModel.load(folder / "intents"),
            LabelModel.load(folder / "topics"),
            fine,
        )


def _learn_topics(matrix: Any, examples: Sequence[Example]) -> LabelModel:
    """Whether each topic is spoken of at all, first or second."""
    names = sorted({example.also for example in examples if example.also})
    models = []
    for name in names:
        present = ["yes" if name in (example.intent, example.also) else "no" for example in examples]
        models.append(LabelModel.learn(matrix, present))
    weights = np.stack([model.weights[:, model.labels.index("yes")] for model in models], axis=1)
    bias = np.asarray([model.bias[model.labels.index("yes")] for model in models], dtype=np.float32)
    return LabelModel(names, weights, bias)


def _learn_fine(matrix: Any, examples: Sequence[Example]) -> dict[str, LabelModel]:
    """The sub-topic of each intent that has several."""
    models = {}
    for intent in sorted({example.intent for example in examples}):
        rows = [
            number for number, example in enumerate(examples) if example.intent == intent and example.subtopic
        ]
        labels = [examples[number].fine_label for number in rows]
        if len(set(labels)) > 1:
            models[intent] = LabelModel.learn(matrix[rows], labels)
    return models


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent, IntentClassifier):
    """Sets ``intent``, ``intent_ranking`` and ``understood`` (see bot/understanding.py) on each message."""

    @classmethod
    def required_components(cls) -> list[type]:
        return [SudachiTokenizer]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "TopicClassifier":
        return cls(model_storage, resource)

    def __init__(self, model_storage: ModelStorage, resource: Resource, model: Model | None = None) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    def train(self, training_data: TrainingData) -> Resource:
        examples = [_example(message) for message in training_data.intent_examples if message.get(TEXT)]
        self._model = Model.learn(examples)
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(Path(folder))
        logger.info("learnt from %d sentences", len(examples))
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "TopicClassifier":
        with model_storage.read_from(resource) as folder:
            model = Model.load(Path(folder))
        model.score(
            read(WARM_UP, words(WARM_UP))
        )  # dictionary and vectors are read now, not while someone waits
        return cls(model_storage, resource, model)

    def process(self, messages: list[Message]) -> list[Message]:
        if self._model is None:
            raise RuntimeError("TopicClassifier is asked before it has learnt")
        for message in messages:
            if message.get(TEXT):
                self._classify(self._model, message)
        return messages

    def _classify(self, model: Model, message: Message) -> None:
        is_settled = message.get(IS_OVER, False)
        scores = model.score(_reading(message))
        understood = understand(scores, message.get(EMERGENCY, ""), is_over=is_settled)
        if understood.intent in CARRIERS and not understood.troubles:
            understood = _told_beside(model, message.get(TEXT)) or understood
        ranking = [
            {"name": name, "confidence": confidence}
            for name, confidence in understood.ranking[:RANKING_LENGTH]
        ]
        message.set(
            INTENT, {"name": understood.intent, "confidence": understood.confidence}, add_to_output=True
        )
        message.set("intent_ranking", ranking, add_to_output=True)
        message.set("understood", understood.as_json(), add_to_output=True)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data


def _told_beside(model: Model, text: str) -> Understood | None:
    """「本店は港区、工場は八王子です。人手が足りません」: the trouble in one sentence beside an answer."""
    read_apart = (understand(model.score(read(part, words(part))), "") for part in sentences(text))
    told = [one for one in read_apart if one.topics and one.confidence >= SURE_BY_ITSELF]
    return max(told, key=lambda one: one.confidence) if told else None


def _reading(message: Message) -> Reading:
    text = message.get(TEXT)
    meant = without_negated(text)
    if meant != text:
        return read(meant, words(meant))
    tokens: list[Token] = message.get(TOKENS_NAMES[TEXT]) or []
    return read(text, [Word(t.text, t.lemma, t.data["pos"], t.start, t.end) for t in tokens])


def _example(message: Message) -> Example:
    metadata = (message.get(METADATA) or {}).get("intent") or {}
    return Example(
        reading=_reading(message),
        intent=message.get(INTENT),
        subtopic=metadata.get("subtopic", ""),
        is_urgent=bool(metadata.get("urgent")),
        also=metadata.get("also", ""),
    )
