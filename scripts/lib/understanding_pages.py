"""docs/understanding.md from what was found: the tables, put into benchmarks/understanding.md."""

from collections import Counter
from collections.abc import Iterable, Sequence

from scripts.lib import environments, measures
from scripts.lib.benchmark_corpus import SEED
from scripts.lib.benchmark_report import pins
from scripts.lib.calibration import BINS, Bin, abstention, answered, bins, expected_error
from scripts.lib.comparison import FLAT, Candidate, Point, gain, has_flattened
from scripts.lib.environments import ROOT
from scripts.lib.findings import DEVELOPMENT, EVALUATION, Findings, groups
from scripts.lib.measures import CAREFUL_READER, KIND, LENIENT, MILESTONE, STRICT, Bars, Pair, Share
from scripts.lib.slices import CONFUSED, CUTS, Cut, Slice, confusion, slices

PACKAGES = ("rasa", "scikit-learn", "numpy", "scipy", "sudachipy", "sudachidict-core", "ja-ginza", "spacy")

TEMPLATE = ROOT / "benchmarks" / "understanding.md"
CHANGED = "\n\n**Data or code changed while this was measured: its parts do not belong to one model. Measure again.**"


def page(findings: Findings) -> str:
    return TEMPLATE.read_text("utf-8").format(
        **{name: len(pairs) for name, pairs in findings.sets.items()},
        sentences=findings.sentences, fingerprint=findings.fingerprint, seed=SEED, versions=versions(),
        changed=CHANGED * findings.has_changed,
        of_evaluation=held(findings.sets[EVALUATION]), of_development=held(findings.sets[DEVELOPMENT]),
        candidates=compared(findings.candidates),
        curve=learnt(findings.curve), flattened=flattened(findings.curve),
        confusion=confused(findings.evaluation),
        bins=BINS, reliability=reliability(findings.evaluation),
        below=findings.ask_back_below, abstention=asked_back(findings),
        slices="\n\n".join(sliced(findings.evaluation, cut) for cut in CUTS),
        outside=outside(findings), neighbours=neighbours(findings),
    )  # fmt: skip


def versions() -> str:
    pinned = pins(environments.requirements("bot").read_text("utf-8"))
    return ", ".join(f"{name} {pinned[name]}" for name in PACKAGES if name in pinned)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """In Markdown."""
    first, *others = (f"| {' | '.join(map(str, line))} |" for line in [head, *rows])
    return "\n".join([first, "|---" * len(head) + "|", *others])


def held(pairs: Sequence[Pair]) -> str:
    verdicts = (_held("Milestone", MILESTONE, pairs), _held("Careful reader", CAREFUL_READER, pairs))
    return f"{measures.table(pairs)}\n\n{' '.join(verdicts)}"


def _held(name: str, bars: Bars, pairs: Sequence[Pair]) -> str:
    missed = measures.missed(bars, pairs)
    return f"{name}: **not met** ({'; '.join(missed)})." if missed else f"{name}: met."


def compared(candidates: Sequence[Candidate]) -> str:
    head = [
        "candidate",
        "evaluation: strict",
        "95 %",
        "lenient",
        "kind",
        "development: strict",
        "lenient",
        "kind",
    ]
    return table([*head, "training, s (this run)", "a message, ms (this run)"], map(_compared, candidates))


def _compared(one: Candidate) -> list[str]:
    of = {
        name: [measure.share(one.pairs[name]) for measure in (STRICT, LENIENT, KIND)]
        for name in (EVALUATION, DEVELOPMENT)
    }
    strict, *others = of[EVALUATION]
    shares = [strict.told, strict.told_interval, *(share.told for share in [*others, *of[DEVELOPMENT]])]
    return [one.name, *shares, f"{one.seconds:.0f}", f"{one.milliseconds:.2f}"]


def learnt(curve: Sequence[Point]) -> str:
    head = ["sentences", "draws", "evaluation: strict", "lenient", "development: strict", "lenient"]
    return table(head, map(_learnt, curve))


