"""One turn of the dialogue: what was heard, what is known, what is said, and the report for the channel."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from knowledge import circumstances
from knowledge.cards import cards
from knowledge.consultation import Consultation, Trouble, consultation_from_json
from knowledge.places import Place, find_place, place_from_json
from knowledge.plain import plain
from knowledge.referral import Referral
from knowledge.topics import Topic

SHOWN = 2  # desks drawn at once; the others come when asked for
SHOWN_URGENT = 4  # who puts a fire out must not be one question away
TURN = "turn"
OWN_PAGE = "web"  # the one channel where no other company reads along
PLAIN = "_plain"  # what the name of a response's plain twin ends in


class Turn:
    """Reads the tracker once; collects what to say and what to remember."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker, *, now: datetime) -> None:
        self._dispatcher = dispatcher
        self._tracker = tracker
        self.now = now
        message = tracker.latest_message
        self.text: str = message.get("text") or ""
        self.intent: str = (message.get("intent") or {}).get("name") or ""
        self.understood: dict[str, Any] = message.get("understood") or _understood_of_button(self.intent)
        self.ranking: list[dict[str, Any]] = message.get("intent_ranking") or []
        self.told: dict[str, Any] = {
            entity["entity"]: entity["value"] for entity in message.get("entities") or []
        }
        self.consultation = replace(
            consultation_from_json(tracker.get_slot("consultation") or {}),
            on=now.date(),
            is_discreet=_channel(message) != OWN_PAGE,
        )
        self.offered: list[str] = tracker.get_slot("offered") or []
        self.more: list[str] = tracker.get_slot("more") or []
        self.reason: str = tracker.get_slot("reason") or ""
        self.cards: list[str] = tracker.get_slot("cards") or []
        self.misunderstood: int = int(tracker.get_slot("misunderstood") or 0)
        self.handoff: str | None = tracker.get_slot("handoff")
        self.is_plain: bool = bool(tracker.get_slot("plain"))
        self.told_names: list[str] = tracker.get_slot("told_names") or []
        self.programmes: list[str] = tracker.get_slot("programmes") or []
        self.spoken_of: str = tracker.get_slot("spoken_of") or ""
        self.step: list[Any] = tracker.get_slot("step") or []
        self._called: str | None = None
        self._referral: Referral | None = None

    @property
    def is_button(self) -> bool:
        """Pressed, not written: only our buttons reach us as commands."""
        return self.text.startswith("/")

    @property
    def place(self) -> Place | None:
        value = self.told.get("place")
        if isinstance(value, dict):
            return place_from_json(value)
        return find_place(self.told["place_name"]) if "place_name" in self.told else None

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        return tuple(Trouble(*trouble) for trouble in self.understood.get("troubles", []))

    @property
    def circumstances(self) -> frozenset[str]:
        return frozenset() if self.is_button else circumstances.hear(self.text)

    def say(
        self,
        response: str,
        *,
        desks: list[str] | None = None,
        buttons: list[dict[str, str]] | None = None,
        **values: str,
    ) -> None:
        """One bubble from domain.yml, with the desks to be drawn under it.

        A visitor who asked for やさしい日本語 gets the response's plain twin.
        """
        named = f"{response}{PLAIN}" if self.is_plain else response
        drawn = {"desks": desks, "plain": self.is_plain} if desks else None
        self._dispatcher.utter_message(response=named, json_message=drawn, buttons=buttons, **values)

    def worded(self, text: str) -> str:
        """A reviewed text of the tables, plain if the visitor wants it so."""
        return plain(text) if self.is_plain else text

    def shown(self, referral: Referral) -> list[str]:
        """The desks of a referral that are drawn at once."""
        is_urgent = self.understood["urgent"] or self.consultation.is_urgent
        return list(referral.desks[: SHOWN_URGENT if is_urgent else SHOWN])

    def offer(self, referral: Referral) -> list[str]:
        """Remember what is offered; returns the desks to draw now."""
        self._referral = referral
        self.spoken_of = ""
        self.offered = self.shown(referral)
        self.more = list(referral.desks[len(self.offered) :])
        self.reason = referral.reason
        return self.offered

    def offer_more(self, desks: list[str]) -> list[str]:
        """Offer the next desks, the ones before having been turned down."""
        self.spoken_of = ""
        self.offered, self.more, self.reason = desks[:SHOWN], desks[SHOWN:], ""
        self._referral = Referral(tuple(self.offered), self.reason, "another")
        return self.offered

    def ask(self, question: str) -> None:
        """Remember that this question stands open."""
        asked = (*self.consultation.asked, question)
        self.consultation = replace(self.consultation, asked=asked, asking=question)

    def call_person(self, reason: str) -> None:
        self.handoff = self._called = reason

    def forget(self) -> None:
        """Start again; a person who was called stays called."""
        self.consultation = Consultation()
        self.offered, self.more, self.reason, self.cards, self.programmes = [], [], "", [], []
        self.spoken_of, self.step = "", []

    def finish(self) -> list[EventType]:
        """Send the report to the channel and store what is remembered."""
        self._dispatcher.utter_message(json_message={TURN: self._report()})
        remembered = [
            SlotSet("consultation", self.consultation.as_json()),
            SlotSet("offered", self.offered),
            SlotSet("more", self.more),
            SlotSet("reason", self.reason),
            SlotSet("cards", self.cards),
            SlotSet("misunderstood", self.misunderstood),
            SlotSet("handoff", self.handoff),
            SlotSet("plain", self.is_plain),
            SlotSet("told_names", self.told_names),
            SlotSet("programmes", self.programmes),
            SlotSet("spoken_of", self.spoken_of),
            SlotSet("step", self.step),
        ]
        # What is unchanged is stored already.
        return [slot for slot in remembered if slot["value"] != self._tracker.get_slot(slot["name"])]

    def _report(self) -> dict[str, Any]:
        municipality = self.place.municipality if self.place else None
        referral = self._referral
        return {
            "understood": {
                "kind": self.understood["kind"],
                "intent": self.intent,
                "topics": self.understood["topics"],
                "subtopic": self.understood["subtopic"],
                "urgent": self.understood["urgent"],
                "municipality": municipality.name if municipality else None,
                "confidence": self.understood["confidence"],
                "why": self.understood.get("why") or [],
            },
            "slots": {
                **self.consultation.as_json(),
                "municipality": self._municipality(),
                "area": self._area(),
                "topics": [
                    trouble.topic for trouble in self.consultation.troubles if trouble.topic != "neighbour"
                ],
                "urgent": self.consultation.is_urgent or bool(set(self.cards) & set(cards())),
                "offered": self.offered,
                "handoff": self.handoff,
                "plain": self.is_plain,
                "programmes": self.programmes,
            },
            "referral": (
                {"desks": self.offered, "reason": referral.reason, "rule": referral.rule}
                if referral
                else None
            ),
            "handoff": {"reason": self._called} if self._called else None,
        }

    def _municipality(self) -> str | None:
        place = self.consultation.place
        return place.municipality.name if place and place.municipality else None

    def _area(self) -> str | None:
        place = self.consultation.place
        return place.known_area.value if place and place.known_area else None


def _channel(message: dict[str, Any]) -> str:
    """Where the visitor writes, as bot/channel.py notes it. Who talks to Rasa directly is on no platform."""
    channel: str = (message.get("metadata") or {}).get("channel") or OWN_PAGE
    return channel


def _understood_of_button(intent: str) -> dict[str, Any]:
    """A pressed button was not classified: it means what it says."""
    is_topic = intent in {topic.value for topic in Topic}
    return {
        "kind": "topic" if is_topic else "handoff" if intent == "handoff" else "followup",
        "topics": [intent] if is_topic else [],
        "troubles": [[intent, "", False]] if is_topic else [],
        "subtopic": None,
        "urgent": False,
        "card": "",
        "confidence": 1.0,
    }
