"""The reviews that staff export: JSON lines, each checked field by field."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.topics import NEIGHBOUR, Topic, sub_topics
from scripts.lib.reviewed import Label, Sentence
from scripts.lib.steps import Trouble

LONGEST = 400  # characters; a longer story teaches many words and no label
REQUIRED = ("message", "conversation", "text", "intent", "urgent", "reviewer", "reviewed")
KNOWN = frozenset({*REQUIRED, "subtopic", "also", "note"})
TOPICS = frozenset(topic.value for topic in Topic)
ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
# Rasa reads [word](label), [word]{...} and ${variable} as its own.
MARKS = re.compile(r"\]\s*[({]|\$\{")


@dataclass(frozen=True)
class Fault:
    """What stands wrong in which line and field, and the way out."""

    line: int
    field: str
    sentence: str


@dataclass(frozen=True)
class Review:
    """A message as a careful reader understood it."""

    line: int
    message: str
    text: str
    label: Label
    reviewer: str
    reviewed: str


def allowed(sentences: Iterable[Sentence]) -> dict[str, frozenset[str]]:
    """The sub-topics of each intent, from what is learnt and from the table of topics; "" where none may be given."""
    found: dict[str, set[str]] = {}
    for sentence in sentences:
        found.setdefault(sentence.label.intent, set()).add(sentence.label.subtopic)
    for code, sub in sub_topics().items():
        found.setdefault(sub.topic.value if sub.topic else NEIGHBOUR, set()).add(code)
    return {intent: frozenset(codes) for intent, codes in found.items()}


def read(
    file: Path, subtopics: Mapping[str, frozenset[str]], *, today: date
) -> tuple[list[Review], list[Fault]]:
    """The reviews that are whole, and every fault of the others.

    Raises:
        Trouble: the file cannot be read, or holds no review.
    """
    reviews: list[Review] = []
    faults: list[Fault] = []
    lines = [(number, line) for number, line in enumerate(_lines(file), start=1) if line.strip()]
    if not lines:
        raise Trouble(f"{file} holds no reviewed message: export the reviews again.")
    for number, line in lines:
        told = _object(line)
        if told is None:
            faults.append(Fault(number, "line", 'is no JSON object: one {"message": …} on each line'))
            continue
        wrong = [Fault(number, field, sentence) for field, sentence in _wrong(told, subtopics, today)]
        faults += wrong
        if not wrong:
            reviews.append(_review(number, told))
    return reviews, faults + list(_doubled(reviews))


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8-sig").split("\n")
    except OSError as error:
        raise Trouble(f"{file} cannot be read ({error.strerror}): check its name and its owner.") from error
    except UnicodeDecodeError as error:
        raise Trouble(f"{file} is not UTF-8: save it as UTF-8.") from error


def _object(line: str) -> dict[str, Any] | None:
    try:
        told = json.loads(line)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _review(line: int, told: Mapping[str, Any]) -> Review:
    label = Label(told["intent"], told.get("subtopic") or "", told["urgent"], told.get("also") or "")
    return Review(line, told["message"], told["text"].strip(), label, told["reviewer"], told["reviewed"])


def _wrong(
    told: Mapping[str, Any], subtopics: Mapping[str, frozenset[str]], today: date
) -> Iterator[tuple[str, str]]:
    """(field, what is wrong and what to do) of one review."""
    missing = [field for field in REQUIRED if told.get(field) is None]
    yield from ((field, "is missing: export the review again, or write it in") for field in missing)
    for field in sorted(set(told) - KNOWN):
        yield field, f"is not known: take it out, or mend its name ({', '.join(sorted(KNOWN))})"
    if missing:
        return
    for field in ("message", "conversation", "reviewer"):
        if not isinstance(told[field], str) or not ID.fullmatch(told[field]):
            yield field, "is no id: letters, digits, _ and - in quotes, never a name or an address"
    yield from _wrong_text(told["text"])
    yield from _wrong_label(told, subtopics)
    yield from _wrong_date(told["reviewed"], today)


def _wrong_text(text: object) -> Iterator[tuple[str, str]]:
    if not isinstance(text, str) or not text.strip():
        yield "text", "is empty: take the line out"
    elif len(text.strip()) > LONGEST:
        yield "text", f"is longer than {LONGEST} characters: shorten it to what tells the trouble"
    elif MARKS.search(text):
        yield "text", "holds marks that Rasa reads as its own ([…](…), […]{…}, ${…}): write it without them"


def _wrong_label(
    told: Mapping[str, Any], subtopics: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, str]]:
    intent, subtopic, also = told["intent"], told.get("subtopic") or "", told.get("also") or ""
    if not isinstance(told["urgent"], bool):
        yield "urgent", "is neither true nor false: write one of them, without quotes"
    if not isinstance(intent, str) or intent not in subtopics:
        yield "intent", f"is not known: one of {', '.join(sorted(subtopics))}"
        return
    if not isinstance(subtopic, str) or subtopic not in subtopics[intent]:
        yield "subtopic", f"does not belong to {intent}: {_choice(subtopics[intent])}"
    second = sorted(TOPICS - {intent}) if intent in TOPICS else []
    if also and also not in second:
        way_out = f"one of {', '.join(second)}, or leave it out" if second else "leave it out"
        yield "also", f"does not go with {intent}: {way_out}"


def _choice(codes: frozenset[str]) -> str:
    named = ", ".join(sorted(codes - {""}))
    if not named:
        return "leave it out"
    return f"one of {named}{', or leave it out' if '' in codes else ''}"


def _wrong_date(reviewed: object, today: date) -> Iterator[tuple[str, str]]:
    try:
        day = date.fromisoformat(reviewed) if isinstance(reviewed, str) and len(reviewed) == 10 else None
    except ValueError:
        day = None
    if day is None:
        yield "reviewed", "is no date: write it as 2026-11-22"
    elif day > today:
        yield "reviewed", f"is after today, {today}: write the day of the review"


def _doubled(reviews: Iterable[Review]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for review in reviews:
        if review.message in first:
            yield Fault(
                review.line, "message", f"is that of line {first[review.message]}: keep one of the two"
            )
        first.setdefault(review.message, review.line)
