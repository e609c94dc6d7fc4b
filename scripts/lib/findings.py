"""All that was measured of understanding: what docs/understanding.md and its pictures are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scripts.lib.comparison import Candidate, Pairs, Point
from scripts.lib.measures import Pair

EVALUATION, DEVELOPMENT = "evaluation", "development"


@dataclass(frozen=True)
class Findings:
    """``sets`` is what the served model understood; ``taken`` what neighbours and nonsense were taken for."""

    sets: Pairs
    ask_back_below: float
    candidates: Sequence[Candidate]
    curve: Sequence[Point]
    taken: Mapping[str, Mapping[str, int]]
    fingerprint: str  # of what the served model learnt from
    has_changed: bool  # data or code, while it was measured

    @property
    def evaluation(self) -> Sequence[Pair]:
        return self.sets[EVALUATION]

    @property
    def sentences(self) -> int:
        return self.curve[-1].sentences


def groups(pairs: Sequence[Pair]) -> dict[str, Sequence[Pair]]:
    """Of which messages confidence is judged."""
    return {"topic messages": [pair for pair in pairs if pair.is_topic], "all messages": pairs}