def _learnt(point: Point) -> list[str]:
    means = (point.mean(name, measure) for name in (EVALUATION, DEVELOPMENT) for measure in (STRICT, LENIENT))
    return [f"{point.sentences:,}", str(len(point.draws)), *(f"{mean:.1%}" for mean in means)]


def flattened(curve: Sequence[Point]) -> str:
    gains = [gain(curve, name) * 100 for name in (EVALUATION, DEVELOPMENT)]
    verdict = "has flattened" if has_flattened(curve, EVALUATION) else "has not flattened"
    return (
        f"The last doubling, to {curve[-1].sentences:,} sentences, gained {gains[0]:+.1f} points strict on the evaluation set "
        f"({gains[1]:+.1f} on development): the curve **{verdict}** (flat is a gain of less than {FLAT * 100:g} point)."
    )


def confused(pairs: Sequence[Pair]) -> str:
    rows = zip(CONFUSED, confusion(pairs), strict=True)
    return table(["", *CONFUSED], ([name, *(count or "·" for count in counts)] for name, counts in rows))


def reliability(pairs: Sequence[Pair]) -> str:
    found = {name: bins(answered(members)) for name, members in groups(pairs).items()}
    head = ["", *(str(number) for number in range(1, BINS + 1)), "expected calibration error"]
    return table(
        head, ([name, *map(_bin, of), f"{expected_error(of) * 100:.1f} points"] for name, of in found.items())
    )


def _bin(one: Bin) -> str:
    return f"{one.confidence:.2f} → {one.right:.2f}"


def asked_back(findings: Findings) -> str:
    head = [
        "set",
        "messages",
        "asked back",
        "right of what is answered",
        "95 %",
        "right if always answered",
        "offered",
    ]
    return table(head, (
        [name, group, *_asked_back(members, findings.ask_back_below)]
        for name, pairs in findings.sets.items()
        for group, members in groups(pairs).items()
    ))  # fmt: skip


def _asked_back(pairs: Sequence[Pair], below: float) -> list[str]:
    found = abstention(pairs, below)
    offered = f"{found.offered.right} of {found.offered.of}"
    return [
        _of(found.asked_back),
        _of(found.right),
        found.right.told_interval,
        found.right_without.told,
        offered,
    ]


def _of(share: Share) -> str:
    return f"{share.told} ({share.right} of {share.of})"


def sliced(pairs: Sequence[Pair], cut: Cut) -> str:
    return table([cut.name, "n", "strict", "95 %", "lenient", "sub-topic"], map(_sliced, slices(pairs, cut)))


def _sliced(one: Slice) -> list[object]:
    strict = one.strict
    return [one.name, strict.of, strict.told, strict.told_interval, one.lenient.told, one.subtopic.told]


def outside(findings: Findings) -> str:
    head = ["set", "out of scope", "95 %", "taken for", "topic messages taken for out of scope"]
    return table(head, ([name, *_outside(pairs)] for name, pairs in findings.sets.items()))


def _outside(pairs: Sequence[Pair]) -> list[str]:
    there = [pair for pair in pairs if pair.wanted["kind"] == "out_of_scope"]
    found = Share(sum(pair.is_kind for pair in there), len(there))
    taken = Counter(pair.given["kind"] for pair in there if not pair.is_kind)
    topics = [pair for pair in pairs if pair.is_topic]
    lost = Share(sum(pair.given["kind"] == "out_of_scope" for pair in topics), len(topics))
    return [_of(found), found.told_interval, _counted(taken), _of(lost)]


def neighbours(findings: Findings) -> str:
    head = ["sentences of", "n", "found", "taken for"]
    return table(head, ([name, *_neighbours(name, Counter(taken))] for name, taken in findings.taken.items()))


def _neighbours(name: str, taken: Counter[str]) -> list[str]:
    found = Share(taken[name], taken.total())
    others = Counter({other: number for other, number in taken.items() if other != name})
    return [f"{found.of:,}", found.told, _counted(others)]


def _counted(taken: Counter[str]) -> str:
    """The commonest first."""
    ordered = sorted(taken.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{name} {number}" for name, number in ordered) or "–"
