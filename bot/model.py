"""All that was learnt, and how a message is understood with it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from pathlib import Path

import numpy as np

from bot import precedence, presence
from bot.clauses import clauses, sentences, without_negated
from bot.confidence import Confidence
from bot.features import Columns, Featurizer, Floats, Reading, read
from bot.heads import Heads
from bot.japanese import Word, words
from bot.network import Network
from bot.precedence import Precedence
from bot.presence import Presence
from bot.understanding import CARRIERS, TOPICS, Scores, Understood, understand
from bot.why import deciding_words
from knowledge.urgency import Emergency, is_over, recognise

INTENTS, TOLD, FINE = "intents", "topics", "fine-"  # the names of the label models
SURE_BY_ITSELF = 0.5  # confidence from which one sentence of an answer is a trouble told beside it


@dataclass(frozen=True)
class Judged:
    """A reading as the linear models see it: its features, their weights, and the log-odds of all labels."""

    columns: Columns
    values: Floats
    rows: Floats
    scores: Floats


@dataclass(frozen=True)
class Model:
    """Features; intents, topics present and finer labels of each intent; and the networks over them."""

    featurizer: Featurizer
    heads: Heads
    presence: Presence
    precedence: Precedence
    confidence: Confidence

    def judge(self, reading: Reading) -> Judged:
        columns, values = self.featurizer.columns(reading)
        rows = self.heads.rows(columns)
        return Judged(columns, values, rows, self.heads.scores(rows, values))

    def score(self, whole: Judged, clauses: Sequence[Judged] = (), card: str = "") -> Scores:
        """``clauses`` are those of the message, where it has several; ``card`` is the emergency sign it has."""
        apart = np.stack([one.scores for one in clauses or [whole]])
        seen = presence.view(whole.scores[self._told], apart[:, self._told])
        of_topics = whole.scores[self._topics]
        weighed = precedence.view(seen, of_topics, apart[:, self._topics], burning_topic(card))
        likely = 1 / (1 + np.exp(-whole.scores))
        intents = self._named(INTENTS, likely)
        crisis = self.heads.labels[INTENTS].index("crisis") + self.heads.spans[INTENTS].start
        return Scores(
            intents=intents,
            topics=dict(zip(TOPICS, self.presence.probabilities(seen), strict=True)),
            main=dict(zip(TOPICS, self.precedence.probabilities(weighed, of_topics), strict=True)),
            fine={
                name.removeprefix(FINE): self._named(name, likely)
                for name in self.heads.labels
                if name.startswith(FINE)
            },
            confidence=self.confidence.of(list(intents.values())),
            despair=float(1 / (1 + np.exp(-apart[:, crisis].max()))) if clauses else 0.0,
        )

    def _named(self, name: str, likely: Floats) -> dict[str, float]:
        return dict(zip(self.heads.labels[name], likely[self.heads.spans[name]].tolist(), strict=True))

    @property
    def _told(self) -> slice:
        return self.heads.spans[TOLD]

    @cached_property
    def _topics(self) -> list[int]:
        """Where the intents that are topics stand among all labels."""
        start, labels = self.heads.spans[INTENTS].start, self.heads.labels[INTENTS]
        return [start + labels.index(topic) for topic in TOPICS]

    def save(self, folder: Path) -> None:
        self.featurizer.save(folder)
        self.heads.save(folder)
        self.presence.network.save(folder / "presence.json")
        self.precedence.network.save(folder / "precedence.json")
        self.confidence.save(folder / "confidence.json")

    @classmethod
    def load(cls, folder: Path) -> "Model":
        return cls(
            Featurizer.load(folder),
            Heads.load(folder),
            Presence(Network.load(folder / "presence.json")),
            Precedence(Network.load(folder / "precedence.json")),
            Confidence.load(folder / "confidence.json"),
        )

    def understand(self, text: str) -> Understood:
        """Everything of one message, the fixed emergency patterns included."""
        emergency = recognise(text)
        meant = without_negated(text)
        return self.understand_reading(
            read(meant, words(meant)), text, emergency.card if emergency else "", is_over=is_over(text)
        )

    def understand_reading(self, reading: Reading, text: str, card: str, *, is_over: bool) -> Understood:
        """The same where words and emergency are known already."""
        whole = self.judge(reading)
        scores = self.score(whole, [self.judge(part) for part in parts(reading)], card)
        understood = understand(scores, card, is_over=is_over)
        if understood.intent in CARRIERS and not understood.troubles:
            understood = self._told_beside(text) or understood
        return replace(understood, why=self._why(reading, whole, understood))

    def _told_beside(self, text: str) -> Understood | None:
        """「本店は港区、工場は八王子です。人手が足りません」: the trouble in one sentence beside an answer."""
        read_apart = (
            understand(self.score(self.judge(read(part, words(part)))), "") for part in sentences(text)
        )
        told = [one for one in read_apart if one.topics and one.confidence >= SURE_BY_ITSELF]
        return max(told, key=lambda one: one.confidence) if told else None

    def _why(self, reading: Reading, whole: Judged, understood: Understood) -> tuple[tuple[str, float], ...]:
        """The deciding words for the main label, against the likeliest other."""
        answer = understood.intent
        other = next((name for name, _ in understood.ranking if name != answer), "")
        labels = self.heads.labels[INTENTS]
        if not {answer, other} <= set(labels):
            return ()
        start = self.heads.spans[INTENTS].start
        lead = whole.rows[:, start + labels.index(answer)] - whole.rows[:, start + labels.index(other)]
        return tuple(deciding_words(self.featurizer, reading, whole.columns, whole.values * lead))


def burning_topic(card: str) -> int | None:
    """The number of the topic that an emergency sign belongs to, if it belongs to one."""
    topic = Emergency(card).topic if card else None
    return TOPICS.index(topic) if topic else None


def parts(reading: Reading) -> list[Reading]:
    """The clauses of a message, each by itself with the words that begin in it; none where there is but one."""
    apart = clauses(reading.text)
    if len(apart) < 2:
        return []
    # Words know where they stand in the text as written; in its normal form only where no length changed.
    if not reading.words or reading.words[-1].end != len(reading.text):
        return [read(part, words(part)) for part in apart]
    ends = list(accumulate(map(len, apart)))
    spoken: list[list[Word]] = [[] for _ in apart]
    for word in reading.words:
        spoken[bisect_right(ends, word.start)].append(word)
    return [read(part, its) for part, its in zip(apart, spoken, strict=True)]
