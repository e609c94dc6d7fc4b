"""Answer what is asked about the desk that was offered, or offer the next one."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.triage import put
from actions.turn import Turn
from knowledge.consultation import TOPIC, advise
from knowledge.desks import find_desk
from knowledge.details import detail_text
from knowledge.referral import GENERAL_DESKS


class ActionDeskDetail(Action):
    """Telephone, hours, cost, booking, place, reason, what to bring, secrecy, what it does."""

    def name(self) -> str:
        return "action_desk_detail"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        turn = Turn(dispatcher, tracker)
        turn.misunderstood = 0
        if not turn.offered:
            _ask_on(turn)
            return turn.finish()
        desks = [find_desk(desk) for desk in turn.offered]
        turn.say("utter_desk_detail", detail=detail_text(turn.intent, desks, reason=turn.reason))
        if turn.intent == "ask_phone" and not any(desk.phones for desk in desks):
            turn.say("utter_general_phone", number=find_desk(GENERAL_DESKS[0]).phones[0].number)
        _return_to_question(turn)
        return turn.finish()


class ActionOtherDesks(Action):
    """The desks after the ones already offered; at the end the general ones."""

    def name(self) -> str:
        return "action_other_desks"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        turn = Turn(dispatcher, tracker)
        turn.misunderstood = 0
        if not turn.offered:
            _ask_on(turn)
        elif turn.more:
            turn.say("utter_other_desks", desks=turn.offer_more(turn.more))
            turn.say("utter_anything_else")
        else:
            general = [desk for desk in GENERAL_DESKS if desk not in turn.offered]
            turn.say("utter_no_other_desk", desks=turn.offer_more(general) if general else turn.offered)
            turn.say("utter_anything_else")
        return turn.finish()


def _ask_on(turn: Turn) -> None:
    """No desk has been offered yet: the question that leads to one."""
    turn.say("utter_no_desk_yet")
    put(turn, turn.consultation.asking or advise(turn.consultation).question or TOPIC)


def _return_to_question(turn: Turn) -> None:
    """A question that was interrupted is put again."""
    if turn.consultation.asking:
        put(turn, turn.consultation.asking)
    else:
        turn.say("utter_anything_else")
