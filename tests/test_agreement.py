"""What is written in several places says the same: facts, domain, rules, training data, actions, phrases."""

import ast
import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]

from api.phrases import GREETING_BUTTONS
from knowledge import consultation
from knowledge.cards import cards
from knowledge.circumstances import circumstances
from knowledge.desks import desks
from knowledge.places import AREAS, OUTSIDE
from knowledge.text import normalise
from knowledge.topics import NEIGHBOUR, Topic, sub_topics
from knowledge.urgency import CRISES, ORDER
from scripts.lib.near_duplicates import near_duplicates

ROOT = Path(__file__).parents[1]
TOPICS = frozenset(topic.value for topic in Topic)
ONLY_PRESSED = frozenset({"ask_programme", "ask_guide"})  # intents that come from buttons alone
FALLBACK = "nlu_fallback"  # the intent of Rasa's FallbackClassifier; nobody trains it
PAYLOAD = re.compile(r"/(\w+)(\{.*\})?")
PHONE = re.compile(
    r"(?<!\d)0\d{1,4}[-ー−()]\d{1,4}[-ー−)]\d{3,4}(?!\d)|(?<!\d)0[5789]0\d{8}(?!\d)|(?<!\d)0120\d{6}(?!\d)"
)
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
SAID_ALIKE = 12  # characters: 「はい」 or 「電話番号は?」 is said alike by everyone, and stands in both sets
# Texts that an action names in two parts, and what the second part may be.
COMPOSED = {"utter_": "intents of action_talk and action_speak", "utter_ask_": "questions"}


class Sentence(NamedTuple):
    """A training sentence with where it stands and what it is called."""

    file: str
    text: str
    intent: str
    subtopic: str
    urgent: bool
    also: str

    @property
    def label(self) -> tuple[str, str, bool, str]:
        return self.intent, self.subtopic, self.urgent, self.also


@cache
def domain() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
    return loaded


@cache
def intents() -> frozenset[str]:
    return frozenset(
        name for entry in domain()["intents"] for name in ([entry] if isinstance(entry, str) else entry)
    )


@cache
def rules() -> list[tuple[str, str]]:
    """(intent, action) of each rule."""
    loaded = [
        rule
        for file in sorted((ROOT / "data/rules").glob("*.yml"))
        for rule in yaml.safe_load(file.read_text("utf-8"))["rules"]
    ]
    return [(rule["steps"][0]["intent"], rule["steps"][1]["action"]) for rule in loaded]


@cache
def sentences() -> list[Sentence]:
    return [sentence for file in sorted((ROOT / "data/nlu").glob("*.yml")) for sentence in _read(file)]


def _read(file: Path) -> Iterator[Sentence]:
    for block in yaml.load(file.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))[
        "nlu"
    ]:
        metadata = block.get("metadata") or {}
        assert set(metadata) <= {"subtopic", "urgent", "also"}, (file.name, metadata)
        for text in _texts(file, block["examples"]):
            yield Sentence(
                file.name, text, block["intent"], metadata.get("subtopic", ""),
                bool(metadata.get("urgent")), metadata.get("also", ""),
            )  # fmt: skip


def _texts(file: Path, examples: str | list[dict[str, Any]]) -> Iterator[str]:
    """Both forms: lines that begin with a dash, and the list that scripts/learn writes, with where each is from."""
    if isinstance(examples, list):
        for example in examples:
            assert set(example["metadata"]) == {"message", "reviewer", "reviewed", "batch"}, (
                file.name,
                example,
            )
            yield example["text"].strip()
        return
    for line in examples.splitlines():
        if line.strip():
            assert line.startswith("- "), (file.name, line)
            yield line[2:].strip()


@cache
def action_trees() -> list[ast.Module]:
    return [ast.parse(file.read_text("utf-8")) for file in sorted((ROOT / "actions").glob("*.py"))]


