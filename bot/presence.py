"""Which topics a message really tells of: the whole and its clauses weighed together.

Two troubles told in one message pull a linear model both ways; read clause by
clause each stands alone. A small network sees how sure the linear model is of
each topic over the whole, in the best, first and last clause, and where the
best one stands, and says for each topic whether it is told. It learns from
judgements of linear models that did not know the message.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.network import Array, Network


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
    """The network, and how it is asked."""

    network: Network

    @classmethod
    def learn(cls, views: Array, told: npt.NDArray[np.int64]) -> "Presence":
        """``told`` is message × topic, 1 where the topic is one of the message's troubles."""
        return cls(Network.learn(views, told))

    def probabilities(self, view: Array) -> list[float]:
        """Topic by topic, in the order in which they were learnt."""
        likely: list[float] = (1 / (1 + np.exp(-self.network.scores(view)))).tolist()
        return likely


def folds(count: int, number: int) -> Sequence[npt.NDArray[np.bool_]]:
    """For each of ``number`` folds, which messages it leaves out; the same every time."""
    assigned = np.random.default_rng(0).permutation(count) % number
    return [assigned == fold for fold in range(number)]
