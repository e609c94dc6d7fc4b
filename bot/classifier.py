"""Understand a message: kind of trouble, sub-topics, a second trouble, and whether it burns.

Rasa's way to bot/model.py (what was learnt), bot/learning.py and bot/understanding.py (the rules).
"""

import logging
from pathlib import Path
from typing import Any

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

from bot.clauses import without_negated
from bot.features import Reading, read
from bot.japanese import Word, words
from bot.learning import Example, learn
from bot.model import Model
from bot.tokenizer import SudachiTokenizer
from bot.urgency import EMERGENCY, IS_OVER

logger = logging.getLogger(__name__)

RANKING_LENGTH = 10
WARM_UP = "売上"


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
        self._model = learn(examples)
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
        model.understand(WARM_UP)  # the dictionary is read now, not while someone waits
        return cls(model_storage, resource, model)

    def process(self, messages: list[Message]) -> list[Message]:
        if self._model is None:
            raise RuntimeError("TopicClassifier is asked before it has learnt")
        for message in messages:
            if message.get(TEXT):
                self._classify(self._model, message)
        return messages

    def _classify(self, model: Model, message: Message) -> None:
        understood = model.understand_reading(
            _reading(message),
            message.get(TEXT),
            message.get(EMERGENCY, ""),
            is_over=message.get(IS_OVER, False),
        )
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
