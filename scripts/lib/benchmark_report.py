"""The report on one run of scripts/benchmark: figures, machine, settings, and what was not equal."""

import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from scripts.lib import benchmark_machine, environments
from scripts.lib.benchmark_learning import Learnt
from scripts.lib.benchmark_measuring import WARM_UP, WARM_UP_CONVERSATIONS, Extent
from scripts.lib.benchmark_rows import Figures, Row, are_all_met, table
from scripts.lib.benchmark_turns import FURTHER_TURNS
from scripts.lib.environments import ROOT
from scripts.lib.training import QUIET

PACKAGES = ("rasa", "rasa-sdk", "tensorflow-cpu", "spacy", "ja-ginza", "sudachipy", "scikit-learn", "numpy")
DISTURBED = 0.1  # share of the processors
PIN = re.compile(r"^([a-z0-9-]+)==([^\s;]+)", re.MULTILINE)

TEMPLATE = (ROOT / "benchmarks" / "report.md").read_text("utf-8")


@dataclass(frozen=True)
class Run:
    """One run of the comparison."""

    extent: Extent
    sentences: int
    our_learnt: Learnt
    stock_learnt: Learnt
    ours: Figures
    stock: Figures
    beside_ours: float  # share of the processors that other work had
    beside_stock: float

    @property
    def others(self) -> float:
        """The largest share that other work had at any time."""
        return max(self.our_learnt.others, self.stock_learnt.others, self.beside_ours, self.beside_stock)


def written(run: Run, rows: Sequence[Row]) -> str:
    """In Markdown."""
    return TEMPLATE.format(
        **vars(run) | vars(run.extent) | _settings(),
        number=f"{run.sentences:,}" + " (a part)" * bool(run.extent.sentences),
        day=datetime.now().date().isoformat(),
        outcome=f"{outcome(rows)} {caution(run.others)}".strip(),
        table=table(rows),
    )


def _settings() -> dict[str, object]:
    """What is the same in every run on this machine."""
    return {
        "processors": benchmark_machine.processors(),
        "memory": benchmark_machine.memory(),
        "python": platform.python_version(),
        "turns": 1 + FURTHER_TURNS,
        "warm_up": WARM_UP,
        "warm_up_conversations": WARM_UP_CONVERSATIONS,
        "our_threads": QUIET["OMP_NUM_THREADS"],
        "versions": _versions(),
    }


def outcome(rows: Sequence[Row]) -> str:
    """Whether the bars are met, and which are not."""
    if are_all_met(rows):
        return "Every bar is met."
    return f"Missed: {'; '.join(row.name for row in rows if not row.is_met)}."


def caution(others: float) -> str:
    """Nothing, or that the figures do not hold because others took too much of the processors."""
    return "Other work disturbed the run: measure again, alone on the machine." * (others > DISTURBED)


def pins(lock: str) -> dict[str, str]:
    """Package and version, from a requirements.txt."""
    return dict(PIN.findall(lock))


def _versions() -> str:
    ours, stock = (pins(environments.requirements(name).read_text("utf-8")) for name in ("bot", "stock"))
    return "\n".join(f"| {name} | {ours.get(name, '–')} | {stock.get(name, '–')} |" for name in PACKAGES)
