"""Ways to understand, learnt from the same sentences: python -m benchmarks.candidates [NAME …] < messages.

Each name leaves a JSON line: how long it learnt and answered, and what it says of each message.
"""

import sys
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec

from benchmarks import sentences
from benchmarks.answers import Answer, Ask, answers, asked, milliseconds, say
from benchmarks.blocks import characters, vector, words
from benchmarks.linear import LearnIntents, commonest, naive_bayes, regression
from benchmarks.sentences import Sentence
from bot import japanese
from bot.clauses import without_negated
from bot.features import read
from bot.learning import Example
from bot.learning import learn as learn_whole

Learn = Callable[[Sequence[Sentence]], Ask]


def by_intent(learn: LearnIntents) -> Learn:
    """A candidate that answers with the one intent it finds."""

    def learnt(known: Sequence[Sentence]) -> Ask:
        name = learn(known)
        return lambda text: Answer.of(name(text))

    return learnt


def whole(known: Sequence[Sentence]) -> Ask:
    """Our component as it is served: topics clause by clause, the fixed patterns and the rules."""
    model = learn_whole([_example(sentence) for sentence in known])

    def ask(text: str) -> Answer:
        understood = model.understand(text)
        return Answer(understood.kind, understood.topics)

    return ask


def _example(sentence: Sentence) -> Example:
    meant = without_negated(sentence.text)
    reading = read(meant, japanese.words(meant))
    return Example(reading, sentence.intent, sentence.subtopic, sentence.is_urgent, sentence.also)


WITH_VECTOR = "words + characters + GiNZA vector, regression"
CANDIDATES: dict[str, Learn] = {
    "the commonest intent": by_intent(commonest),
    "words + characters, naive Bayes": by_intent(naive_bayes(characters, words)),
    "words, regression": by_intent(regression(words)),
    "characters, regression": by_intent(regression(characters, splits=False)),
    WITH_VECTOR: by_intent(regression(characters, words, vector)),
    "words + characters, regression": by_intent(regression(characters, words)),
    "ours, whole": whole,
}


def main() -> None:
    messages, known = asked(), sentences.read()
    for name in sys.argv[1:] or CANDIDATES:
        if name != WITH_VECTOR or find_spec("ja_ginza"):
            _measure(name, known, messages)


def _measure(name: str, known: Sequence[Sentence], messages: list[dict[str, str]]) -> None:
    started = time.perf_counter()
    ask = CANDIDATES[name](known)
    seconds = time.perf_counter() - started
    told = answers(ask, messages)
    say(name=name, seconds=seconds, milliseconds=milliseconds(ask, messages), answers=told)


if __name__ == "__main__":
    main()
