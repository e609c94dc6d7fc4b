"""Ways to find the one intent of a message from its features: logistic regression and naive Bayes."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from sklearn.naive_bayes import MultinomialNB

from benchmarks.blocks import Features, Maker
from benchmarks.sentences import Sentence
from bot import features, japanese
from bot.features import Reading
from bot.labels import LabelModel

Name = Callable[[str], str]  # the intent of a text
LearnIntents = Callable[[Sequence[Sentence]], Name]
Fitted = tuple[Sequence[str], Any, Any]  # labels, weights (feature × label), bias
Fit = Callable[[Any, Sequence[str]], Fitted]
# Of 1, 0.3, 0.1, 0.03 and 0.01 the best for naive Bayes on the development set.
SMOOTHING = 0.03


def commonest(sentences: Sequence[Sentence]) -> Name:
    """Says of everything what is said most often."""
    [(intent, _)] = Counter(sentence.intent for sentence in sentences).most_common(1)
    return lambda text: intent


def regression(*makers: Maker, splits: bool = True) -> LearnIntents:
    """One yes/no regression per intent, with the settings of our own component.

    Splitting into words takes its time: only where a maker wants words (``splits``).
    """

    def fit(matrix: Any, intents: Sequence[str]) -> Fitted:
        model = LabelModel.learn(matrix, intents)
        return model.labels, model.weights, model.bias

    return _learner(makers, fit, splits=splits)


def naive_bayes(*makers: Maker) -> LearnIntents:
    """The multinomial model over the same weighted features."""

    def fit(matrix: Any, intents: Sequence[str]) -> Fitted:
        model = MultinomialNB(alpha=SMOOTHING).fit(matrix, intents)
        weights = np.ascontiguousarray(model.feature_log_prob_.T, dtype=np.float32)
        return list(model.classes_), weights, model.class_log_prior_

    return _learner(makers, fit, splits=True)


def _learner(makers: Sequence[Maker], fit: Fit, *, splits: bool) -> LearnIntents:
    def read(text: str) -> Reading:
        return features.read(text, japanese.words(text) if splits else ())

    def learn(sentences: Sequence[Sentence]) -> Name:
        readings = [read(sentence.text) for sentence in sentences]
        seen = Features([maker(readings) for maker in makers])
        labels, weights, bias = fit(seen.matrix(readings), [sentence.intent for sentence in sentences])

        def name(text: str) -> str:
            columns, values = seen.columns(read(text))
            return str(labels[int(np.argmax(values @ weights[columns] + bias))])

        return name

    return learn
