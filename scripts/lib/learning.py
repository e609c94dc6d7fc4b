"""A batch of reviewed messages: trained beside the old model, shown, kept or put back; and taken out again."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.topics import NEIGHBOUR
from scripts.lib import evaluate, gains, previous, refusals, reviewed, reviews
from scripts.lib.previous import Previous
from scripts.lib.reviewed import Origin, Sentence
from scripts.lib.reviews import TOPICS, Fault, Review
from scripts.lib.steps import Trouble, step

KEPT, REFUSED, DECLINED = range(3)
# What the model should say of an intent; of the rest either is right.
KINDS = dict.fromkeys(TOPICS, "topic") | {
    "crisis": "crisis", "handoff": "handoff", NEIGHBOUR: "out_of_scope", "out_of_scope": "out_of_scope",
}  # fmt: skip
OTHER_KINDS = "smalltalk|followup"


@dataclass(frozen=True)
class Workshop:
    """Where the training data, the sets for measuring and the models are; who trains, measures and decides."""

    sentences: Path
    evaluation: Path
    models: Path
    train: Callable[[], Path]
    triage: Callable[[Sequence[Mapping[str, Any]], Path], Mapping[str, Mapping[str, Any]]]
    ask: Callable[[str], bool]
    today: date


def learn(file: Path, shop: Workshop, *, is_dry: bool = False, skips: bool = False) -> int:
    """Take the reviews of the file as a batch, if a person wants the model that comes of them. Returns the exit code.

    One fault stops all; with ``skips``, messages that must not be learnt are named and left out.
    """
    known = reviewed.read(shop.sentences)
    _require_decided(known, shop)
    asked, faults = reviews.read(file, reviews.allowed(known), today=shop.today)
    refused = list(refusals.refused(asked, known, refusals.evaluated(shop.evaluation)))
    _name(file, [*faults, *refused])
    taken = [review for review in asked if review.line not in {fault.line for fault in refused}]
    if faults or not taken or (refused and not skips):
        print(f"Nothing was learnt: {len({fault.line for fault in [*faults, *refused]})} lines to mend.")
        return REFUSED
    batch = max(reviewed.batches(known), default=0) + 1
    new = [_sentence(review, batch) for review in taken]
    if is_dry:
        print(reviewed.render(new), end="")
        return KEPT
    return _decide([one for one in known if one.origin], new, batch, shop)


def _require_decided(known: Iterable[Sentence], shop: Workshop) -> None:
    note = previous.read(shop.models)
    if note and not note.is_decided and note.batch in reviewed.batches(known):
        raise Trouble(
            f"Batch {note.batch} was cut off before anybody decided on it: take it out with scripts/learn --undo."
        )


def _name(file: Path, faults: Iterable[Fault]) -> None:
    for fault in sorted(faults, key=lambda fault: fault.line):
        print(f"{file}:{fault.line}: {fault.field} {fault.sentence}.", file=sys.stderr)


def _sentence(review: Review, batch: int) -> Sentence:
    origin = Origin(review.message, review.reviewer, review.reviewed, batch)
    return Sentence(review.text, review.label, origin=origin)


def _decide(there: Sequence[Sentence], new: Sequence[Sentence], batch: int, shop: Workshop) -> int:
    """Train and show; whatever is not a yes puts everything back as it was."""
    file, note = shop.sentences / reviewed.NAME, previous.read(shop.models)
    before = file.read_bytes() if file.exists() else None
    old, is_kept = shop.train(), False
    # The old model is too new to be forgotten meanwhile; the one before it stays in the note until it is replaced.
    previous.write(shop.models, Previous(batch, note.model if note else old.name, is_decided=False))
    try:
        reviewed.write(shop.sentences, [*there, *new])
        _show(new, old, shop.train(), shop)
        is_kept = shop.ask("Keep the new model? [y/N] ")
    finally:
        if not is_kept:
            reviewed.put(file, before)
            previous.write(shop.models, note)
    if not is_kept:
        print(f"Put back: {old.name} stays.")
        return DECLINED
    previous.write(shop.models, Previous(batch, old.name, is_decided=True))
    print(
        f"Kept: batch {batch}, {len(new)} messages. Commit data/nlu/{reviewed.NAME}, restart scripts/serve."
    )
    return KEPT


def _show(learnt: Sequence[Sentence], old: Path, new: Path, shop: Workshop) -> None:
    """On the sets nobody learnt from, and on the reviewed messages themselves."""
    names = sorted(file.stem for file in shop.evaluation.glob("*.jsonl"))
    sets = {name: _measurable(evaluate.messages(name, shop.evaluation)) for name in names}
    sets["reviewed messages"] = [_wanted(sentence) for sentence in learnt]
    everything = [
        {"id": f"{name}/{one['id']}", "text": one["text"]} for name, asked in sets.items() for one in asked
    ]
    with step("asking both models"):
        given = [shop.triage(everything, model) for model in (old, new)]
    for name, asked in sets.items():
        told = [{one["id"]: answers[f"{name}/{one['id']}"] for one in asked} for answers in given]
        print("\n".join(gains.report(name, gains.compare(asked, *told))))


def _measurable(messages: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in messages if {"id", "text", *gains.TOLD} <= set(one)]


def _wanted(sentence: Sentence) -> dict[str, Any]:
    """The review in the words of the sets for measuring."""
    assert sentence.origin
    label, kind = sentence.label, KINDS.get(sentence.label.intent, OTHER_KINDS)
    topics = [topic for topic in (label.intent, label.also) if topic in TOPICS]
    subtopic = label.subtopic if kind in ("topic", "out_of_scope") else None
    # A crisis is always urgent, whatever its training sentences say.
    urgent = kind == "crisis" or label.is_urgent
    return {
        "id": sentence.origin.message, "text": sentence.text, "kind": kind,
        "topics": topics, "subtopic": subtopic, "urgent": urgent,
    }  # fmt: skip


def undo(shop: Workshop) -> int:
    """Take the last batch out again. Returns the exit code."""
    known = reviewed.read(shop.sentences)
    found = reviewed.batches(known)
    if not found:
        raise Trouble("There is no batch to take out.")
    last = max(found)
    for sentence in found[last]:
        print(f"- {sentence.text} ({sentence.label}; {_where(sentence)})")
    if not shop.ask(f"Take batch {last} out? [y/N] "):
        return DECLINED
    reviewed.write(shop.sentences, [one for one in known if one.origin and one not in found[last]])
    model = shop.train()
    previous.write(shop.models, None)
    print(f"Batch {last} is out; the model is {model.name}. Commit data/nlu, restart scripts/serve.")
    return KEPT


def _where(sentence: Sentence) -> str:
    assert sentence.origin
    return f"message {sentence.origin.message}, {sentence.origin.reviewer}, {sentence.origin.reviewed}"


def show_batches(shop: Workshop) -> int:
    """A line for each batch, the oldest first."""
    found = reviewed.batches(reviewed.read(shop.sentences))
    for batch, sentences in found.items():
        origins = [one.origin for one in sentences if one.origin]
        days = sorted({origin.reviewed for origin in origins})
        reviewers = ", ".join(sorted({origin.reviewer for origin in origins}))
        print(f"batch {batch}: {len(sentences)} messages, reviewed {days[0]} to {days[-1]} by {reviewers}")
    if not found:
        print("No batch was learnt.")
    return KEPT
