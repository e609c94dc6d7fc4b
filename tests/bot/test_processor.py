"""The way to the action server: no events there, a checked answer back."""

from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.processor import LeanAction

DOMAIN = Domain.from_yaml(
    "version: '3.1'\nintents: [inform]\nslots: {place: {type: any, mappings: [{type: custom}]}}\n"
)
ACTION = LeanAction("action_triage", None)


def tracker() -> DialogueStateTracker:
    told = DialogueStateTracker("one", DOMAIN.slots)
    said = UserUttered("北区です", {"name": "inform"}, metadata={"message": "1", "channel": "line"})
    told.update_with_events([said, SlotSet("place", "北区")], DOMAIN)
    return told


def test_slots_and_the_latest_message_with_its_channel_are_sent_and_no_events() -> None:
    asked = ACTION._action_call_format(tracker(), DOMAIN)

    assert asked["tracker"]["slots"]["place"] == "北区"
    assert asked["tracker"]["latest_message"]["text"] == "北区です"
    assert asked["tracker"]["latest_message"]["metadata"]["channel"] == "line"
    assert asked["tracker"]["events"] == []
    assert asked["next_action"] == "action_triage"


@pytest.mark.parametrize("answer", [{"events": [], "responses": []}, {"events": [{"event": "slot"}]}])
def test_an_answer_of_the_agreed_form_passes(answer: dict[str, Any]) -> None:
    assert ACTION._validate_action_result(answer)


@pytest.mark.parametrize("answer", [None, [], "ok", {"events": "none"}, {"responses": ["text"]}])
def test_an_answer_of_another_form_is_refused(answer: Any) -> None:
    with pytest.raises(ValueError, match="action server"):
        ACTION._validate_action_result(answer)
