"""The five topics, their sub-topics, and the neighbouring topics that belong to other desks."""

from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from knowledge import facts
from knowledge.plain import wording

COLUMNS = ("topic", "code", "name", "example", "card", "implies", "source", "checked")


class Topic(Enum):
    """A kind of trouble Madoguchi sends on; the value is also the Rasa intent."""

    SALES_DECLINE = "sales_decline"
    STAFFING = "staffing"
    BCP = "bcp"
    CYBER = "cyber"
    SUBCONTRACT = "subcontract"


NEIGHBOUR = "neighbour"
TITLES = {
    Topic.SALES_DECLINE: "売上・経営",
    Topic.STAFFING: "人手",
    Topic.BCP: "災害・BCP",
    Topic.CYBER: "サイバー",
    Topic.SUBCONTRACT: "取引トラブル",
}


@dataclass(frozen=True)
class SubTopic:
    """A finer kind of trouble.

    ``topic`` is None for a neighbouring topic (tax, pension …); ``card`` is the
    emergency card to show when it happens right now, or empty; ``implies`` the
    circumstance that goes without saying (T10 is a freelancer's), or empty.
    """

    topic: Topic | None
    code: str
    name: str
    card: str
    implies: str


def load(folder: Path = facts.FOLDER) -> dict[str, SubTopic]:
    """Sub-topics by code.

    Raises:
        facts.FactError: a row is incomplete, doubled, or names an unknown topic.
    """
    rows = facts.read("topics.csv", COLUMNS, folder=folder)
    return facts.unique([(row, row.required("code"), _sub_topic(row)) for row in rows])


def _sub_topic(row: facts.Row) -> SubTopic:
    topic = row.one_of("topic", [topic.value for topic in Topic] + [NEIGHBOUR])
    return SubTopic(
        None if topic == NEIGHBOUR else Topic(topic),
        row["code"],
        row.required("name"),
        row["card"],
        row["implies"],
    )


@cache
def sub_topics() -> dict[str, SubTopic]:
    """The sub-topics of the shipped table, read once."""
    return load()


def card_of(code: str) -> str:
    """The emergency card of a sub-topic that happens right now; empty when it has none."""
    return sub_topics()[code].card if code in sub_topics() else ""


def topic_text(topic: Topic, code: str, *, is_plain: bool = False) -> str:
    """How a trouble is called: 「売上・経営(集客・販路)」; plainly, and shorter, 「お客さんをふやすこと」."""
    say, fine = wording(is_plain=is_plain), sub_topics().get(code)
    if not fine:
        return say(TITLES[topic])
    return say(fine.name) if is_plain else f"{TITLES[topic]}({fine.name})"
