"""Linear models of labels over the same features: one yes/no regression per label."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from bot.features import Floats

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
