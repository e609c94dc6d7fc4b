"""Which of two troubles is the main one."""

import numpy as np
import pytest

from bot.network import Array
from bot.precedence import Precedence, view

SEEN = np.zeros(4)  # what presence.py sees says nothing here
FIRST_IS_LOUDER = [2.0, 1.0, -3.0]


def told(last: int, burning: int | None = None) -> Array:
    """Two clauses; the whole sounds most like the first topic. The clause told last tells of ``last``."""
    clauses = [[2.0 if topic == clause else -2.0 for topic in range(3)] for clause in (1 - last, last)]
    return view(SEEN, FIRST_IS_LOUDER, clauses, burning)


@pytest.fixture(scope="module")
def precedence() -> Precedence:
    """It has learnt that what is told last is the main trouble, and that what burns is even more so."""
    lessons = [(told(0), 0), (told(1), 1), (told(0, burning=2), 2), (told(1, burning=2), 2)] * 40
    return Precedence.learn(
        np.stack([seen for seen, _ in lessons]), np.asarray([main for _, main in lessons])
    )


def test_the_louder_topic_need_not_be_the_main_one(precedence: Precedence) -> None:
    assert np.argmax(precedence.probabilities(told(1), FIRST_IS_LOUDER)) == 1
    assert np.argmax(precedence.probabilities(told(0), FIRST_IS_LOUDER)) == 0


def test_a_sign_of_an_emergency_is_seen(precedence: Precedence) -> None:
    assert np.argmax(precedence.probabilities(told(0, burning=2), [1.0, 0.5, 1.0])) == 2


def test_the_linear_model_has_half_the_say(precedence: Precedence) -> None:
    assert np.argmax(precedence.probabilities(told(1), [30.0, 0.0, 0.0])) == 0


def test_the_probabilities_sum_to_one(precedence: Precedence) -> None:
    assert sum(precedence.probabilities(told(1), FIRST_IS_LOUDER)) == pytest.approx(1.0)
