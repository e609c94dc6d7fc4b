"""How often the classifier is right when it is as sure as this."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

SMALLEST = 1e-6


@dataclass(frozen=True)
class Confidence:
    """Turns the scores of the labels into the share of such answers that are right.

    Learnt on messages which the scoring model did not know (Platt's scaling,
    over the best score and its lead).
    """

    best: float
    lead: float
    bias: float

    @classmethod
    def learn(cls, probabilities: npt.NDArray[np.float64], is_right: npt.NDArray[np.bool_]) -> "Confidence":
        """``probabilities`` is message × label, each label by itself; two labels at least."""
        model = LogisticRegression().fit(_evidence(probabilities), is_right)
        best, lead = model.coef_[0].tolist()
        return cls(best, lead, float(model.intercept_[0]))

    def of(self, probabilities: npt.ArrayLike) -> float:
        best, lead = _evidence(np.asarray(probabilities, dtype=float)[None, :])[0]
        return float(1 / (1 + np.exp(-(self.best * best + self.lead * lead + self.bias))))

    def save(self, path: Path) -> None:
        path.write_text(json.dumps([self.best, self.lead, self.bias]), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Confidence":
        return cls(*json.loads(path.read_text(encoding="utf-8")))


def _evidence(probabilities: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Log-odds of the best label, and its lead over the next in log-odds."""
    clipped = np.clip(probabilities, SMALLEST, 1 - SMALLEST)
    odds = np.sort(np.log(clipped / (1 - clipped)), axis=1)
    return np.stack([odds[:, -1], odds[:, -1] - odds[:, -2]], axis=1)
