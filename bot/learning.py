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

from bot import precedence, presence
from bot.confidence import Confidence
from bot.features import Featurizer, Reading
from bot.heads import Heads
from bot.labels import LabelModel
from bot.model import FINE, INTENTS, TOLD, Model, burning_topic, parts
from bot.network import Array
from bot.precedence import Precedence
from bot.presence import Presence, folds
from bot.understanding import TOPICS, URGENT
from knowledge.urgency import recognise

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
    half = len(examples) // 2
    unseen, (labels, topics), finer, burning = _together(
        [delayed(_unseen)(matrix, whole.matrix, told, intents, fold, whole.owners) for fold in left_out],
        [delayed(_intents)(matrix, intents), delayed(_topics)(matrix, told)],
        [delayed(LabelModel.learn)(matrix[rows], labels) for _, rows, labels in fine],
        [delayed(_burning)(some) for some in (examples[:half], examples[half:])],
    )
    judgements = _Judgements.of(unseen, left_out, whole.owners)
    heads = {INTENTS: labels, TOLD: topics}
    heads |= {f"{FINE}{intent}": model for (intent, _, _), model in zip(fine, finer, strict=True)}
    return Model(
        featurizer,
        Heads.of(heads),
        Presence.learn(judgements.views(), told),
        _precedence(judgements, labels.labels, intents, [*burning[0], *burning[1]]),
        _confidence(judgements, labels.labels, intents),
    )


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
        apart = [parts(example.reading) or [example.reading] for example in examples]
        owners = np.repeat(np.arange(len(examples)), [len(readings) for readings in apart])
        return cls(featurizer.matrix([reading for readings in apart for reading in readings]), owners)


@dataclass(frozen=True)
class _Unseen:
    """Log-odds of topics and intents for the sentences left out of one fold, and for their clauses."""

    told: Array
    told_apart: Array
    intents: Array
    intents_apart: Array


def _unseen(
    matrix: Any,
    of_clauses: Any,
    told: npt.NDArray[np.int64],
    intents: npt.NDArray[Any],
    left_out: npt.NDArray[np.bool_],
    owners: npt.NDArray[np.int64],
) -> _Unseen:
    topics = _topics(matrix[~left_out], told[~left_out])
    labels = _intents(matrix[~left_out], intents[~left_out])
    wholes, clauses = matrix[left_out], of_clauses[left_out[owners]]
    return _Unseen(
        wholes @ topics.weights + topics.bias,
        clauses @ topics.weights + topics.bias,
        wholes @ labels.weights + labels.bias,
        clauses @ labels.weights + labels.bias,
    )


@dataclass(frozen=True)
class _Judgements:
    """The same for all sentences, each judged by models that did not know it; ``starts`` finds its clauses."""

    told: Array
    told_apart: Array
    intents: Array
    intents_apart: Array
    starts: npt.NDArray[np.int64]

    @classmethod
    def of(
        cls,
        unseen: Sequence[_Unseen],
        left_out: Sequence[npt.NDArray[np.bool_]],
        owners: npt.NDArray[np.int64],
    ) -> "_Judgements":
        apart = [fold[owners] for fold in left_out]
        return cls(
            _joined([one.told for one in unseen], left_out),
            _joined([one.told_apart for one in unseen], apart),
            _joined([one.intents for one in unseen], left_out),
            _joined([one.intents_apart for one in unseen], apart),
            np.searchsorted(owners, np.arange(len(left_out[0]) + 1)),
        )

    def clauses(self, row: int) -> slice:
        return slice(self.starts[row], self.starts[row + 1])

    def view(self, row: int) -> Array:
        """What the presence network sees of a sentence."""
        return presence.view(self.told[row], self.told_apart[self.clauses(row)])

    def views(self) -> Array:
        return np.stack([self.view(row) for row in range(len(self.told))])


def _joined(parts: Sequence[Array], places: Sequence[npt.NDArray[np.bool_]]) -> Array:
    """One row for each, where its fold left it out."""
    whole = np.zeros((len(places[0]), parts[0].shape[1]))
    for part, place in zip(parts, places, strict=True):
        whole[place] = part
    return whole


def _precedence(
    judgements: _Judgements, labels: Sequence[str], intents: npt.NDArray[Any], burning: Sequence[int | None]
) -> Precedence:
    """Learnt on the sentences that tell a trouble."""
    topics = [labels.index(topic) for topic in TOPICS]
    rows = [row for row, intent in enumerate(intents) if intent in TOPICS]
    views = [
        precedence.view(
            judgements.view(row),
            judgements.intents[row, topics],
            judgements.intents_apart[judgements.clauses(row)][:, topics],
            burning[row],
        )
        for row in rows
    ]
    return Precedence.learn(np.stack(views), np.asarray([TOPICS.index(intents[row]) for row in rows]))


def _burning(examples: Sequence[Example]) -> list[int | None]:
    """Which topic's emergency the fixed patterns see in each sentence."""
    seen = (recognise(example.reading.text) for example in examples)
    return [burning_topic(emergency.card if emergency else "") for emergency in seen]


def _confidence(judgements: _Judgements, labels: Sequence[str], intents: npt.NDArray[Any]) -> Confidence:
    likely = 1 / (1 + np.exp(-judgements.intents))
    return Confidence.learn(likely, np.asarray(labels)[likely.argmax(axis=1)] == intents)


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
