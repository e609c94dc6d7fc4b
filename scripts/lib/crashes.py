"""Kill gateway, Rasa and action server in the middle of conversations; count what is lost, out of order or doubled."""

import argparse
import os
import subprocess

from scripts.lib import environments, training
from scripts.lib.environments import ROOT

CHANNELS = ("web", "line", "slack")


def main() -> None:
    given = _arguments()
    environments.prepare()
    channels = CHANNELS if given.channel == "all" else (given.channel,)
    raise SystemExit(_run(channels, runs=given.runs, seed=given.seed))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/crashes", description=__doc__)
    parser.add_argument("--runs", type=_count, default=30, help="how many on each channel (30)")
    parser.add_argument("--channel", choices=[*CHANNELS, "all"], default="all", help="one of them (all)")
    parser.add_argument("--seed", type=int, default=1, help="of the first run; the next has the next (1)")
    return parser.parse_args()


def _count(value: str) -> int:
    if not value.isdigit() or not int(value):
        raise argparse.ArgumentTypeError(f"{value!r} is not a number of runs: give 1 or more")
    return int(value)


def _run(channels: tuple[str, ...], *, runs: int, seed: int) -> int:
    """In the api environment, for there the imitated platforms can run."""
    command = [
        str(environments.python("api")), "-m", "tests.crashes", "--model", str(training.model()),
        "--runs", str(runs), "--seed", str(seed), *channels,
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    main()
