"""Which topics a message really tells of: the whole and its clauses weighed together.

Two troubles told in one message pull a linear model both ways; read clause by
clause each stands alone. A small network sees how sure the linear model is of
each topic over the whole, in the best, first and last clause, and where the
best one stands, and says for each topic whether it is told. It learns from
judgements of linear models that did not know the message.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.neural_network import MLPClassifier

Array = npt.NDArray[np.float64]

HIDDEN = 32
ROUNDS = 25
PENALTY = 1.0


def view(whole: npt.ArrayLike, clauses: npt.ArrayLike) -> Array:
    """What the network sees of one message: log-odds of the topics, and clause × topic."""
    whole, clauses = np.asarray(whole, dtype=float), np.asarray(clauses, dtype=float)
    likely = 1 / (1 + np.exp(-clauses))
    share = (likely / likely.sum(axis=1, keepdims=True)).mean(axis=0)
    position = clauses.argmax(axis=0) / max(len(clauses) - 1, 1)
    return np.concatenate(
        [whole, clauses.max(axis=0), clauses[0], clauses[-1], position, share, [np.log(len(clauses))]]
    )


@dataclass(frozen=True)
class Presence:
    """A network of one hidden layer; the input is centred and scaled first."""

    centre: Array
    scale: Array
    layers: tuple[tuple[Array, Array], tuple[Array, Array]]

    @classmethod
    def learn(cls, views: Array, told: npt.NDArray[np.int64]) -> "Presence":
        """``told`` is message × topic, 1 where the topic is one of the message's troubles."""
        centre, scale = views.mean(axis=0), views.std(axis=0) + 1e-6
        network = MLPClassifier(
            (HIDDEN,), alpha=PENALTY, max_iter=ROUNDS, batch_size=min(256, len(views)),
            learning_rate_init=3e-3, random_state=0,
        )  # fmt: skip
        network.fit((views - centre) / scale, told)
        first, second = zip(network.coefs_, network.intercepts_, strict=True)
        return cls(centre, scale, (first, second))

    def probabilities(self, view: Array) -> list[float]:
        """Topic by topic, in the order in which they were learnt."""
        (inner, inner_bias), (outer, outer_bias) = self.layers
        hidden = np.maximum((view - self.centre) / self.scale @ inner + inner_bias, 0)
        likely: list[float] = (1 / (1 + np.exp(-(hidden @ outer + outer_bias)))).tolist()
        return likely

    def save(self, path: Path) -> None:
        told = [self.centre, self.scale, *(part for layer in self.layers for part in layer)]
        path.write_text(json.dumps([part.tolist() for part in told]), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Presence":
        centre, scale, *parts = (np.asarray(part) for part in json.loads(path.read_text(encoding="utf-8")))
        return cls(centre, scale, ((parts[0], parts[1]), (parts[2], parts[3])))


def folds(count: int, number: int) -> Sequence[npt.NDArray[np.bool_]]:
    """For each of ``number`` folds, which messages it leaves out; the same every time."""
    assigned = np.random.default_rng(0).permutation(count) % number
    return [assigned == fold for fold in range(number)]
