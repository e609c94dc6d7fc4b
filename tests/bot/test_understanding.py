"""From scores to what was understood: the rules, one table each."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.understanding import ASK_BACK_BELOW, KIND, TOPICS, Scores, Understood, understand

FINE: dict[str, Mapping[str, float]] = {
    "sales_decline": {"S1": 0.1, "S1!": 0.1, "S4": 0.7},
    "staffing": {"H1": 0.8, "H2": 0.1},
    "bcp": {"B1": 0.8, "B5": 0.1, "B5!": 0.05},
    "cyber": {"C1": 0.1, "C1!": 0.2, "C9": 0.6},
    "subcontract": {"T1": 0.8, "T4": 0.1},
    "neighbour": {"tax": 0.8, "worker": 0.1},
    "crisis": {"life": 0.6, "danger": 0.2, "violence": 0.1},
}


def scores(
    intents: Mapping[str, float],
    topics: Mapping[str, float] | None = None,
    **fine: Mapping[str, float],
) -> Scores:
    """What is not named is unlikely."""
    low = dict.fromkeys((*TOPICS, "neighbour", "crisis", "greet", "inform"), 0.01)
    likely = {**low, **intents}
    return Scores(
        intents=likely,
        topics={**dict.fromkeys(TOPICS, 0.01), **(topics or {})},
        main={topic: likely[topic] for topic in TOPICS},
        fine={**FINE, **fine},
        confidence=max(intents.values()),
    )


def troubles(understood: Understood) -> list[tuple[str, str]]:
    return [(topic, subtopic) for topic, subtopic, _ in understood.troubles]


@pytest.mark.parametrize(
    ("intents", "topics", "expected"),
    [
        ({"staffing": 0.9}, {"staffing": 0.9}, [("staffing", "H1")]),
        ({"staffing": 0.9}, {"staffing": 0.9, "sales_decline": 0.44}, [("staffing", "H1")]),
        (
            {"staffing": 0.9},
            {"staffing": 0.9, "sales_decline": 0.46},
            [("staffing", "H1"), ("sales_decline", "S4")],
        ),
        (
            {"staffing": 0.9},
            {"staffing": 0.9, "bcp": 0.6, "sales_decline": 0.7},
            [("staffing", "H1"), ("sales_decline", "S4")],
        ),
        ({"neighbour": 0.9}, {"sales_decline": 0.9}, [("neighbour", "tax")]),
        # Which comes first was learnt.
        (
            {"sales_decline": 0.9},
            {"sales_decline": 0.9, "subcontract": 0.6},
            [("sales_decline", "S4"), ("subcontract", "T1")],
        ),
        ({"bcp": 0.9}, {"bcp": 0.9, "subcontract": 0.6}, [("bcp", "B1"), ("subcontract", "T1")]),
        (
            {"subcontract": 0.9},
            {"subcontract": 0.9, "sales_decline": 0.6},
            [("subcontract", "T1"), ("sales_decline", "S4")],
        ),
        # An answer or a greeting may tell a trouble as well; a question about a desk does not.
        ({"inform": 0.9}, {"sales_decline": 0.9}, [("sales_decline", "S4")]),
        (
            {"greet": 0.9},
            {"sales_decline": 0.9, "staffing": 0.6},
            [("sales_decline", "S4"), ("staffing", "H1")],
        ),
        ({"inform": 0.9}, {"sales_decline": 0.39}, []),
        ({"ask_phone": 0.9}, {"sales_decline": 0.9}, []),
        ({"handoff": 0.9}, {"sales_decline": 0.9}, []),
    ],
)
def test_one_trouble_or_two_are_named_the_main_one_first(
    intents: dict[str, float], topics: dict[str, float], expected: list[tuple[str, str]]
) -> None:
    assert troubles(understand(scores(intents, topics), "")) == expected


@pytest.mark.parametrize(
    ("fine", "subtopic", "is_urgent"),
    [
        ({"C1": 0.2, "C1!": 0.7, "C9": 0.1}, "C1", True),
        ({"C1": 0.5, "C1!": 0.3, "C9": 0.1}, "C1", False),
        ({"C1": 0.3, "C1!": 0.3, "C9": 0.4}, "C1", False),
        ({"C1!": 0.4, "C2!": 0.4, "C9": 0.1}, "C1", True),
    ],
)
def test_it_burns_when_most_of_the_sub_topics_say_so(
    fine: dict[str, float], subtopic: str, is_urgent: bool
) -> None:
    understood = understand(scores({"cyber": 0.9}, {"cyber": 0.9}, cyber=fine), "")

    assert understood.troubles == (("cyber", subtopic, is_urgent),)
    assert understood.is_urgent is is_urgent
    assert understood.card == ("ransomware" if is_urgent else "")


@pytest.mark.parametrize(
    ("intents", "topics", "card", "expected", "shown"),
    [
        # The patterns saw it and the classifier sees the topic.
        ({"cyber": 0.9}, {"cyber": 0.9}, "ransomware", [("cyber", True)], "ransomware"),
        # The classifier hears another trouble first: the attack comes before it, or its card at least.
        ({"sales_decline": 0.6}, {"cyber": 0.6}, "ransomware", [("cyber", True), ("sales_decline", False)], "ransomware"),
        ({"sales_decline": 0.6}, {"cyber": 0.35}, "ransomware", [("sales_decline", False), ("cyber", True)], "ransomware"),
        # It is sure of another trouble, and hears next to nothing of this one; or it is sure of nothing.
        ({"sales_decline": 0.6}, {"cyber": 0.2}, "ransomware", [("sales_decline", False)], ""),
        ({"sales_decline": 0.3}, {"cyber": 0.2}, "ransomware", [("sales_decline", False), ("cyber", True)], "ransomware"),
        # Not a trace of the topic: the pattern alone decides nothing.
        ({"sales_decline": 0.6}, {"cyber": 0.01}, "ransomware", [("sales_decline", False)], ""),
        # No topic at all, but an attack is under way.
        ({"inform": 0.6}, {"cyber": 0.2}, "phishing", [("cyber", True)], "phishing"),
        # Running out of money is heard in a topic, never in small talk.
        ({"greet": 0.6}, {"sales_decline": 0.2}, "insolvency", [], ""),
        ({"sales_decline": 0.6}, {"sales_decline": 0.6}, "insolvency", [("sales_decline", True)], "insolvency"),
        # Our own insolvency comes before a dispute; a customer's is part of it.
        ({"sales_decline": 0.9}, {"sales_decline": 0.9, "subcontract": 0.6}, "insolvency", [("sales_decline", True), ("subcontract", False)], "insolvency"),
        ({"subcontract": 0.9}, {"subcontract": 0.9}, "customer_bankrupt", [("subcontract", True)], "customer_bankrupt"),
        ({"sales_decline": 0.9}, {"sales_decline": 0.9}, "customer_bankrupt", [("sales_decline", True)], "customer_bankrupt"),
        # A loan shark is a trouble by itself, whatever the classifier hears.
        ({"out_of_scope": 0.6}, {"sales_decline": 0.2}, "loan_shark", [("sales_decline", True)], "loan_shark"),
    ],
)  # fmt: skip
def test_an_emergency_that_fits_comes_first(
    intents: dict[str, float],
    topics: dict[str, float],
    card: str,
    expected: list[tuple[str, bool]],
    shown: str,
) -> None:
    understood = understand(scores(intents, topics), card)

    assert [(topic, urgent) for topic, _, urgent in understood.troubles] == expected
    assert understood.card == shown


@pytest.mark.parametrize("card", ["life", "danger", "violence"])
@pytest.mark.parametrize("intent", ["greet", "neighbour", "crisis"])
def test_a_person_in_danger_is_understood_whatever_else_was_said(card: str, intent: str) -> None:
    understood = understand(scores({intent: 0.9}, {"sales_decline": 0.9}), card)

    assert (understood.intent, understood.kind, understood.card) == ("crisis", "crisis", card)
    assert understood.troubles == ()
    assert understood.is_urgent


def test_of_a_disaster_with_people_in_danger_it_is_known_what_happened() -> None:
    understood = understand(scores({"bcp": 0.9}, {"bcp": 0.9}), "danger")

    assert (understood.intent, understood.card) == ("crisis", "danger")
    assert (understood.kind, understood.troubles) == ("topic", (("bcp", "B1", True),))


def test_in_despair_there_is_no_business() -> None:
    understood = understand(scores({"sales_decline": 0.9}, {"sales_decline": 0.9}), "life")

    assert (understood.intent, understood.kind, understood.troubles) == ("crisis", "crisis", ())


@pytest.mark.parametrize(("sure", "intent"), [(0.97, "crisis"), (0.4, "sales_decline")])
def test_the_classifier_alone_sees_a_crisis_only_when_it_is_sure(sure: float, intent: str) -> None:
    understood = understand(scores({"crisis": sure, "sales_decline": 0.9 if sure < 0.5 else 0.1}), "")

    assert understood.intent == intent
    assert (understood.card == "life") is (intent == "crisis")


@pytest.mark.parametrize(("despair", "is_worrying"), [(0.02, False), (0.2, True), (0.4, True)])
def test_despair_that_shows_through_business_is_noted(despair: float, is_worrying: bool) -> None:
    understood = understand(scores({"crisis": despair, "sales_decline": 0.8}, {"sales_decline": 0.8}), "")

    assert (understood.intent, understood.is_worrying) == ("sales_decline", is_worrying)
    assert understood.card == ""


@pytest.mark.parametrize(
    "card", ["life", "danger", "violence", "ransomware", "bec", "insolvency", "disaster"]
)
def test_an_emergency_is_never_asked_back(card: str) -> None:
    """Every label is unlikely by itself: Rasa would say 「うまく読み取れませんでした」."""
    unsure = scores(dict.fromkeys(TOPICS, 0.11), dict.fromkeys(TOPICS, 0.1))

    understood = understand(unsure, card)

    assert understood.card == card
    assert understood.confidence >= ASK_BACK_BELOW


def test_a_message_of_which_nothing_is_likely_is_asked_back() -> None:
    assert understand(scores(dict.fromkeys(TOPICS, 0.11)), "").confidence < ASK_BACK_BELOW


@pytest.mark.parametrize(
    ("intent", "kind"),
    [(intent, kind) for intent, kind in KIND.items() if intent != "crisis"]
    + [("inform", "followup"), ("ask_phone", "followup"), ("start_again", "followup")],
)
def test_every_intent_has_its_kind(intent: str, kind: str) -> None:
    assert understand(scores({intent: 0.9}), "").kind == kind


def test_the_ranking_sums_to_one_and_begins_with_the_likeliest() -> None:
    ranking = understand(scores({"staffing": 0.8, "bcp": 0.3}), "").ranking

    assert [name for name, _ in ranking[:2]] == ["staffing", "bcp"]
    assert sum(score for _, score in ranking) == pytest.approx(1.0)


def test_what_was_understood_can_be_sent_as_json() -> None:
    understood = understand(scores({"staffing": 0.9}, {"staffing": 0.9, "sales_decline": 0.8}), "")

    assert understood.as_json() == {
        "intent": "staffing",
        "kind": "topic",
        "confidence": round(understood.confidence, 4),
        "troubles": [["staffing", "H1", False], ["sales_decline", "S4", False]],
        "topics": ["staffing", "sales_decline"],
        "subtopic": "H1",
        "urgent": False,
        "card": "",
        "worrying": False,
        "why": [],
    }


@pytest.mark.parametrize(
    ("fine", "card", "expected"),
    [
        ({"C1": 0.9}, "", ["bcp"]),
        ({"C1!": 0.9}, "", ["bcp"]),
        ({"C1": 0.9}, "ransomware", ["cyber", "bcp"]),
        ({"C9": 0.9}, "", ["bcp", "cyber"]),  # preventing is a trouble of its own
    ],
)
def test_a_plan_that_reckons_with_an_attack_is_one_trouble(
    fine: dict[str, float], card: str, expected: list[str]
) -> None:
    understood = understand(scores({"bcp": 0.9}, {"bcp": 0.9, "cyber": 0.6}, cyber=fine), card)

    assert understood.topics == expected


@pytest.mark.parametrize(
    ("fine", "card", "expected"),
    [
        ({"T13": 0.9}, "", ["subcontract"]),
        ({"T1": 0.9}, "", ["subcontract", "cyber"]),
        ({"T13": 0.9}, "ransomware", ["cyber", "subcontract"]),
    ],
)
def test_a_drawing_that_a_customer_carried_off_is_no_attack(
    fine: dict[str, float], card: str, expected: list[str]
) -> None:
    heard = scores({"subcontract": 0.9}, {"subcontract": 0.9, "cyber": 0.6}, subcontract=fine)

    assert understand(heard, card).topics == expected


@pytest.mark.parametrize(("is_over", "urgent"), [(False, True), (True, False)])
def test_what_is_over_does_not_burn_whatever_the_classifier_feels(is_over: bool, urgent: bool) -> None:
    heard = scores({"cyber": 0.9}, {"cyber": 0.9}, cyber={"C1!": 0.9, "C1": 0.1})

    understood = understand(heard, "", is_over=is_over)

    assert understood.troubles == (("cyber", "C1", urgent),)
    assert understood.card == ("ransomware" if urgent else "")


@pytest.mark.parametrize("told", [{"crisis": 0.51}, {"crisis": 0.9}])
def test_a_crisis_that_is_more_likely_than_not_comes_before_a_likelier_trouble(
    told: dict[str, float],
) -> None:
    assert understand(scores({"sales_decline": 0.95, **told}), "").kind == "crisis"


def test_which_of_two_troubles_is_the_main_one_is_judged_apart() -> None:
    told = scores({"staffing": 0.9, "bcp": 0.6}, {"staffing": 0.9, "bcp": 0.8})

    assert understand(told, "").topics == ["staffing", "bcp"]
    assert understand(replace(told, main={**told.main, "bcp": 0.95}), "").topics == ["bcp", "staffing"]


def test_one_clause_of_despair_in_a_long_story_is_a_crisis() -> None:
    told = replace(scores({"sales_decline": 0.95}), despair=0.8)

    assert understand(told, "").kind == "crisis"
    assert understand(replace(told, despair=0.6), "").kind == "topic"


def test_a_crisis_that_is_only_the_likeliest_of_unlikely_labels_is_none() -> None:
    understood = understand(scores({"crisis": 0.04, "greet": 0.03}), "")

    assert understood.kind != "crisis"
