"""The figures that benchmarks/plots.py draws."""

from collections.abc import Sequence
from typing import Any

from scripts.lib.calibration import answered, bins
from scripts.lib.findings import Findings, groups
from scripts.lib.measures import LENIENT, MILESTONE, STRICT, Share
from scripts.lib.slices import CONFUSED, CUTS, confusion, slices


def pictures(findings: Findings) -> dict[str, Any]:
    return {
        "candidates": [
            {"name": one.name, "sets": {name: _bounded(STRICT.share(pairs)) for name, pairs in one.pairs.items()}}
            for one in findings.candidates
        ],
        "milestone": MILESTONE[STRICT].least,
        "curve": _curve(findings),
        "confusion": {"labels": CONFUSED, "counts": confusion(findings.evaluation)},
        "reliability": _reliability(findings),
        "slices": {cut.name: _slices(findings, cut.name) for cut in CUTS if cut.name != "sub-topic"},
        "sub-topics": _slices(findings, "sub-topic"),
    }  # fmt: skip


def _curve(findings: Findings) -> list[dict[str, Any]]:
    return [
        {"set": name, "measure": word, "points": [[one.sentences, one.mean(name, measure)] for one in findings.curve]}
        for name in findings.sets
        for word, measure in (("strict", STRICT), ("lenient", LENIENT))
    ]  # fmt: skip


def _reliability(findings: Findings) -> dict[str, Sequence[Sequence[float]]]:
    return {
        name: [[one.confidence, one.right] for one in bins(answered(pairs))]
        for name, pairs in groups(findings.evaluation).items()
    }


def _slices(findings: Findings, name: str) -> list[dict[str, Any]]:
    [cut] = [cut for cut in CUTS if cut.name == name]
    return [
        {"name": one.name, "of": one.strict.of, "share": _bounded(one.strict)}
        for one in slices(findings.evaluation, cut)
    ]


def _bounded(share: Share) -> list[float]:
    """The share with its interval."""
    return [share.value, *share.interval]
