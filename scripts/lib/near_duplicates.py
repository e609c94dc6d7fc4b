"""Find texts that say nearly the same in nearly the same words: templates, copies, an evaluation that was learnt."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from knowledge.text import normalise

ALIKE = 0.75  # share of common runs from which two texts count as one
RUN = 3  # characters
SHORTEST = 12  # characters; 「電話番号は?」 is said alike by everyone
RAREST = 4  # runs of a text by which others are found that may be like it


def near_duplicates(
    texts: Sequence[str], among: Iterable[int] | None = None
) -> Iterator[tuple[int, int, float]]:
    """Pairs of texts (by number, smaller first) with how alike they are, 0 to 1.

    ``among``: only pairs with one of these texts. Two texts are compared when they
    share one of their rarest runs, which all pairs as alike as this do in practice.
    """
    runs = [_runs(text) for text in texts]
    wanted = None if among is None else set(among)
    for left, right in sorted(_candidates(runs)):
        if wanted is None or left in wanted or right in wanted:
            alike = len(runs[left] & runs[right]) / len(runs[left] | runs[right])
            if alike >= ALIKE:
                yield left, right, alike


def _runs(text: str) -> frozenset[str]:
    plain = normalise(text)
    if len(plain) <= SHORTEST:
        return frozenset()
    return frozenset(plain[start : start + RUN] for start in range(len(plain) - RUN + 1))


def _candidates(runs: Sequence[frozenset[str]]) -> set[tuple[int, int]]:
    frequency = Counter(run for found in runs for run in found)
    by_run: dict[str, list[int]] = defaultdict(list)
    for number, found in enumerate(runs):
        shared = (run for run in found if frequency[run] > 1)
        for run in sorted(shared, key=lambda run: (frequency[run], run))[:RAREST]:
            by_run[run].append(number)
    return {pair for numbers in by_run.values() for pair in combinations(numbers, 2)}
