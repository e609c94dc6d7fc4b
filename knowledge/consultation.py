"""One owner's case as far as it is known, and the next thing to say: desks, a question, or both.

Everything here is pure. A question is asked only when some answer to it would
change the desks; which, is computed from the routes and never listed by hand.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from knowledge.circumstances import circumstances, joined
from knowledge.municipalities import municipalities
from knowledge.places import Place, place_from_json
from knowledge.referral import PRESSING, Case, Referral, refer, refer_all
from knowledge.topics import NEIGHBOUR, sub_topics

MOST_QUESTIONS = 3
MOST_REPEATS = {"place": 2}  # of one question; the others are put once
TOPIC, PLACE, STATE, PARTY = "topic", "place", "state", "party"
# What a visitor may answer to a question about circumstances; () is "none of these".
ANSWERS: dict[str, tuple[frozenset[str], ...]] = {
    STATE: (frozenset(), frozenset({"urgent"})),
    PARTY: (frozenset(), frozenset({"freelancer"}), frozenset({"construction"})),
}


HEARD = "{where}{what}のご相談ですね。"
THANKS = "お話しくださり、ありがとうございます。"
DOES_BUSINESS = "{place}で事業をしています。"
BUSINESS = "経営"  # what it is about, as long as nothing finer is known
PARTIES = frozenset().union(*ANSWERS[PARTY])


# Where another company carries the chat, the kind of trouble and the area are asked for, and nothing of the business.
DISCREET = frozenset({TOPIC, PLACE})

_ABOUT_MONEY = frozenset({"sales_decline", "subcontract"})


@dataclass(frozen=True)
class Trouble:
    """A topic of the case, its sub-topic code (or empty) and whether it burns right now."""

    topic: str
    subtopic: str = ""
    urgent: bool = False

    @property
    def is_ours(self) -> bool:
        """One of the five topics, not a neighbouring one."""
        return self.topic != NEIGHBOUR


@dataclass(frozen=True)
class Consultation:
    """All that has been told so far.

    ``asked`` lists every question put, repeats included; ``settled`` those that
    were answered or refused, and are not put again. If it ``is_discreet``, only
    the DISCREET ones are put at all; what is told unasked counts all the same.
    """

    troubles: tuple[Trouble, ...] = ()
    place: Place | None = None
    circumstances: frozenset[str] = frozenset()
    asked: tuple[str, ...] = ()
    settled: frozenset[str] = frozenset()
    asking: str = ""
    # These two belong to the message at hand and are not remembered.
    on: date | None = None  # the day of the consultation
    is_discreet: bool = False

    @property
    def is_urgent(self) -> bool:
        return any(trouble.urgent for trouble in self.troubles)

    def cases(self) -> list[Case]:
        """The routing cases, main trouble first."""
        return [
            Case(trouble.topic, trouble.subtopic, self.place, self._circumstances_of(trouble), self.on)
            for trouble in self.troubles
        ]

    def as_json(self) -> dict[str, object]:
        """The case for a slot; consultation_from_json reads it back."""
        return {
            "troubles": [[trouble.topic, trouble.subtopic, trouble.urgent] for trouble in self.troubles],
            "place": self.place.as_json() if self.place else None,
            "circumstances": sorted(self.circumstances),
            "asked": list(self.asked),
            "settled": sorted(self.settled),
            "asking": self.asking,
        }

    def _circumstances_of(self, trouble: Trouble) -> frozenset[str]:
        implied = sub_topics()[trouble.subtopic].implies if trouble.subtopic in sub_topics() else ""
        told = joined(frozenset({implied} - {""}), self.circumstances - {"urgent"})
        if trouble.topic not in _ABOUT_MONEY:  # else a calm trouble would press as hard as the money
            told -= PRESSING
        return joined(told, frozenset({"urgent"})) if trouble.urgent else told


def consultation_from_json(value: dict[str, Any]) -> Consultation:
    """The case that Consultation.as_json wrote; an empty object is a new case."""
    place = value.get("place")
    return Consultation(
        troubles=tuple(Trouble(*trouble) for trouble in value.get("troubles", ())),
        place=place_from_json(place) if place else None,
        circumstances=frozenset(value.get("circumstances", ())) & set(circumstances()),
        asked=tuple(value.get("asked", ())),
        settled=frozenset(value.get("settled", ())),
        asking=value.get("asking", ""),
    )


@dataclass(frozen=True)
class Advice:
    """What to say next. At least one of the two is there."""

    referral: Referral | None
    question: str


def advise(consultation: Consultation) -> Advice:
    """Offer the desks as soon as the first of them is certain; ask what would still change them."""
    if not consultation.troubles:
        return Advice(None, TOPIC)
    question = next_question(consultation)
    if question == PLACE and _first_depends_on_place(consultation):
        return Advice(None, PLACE)
    return Advice(refer_all(consultation.cases()), question)


def next_question(consultation: Consultation) -> str:
    """The question to put now, or empty when none is worth asking."""
    put = [question for question in consultation.asked if question != TOPIC]
    if len(put) >= MOST_QUESTIONS or all(not one.is_ours for one in consultation.troubles):
        return ""
    order = (PLACE, STATE, PARTY) if _first_depends_on_place(consultation) else (STATE, PARTY, PLACE)
    return next((question for question in order if _is_worth_asking(consultation, question)), "")


def held_back(consultation: Consultation) -> str:
    """The question that would be put if the chat were not another company's; empty when that changes nothing."""
    open_hearted = next_question(replace(consultation, is_discreet=False))
    return "" if open_hearted == next_question(consultation) else open_hearted


