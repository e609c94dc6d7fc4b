"""What counts as understood, how sure such a share is, and the bars it is held to."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

Z = 1.959963984540054  # 95 % of a normal distribution lie within


@dataclass(frozen=True)
class Pair:
    """What a careful reader says of a message, and what the model says."""

    wanted: Mapping[str, Any]
    given: Mapping[str, Any]

    @property
    def is_topic(self) -> bool:
        return bool(self.wanted["kind"] == "topic")

    @property
    def has_two(self) -> bool:
        return len(self.wanted["topics"]) > 1

    @property
    def main(self) -> str | None:
        return next(iter(self.given["topics"]), None)

    @property
    def is_strict(self) -> bool:
        """The main topic is the reader's."""
        return bool(self.is_topic and self.main == self.wanted["topics"][0])

    @property
    def is_lenient(self) -> bool:
        """The main topic is one of the reader's one or two."""
        return self.is_topic and self.main in self.wanted["topics"]

    @property
    def is_kind(self) -> bool:
        return bool(self.given["kind"] == self.wanted["kind"])

    @property
    def is_understood(self) -> bool:
        """The kind is right, and of a topic the main one as well."""
        return self.is_kind and (self.is_strict or not self.is_topic)


@dataclass(frozen=True)
class Share:
    """So many right of so many."""

    right: int
    of: int

    @property
    def value(self) -> float:
        return self.right / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval; from nothing nothing is known."""
        if not self.of:
            return 0.0, 1.0
        stretch = 1 + Z * Z / self.of
        middle = self.value + Z * Z / (2 * self.of)
        half = Z * sqrt(self.value * (1 - self.value) / self.of + Z * Z / (4 * self.of * self.of))
        return max(0.0, (middle - half) / stretch), min(1.0, (middle + half) / stretch)

    @property
    def told(self) -> str:
        return f"{self.value:.1%}" if self.of else "–"

    @property
    def told_interval(self) -> str:
        low, high = self.interval
        return f"{low * 100:.1f}–{high * 100:.1f}" if self.of else "–"


@dataclass(frozen=True)
class Measure:
    """A share: of which messages, and what counts as right."""

    name: str
    counts: Callable[[Pair], bool]
    is_right: Callable[[Pair], bool]

    def share(self, pairs: Sequence[Pair]) -> Share:
        counted = [pair for pair in pairs if self.counts(pair)]
        return Share(sum(self.is_right(pair) for pair in counted), len(counted))


STRICT = Measure("main topic, strict", lambda p: p.is_topic, lambda p: p.is_strict)
LENIENT = Measure("main topic, lenient (either of two)", lambda p: p.is_topic, lambda p: p.is_lenient)
BOTH = Measure(
    "both topics of two", lambda p: p.has_two, lambda p: set(p.given["topics"]) == set(p.wanted["topics"])
)
SUBTOPIC = Measure("sub-topic", lambda p: p.is_topic, lambda p: p.given["subtopic"] == p.wanted["subtopic"])
KIND = Measure("kind of message", lambda p: True, lambda p: p.is_kind)
CRISIS = Measure(
    "crisis found", lambda p: p.wanted["kind"] == "crisis", lambda p: p.given["kind"] == "crisis"
)
NO_FALSE_CRISIS = Measure(
    "no false crisis", lambda p: p.wanted["kind"] != "crisis", lambda p: p.given["kind"] != "crisis"
)
URGENCY = Measure("urgency", lambda p: True, lambda p: p.given["urgent"] == p.wanted["urgent"])
MEASURES = (
    STRICT, LENIENT, BOTH,
    Measure("one topic only, where there is one", lambda p: p.is_topic and not p.has_two, lambda p: len(p.given["topics"]) == 1),
    SUBTOPIC, KIND, CRISIS, NO_FALSE_CRISIS, URGENCY,
    Measure("municipality", lambda p: True, lambda p: p.given["municipality"] == p.wanted["municipality"]),
)  # fmt: skip


@dataclass(frozen=True)
class Bar:
    """What a share has to reach: at least so much, or at most so many messages wrong."""

    least: float = 0.0
    wrong: int | None = None

    def is_met(self, share: Share) -> bool:
        """By the share as it was counted, not by its interval; of no messages nothing is met."""
        wrong = share.of - share.right
        return bool(share.of) and share.value >= self.least and (self.wrong is None or wrong <= self.wrong)

    def __str__(self) -> str:
        if self.wrong is not None:
            return f"≤ {self.wrong} wrong"
        return "all" if self.least == 1 else f"≥ {self.least:.0%}"


Bars = Mapping[Measure, Bar]
MILESTONE: Bars = {
    STRICT: Bar(0.93), LENIENT: Bar(0.97), BOTH: Bar(0.80), CRISIS: Bar(1.0), NO_FALSE_CRISIS: Bar(wrong=1),
}  # fmt: skip
CAREFUL_READER: Bars = {
    STRICT: Bar(0.97), LENIENT: Bar(1.0), BOTH: Bar(0.91), CRISIS: Bar(1.0), URGENCY: Bar(0.99),
}  # fmt: skip


def verdict(bars: Bars, measure: Measure, share: Share) -> str:
    """「≥ 93%: met」; a dash where nothing is asked."""
    bar = bars.get(measure)
    return f"{bar}: {'met' if bar.is_met(share) else '**not met**'}" if bar else "–"


def missed(bars: Bars, pairs: Sequence[Pair]) -> list[str]:
    return [measure.name for measure, bar in bars.items() if not bar.is_met(measure.share(pairs))]


def table(pairs: Sequence[Pair]) -> str:
    """The measures in Markdown, each beside its bars."""
    return "\n".join([
        "| measure | right | of | share | 95 % | milestone | careful reader |",
        "|---|---|---|---|---|---|---|",
        *(_row(measure, measure.share(pairs)) for measure in MEASURES),
    ])  # fmt: skip


def _row(measure: Measure, share: Share) -> str:
    held = " | ".join(verdict(bars, measure, share) for bars in (MILESTONE, CAREFUL_READER))
    return f"| {measure.name} | {share.right} | {share.of} | {share.told} | {share.told_interval} | {held} |"


def errors(pairs: Sequence[Pair]) -> Iterator[dict[str, Any]]:
    """Each message that is wrong by some measure, with the names of those."""
    for pair in pairs:
        wrong = [measure.name for measure in MEASURES if measure.counts(pair) and not measure.is_right(pair)]
        if wrong:
            yield {**pair.wanted, "given": pair.given, "wrong": wrong}
