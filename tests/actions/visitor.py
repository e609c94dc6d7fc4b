"""A visitor who writes and presses buttons; the real actions answer, response names and all."""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.action import TurnAction
from actions.desks import ActionDeskDetail, ActionOtherDesks, ActionWhatToSay
from actions.handoff import ActionHandoff, ActionWhenContacted
from actions.talk import (
    ActionAskBack,
    ActionReference,
    ActionRepeat,
    ActionSpeak,
    ActionStartAgain,
    ActionTalk,
)
from actions.triage import ActionTriage
from bot.understanding import TOPICS, URGENT, Scores, understand
from knowledge.calendar import TOKYO
from knowledge.places import find_place
from knowledge.urgency import is_over, recognise

ROOT = Path(__file__).parents[2]
ACTIONS: tuple[type[TurnAction], ...] = (
    ActionTriage, ActionDeskDetail, ActionOtherDesks, ActionWhatToSay, ActionHandoff, ActionWhenContacted,
    ActionReference, ActionSpeak, ActionAskBack, ActionTalk, ActionStartAgain, ActionRepeat,
)  # fmt: skip
PAYLOAD = re.compile(r"/(\w+)(\{.*\})?")
WEDNESDAY = datetime(2026, 11, 25, 10, tzinfo=TOKYO)  # the offices are open
SUNDAY = datetime(2026, 11, 22, 12, tzinfo=TOKYO)  # the Monday after it is a holiday


@cache
def domain() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
    return loaded


@cache
def rules() -> dict[str, str]:
    """The action of each intent."""
    loaded = yaml.safe_load((ROOT / "data/rules/rules.yml").read_text("utf-8"))["rules"]
    return {rule["steps"][0]["intent"]: rule["steps"][1]["action"] for rule in loaded}


@dataclass(frozen=True)
class Bubble:
    """One reply: the name of its response, its text as a visitor reads it, its desks and buttons."""

    response: str
    text: str
    desks: list[str]
    is_plain: bool
    buttons: list[dict[str, str]]

    @property
    def payloads(self) -> list[str]:
        return [button["payload"] for button in self.buttons]


@dataclass(frozen=True)
class Answer:
    """What the visitor got for one message."""

    bubbles: list[Bubble]
    report: dict[str, Any]

    @property
    def said(self) -> list[str]:
        """The names of the responses, without their common first part."""
        return [bubble.response.removeprefix("utter_") for bubble in self.bubbles]

    @property
    def desks(self) -> list[str]:
        return [desk for bubble in self.bubbles for desk in bubble.desks]

    @property
    def payloads(self) -> list[str]:
        return [payload for bubble in self.bubbles for payload in bubble.payloads]

    @property
    def text(self) -> str:
        return "\n".join(bubble.text for bubble in self.bubbles)


