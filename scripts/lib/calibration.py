"""Whether confidence means what it says, and what asking back would gain: pure rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from scripts.lib.measures import Pair, Share

BINS = 10


@dataclass(frozen=True)
class Bin:
    """Answers of about the same confidence."""

    count: int
    confidence: float  # mean
    right: float  # share


def bins(answers: Sequence[tuple[float, bool]], number: int = BINS) -> list[Bin]:
    """So many bins of the same number of answers (one more or less), the least sure first.

    An answer is its confidence and whether it was right.
    """
    ordered = sorted(answers, key=lambda answer: answer[0])
    number = min(number, len(ordered))
    edges = [place * len(ordered) // number for place in range(number + 1)] if number else [0]
    return [_bin(ordered[start:end]) for start, end in pairwise(edges)]


def _bin(answers: Sequence[tuple[float, bool]]) -> Bin:
    count = len(answers)
    return Bin(count, sum(sure for sure, _ in answers) / count, sum(right for _, right in answers) / count)


def expected_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: how far confidence and share right are apart, on the mean of all answers."""
    return sum(one.count * abs(one.confidence - one.right) for one in bins) / (
        sum(one.count for one in bins) or 1
    )


def answered(pairs: Sequence[Pair]) -> list[tuple[float, bool]]:
    """For ``bins``: an answer is right when the kind is, and of a topic the main one."""
    return [(float(pair.given["confidence"]), pair.is_understood) for pair in pairs]


@dataclass(frozen=True)
class Abstention:
    """What happens when the bot asks back below a threshold."""

    asked_back: Share
    right_without: Share  # if it always answered
    right: Share  # of what it still answers
    offered: Share  # of the topic messages asked back: one of the two topics offered is one that was told


def abstention(pairs: Sequence[Pair], below: float) -> Abstention:
    unsure = [pair for pair in pairs if pair.given["confidence"] < below]
    sure = [pair for pair in pairs if pair.given["confidence"] >= below]
    topics = [pair for pair in unsure if pair.is_topic]
    helped = sum(bool(set(pair.given["offered"]) & set(pair.wanted["topics"])) for pair in topics)
    return Abstention(Share(len(unsure), len(pairs)), _right(pairs), _right(sure), Share(helped, len(topics)))


def _right(pairs: Sequence[Pair]) -> Share:
    return Share(sum(pair.is_understood for pair in pairs), len(pairs))
