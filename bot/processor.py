"""Rasa's message processor with a leaner way to the action server.

Rasa has each answer of the action server checked against a JSON schema, and the
schema itself at every turn again, which takes longer than understanding the
message. And it sends every event; our actions read slots and the latest message.
"""

from typing import Any

from rasa.core.actions.action import Action, RemoteAction
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity


class LeanAction(RemoteAction):
    """An action of our action server: it is sent no events, and its answer is checked by shape alone."""

    def _action_call_format(self, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
        asked: dict[str, Any] = super()._action_call_format(_WithoutEvents(tracker), domain)
        return asked

    def _validate_action_result(self, result: Any) -> bool:
        """Raises ValueError where the answer is not events and responses."""
        if not isinstance(result, dict):
            raise ValueError("the action server answered with something that is no object")
        for field in ("events", "responses"):
            found = result.get(field, [])
            if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
                raise ValueError(f"the action server's {field!r} are not a list of objects")
        return True


class _WithoutEvents:
    """A tracker whose state leaves its events out."""

    def __init__(self, tracker: DialogueStateTracker) -> None:
        self._tracker = tracker
        self.sender_id = tracker.sender_id

    def current_state(self, verbosity: EventVerbosity) -> dict[str, Any]:
        state: dict[str, Any] = self._tracker.current_state(EventVerbosity.NONE)
        return {**state, "events": []}


class LeanProcessor(MessageProcessor):
    """Rasa's own in all but the actions it runs. Rasa has no setting for either class."""

    def predict_next_with_tracker_if_should(
        self, tracker: DialogueStateTracker
    ) -> tuple[Action, PolicyPrediction]:
        action, prediction = super().predict_next_with_tracker_if_should(tracker)
        if type(action) is RemoteAction:
            action = LeanAction(action.name(), action.action_endpoint)
        return action, prediction


def make_lean(agent: Any) -> None:
    """Turn the processor that Rasa made into ours, which holds nothing of its own."""
    processor = getattr(agent, "processor", None)
    if type(processor) is MessageProcessor:
        processor.__class__ = LeanProcessor
