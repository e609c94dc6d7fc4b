"""Learn from labelled sentences.

Labels come from data/nlu: the intent, and the metadata ``subtopic``, ``urgent``
and ``also`` of a block. docs/understanding.md compares the model with others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed

from bot.confidence import Confidence
from bot.features import Featurizer, Reading
from bot.labels import LabelModel
from bot.model import Model, parts
from bot.presence import Array, Presence, folds, view
from bot.understanding import TOPICS, URGENT

FOLDS = 3
CORES = 2  # more than two wait for memory
# Training holds five troubles for one answer or stray question, a conversation more of these: what is added to
# the log-odds of every label that is neither a trouble nor a crisis.
SELDOM_TRAINED = 1.0


@dataclass(frozen=True)
class Example:
    """A training sentence with its labels."""

    reading: Reading
    intent: str
    subtopic: str
    is_urgent: bool
    also: str

    @property
    def fine_label(self) -> str:
        """Sub-topic, with a mark when it burns: 「C1!」."""
        return self.subtopic + URGENT * self.is_urgent

    @property
    def told(self) -> list[int]:
        """Topic by topic, whether it is one of the message's troubles."""
        return [int(topic in (self.intent, self.also)) for topic in TOPICS]


def learn(examples: Sequence[Example]) -> Model:
    """The same examples give the same model."""
    featurizer = Featurizer.learn([example.reading for example in examples])
    matrix = featurizer.matrix([example.reading for example in examples])
    intents = np.asarray([example.intent for example in examples])
    told = np.asarray([example.told for example in examples])
    left_out = folds(len(examples), FOLDS)
    whole = _Clauses.of(featurizer, examples)
    fine = _fine_labels(examples)
    unseen, (sure, labels, topics), finer = _together(
        [delayed(_topic_scores)(matrix, whole.matrix, told, fold, whole.owners) for fold in left_out],
        [
            delayed(_confidence)(matrix, intents, left_out[0]),
            delayed(_intents)(matrix, intents),
            delayed(_topics)(matrix, told),
        ],
        [delayed(LabelModel.learn)(matrix[rows], labels) for _, rows, labels in fine],
    )
    views = whole.views(unseen, left_out)
    named = {intent: model for (intent, _, _), model in zip(fine, finer, strict=True)}
    return Model(featurizer, labels, topics, named, Presence.learn(views, told), sure)


def _together(*groups: list[Any]) -> list[list[Any]]:
    """Run all tasks on the cores there are; their results group by group.

    In processes, not threads: liblinear has one random state a process, and the
    same sentences must give the same model.
    """
    results = Parallel(n_jobs=CORES)(task for group in groups for task in group)
    return [[results.pop(0) for _ in group] for group in groups]


@dataclass(frozen=True)
class _Clauses:
    """The clauses of all training sentences, and to which sentence each belongs."""

    matrix: Any
    owners: npt.NDArray[np.int64]

    @classmethod
    def of(cls, featurizer: Featurizer, examples: Sequence[Example]) -> "_Clauses":
        apart = [parts(example.reading.text) or [example.reading] for example in examples]
        owners = np.repeat(np.arange(len(examples)), [len(readings) for readings in apart])
        return cls(featurizer.matrix([reading for readings in apart for reading in readings]), owners)

    def views(
        self, scores: Sequence[tuple[Array, Array]], left_out: Sequence[npt.NDArray[np.bool_]]
    ) -> Array:
        """What the presence network sees of each sentence, judged by models that did not know it."""
        whole = np.zeros((len(left_out[0]), len(TOPICS)))
        apart = np.zeros((len(self.owners), len(TOPICS)))
        for (of_wholes, of_clauses), fold in zip(scores, left_out, strict=True):
            whole[fold] = of_wholes
            apart[fold[self.owners]] = of_clauses
        starts = np.searchsorted(self.owners, np.arange(len(whole) + 1))
        return np.stack([view(one, apart[starts[row] : starts[row + 1]]) for row, one in enumerate(whole)])


def _topic_scores(
    matrix: Any,
    of_clauses: Any,
    told: npt.NDArray[np.int64],
    left_out: npt.NDArray[np.bool_],
    owners: npt.NDArray[np.int64],
) -> tuple[Array, Array]:
    """Log-odds of the topics for the sentences left out, and for their clauses."""
    model = _topics(matrix[~left_out], told[~left_out])
    weights, bias = model.weights, model.bias
    return matrix[left_out] @ weights + bias, of_clauses[left_out[owners]] @ weights + bias


def _topics(matrix: Any, told: npt.NDArray[np.int64]) -> LabelModel:
    """Whether each topic is spoken of at all, first or second."""
    learnt = {
        topic: LabelModel.learn(matrix, np.where(told[:, number] == 1, "yes", "no").tolist())
        for number, topic in enumerate(TOPICS)
    }
    return LabelModel.side_by_side(learnt)


def _intents(matrix: Any, intents: npt.NDArray[Any]) -> LabelModel:
    model = LabelModel.learn(matrix, intents.tolist())
    is_seldom = np.asarray([label not in (*TOPICS, "crisis") for label in model.labels])
    return LabelModel(model.labels, model.weights, model.bias + np.float32(SELDOM_TRAINED) * is_seldom)


def _confidence(matrix: Any, intents: npt.NDArray[Any], left_out: npt.NDArray[np.bool_]) -> Confidence:
    model = _intents(matrix[~left_out], intents[~left_out])
    likely = 1 / (1 + np.exp(-(matrix[left_out] @ model.weights + model.bias)))
    best = np.asarray(model.labels)[likely.argmax(axis=1)]
    return Confidence.learn(likely, best == intents[left_out])


def _fine_labels(examples: Sequence[Example]) -> list[tuple[str, list[int], list[str]]]:
    """For each intent that has several sub-topics: rows and labels."""
    rows: dict[str, list[int]] = {}
    for number, example in enumerate(examples):
        if example.subtopic:
            rows.setdefault(example.intent, []).append(number)
    labelled = [
        (intent, found, [examples[row].fine_label for row in found]) for intent, found in sorted(rows.items())
    ]
    return [(intent, found, labels) for intent, found, labels in labelled if len(set(labels)) > 1]
