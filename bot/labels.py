"""Linear models of labels over the same features: one yes/no regression per label."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from bot.features import Columns, Floats

STRENGTH = 30.0  # inverse of the L2 penalty; docs/understanding.md compares
TOLERANCE = 1.0  # looser than the default; 0.1 took twice as long and answered the same


class LabelModel:
    """Weights are features × labels, so that a message reads whole rows. Each label is judged by itself."""

    def __init__(self, labels: Sequence[str], weights: npt.NDArray[np.floating[Any]], bias: Floats) -> None:
        self.labels = list(labels)
        self.weights = weights
        self.bias = bias

    @classmethod
    def learn(cls, matrix: Any, labels: Sequence[str]) -> "LabelModel":
        """Raises ValueError where all labels are the same."""
        model = LogisticRegression(
            C=STRENGTH, solver="liblinear", dual=True, tol=TOLERANCE, random_state=0
        ).fit(matrix, labels)
        weights, bias = (
            np.asarray(model.coef_, dtype=np.float32),
            np.asarray(model.intercept_, dtype=np.float32),
        )
        if len(model.classes_) == 2:  # scikit-learn keeps one row for two labels
            weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
        return cls([str(label) for label in model.classes_], np.ascontiguousarray(weights.T), bias)

    @classmethod
    def side_by_side(cls, models: dict[str, "LabelModel"]) -> "LabelModel":
        """One model of several yes/no models; each must know the label "yes"."""
        yes = {name: model.labels.index("yes") for name, model in models.items()}
        weights = np.stack([model.weights[:, yes[name]] for name, model in models.items()], axis=1)
        bias = np.asarray([model.bias[yes[name]] for name, model in models.items()], dtype=np.float32)
        return cls(list(models), weights, bias)

    def scores(self, columns: Columns, values: Floats) -> Floats:
        """Log-odds of each label."""
        return np.asarray(values @ self.weights[columns].astype(np.float32) + self.bias, dtype=np.float32)

    def probabilities(self, columns: Columns, values: Floats) -> dict[str, float]:
        """How sure each label is by itself; they need not sum to one."""
        scores = self.scores(columns, values)
        return dict(zip(self.labels, (1 / (1 + np.exp(-scores))).tolist(), strict=True))

    def save(self, path: Path) -> None:
        np.save(path.with_suffix(".npy"), self.weights.astype(np.float16))
        told = {"labels": self.labels, "bias": self.bias.tolist()}
        path.with_suffix(".json").write_text(json.dumps(told), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "LabelModel":
        """The weights stay on disk until a message asks for their rows."""
        told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        weights = np.load(path.with_suffix(".npy"), mmap_mode="r")
        return cls(told["labels"], weights, np.asarray(told["bias"], dtype=np.float32))