def literals() -> Iterator[str]:
    """The plain texts in actions/, without the first parts of composed ones."""
    for tree in action_trees():
        parts = {
            id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
                yield node.value


def composed() -> Iterator[str]:
    """The first part of each text that is put together: f"utter_ask_{…}" → utter_ask_."""
    for tree in action_trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
                yield str(node.values[0].value)


def responses_of_actions() -> set[str]:
    """Every response that some action may say."""
    second = {
        "utter_": [intent for intent, action in rules() if action in ("action_talk", "action_speak")],
        "utter_ask_": [consultation.TOPIC, consultation.PLACE, consultation.STATE, consultation.PARTY],
    }
    said = {text for text in literals() if re.fullmatch(r"utter_\w+", text)}
    return said | {first + name for first in set(composed()) & set(second) for name in second[first]}


def calls(name: str) -> Iterator[str]:
    """The first argument of each call of that name in actions/, where it is a plain text."""
    for tree in action_trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = node.func
                found = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
                if found == name:
                    yield str(node.args[0].value)


def payloads() -> Iterator[tuple[str, str]]:
    """(where, command) of every button that stands written."""
    for name, variations in domain()["responses"].items():
        for variation in variations:
            yield from ((name, button["payload"]) for button in variation.get("buttons", []))
    yield from (("api/phrases.py", payload) for _, payload in GREETING_BUTTONS)
    yield from (("actions", text) for text in literals() if re.match(r"/\w", text))


def routed(topic: str) -> bool:
    with (ROOT / "knowledge/facts/routes.csv").open(encoding="utf-8-sig", newline="") as table:
        return any(row["topic"] == topic for row in csv.DictReader(table))


def test_the_topics_are_the_same_in_facts_domain_training_data_and_routes() -> None:
    told = {sub.topic.value for sub in sub_topics().values() if sub.topic}

    assert told == TOPICS
    assert intents() >= TOPICS
    assert {sentence.intent for sentence in sentences()} >= TOPICS
    assert all(routed(topic) for topic in TOPICS)


def test_every_intent_has_sentences_and_every_sentence_an_intent_of_the_domain() -> None:
    assert {sentence.intent for sentence in sentences()} == intents() - ONLY_PRESSED


def test_every_intent_has_exactly_one_rule() -> None:
    counted = Counter(intent for intent, _ in rules())

    assert {intent for intent, count in counted.items() if count > 1} == set()
    assert set(counted) == intents() | {FALLBACK}


def test_every_action_is_listed_and_has_a_rule() -> None:
    defined = {text for text in literals() if re.fullmatch(r"action_\w+", text)}

    assert defined == set(domain()["actions"])
    assert {action for _, action in rules()} == defined


def test_every_response_that_an_action_says_is_in_the_domain_and_every_one_there_is_said() -> None:
    assert {first for first in composed() if first.startswith("utter_")} <= set(COMPOSED)
    said = responses_of_actions()

    assert said | {f"{name}_plain" for name in said} == set(domain()["responses"])


def test_every_slot_that_is_read_or_set_is_in_the_domain_and_every_one_there_is_used() -> None:
    assert set(calls("SlotSet")) == set(domain()["slots"])
    assert set(calls("get_slot")) == set(domain()["slots"])


def test_every_sub_topic_of_a_sentence_belongs_to_its_intent() -> None:
    known = {
        **{
            topic: {code for code, sub in sub_topics().items() if sub.topic and sub.topic.value == topic}
            for topic in TOPICS
        },
        NEIGHBOUR: {code for code, sub in sub_topics().items() if sub.topic is None},
        "crisis": set(CRISES),
    }
    wrong = [
        (sentence.file, sentence.intent, sentence.subtopic)
        for sentence in sentences()
        if sentence.intent in known and sentence.subtopic not in known[sentence.intent]
    ]
    unlearnt = {
        intent: codes - {sentence.subtopic for sentence in sentences() if sentence.intent == intent}
        for intent, codes in known.items()
    }

    assert wrong == []
    assert {intent: codes for intent, codes in unlearnt.items() if codes} == {}


def test_a_second_trouble_is_another_topic_than_the_first() -> None:
    second = {(sentence.intent, sentence.also) for sentence in sentences() if sentence.also}

    assert {also for _, also in second} == TOPICS  # each is learnt as a second one
    assert all(also != intent for intent, also in second)


def test_there_are_enough_sentences() -> None:
    counted = Counter(sentence.intent for sentence in sentences())

    assert len(sentences()) >= 1_500
    assert min(counted.values()) >= 20, counted


def test_no_sentence_carries_two_labels() -> None:
    labels: dict[str, set[tuple[str, str, bool, str]]] = {}
    for sentence in sentences():
        labels.setdefault(normalise(sentence.text), set()).add(sentence.label)

    assert {text: found for text, found in labels.items() if len(found) > 1} == {}


@pytest.mark.parametrize("name", ["messages", "development"])
def test_no_sentence_of_the_evaluation_was_learnt(name: str) -> None:
    lines = (ROOT / f"tests/evaluation/{name}.jsonl").read_text("utf-8").splitlines()
    told = {normalise(json.loads(line)["text"]) for line in lines if line.strip()}
    kept = {text for text in told if len(text) > SAID_ALIKE}

    assert kept
    assert {sentence.text for sentence in sentences() if normalise(sentence.text) in kept} == set()


def test_no_sentence_holds_a_telephone_number_or_an_address_of_a_person() -> None:
    found = [
        (sentence.file, sentence.text)
        for sentence in sentences()
        if PHONE.search(normalise(sentence.text)) or MAIL.search(normalise(sentence.text))
    ]

    assert found == []


def test_every_button_says_something_the_bot_understands() -> None:
    wrong = []
    for where, payload in payloads():
        match = PAYLOAD.fullmatch(payload)
        told = json.loads(match[2] or "{}") if match else {}
        if not match or match[1] not in intents() or not set(told) <= set(domain()["entities"]):
            wrong.append((where, payload))
        if "area" in told and told["area"] not in (*AREAS, OUTSIDE):
            wrong.append((where, payload))

    assert wrong == []


def test_every_topic_can_be_chosen_from_the_first_buttons() -> None:
    offered = [payload for where, payload in payloads() if where == "utter_ask_topic"]

    assert {f"/{topic}" for topic in TOPICS} <= set(offered)
    assert [payload for _, payload in GREETING_BUTTONS] == offered


def test_every_emergency_has_its_card_and_every_card_of_a_sub_topic_exists() -> None:
    assert set(ORDER) == set(cards())
    assert {sub.card for sub in sub_topics().values() if sub.card} <= set(cards())


def test_every_circumstance_that_changes_the_desks_is_one_the_routes_use() -> None:
    with (ROOT / "knowledge/facts/routes.csv").open(encoding="utf-8-sig", newline="") as table:
        used = {value for row in csv.DictReader(table) for value in row["when"].split("|") if value}

    assert used <= set(circumstances())


NUMBER = re.compile(r"#?\d{2,4}-\d{2,4}-\d{3,4}|#\d{4}|(?<![\d-])(?:110|119|188)(?![\d-])")


def test_every_number_we_say_is_a_row_of_grade_a() -> None:
    known = {phone.number for desk in desks().values() for phone in desk.phones if phone.grade == "A"}
    steps = [step.text for card in cards().values() for step in card.steps]
    headlines = [card.headline for card in cards().values()]
    written = [(ROOT / file).read_text("utf-8") for file in ("domain.yml", "api/phrases.py")]

    for text in (*steps, *headlines, *written):
        assert set(NUMBER.findall(text)) <= known


def test_rasa_asks_back_at_the_confidence_that_the_rules_name() -> None:
    config = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))
    (threshold,) = (part["threshold"] for part in config["pipeline"] if part["name"] == "FallbackClassifier")
    told = re.search(r"^ASK_BACK_BELOW = ([\d.]+)", (ROOT / "bot/understanding.py").read_text("utf-8"), re.M)

    assert told and float(told[1]) == threshold


def test_no_two_sentences_are_nearly_the_same() -> None:
    texts = [sentence.text for sentence in sentences()]
    alike = [(texts[left], texts[right]) for left, right, _ in near_duplicates(texts)]

    assert len(texts) > 30_000
    assert alike == []


def test_no_sentence_is_nearly_one_of_the_evaluation() -> None:
    told = [
        json.loads(line)["text"]
        for line in (ROOT / "tests/evaluation/messages.jsonl").read_text("utf-8").splitlines()
    ]
    texts = [*told, *(sentence.text for sentence in sentences())]
    alike = near_duplicates(texts, among=range(len(told)))

    assert [(texts[left], texts[right]) for left, right, _ in alike if left < len(told) <= right] == []
