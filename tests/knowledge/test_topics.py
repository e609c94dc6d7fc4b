"""Five topics with their sub-topics, and the neighbours that belong to other desks."""

from collections import Counter
from pathlib import Path

import pytest

from knowledge import cards, topics, urgency
from knowledge.circumstances import circumstances
from knowledge.facts import FactError
from knowledge.topics import Topic, card_of, sub_topics

LETTERS = {
    Topic.SALES_DECLINE: "S",
    Topic.STAFFING: "H",
    Topic.BCP: "B",
    Topic.CYBER: "C",
    Topic.SUBCONTRACT: "T",
}
HEADER = ",".join(topics.COLUMNS) + "\n"


def test_every_topic_has_its_numbered_sub_topics() -> None:
    counted = Counter(sub_topic.topic for sub_topic in sub_topics().values())

    assert {topic: counted[topic] for topic in Topic} == {
        Topic.SALES_DECLINE: 7,
        Topic.STAFFING: 8,
        Topic.BCP: 8,
        Topic.CYBER: 11,
        Topic.SUBCONTRACT: 14,
    }
    for topic, letter in LETTERS.items():
        codes = [code for code, sub_topic in sub_topics().items() if sub_topic.topic is topic]
        assert codes == [f"{letter}{number}" for number in range(1, counted[topic] + 1)]


def test_a_neighbour_belongs_to_no_topic() -> None:
    neighbours = {code for code, sub_topic in sub_topics().items() if sub_topic.topic is None}

    assert {"worker", "consumer", "founding", "tax", "personal_debt", "job_seeker"} <= neighbours


def test_every_sub_topic_has_a_name_of_its_own() -> None:
    names = [sub_topic.name for sub_topic in sub_topics().values()]

    assert all(names)
    assert len(set(names)) == len(names)


def test_a_code_knows_itself() -> None:
    assert all(code == sub_topic.code for code, sub_topic in sub_topics().items())


@pytest.mark.parametrize(
    ("code", "card"),
    [("C1", "ransomware"), ("C4", "bec"), ("C5", "fake_support"), ("B5", "disaster"), ("S1", "insolvency")],
)
def test_what_happens_right_now_has_its_card(code: str, card: str) -> None:
    assert card_of(code) == card


@pytest.mark.parametrize("code", ["C9", "H1", "tax", "", "no-such-code"])
def test_what_can_wait_has_no_card(code: str) -> None:
    assert card_of(code) == ""


def test_every_card_of_a_sub_topic_is_there_and_recognised() -> None:
    named = {sub_topic.card for sub_topic in sub_topics().values() if sub_topic.card}

    assert named <= set(cards.cards())
    assert named <= set(urgency.ORDER)


def test_what_a_sub_topic_implies_is_a_circumstance_that_is_heard_of() -> None:
    implied = {code: one.implies for code, one in sub_topics().items() if one.implies}

    assert implied == {
        "B8": "association",
        "T10": "freelancer",
        "T11": "construction",
        "T12": "transport",
        "T14": "ordering",
    }
    assert set(implied.values()) <= set(circumstances())


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("weather,W1,天気,,,,docs,2026-11", "「topic」の値「weather」は使えません"),
        ("cyber,,無題,,,,docs,2026-11", "「code」が空です"),
        ("cyber,C1,,,,,docs,2026-11", "「name」が空です"),
    ],
)
def test_a_faulty_sub_topic_is_named_with_its_row_and_what_to_do(
    tmp_path: Path, row: str, fault: str
) -> None:
    (tmp_path / "topics.csv").write_text(
        HEADER + "cyber,C0,良い行,,,,docs,2026-11\n" + row + "\n", encoding="utf-8"
    )

    with pytest.raises(FactError, match=rf"^topics\.csv 3行目: {fault} → .+"):
        topics.load(tmp_path)


def test_a_code_may_stand_only_once(tmp_path: Path) -> None:
    (tmp_path / "topics.csv").write_text(
        HEADER + "cyber,C1,一,,,,docs,\nbcp,C1,二,,,,docs,\n", encoding="utf-8"
    )

    with pytest.raises(FactError, match=r"^topics\.csv 3行目: 「C1」が二度出てきます → .+"):
        topics.load(tmp_path)
