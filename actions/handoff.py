"""A person was asked for: record it, and give a number that answers today."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn
from knowledge.referral import GENERAL_DESKS, Referral

GENERAL = Referral(GENERAL_DESKS[:1], "困りごと全般を、人が電話で聞く窓口だからです。", "handoff")


class ActionHandoff(Action):
    """Calls a person; the desks already offered stay offered."""

    def name(self) -> str:
        return "action_handoff"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        turn = Turn(dispatcher, tracker)
        turn.misunderstood = 0
        turn.call_person("requested")
        turn.say("utter_handoff", desks=turn.offered or turn.offer(GENERAL))
        return turn.finish()
