"""Which reviewed messages must not be learnt: those that point to someone, those of the evaluation, those known."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from knowledge.redaction import Kind, find
from knowledge.text import normalise
from scripts.lib.reviewed import Sentence
from scripts.lib.reviews import Fault, Review

WORDS = {
    Kind.URL: "an address on the net with a key",
    Kind.MAIL_ADDRESS: "a mail address",
    Kind.POSTAL_CODE: "a postal code",
    Kind.CREDIT_CARD: "the number of a credit card",
    Kind.MY_NUMBER: "a My Number",
    Kind.LONG_NUMBER: "the number of an account or another long number",
    Kind.TELEPHONE_NUMBER: "a telephone number",
    Kind.BLOCK_NUMBER: "a street address",
    Kind.FIRM: "the name of a firm",
    Kind.PERSON: "the name of a person",
}


def refused(
    reviews: Iterable[Review], known: Sequence[Sentence], evaluated: frozenset[str]
) -> Iterator[Fault]:
    """Every reason against each message, the way out with it; texts are compared in their normal form."""
    sentences = {normalise(sentence.text): sentence for sentence in known}
    learnt = {one.origin.message: one.origin.batch for one in known if one.origin}
    before: dict[str, int] = {}
    for review in reviews:
        text = normalise(review.text)
        yield from _pointing(review)
        if text in evaluated:
            yield Fault(
                review.line, "text", "is in tests/evaluation, which is never learnt: take the line out"
            )
        elif text in sentences:
            yield Fault(review.line, "text", _known(review, sentences[text]))
        elif review.message in learnt:
            said = f"was learnt with batch {learnt[review.message]} in other words: take the line out"
            yield Fault(review.line, "message", said)
        elif text in before:
            yield Fault(review.line, "text", f"is the same as in line {before[text]}: keep one of the two")
        before.setdefault(text, review.line)


def _pointing(review: Review) -> Iterator[Fault]:
    """Where in the text, but never the words themselves: what is printed may be kept somewhere."""
    for span in find(review.text):
        where = f"characters {span.start + 1} to {span.end}"
        way_out = "reword it without, or take the line out"
        yield Fault(review.line, "text", f"holds {WORDS[span.kind]} ({where}): {way_out}")


def _known(review: Review, sentence: Sentence) -> str:
    if sentence.label == review.label:
        return f"is already known (data/nlu/{sentence.file}): take the line out"
    return (
        f"is in data/nlu/{sentence.file} as 「{sentence.label}」, here as 「{review.label}」: "
        "a person must decide; change it there, or take the line out"
    )


def evaluated(folder: Path) -> frozenset[str]:
    """The texts that are only for measuring, in their normal form."""
    lines = (
        line for file in sorted(folder.rglob("*.jsonl")) for line in file.read_text("utf-8").splitlines()
    )
    return frozenset(normalise(str(json.loads(line).get("text", ""))) for line in lines if line.strip())
