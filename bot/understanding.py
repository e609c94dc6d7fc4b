"""From scores to what was understood: pure rules, no model in sight."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.consultation import CALM
from knowledge.topics import NEIGHBOUR, Topic, card_of
from knowledge.urgency import CRISES, CUSTOMER_BANKRUPT, LIFE, Emergency

TOPICS = tuple(topic.value for topic in Topic)
KIND = {
    "crisis": "crisis",
    "handoff": "handoff",
    "neighbour": "out_of_scope",
    "out_of_scope": "out_of_scope",
    "greet": "smalltalk",
    "goodbye": "smalltalk",
    "thank": "smalltalk",
    "bot_challenge": "smalltalk",
    "ask_about_bot": "smalltalk",
    "insult": "smalltalk",
    "apologise_or_chat": "smalltalk",
    "ask_maker": "smalltalk",
    "ask_safe": "smalltalk",
    "ask_free": "smalltalk",
    "wait": "smalltalk",
    "speak_plainly": "smalltalk",
    "speak_normally": "smalltalk",
} | dict.fromkeys(TOPICS, "topic")

CARRIERS = frozenset({"inform", "greet", "thank", "affirm", "deny", "apologise_or_chat"})
TOLD_IN_PASSING = 0.4
SURE_OF_SECOND = 0.45  # lower finds more second troubles, and more that are none
FAINT = 0.08  # an emergency sign counts for a topic only if the classifier sees a trace of it
AUDIBLE = 0.3  # or this much, where it is sure of another trouble
BURNS_FIRST = 0.5  # the same, to be the main trouble; its card comes first in any case
CRISIS_BY_ITSELF = 0.5
DESPAIR = 0.7  # the same of a single clause, which is easier to mistake than the whole message
WORRYING = 0.15  # below a crisis, yet enough for a kind word and a number before business goes on
SURE_IT_BURNS = 0.6  # share of the burning sub-topics from which the classifier alone says so
ASK_BACK_BELOW = 0.4  # confidence under which the likeliest topics are offered; also in config.yml
SEEN = 1.0  # confidence in an emergency the fixed patterns saw: it is never asked back
URGENT = "!"


@dataclass(frozen=True)
class Scores:
    """What the classifier says, label by label, each between 0 and 1."""

    intents: Mapping[str, float]
    topics: Mapping[str, float]
    main: Mapping[str, float]  # which topic comes first if a trouble is told at all; they sum to one
    fine: Mapping[str, Mapping[str, float]]
    confidence: float  # how often such an answer is right, 0 to 1
    despair: float = 0.0  # how much the clause that tells most of a crisis tells of it


@dataclass(frozen=True)
class Understood:
    """What was understood of one message.

    ``troubles`` are (topic or "neighbour", sub-topic code, burns now), main first.
    ``card`` is the emergency card to show first, or empty. ``is_worrying``: no
    crisis, but a word of care and a number come before the business. ``why``
    are the words that decided, each with its share.
    """

    intent: str
    kind: str
    confidence: float
    troubles: tuple[tuple[str, str, bool], ...]
    card: str
    ranking: tuple[tuple[str, float], ...]
    is_worrying: bool = False
    why: tuple[tuple[str, float], ...] = ()

    @property
    def topics(self) -> list[str]:
        return [topic for topic, _, _ in self.troubles if topic in TOPICS]

    @property
    def is_urgent(self) -> bool:
        return bool(self.card) or any(urgent for _, _, urgent in self.troubles)

    def as_json(self) -> dict[str, object]:
        return {
            "intent": self.intent,
            "kind": self.kind,
            "confidence": round(self.confidence, 4),
            "troubles": [list(trouble) for trouble in self.troubles],
            "topics": self.topics,
            "subtopic": self.troubles[0][1] or None if self.troubles else None,
            "urgent": self.is_urgent,
            "card": self.card,
            "worrying": self.is_worrying,
            "why": [list(word) for word in self.why],
        }


def understand(scores: Scores, card: str, *, is_over: bool = False) -> Understood:
    """Weigh the scores against the emergency the fixed patterns saw (``card``, or empty).

    What ``is_over`` does not burn, whatever the classifier feels.
    """
    ranking = _ranking(scores.intents)
    intent, share = ranking[0]
    heard = max(scores.intents["crisis"], scores.despair)
    is_heard = (
        scores.intents["crisis"] >= CRISIS_BY_ITSELF
        or scores.despair >= DESPAIR
        or (intent == "crisis" and share >= CRISIS_BY_ITSELF)
    )
    if card in CRISES or is_heard:
        crisis = card if card in CRISES else _best(scores.fine["crisis"])
        sure = SEEN if card in CRISES else heard
        told = _troubles_in_danger(crisis, intent, scores)
        return Understood("crisis", "topic" if told else "crisis", sure, told, crisis, ranking)
    if intent == "crisis":  # likelier than anything else, and yet unlikely
        intent = ranking[1][0]
    if intent in TOPICS:
        intent = _best(scores.main)
    topics = _topics(intent, scores, card)
    troubles = tuple(_trouble(topic, scores, card, is_over=is_over) for topic in topics)
    shown = _card(troubles, card)
    confidence = scores.confidence
    if topics and topics[0] != NEIGHBOUR:
        # Told beside an answer or burning, the label itself is not the likeliest.
        confidence = max(scores.topics[topics[0]], confidence if topics[0] == intent else 0.0)
        intent = topics[0]
    if shown and shown == card:
        confidence = SEEN
    kind = KIND.get(intent, "followup")
    is_worrying = scores.intents["crisis"] >= WORRYING
    return Understood(intent, kind, confidence, troubles, shown, ranking, is_worrying)


def _troubles_in_danger(crisis: str, intent: str, scores: Scores) -> tuple[tuple[str, str, bool], ...]:
    """「店に水が入って、まだ人がいる」: nothing but the card is said, and yet it is known what happened.

    None where a life is despaired of: there is no business then.
    """
    if crisis == LIFE or intent not in TOPICS:
        return ()
    topic = _best(scores.main)
    return ((topic, _subtopic(topic, scores), True),)


def _ranking(intents: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """The labels by confidence, scaled to sum to one."""
    total = sum(intents.values()) or 1.0
    return tuple(
        sorted(((name, score / total) for name, score in intents.items()), key=lambda pair: -pair[1])
    )


def _topics(intent: str, scores: Scores, card: str) -> list[str]:
    """Main topic first, then a second one that is likely; an emergency that fits comes before both."""
    if intent == NEIGHBOUR:
        return [NEIGHBOUR]
    topics = [intent] if intent in TOPICS else _told_in_passing(intent, scores)
    burning = Emergency(card).topic if card else None
    is_sure = topics and scores.confidence >= ASK_BACK_BELOW
    if (
        burning
        and scores.topics[burning] >= (AUDIBLE if is_sure else FAINT)
        and not any(_belongs(card, topic) for topic in topics)
        and (topics or _stands_alone(card))
    ):
        topics.insert(0 if scores.topics[burning] >= BURNS_FIRST else 1, burning)
    if topics:
        others = sorted(scores.topics, key=lambda topic: -scores.topics[topic])
        topics += [
            topic for topic in others if topic not in topics and scores.topics[topic] >= SURE_OF_SECOND
        ]
        topics = topics[:2]
    if topics == ["bcp", "cyber"] and burning is None and _subtopic("cyber", scores) not in CALM:
        topics = ["bcp"]  # a plan that reckons with an attack is one trouble: IT-BCP
    if topics == ["subcontract", "cyber"] and burning is None and _subtopic("subcontract", scores) == "T13":
        topics = ["subcontract"]  # a drawing that a customer carried off is no attack
    return topics


def _told_in_passing(intent: str, scores: Scores) -> list[str]:
    """「大田区です。売上も減っています」: an answer or a greeting that tells a trouble as well."""
    topic = max(scores.topics, key=lambda name: scores.topics[name])
    return [topic] if intent in CARRIERS and scores.topics[topic] >= TOLD_IN_PASSING else []


def _belongs(card: str, topic: str) -> bool:
    """Whether the emergency is one of this topic; a customer's bankruptcy is one of disputes as well."""
    if not card:
        return False
    return Emergency(card).topic == topic or (card == CUSTOMER_BANKRUPT and topic == "subcontract")


