"""Crash runs, as a table. scripts/crashes prepares the environments and the model for it."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from tests.crashes.house import crash_house
from tests.crashes.judgement import Kind
from tests.crashes.run import Run, run
from tests.crashes.visitors import VISITORS

HEAD = (
    "run",
    "channel",
    "kills",
    "messages",
    "bursts",
    "lost",
    "out of order",
    "doubled",
    "refused",
    "seconds",
)


MOST_TOLD = 10  # faults of one run; one cause has many


def main() -> None:
    given = _arguments()
    raise SystemExit(asyncio.run(_main(given.model, given.channels, given.runs, given.seed)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.crashes", description=__doc__)
    parser.add_argument("channels", nargs="+", choices=VISITORS)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--runs", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    return parser.parse_args()


async def _main(model: Path, channels: Sequence[str], runs: int, seed: int) -> int:
    """Print a row for each run as it ends; 1 if anything went wrong in any."""
    is_good = True
    print(_row(HEAD), _row(["---"] * len(HEAD)), sep="\n", flush=True)
    async for done in _runs(model, channels, runs, seed):
        print(_row(_cells(done)), flush=True)
        for fault in done.faults[:MOST_TOLD]:
            print(f"{done.channel} {done.seed}: {fault.kind}: {fault.where}", file=sys.stderr, flush=True)
        is_good = is_good and not done.faults
    return 0 if is_good else 1


async def _runs(model: Path, channels: Sequence[str], runs: int, seed: int) -> AsyncIterator[Run]:
    """One house for each channel."""
    for channel in channels:
        with tempfile.TemporaryDirectory(prefix="madoguchi-") as folder:
            async with crash_house(model, Path(folder)) as house:
                for number in range(seed, seed + runs):
                    yield await run(house, channel, str(number))


def _cells(done: Run) -> list[str]:
    kills = ", ".join(f"{process} {times}" for process, times in sorted(done.kills.items()))
    counts = [str(done.count(kind)) for kind in Kind]
    return [
        done.seed,
        done.channel,
        kills,
        str(done.messages),
        str(done.bursts),
        *counts,
        f"{done.seconds:.0f}",
    ]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
