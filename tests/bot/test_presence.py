"""Clauses and whole weighed together."""

import numpy as np
import pytest

from bot.presence import Presence, folds, view

SURE, UNSURE = 3.0, -3.0


def example(first: int, second: int | None = None) -> tuple[list[float], list[list[float]]]:
    """Log-odds of three topics: the whole hears the first only, each clause its own."""
    clauses = [
        [SURE if topic == told else UNSURE for topic in range(3)]
        for told in (first, second)
        if told is not None
    ]
    return clauses[0], clauses


@pytest.fixture(scope="module")
def presence() -> Presence:
    told = [(first, second) for first in range(3) for second in (None, *range(3)) if second != first] * 40
    views = np.stack([view(*example(*one)) for one in told])
    labels = np.asarray([[int(topic in one) for topic in range(3)] for one in told])
    return Presence.learn(views, labels)


def test_a_second_topic_of_a_clause_is_heard_though_the_whole_does_not_tell_it(presence: Presence) -> None:
    likely = presence.probabilities(view(*example(0, 2)))

    assert likely[0] > 0.5 and likely[2] > 0.5 > likely[1]


def test_one_topic_stays_one(presence: Presence) -> None:
    assert [score > 0.5 for score in presence.probabilities(view(*example(1)))] == [False, True, False]


def test_folds_leave_out_every_message_once() -> None:
    left_out = folds(100, 3)

    assert np.sum(left_out, axis=0).tolist() == [1] * 100
    assert [fold.tolist() for fold in folds(100, 3)] == [fold.tolist() for fold in left_out]
