"""All that was learnt, and how a message is understood with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.clauses import clauses, sentences, without_negated
from bot.confidence import Confidence
from bot.features import Featurizer, Reading, read
from bot.japanese import words
from bot.labels import LabelModel
from bot.presence import Presence, view
from bot.understanding import CARRIERS, TOPICS, Scores, Understood, understand
from bot.why import deciding_words
from knowledge.urgency import is_over, recognise

FINE = "fine-"
SURE_BY_ITSELF = 0.5  # confidence from which one sentence of an answer is a trouble told beside it


@dataclass(frozen=True)
class Model:
    """Features, intents, topics present (linear, and with the clauses), finer labels per intent."""

    featurizer: Featurizer
    intents: LabelModel
    topics: LabelModel
    fine: Mapping[str, LabelModel]
    presence: Presence
    confidence: Confidence

    def score(self, reading: Reading, parts: Sequence[Reading] = ()) -> Scores:
        """``parts`` are the clauses of the message, where it has several."""
        columns, values = self.featurizer.columns(reading)
        intents = self.intents.probabilities(columns, values)
        whole = self.topics.scores(columns, values)
        clauses = [self.featurizer.columns(part) for part in parts]
        apart = [self.topics.scores(*clause) for clause in clauses] or [whole]
        told = self.presence.probabilities(view(whole, apart))
        return Scores(
            intents=intents,
            topics=dict(zip(TOPICS, told, strict=True)),
            fine={intent: model.probabilities(columns, values) for intent, model in self.fine.items()},
            confidence=self.confidence.of(list(intents.values())),
            despair=max((self.intents.probabilities(*clause)["crisis"] for clause in clauses), default=0.0),
        )

    def save(self, folder: Path) -> None:
        self.featurizer.save(folder)
        self.intents.save(folder / "intents")
        self.topics.save(folder / "topics")
        for intent, model in self.fine.items():
            model.save(folder / f"{FINE}{intent}")
        self.presence.save(folder / "presence.json")
        self.confidence.save(folder / "confidence.json")

    @classmethod
    def load(cls, folder: Path) -> "Model":
        fine = {path.stem.removeprefix(FINE): LabelModel.load(path) for path in folder.glob(f"{FINE}*.npy")}
        return cls(
            Featurizer.load(folder),
            LabelModel.load(folder / "intents"),
            LabelModel.load(folder / "topics"),
            fine,
            Presence.load(folder / "presence.json"),
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
        scores = self.score(reading, parts(reading.text))
        understood = understand(scores, card, is_over=is_over)
        if understood.intent in CARRIERS and not understood.troubles:
            understood = self._told_beside(text) or understood
        return replace(understood, why=self._why(reading, understood))

    def _told_beside(self, text: str) -> Understood | None:
        """「本店は港区、工場は八王子です。人手が足りません」: the trouble in one sentence beside an answer."""
        read_apart = (understand(self.score(read(part, words(part))), "") for part in sentences(text))
        told = [one for one in read_apart if one.topics and one.confidence >= SURE_BY_ITSELF]
        return max(told, key=lambda one: one.confidence) if told else None

    def _why(self, reading: Reading, understood: Understood) -> tuple[tuple[str, float], ...]:
        """The deciding words for the main label, against the likeliest other."""
        answer = understood.intent
        other = next((name for name, _ in understood.ranking if name != answer), "")
        if not {answer, other} <= set(self.intents.labels):
            return ()
        return tuple(deciding_words(self.featurizer, self.intents, reading, answer, other))


def parts(text: str) -> list[Reading]:
    """The clauses of a message, each read by itself; none where there is but one."""
    apart = clauses(text)
    return [read(part, words(part)) for part in apart] if len(apart) > 1 else []
