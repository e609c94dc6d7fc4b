"""The figures of both bots, row by row with the bar for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median

HEAD = "| | ours | stock | ratio | bar | met |\n|---|---|---|---|---|---|"


@dataclass(frozen=True)
class Figures:
    """What was measured of one bot."""

    understanding: Sequence[float]  # milliseconds, a message each
    alone: float  # turns a second, one visitor at a time
    together: float  # turns a second, several at once
    starts: Sequence[float]  # seconds until ready
    memory: float  # MiB
    training: float  # seconds
    early: Sequence[float]  # milliseconds of the turns about the third
    late: Sequence[float]  # milliseconds of the turns about a late one

    @property
    def growth(self) -> float:
        """How many times dearer a late turn is than an early one."""
        return median(self.late) / median(self.early)


@dataclass(frozen=True)
class Bar:
    """What a ratio has to reach: at least, or at most."""

    limit: float
    is_least: bool = False

    def is_met(self, ratio: float) -> bool:
        return ratio >= self.limit if self.is_least else ratio <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.is_least else '≤'} {self.limit:g}×"


@dataclass(frozen=True)
class Row:
    """One comparison."""

    name: str
    ours: str
    stock: str
    ratio: float
    bar: Bar

    @property
    def is_met(self) -> bool:
        return self.bar.is_met(self.ratio)

    def __str__(self) -> str:
        met = "yes" if self.is_met else "**no**"
        return f"| {self.name} | {self.ours} | {self.stock} | {self.ratio:.2f}× | {self.bar} | {met} |"


def table(rows: Sequence[Row]) -> str:
    """In Markdown."""
    return "\n".join([HEAD, *map(str, rows)])


def are_all_met(rows: Sequence[Row]) -> bool:
    return all(row.is_met for row in rows)


def rows(ours: Figures, stock: Figures, *, clients: int, late: int) -> list[Row]:
    """Every comparison; the ratio tells how much better ours is, or which part of the stock's it needs."""
    return [
        _times_faster("understanding one message, median", median(ours.understanding), median(stock.understanding)),
        _times_faster("understanding one message, mean", mean(ours.understanding), mean(stock.understanding)),
        _times_more("turns through the served bot, one visitor", ours.alone, stock.alone),
        _times_more(f"turns through the served bot, {clients} visitors at once", ours.together, stock.together),
        _part("cold start, median", median(ours.starts), median(stock.starts), "s", Bar(1 / 2)),
        _part("memory of bot and action server", ours.memory, stock.memory, "MiB", Bar(1 / 2)),
        _part("training", ours.training, stock.training, "s", Bar(1 / 4)),
        Row(
            f"turn {late} against turn 3 of a conversation (ratio: ours)",
            _grown(ours), _grown(stock), ours.growth, Bar(1.3),
        ),
    ]  # fmt: skip


def _times_faster(name: str, ours: float, stock: float) -> Row:
    return Row(name, _told(ours, "ms"), _told(stock, "ms"), stock / ours, Bar(10, is_least=True))


def _times_more(name: str, ours: float, stock: float) -> Row:
    return Row(name, _told(ours, "/s"), _told(stock, "/s"), ours / stock, Bar(4, is_least=True))


def _part(name: str, ours: float, stock: float, unit: str, bar: Bar) -> Row:
    return Row(name, _told(ours, unit), _told(stock, unit), ours / stock, bar)


def _grown(figures: Figures) -> str:
    early, late = median(figures.early), median(figures.late)
    return f"{_told(early, 'ms')} → {_told(late, 'ms')} ({figures.growth:.2f}×)"


def _told(value: float, unit: str) -> str:
    """Three figures that count: 1.23 s, 45.6 ms, 1,234 MiB."""
    decimals = 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:,.{decimals}f} {unit}"
