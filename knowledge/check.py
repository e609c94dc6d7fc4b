"""Load every fact table once, so that a faulty row is found before a visitor meets it."""

from knowledge import (
    calendar,
    cards,
    circumstances,
    desks,
    municipalities,
    places,
    plain,
    programmes,
    referral,
    renames,
    topics,
    urgency,
)
from knowledge.facts import FactError


def everything() -> None:
    """Raises facts.FactError for the first fault, naming file, row and what to do."""
    municipalities.load()
    topics.load()
    calendar.load()
    circumstances.load()
    plain.load()
    _every_municipality_has_a_desk()
    _every_topic_has_a_route()
    cards.load()
    cards.load(cards.GUIDES)
    programmes.load()
    renames.load()
    urgency.signs()
    places.load()


def _every_municipality_has_a_desk() -> None:
    known = desks.load()
    for line, municipality in enumerate(municipalities.municipalities().values(), start=2):
        if municipality.desk not in known:
            raise FactError(
                "municipalities.csv",
                line,
                f"「{municipality.name}」の窓口「{municipality.desk}」がありません",
                "desks.csv か chambers.csv の id を書いてください",
            )


def _every_topic_has_a_route() -> None:
    """Each topic needs a last row without conditions, or some case would find no desk."""
    routes = referral.load()
    open_ended = {
        route.topic
        for route in routes
        if not (route.subtopics or route.when or route.areas or route.valid.is_temporary)
    }
    for topic in [*(topic.value for topic in topics.Topic), topics.NEIGHBOUR]:
        if topic not in open_ended:
            raise FactError(
                "routes.csv",
                len(routes) + 2,
                f"「{topic}」に条件のない行がありません",
                "最後に、条件を空にした行を足してください",
            )
