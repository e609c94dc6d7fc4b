"""Note on each message the emergency that knowledge/urgency.py recognises, for the classifier after it."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.urgency import is_over, recognise

EMERGENCY = "emergency"
IS_OVER = "is_over"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class UrgencyReader(GraphComponent):
    """Sets ``emergency`` to the id of a card or to an empty string, and ``is_over``."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "UrgencyReader":
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            emergency = recognise(message.get(TEXT) or "")
            message.set(EMERGENCY, emergency.card if emergency else "", add_to_output=True)
            message.set(IS_OVER, is_over(message.get(TEXT) or ""), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data
