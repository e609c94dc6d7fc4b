"""How well the model understands sentences it was never shown (tests/evaluation)."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from scripts.lib import environments, inside, measures, training
from scripts.lib.environments import ROOT
from scripts.lib.findings import DEVELOPMENT, EVALUATION
from scripts.lib.measures import Pair
from scripts.lib.steps import Trouble

FOLDER = ROOT / "tests" / "evaluation"
FILES = {EVALUATION: "messages", DEVELOPMENT: "development"}


def messages(name: str, folder: Path = FOLDER) -> list[dict[str, Any]]:
    """The messages of a file, each with what a careful reader says of it."""
    lines = (folder / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def triaged(messages: Iterable[Mapping[str, Any]], model: Path) -> dict[str, dict[str, Any]]:
    """What this model understands of each message, by its id."""
    answers = inside.answers("bot", "bot.triage", str(model), asked=inside.questions(messages))
    return {answer["id"]: answer for answer in answers}


def paired(wanted: Sequence[Mapping[str, Any]], given: Mapping[str, Mapping[str, Any]]) -> list[Pair]:
    return [Pair(message, given[message["id"]]) for message in wanted]


def main(arguments: Sequence[str]) -> None:
    asked = _parser().parse_args(arguments)
    if asked.diet and not asked.report:
        raise Trouble("--diet belongs to --report.")
    if asked.errors and asked.set == EVALUATION and not asked.yes_look:
        raise Trouble(
            "Who looks at the errors of the evaluation set can no longer measure with it: "
            "take --set development, or say --yes-look."
        )
    if asked.report:
        from scripts.lib import understanding_report

        understanding_report.write(epochs=asked.diet)
    else:
        _print(asked.set, with_errors=asked.errors)


def _print(name: str, *, with_errors: bool) -> None:
    environments.prepare("bot")
    wanted = messages(FILES[name])
    pairs = paired(wanted, triaged(wanted, training.model()))
    print(measures.table(pairs))
    for error in measures.errors(pairs) if with_errors else ():
        print(json.dumps(error, ensure_ascii=False))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/evaluate", description=__doc__)
    parser.add_argument("--set", choices=tuple(FILES), default=EVALUATION, help="which messages (evaluation)")
    parser.add_argument(
        "--errors", action="store_true", help="each error as a JSON line, of the development set"
    )
    parser.add_argument(
        "--yes-look", action="store_true", help="with --errors: of the evaluation set all the same"
    )
    parser.add_argument(
        "--report",
        action="store_true",
        help="measure everything, write docs/understanding.md and its pictures",
    )
    parser.add_argument(
        "--diet", type=_epochs, metavar="EPOCHS", help="with --report: compare with Rasa's DIET as well"
    )
    return parser


def _epochs(value: str) -> int:
    if not value.isdigit() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number from 1")
    return int(value)


if __name__ == "__main__":
    main(sys.argv[1:])
