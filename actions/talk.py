"""Everything that is neither trouble nor desk: small talk, start again, say again, not understood."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.handoff import GENERAL
from actions.triage import go_on, hear, put
from actions.turn import Turn
from knowledge.consultation import TOPIC

FRAGMENT = 3  # characters: 「1」 or 「あ」 in the middle of a question is no new subject
POSSIBLE = 0.1
TOPIC_BUTTONS = {
    "sales_decline": "売上が減った",
    "staffing": "人手が足りない",
    "bcp": "災害・BCPの備え",
    "cyber": "サイバー被害・対策",
    "subcontract": "取引先とのトラブル",
}


class ActionTalk(Action):
    """Answer small talk, then return to the question that stands open."""

    def name(self) -> str:
        return "action_talk"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        turn = Turn(dispatcher, tracker)
        turn.say(f"utter_{turn.intent}")
        if turn.consultation.asking and turn.consultation.asking != TOPIC:
            put(turn, turn.consultation.asking)
        return turn.finish()


class ActionAskBack(Action):
    """Not understood: the two likeliest topics, then all topics, then a person."""

    def name(self) -> str:
        return "action_ask_back"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        turn = Turn(dispatcher, tracker)
        if turn.place or (turn.consultation.asking and turn.circumstances):
            return _take_as_answer(turn)
        turn.misunderstood += 1
        if turn.misunderstood >= 3:
            turn.call_person("not_understood")
            turn.say("utter_ask_back_person", desks=turn.offered or turn.offer(GENERAL))
        elif turn.intent == "out_of_scope" and len(turn.text) > FRAGMENT:
            turn.say("utter_out_of_scope")
        elif turn.consultation.asking and turn.consultation.asking != TOPIC:
            put(turn, turn.consultation.asking)
        elif turn.misunderstood == 1 and len(likeliest := _likeliest(tracker)) == 2:
            turn.say("utter_ask_back_two", buttons=_as_buttons(likeliest))
        else:
            turn.say("utter_ask_back_all")
        return turn.finish()


def _take_as_answer(turn: Turn) -> list[EventType]:
    before = turn.consultation
    turn.misunderstood = 0
    turn.consultation = replace(hear(turn), troubles=before.troubles)
    go_on(turn, before)
    return turn.finish()


def _likeliest(tracker: Tracker) -> list[str]:
    """The two topics that may be meant; fewer when the message points nowhere."""
    ranking = tracker.latest_message.get("intent_ranking") or []
    topics = [choice for choice in ranking if choice["name"] in TOPIC_BUTTONS]
    return [choice["name"] for choice in topics[:2] if choice["confidence"] >= POSSIBLE]


def _as_buttons(topics: list[str]) -> list[dict[str, str]]:
    buttons = [{"title": TOPIC_BUTTONS[topic], "payload": f"/{topic}"} for topic in topics]
    return [
        *buttons,
        {"title": "どちらでもない", "payload": "/dont_know"},
        {"title": "人と話したい", "payload": "/handoff"},
    ]


class ActionStartAgain(Action):
    """Forget the case and ask from the beginning."""

    def name(self) -> str:
        return "action_start_again"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        turn = Turn(dispatcher, tracker)
        turn.forget()
        turn.misunderstood = 0
        turn.say("utter_restart")
        put(turn, TOPIC)
        return turn.finish()


class ActionRepeat(Action):
    """Say the last thing again: the desks, or the question."""

    def name(self) -> str:
        return "action_repeat"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        turn = Turn(dispatcher, tracker)
        if turn.offered:
            turn.say(
                "utter_other_desks" if not turn.reason else "utter_referral",
                heard="",
                reason=turn.reason,
                desks=turn.offered,
            )
        if turn.consultation.asking or not turn.offered:
            put(turn, turn.consultation.asking or TOPIC)
        else:
            turn.say("utter_anything_else")
        return turn.finish()
