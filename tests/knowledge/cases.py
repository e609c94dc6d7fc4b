"""Places, sub-topics and circumstances to try every case with, for the tests of referrals."""

import itertools
from collections.abc import Iterator

from knowledge.circumstances import of_dimension
from knowledge.municipalities import Area, municipalities
from knowledge.places import OUTSIDE, Place
from knowledge.referral import Case
from knowledge.topics import NEIGHBOUR, Topic, sub_topics

TOPICS = [topic.value for topic in Topic]
NEIGHBOURS = [*(code for code, sub_topic in sub_topics().items() if sub_topic.topic is None), ""]
INSIDE = [Place(one.name, (one,)) for one in municipalities().values()]
AREAS = [Place(area.value, area=area) for area in Area]
OUT = Place(OUTSIDE, may_be_outside=True)
EVERYWHERE: list[Place | None] = [*INSIDE, *AREAS, OUT, None]


def at(name: str) -> Place:
    return Place(name, (municipalities()[name],))


def codes(topic: str) -> list[str]:
    """The sub-topics of a topic, and none."""
    if topic == NEIGHBOUR:
        return NEIGHBOURS
    return [
        code for code, one in sub_topics().items() if one.topic is not None and one.topic.value == topic
    ] + [""]


def case(code: str, *circumstances: str, place: Place | None = None) -> Case:
    """A case by its sub-topic's code or by its topic."""
    one = sub_topics().get(code)
    if one is None:
        return Case(code, "", place, frozenset(circumstances))
    return Case(one.topic.value if one.topic else NEIGHBOUR, code, place, frozenset(circumstances))


def combined(*dimensions: str) -> Iterator[frozenset[str]]:
    """Every way in which at most one word of each of these dimensions is true."""
    for words in itertools.product(*(("", *of_dimension(dimension)) for dimension in dimensions)):
        yield frozenset(words) - {""}


def spoken(place: Place | None) -> str:
    """A place in the test report."""
    return place.name if place else "unknown"
