"""Measure our bot against Rasa's stock recipe, on the same data and this machine, and hold each figure to its bar.

Prints a Markdown report; the exit status is 1 when a bar is missed. Training the
stock side takes longest, so its model is kept, with the time it took.
"""

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

from scripts.lib import benchmark_report, environments
from scripts.lib.benchmark_corpus import lay_out
from scripts.lib.benchmark_learning import learn, learn_or_find, stock_config
from scripts.lib.benchmark_machine import watched
from scripts.lib.benchmark_measuring import QUICK, WHOLE, Extent, measure
from scripts.lib.benchmark_report import Run
from scripts.lib.benchmark_rows import are_all_met, rows
from scripts.lib.benchmark_sides import ours, stock
from scripts.lib.environments import ROOT

REPORT = ROOT / "docs" / "benchmark.md"


def main() -> None:
    arguments = _arguments()
    environments.prepare("bot", "stock")
    with tempfile.TemporaryDirectory(prefix="madoguchi-benchmark-") as folder:
        run = _run(Path(folder), arguments.extent, is_new=arguments.train)
    compared = rows(run.ours, run.stock, clients=run.extent.clients, late=run.extent.late)
    report = benchmark_report.written(run, compared)
    print(report, end="")
    if arguments.write:
        REPORT.write_text(report, "utf-8")
    raise SystemExit(not are_all_met(compared))


def _run(folder: Path, extent: Extent, *, is_new: bool) -> Run:
    corpus = lay_out(folder, extent.sentences)
    our_side, stock_side = ours(), stock(corpus, stock_config(folder, extent.epochs))
    our_learnt = learn(our_side, corpus, folder / "ours.tar.gz")
    stock_learnt = learn_or_find(stock_side, corpus, is_new=is_new)
    with watched() as beside_ours:
        our_figures = measure(our_side, our_learnt, folder, extent)
    with watched() as beside_stock:
        stock_figures = measure(stock_side, stock_learnt, folder, extent)
    return Run(
        extent, corpus.sentences, our_learnt, stock_learnt, our_figures, stock_figures, beside_ours(), beside_stock()
    )  # fmt: skip


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/benchmark", description=__doc__)
    parser.add_argument(
        "--epochs", type=_number, help="passes of the stock side's networks (2; with --quick 1)"
    )
    parser.add_argument("--sentences", type=_number, help="train both on about so many sentences, not on all")
    parser.add_argument(
        "--quick", action="store_true", help="little of everything, for working on the script"
    )
    parser.add_argument("--train", action="store_true", help="train the stock side also when a model is kept")
    parser.add_argument("--write", action="store_true", help="write the report to docs/benchmark.md as well")
    arguments = parser.parse_args()
    arguments.extent = _extent(arguments)
    if arguments.write and arguments.quick:
        parser.error("--quick is for working on the script: what it measures is not written")
    return arguments


def _extent(arguments: argparse.Namespace) -> Extent:
    extent = QUICK if arguments.quick else WHOLE
    return replace(
        extent,
        epochs=arguments.epochs or extent.epochs,
        sentences=arguments.sentences or extent.sentences,
    )


def _number(value: str) -> int:
    if not value.isdigit() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number from 1")
    return int(value)


if __name__ == "__main__":
    main()
