"""Split Japanese into words for Rasa: SudachiPy, short units, normalised forms as lemmas."""

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.japanese import words


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SudachiTokenizer(Tokenizer):
    """Tokens carry the normalised form as ``lemma`` and the part of speech in ``data["pos"]``."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @staticmethod
    def required_packages() -> list[str]:
        return ["sudachipy", "sudachidict_core"]

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        return [
            Token(word.surface, word.start, word.end, {"pos": word.part_of_speech}, word.normalised)
            for word in words(message.get(attribute))
        ]
