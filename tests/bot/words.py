"""Rasa messages made from plain text, as the pipeline hands them on."""

from rasa.shared.nlu.constants import INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.tokenizer import SudachiTokenizer


def message(text: str) -> Message:
    return Message({TEXT: text})


def tokenised(*messages: Message) -> list[Message]:
    """The messages with their tokens."""
    split: list[Message] = SudachiTokenizer(SudachiTokenizer.get_default_config()).process(list(messages))
    return split


def labelled(text: str, intent: str, **metadata: object) -> Message:
    """A training sentence, its metadata where Rasa puts that of a block."""
    return Message({TEXT: text, INTENT: intent, METADATA: {"intent": metadata}})
