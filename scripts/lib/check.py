"""Style, types, layout and data; stops at nothing and says at the end what failed."""

import os
import subprocess
import sys
from collections.abc import Sequence

from scripts.lib import environments, training
from scripts.lib.environments import ROOT
from scripts.lib.steps import step

API_SIDE = (
    "api",
    "knowledge",
    "scripts/lib",
    "tests/api",
    "tests/knowledge",
    "tests/platforms",
    "tests/crashes",
)
BOT_SIDE = ("bot", "actions", "benchmarks")


def main() -> None:
    environments.prepare()
    failed = [name for name, command in _checks() if not _passes(name, command)]
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
        raise SystemExit(1)


def _checks() -> Sequence[tuple[str, list[str]]]:
    api, bot = str(environments.python("api")), str(environments.python("bot"))
    return (
        ("style", [api, "-m", "ruff", "check", "."]),
        ("format", [api, "-m", "ruff", "format", "--check", "."]),
        ("types of the gateway and knowledge", [api, "-m", "mypy", "--strict", *API_SIDE]),
        ("types of the bot", [bot, "-m", "mypy", "--strict", *BOT_SIDE]),
        (
            "layout and agreement",
            [api, "-m", "pytest", "-q", "tests/test_layout.py", "tests/test_agreement.py"],
        ),
        ("facts", [api, "-c", "from knowledge import check; check.everything()"]),
        ("plain Japanese", [api, "-c", "from knowledge import readability; readability.everything()"]),
        ("Rasa data", [bot, "-m", "bot", "data", "validate", "--fail-on-warnings", "--quiet"]),
    )


def _passes(name: str, command: list[str]) -> bool:
    with step(name):
        environment = {**os.environ, **training.QUIET}
        result = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
    if result.returncode:
        sys.stderr.write((result.stdout + result.stderr)[-4000:])
    return result.returncode == 0


if __name__ == "__main__":
    main()