def _stands_alone(card: str) -> bool:
    """Whether the sign itself is the trouble, even where the classifier hears none."""
    return Emergency(card).is_attack or card == "loan_shark"


def _trouble(topic: str, scores: Scores, card: str, *, is_over: bool) -> tuple[str, str, bool]:
    """The sub-topic, and whether it burns: the classifier and the patterns each may say so."""
    fine = scores.fine.get(topic, {})
    burning = sum(score for label, score in fine.items() if label.endswith(URGENT))
    is_seen = _belongs(card, topic)
    is_felt = not is_over and burning > SURE_IT_BURNS * sum(fine.values())
    return topic, _subtopic(topic, scores), is_seen or is_felt


def _subtopic(topic: str, scores: Scores) -> str:
    """The likeliest sub-topic, burning or not; empty when the topic has none."""
    subtopics: dict[str, float] = {}
    for label, score in scores.fine.get(topic, {}).items():
        subtopics[label.rstrip(URGENT)] = subtopics.get(label.rstrip(URGENT), 0.0) + score
    return _best(subtopics) if subtopics else ""


def _card(troubles: tuple[tuple[str, str, bool], ...], card: str) -> str:
    """The card to show: the one the patterns saw, else that of the burning sub-topic."""
    for topic, subtopic, urgent in troubles:
        if urgent:
            seen = card if _belongs(card, topic) else card_of(subtopic)
            if seen:
                return seen
    return card if card and Emergency(card).topic is None else ""


def _best(labels: Mapping[str, float]) -> str:
    return max(labels, key=lambda label: labels[label])
