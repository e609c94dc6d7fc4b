"""The place of the business as an entity."""

from typing import Any

import pytest
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

from bot.places import PlaceExtractor
from knowledge.places import place_from_json
from tests.bot.words import message


def entities(one: Message) -> list[dict[str, Any]]:
    PlaceExtractor().process([one])
    found: list[dict[str, Any]] = one.get(ENTITIES, [])
    return found


@pytest.mark.parametrize(
    ("text", "municipality"),
    [
        ("板橋区です", "板橋区"),
        ("成増で印刷屋をしています", "板橋区"),
        ("いたばしです", "板橋区"),
        ("八丈島の民宿", "八丈町"),
    ],
)
def test_the_place_is_found_as_knowledge_knows_it(text: str, municipality: str) -> None:
    (entity,) = entities(message(text))

    place = place_from_json(entity["value"]).municipality
    assert entity["entity"] == "place"
    assert place is not None and place.name == municipality


@pytest.mark.parametrize("text", ["売上が減りました", "", "原価が高騰しています"])
def test_a_message_without_a_place_gets_no_entity(text: str) -> None:
    assert entities(message(text)) == []


def test_a_place_of_several_meanings_is_one_entity_with_all_of_them() -> None:
    (entity,) = entities(message("大島です"))

    assert entity["value"]["municipalities"] == ["江東区", "大島町"]


def test_what_others_extracted_stays() -> None:
    one = message("板橋区です")
    one.set(ENTITIES, [{"entity": "state", "value": "over"}])

    assert [entity["entity"] for entity in entities(one)] == ["state", "place"]


def test_a_message_without_text_is_left_alone() -> None:
    """Rasa parses a pressed button into a message that has no text to read."""
    assert entities(Message({})) == []
