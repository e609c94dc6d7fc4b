"""Draw the pictures of docs/understanding.md: python -m benchmarks.plots FOLDER < figures."""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from textwrap import fill
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, PercentFormatter

# Okabe and Ito's colours, which everyone tells apart; marks and lines differ as well.
BLUE, ORANGE, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#777777"
STYLES = {"evaluation": (BLUE, "o"), "development": (ORANGE, "s")}
WIDTH, DENSITY = 7.0, 140  # inches, dots an inch: more than 700 px, so that it stays sharp there
ROW = 0.27  # inches for a line of a bar plot
EVERY_PERCENT = PercentFormatter(1.0, decimals=0)
NAME = 24  # characters of a candidate's name on one line
SETTINGS = {
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.constrained_layout.use": True,
}


def main() -> None:
    figures, folder = json.load(sys.stdin), Path(sys.argv[1])
    pyplot.rcParams.update(SETTINGS)
    candidates(figures["candidates"], figures["milestone"], folder / "candidates.png")
    curve(figures["curve"], folder / "curve.png")
    confusion(figures["confusion"], folder / "confusion.png")
    reliability(figures["reliability"], folder / "reliability.png")
    slices(figures["slices"], folder / "slices.png")
    subtopics(figures["sub-topics"], folder / "subtopics.png")


def candidates(told: Sequence[dict[str, Any]], milestone: float, file: Path) -> None:
    """A line each, with a dot and its interval for each set; the commonest intent is far off and left to the table."""
    shown = told[1:]
    figure, axes = pyplot.subplots(figsize=(WIDTH, 1.2 + 0.5 * len(shown)))
    for number, (name, (colour, mark)) in enumerate(STYLES.items()):
        rows = [place + 0.12 * (2 * number - 1) for place in range(len(shown))]
        _dots(axes, rows, [one["sets"][name] for one in shown], colour, mark, name)
    axes.axvline(milestone, color=GREY, linestyle=":", linewidth=1)
    axes.text(milestone, -0.75, "milestone", color=GREY, ha="center", fontsize=9)
    _rows(axes, [fill(one["name"], NAME) for one in shown])
    axes.set_xlabel("main topic right, strict (95 % interval)")
    figure.legend(frameon=False, loc="outside lower center", ncol=2)
    _save(figure, file)


def curve(lines: Sequence[dict[str, Any]], file: Path) -> None:
    figure, axes = pyplot.subplots(figsize=(WIDTH, 4.0))
    for line in lines:
        colour, mark = STYLES[line["set"]]
        style = "-" if line["measure"] == "strict" else "--"
        counts, shares = zip(*line["points"], strict=True)
        axes.plot(counts, shares, style, color=colour, marker=mark, label=f"{line['set']}, {line['measure']}")
    axes.set_xscale("log", base=2)
    axes.margins(x=0.08)
    axes.set_xticks(counts)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda count, _: f"{count:,.0f}"))
    axes.yaxis.set_major_formatter(EVERY_PERCENT)
    axes.set_xlabel("sentences learnt from")
    axes.set_ylabel("main topic right")
    axes.grid(axis="y", color="#dddddd", linewidth=0.7)
    figure.legend(frameon=False, loc="outside lower center", ncol=2)
    _save(figure, file)


def confusion(told: dict[str, Any], file: Path) -> None:
    """Shade is the share of the row; the number is of messages."""
    labels, counts = told["labels"], told["counts"]
    shares = [[count / (sum(row) or 1) for count in row] for row in counts]
    figure, axes = pyplot.subplots(figsize=(WIDTH, 5.8))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    for y, row in enumerate(counts):
        for x, count in enumerate(row):
            if count:
                colour = "white" if shares[y][x] > 0.5 else "black"
                axes.text(x, y, str(count), ha="center", va="center", color=colour)
    names = [label.replace("_", " ") for label in labels]
    axes.set_xticks(range(len(names)), names, rotation=40, ha="right")
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("what the model says")
    axes.set_ylabel("what the reader says")
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    _save(figure, file)


def reliability(told: dict[str, Sequence[Sequence[float]]], file: Path) -> None:
    figure, axes = pyplot.subplots(figsize=(WIDTH, 4.6))
    axes.plot([0, 1], [0, 1], color=GREY, linestyle=":", linewidth=1)
    axes.text(0.42, 0.36, "as sure as right", color=GREY, rotation=33, ha="center", fontsize=9)
    for (name, bins), (colour, mark) in zip(told.items(), ((GREEN, "^"), (BLUE, "o")), strict=True):
        sure, right = zip(*bins, strict=True)
        axes.plot(sure, right, color=colour, marker=mark, label=name)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(EVERY_PERCENT)
    axes.set(
        xlim=(0, 1.02),
        ylim=(0, 1.02),
        xlabel="mean confidence of a tenth of the messages",
        ylabel="share right",
    )
    axes.legend(frameon=False, loc="upper left")
    _save(figure, file)


def slices(cuts: dict[str, Sequence[dict[str, Any]]], file: Path) -> None:
    """The cuts below one another on one scale."""
    heights = [len(members) + 1 for members in cuts.values()]
    figure, plots = pyplot.subplots(
        len(cuts),
        1,
        sharex=True,
        figsize=(WIDTH, ROW * sum(heights) + 1.2),
        gridspec_kw={"height_ratios": heights},
    )
    for axes, (name, members) in zip(plots, cuts.items(), strict=True):
        _bars(axes, members)
        axes.set_title(name, loc="left", fontsize=10, fontweight="bold")
    plots[-1].set_xlabel("main topic right, strict (95 % interval)")
    _save(figure, file)


def subtopics(members: Sequence[dict[str, Any]], file: Path) -> None:
    figure, axes = pyplot.subplots(figsize=(WIDTH, ROW * len(members) + 1.0))
    _bars(axes, members)
    axes.set_xlabel("main topic right, strict (95 % interval)")
    _save(figure, file)


def _bars(axes: Axes, members: Sequence[dict[str, Any]]) -> None:
    """A bar each with its interval, and how many messages it speaks of."""
    shares, low, high = zip(*(one["share"] for one in members), strict=True)
    rows = range(len(members))
    axes.barh(rows, shares, color="#9ecae1", height=0.7)
    axes.hlines(rows, low, high, color=BLUE, linewidth=1.4)
    _rows(axes, [f"{one['name'].replace('_', ' ')} (n {one['of']})" for one in members])
    axes.set_xlim(0, 1)


def _dots(
    axes: Axes, rows: Sequence[float], shares: Iterable[Sequence[float]], colour: str, mark: str, label: str
) -> None:
    values, low, high = zip(*shares, strict=True)
    axes.hlines(rows, low, high, color=colour, linewidth=1.4)
    axes.plot(values, rows, mark, color=colour, label=label)


def _rows(axes: Axes, names: Sequence[str]) -> None:
    """Names down the left side, the first on top; per cents below."""
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_formatter(EVERY_PERCENT)
    axes.grid(axis="x", color="#dddddd", linewidth=0.7)
    axes.set_axisbelow(True)


def _save(figure: Figure, file: Path) -> None:
    """The same figures give the same file."""
    figure.savefig(file, dpi=DENSITY, metadata={"Software": None})
    pyplot.close(figure)


if __name__ == "__main__":
    main()
