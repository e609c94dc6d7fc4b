"""Confidence is the share of such answers that are right."""

from pathlib import Path

import numpy as np
import pytest

from bot.confidence import Confidence

DRAWN = np.random.default_rng(1).uniform(0.05, 0.95, 4000)  # the best label; the other has little
LIKELY = np.stack([DRAWN, np.full_like(DRAWN, 0.02)], axis=1)
# A model that boasts: where it says p it is right in p² of cases.
IS_RIGHT = np.random.default_rng(2).uniform(size=4000) < DRAWN**2


@pytest.fixture(scope="module")
def confidence() -> Confidence:
    return Confidence.learn(LIKELY, IS_RIGHT)


@pytest.mark.parametrize("best", [0.3, 0.6, 0.9])
def test_a_boast_is_taken_back(confidence: Confidence, best: float) -> None:
    assert confidence.of([best, 0.02]) == pytest.approx(best**2, abs=0.1)


def test_a_confidence_is_the_same_after_it_was_kept(confidence: Confidence, tmp_path: Path) -> None:
    confidence.save(tmp_path / "confidence.json")

    assert Confidence.load(tmp_path / "confidence.json") == confidence