def _is_worth_asking(consultation: Consultation, question: str) -> bool:
    if consultation.is_discreet and question not in DISCREET:
        return False
    if question in consultation.settled or consultation.asked.count(question) >= MOST_REPEATS.get(
        question, 1
    ):
        return False
    if question == PARTY and all(trouble.topic != "subcontract" for trouble in consultation.troubles):
        return False  # who works alone and what is construction is asked of disputes only
    if question == PARTY and any(case.circumstances & PARTIES for case in consultation.cases()):
        return False
    if question == PLACE:
        return _place_is_open(consultation.place) and _changes(consultation, _with_places(consultation))
    return _changes(consultation, _with_answers(consultation, question))


def _changes(consultation: Consultation, others: Iterable[Consultation]) -> bool:
    """Whether any of the answers leads to other desks than another."""
    return len({_shown(other) for other in others}) > 1


def _shown(consultation: Consultation) -> tuple[str, ...]:
    return refer_all(consultation.cases()).desks[:2]


def _place_is_open(place: Place | None) -> bool:
    return place is None or (place.municipality is None and not place.is_outside)


def _first_depends_on_place(consultation: Consultation) -> bool:
    if not _place_is_open(consultation.place):
        return False
    places = [other.cases() for other in _with_places(consultation)]
    return any(
        len({refer(cases[index]).first for cases in places}) > 1
        for index in range(len(consultation.troubles))
    )


def _with_places(consultation: Consultation) -> list[Consultation]:
    """The case in every municipality it may still lie in. Told nothing, we assume Tokyo: it is whom we serve."""
    place = consultation.place
    if place is None or not place.municipalities:
        area = place.area if place else None
        candidates = [
            Place(one.name, (one,)) for one in municipalities().values() if area in (None, one.area)
        ]
    else:
        candidates = [Place(one.name, (one,)) for one in place.municipalities]
        candidates += [Place(place.name, may_be_outside=True)] * place.may_be_outside
    return [replace(consultation, place=candidate) for candidate in candidates]


def _with_answers(consultation: Consultation, question: str) -> list[Consultation]:
    if question == STATE:
        if consultation.is_urgent or any(not may_be_under_way(trouble) for trouble in consultation.troubles):
            return [consultation]
        burning = tuple(replace(trouble, urgent=True) for trouble in consultation.troubles)
        return [consultation, replace(consultation, troubles=burning)]
    known = consultation.circumstances
    known |= {word for case in consultation.cases() for word in case.circumstances} - PRESSING
    return [
        replace(consultation, circumstances=joined(known, answer))
        for answer in ANSWERS[question]
        if not any(_is_ruled_out(word, known) for word in answer)
    ]


def _is_ruled_out(word: str, known: frozenset[str]) -> bool:
    """What was told of the business already says no: a maker does no building, a firm of nine is not one person."""
    told = {circumstances()[one].dimension for one in known - {word}}
    return circumstances()[word].dimension in told or (word == "freelancer" and "size" in told)


# Preventing and paperwork have no "still going on?".
CALM = frozenset({"C9", "C10", "C11"})


def may_be_under_way(trouble: Trouble) -> bool:
    """Whether it makes a difference if it is still going on."""
    return trouble.topic == "cyber" and trouble.subtopic not in CALM
