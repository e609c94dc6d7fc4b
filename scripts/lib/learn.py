"""What an operator types to learn from reviewed messages: scripts/learn."""

import argparse
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from scripts.lib import environments, evaluate, learning, training
from scripts.lib.environments import ROOT
from scripts.lib.learning import REFUSED, Workshop
from scripts.lib.steps import Trouble, alone


class Parser(argparse.ArgumentParser):
    """A mistyped command is a fault: code 2 says that a person declined."""

    def error(self, message: str) -> NoReturn:
        raise Trouble(f"{message}: see scripts/learn --help.")


def parser() -> Parser:
    arguments = Parser(
        prog="scripts/learn",
        description="Learn from reviewed messages. Exit code: 0 kept, 1 faults or refused, 2 declined.",
    )
    arguments.add_argument("file", nargs="?", type=Path, metavar="REVIEWED.jsonl")
    arguments.add_argument("--dry-run", action="store_true", help="check, and show what would be added")
    arguments.add_argument("--skip-refused", action="store_true", help="leave out what must not be learnt")
    arguments.add_argument("--undo", action="store_true", help="take the last batch out again")
    arguments.add_argument("--list", action="store_true", help="show the batches")
    answers = arguments.add_mutually_exclusive_group()
    answers.add_argument(
        "--yes", dest="answer", action="store_true", default=None, help="keep without asking"
    )
    answers.add_argument("--no", dest="answer", action="store_false", help="show, and put back")
    return arguments


def _answer(given: bool | None) -> Callable[[str], bool]:
    """The person at the keyboard, or what the command line said for them."""
    return _ask if given is None else lambda _: given


def _ask(question: str) -> bool:
    try:
        return input(question).strip().lower() in ("y", "yes")
    except (EOFError, KeyboardInterrupt):
        return False


def _workshop(given: bool | None) -> Workshop:
    return Workshop(
        sentences=ROOT / "data" / "nlu",
        evaluation=evaluate.FOLDER,
        models=training.MODELS,
        train=_train,
        triage=evaluate.triaged,
        ask=_answer(given),
        today=date.today(),
    )


def _train() -> Path:
    environments.prepare("bot")
    return training.model()


def main(arguments: Sequence[str]) -> None:
    line = parser()
    asked = line.parse_args(arguments)
    if bool(asked.file) + asked.undo + asked.list != 1:
        line.error("name one file of reviews, or --undo, or --list")
    if asked.answer is None and not (asked.list or asked.dry_run or sys.stdin.isatty()):
        raise Trouble("Nobody is there to answer: say --yes or --no.")
    for number in (signal.SIGTERM, signal.SIGHUP):  # ended from outside, everything is still put back
        signal.signal(number, lambda *_: sys.exit(REFUSED))
    shop = _workshop(asked.answer)
    with alone(shop.models / ".learning"):
        raise SystemExit(_run(asked, shop))


def _run(asked: argparse.Namespace, shop: Workshop) -> int:
    if asked.list:
        return learning.show_batches(shop)
    if asked.undo:
        return learning.undo(shop)
    return learning.learn(asked.file, shop, is_dry=asked.dry_run, skips=asked.skip_refused)


if __name__ == "__main__":
    main(sys.argv[1:])
