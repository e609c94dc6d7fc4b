"""A network of one hidden layer: learnt by scikit-learn, kept and asked without it."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.neural_network import MLPClassifier

Array = npt.NDArray[np.float64]
Layer = tuple[Array, Array]

HIDDEN = 32
ROUNDS = 25
PENALTY = 1.0


@dataclass(frozen=True)
class Network:
    """Weights and bias of two layers; the input is centred and scaled first."""

    centre: Array
    scale: Array
    layers: tuple[Layer, Layer]

    @classmethod
    def learn(cls, views: Array, answers: npt.NDArray[np.int64]) -> "Network":
        """``answers`` is message × claim of 0 and 1, or the number of one class per message."""
        centre, scale = views.mean(axis=0), views.std(axis=0) + 1e-6
        network = MLPClassifier(
            (HIDDEN,), alpha=PENALTY, max_iter=ROUNDS, batch_size=min(256, len(views)),
            learning_rate_init=3e-3, random_state=0,
        )  # fmt: skip
        network.fit((views - centre) / scale, answers)
        first, second = zip(network.coefs_, network.intercepts_, strict=True)
        return cls(centre, scale, (first, second))

    def scores(self, view: Array) -> Array:
        """The last layer's log-odds, before they are made into probabilities."""
        (inner, inner_bias), (outer, outer_bias) = self.layers
        hidden = np.maximum((view - self.centre) / self.scale @ inner + inner_bias, 0)
        return np.asarray(hidden @ outer + outer_bias)

    def save(self, path: Path) -> None:
        told = [self.centre, self.scale, *(part for layer in self.layers for part in layer)]
        path.write_text(json.dumps([part.tolist() for part in told]), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Network":
        centre, scale, *parts = (np.asarray(part) for part in json.loads(path.read_text(encoding="utf-8")))
        return cls(centre, scale, ((parts[0], parts[1]), (parts[2], parts[3])))