@dataclass
class Visitor:
    """Remembers the slots between messages, as Rasa's tracker does. The clock stands still until it is set."""

    slots: dict[str, Any] = field(default_factory=lambda: dict.fromkeys(domain()["slots"]))
    now: datetime = WEDNESDAY
    channel: str = "web"

    @property
    def offered(self) -> list[str]:
        desks: list[str] = self.slots["offered"]
        return desks

    @property
    def troubles(self) -> list[tuple[str, str]]:
        """Topic and sub-topic of what the case is about."""
        return [(topic, subtopic) for topic, subtopic, _ in self.slots["consultation"]["troubles"]]

    def writes(
        self,
        text: str,
        intent: str,
        subtopic: str = "",
        *,
        urgent: bool = False,
        second: tuple[str, str] | None = None,
        worrying: bool = False,
    ) -> Answer:
        """Write a message that the classifier takes for ``intent``; all else is understood as it really is."""
        emergency = recognise(text)
        understood = understand(
            _scores(intent, subtopic, urgent, second, worrying),
            emergency.card if emergency else "",
            is_over=is_over(text),
        )
        return self._hears(
            {
                "text": text,
                "intent": {"name": understood.intent, "confidence": understood.confidence},
                "intent_ranking": [{"name": name, "confidence": score} for name, score in understood.ranking],
                "entities": _places(text),
                "understood": understood.as_json(),
            }
        )

    def answers(self, said: str) -> Answer:
        """Answer our question: with a button, or in words that are heard as an answer."""
        return self.presses(said) if said.startswith("/") else self.writes(said, "inform")

    def is_not_understood(self, text: str, *likeliest: str) -> Answer:
        """Write a message of which the classifier is not sure: Rasa calls it nlu_fallback."""
        return self._hears(
            {
                "text": text,
                "intent": {"name": "nlu_fallback", "confidence": 0.7},
                "intent_ranking": [
                    {"name": name, "confidence": 0.2} for name in ("nlu_fallback", *likeliest)
                ],
                "entities": _places(text),
                "understood": understand(_scores("greet", "", False, None, False), "").as_json(),
            }
        )

    def presses(self, payload: str) -> Answer:
        """Press a button: Rasa reads the command, no classifier is asked."""
        intent, told = parse(payload)
        entities = [{"entity": name, "value": value} for name, value in told.items()]
        return self._hears(
            {
                "text": payload,
                "intent": {"name": intent, "confidence": 1.0},
                "intent_ranking": [{"name": intent, "confidence": 1.0}],
                "entities": entities,
            }
        )

    def _hears(self, message: dict[str, Any]) -> Answer:
        name = rules()[message["intent"]["name"]]
        actions = {action.name(): action for action in (kind(lambda: self.now) for kind in ACTIONS)}
        dispatcher = CollectingDispatcher()
        message = {**message, "metadata": {"message": "1", "channel": self.channel}}  # by bot/channel.py
        tracker = Tracker("visitor", dict(self.slots), message, [], False, None, {}, None)
        for event in actions[name].run(dispatcher, tracker, domain()):
            assert event["event"] == "slot" and event["name"] in self.slots
            self.slots[event["name"]] = event["value"]
        json.dumps(self.slots)  # Rasa keeps slots as JSON
        *spoken, report = dispatcher.messages
        return Answer([_bubble(message) for message in spoken], report["custom"]["turn"])


def _places(text: str) -> list[dict[str, Any]]:
    place = find_place(text)
    return [{"entity": "place", "value": place.as_json()}] if place else []


def _scores(
    intent: str, subtopic: str, urgent: bool, second: tuple[str, str] | None, worrying: bool
) -> Scores:
    """What a classifier says that is quite sure of the main trouble, and likely of the second."""
    topics = dict.fromkeys(TOPICS, 0.1) | ({intent: 0.9} if intent in TOPICS else {})
    fine = {intent: {subtopic + URGENT * urgent: 0.9}} if subtopic else {}
    if second:
        topics[second[0]] = 0.6
        fine[second[0]] = {second[1]: 0.9}
    return Scores(
        intents={"crisis": 0.3 if worrying else 0.01, intent: 0.9},
        topics=topics,
        main=dict.fromkeys(TOPICS, 0.02) | ({intent: 0.9} if intent in TOPICS else {}),
        fine={"crisis": {"life": 0.9}, **fine},
        confidence=0.9,
    )


def _bubble(message: dict[str, Any]) -> Bubble:
    """Draw the response as Rasa does: its text with the values put in, its buttons, then the action's own."""
    variation = domain()["responses"][message["response"]][0]
    custom = message["custom"] or {}
    bubble = Bubble(
        response=message["response"],
        text=message["text"] or variation["text"].format_map(message),
        desks=custom.get("desks", []),
        is_plain=custom.get("plain", False),
        buttons=[*variation.get("buttons", []), *(message["buttons"] or [])],
    )
    for intent, told in map(parse, bubble.payloads):
        assert intent in rules() and set(told) <= set(domain()["entities"])
    return bubble


def parse(payload: str) -> tuple[str, dict[str, Any]]:
    """Intent and entities of a button's command."""
    match = PAYLOAD.fullmatch(payload)
    assert match, payload
    return match[1], json.loads(match[2] or "{}")
