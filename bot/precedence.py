"""Which of the topics a message tells of is the main one, the trouble to be solved first.

The label that a linear model finds likeliest is often the one told at greater
length. A small network sees what presence.py sees, the intents' scores of the
whole and of its clauses, and which topic an emergency sign belongs to. It
learns as presence.py does, from judgements of models that did not know the message.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.network import Array, Network


def view(presence: Array, whole: npt.ArrayLike, clauses: npt.ArrayLike, burning: int | None) -> Array:
    """What the network sees: log-odds of the topics as intents; ``burning`` is the number of the sign's topic."""
    whole, clauses = np.asarray(whole, dtype=float), np.asarray(clauses, dtype=float)
    sign = np.zeros(len(whole))
    if burning is not None:
        sign[burning] = 1.0
    return np.concatenate([presence, whole, clauses.max(axis=0), clauses[0], clauses[-1], sign])


@dataclass(frozen=True)
class Precedence:
    """The network, and how it is asked."""

    network: Network

    @classmethod
    def learn(cls, views: Array, main: npt.NDArray[np.int64]) -> "Precedence":
        """``main`` is the number of each message's main topic."""
        return cls(Network.learn(views, main))

    def probabilities(self, view: Array, whole: npt.ArrayLike) -> list[float]:
        """Topic by topic; they sum to one. The linear model's own log-odds (``whole``) have half the say."""
        likely = np.exp((_logarithms(self.network.scores(view)) + _logarithms(np.asarray(whole))) / 2)
        told: list[float] = (likely / likely.sum()).tolist()
        return told


def _logarithms(scores: Array) -> Array:
    """Of the probabilities that these scores make together."""
    shifted = scores - scores.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()))
