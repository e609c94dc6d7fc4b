"""Every test, in the environment each belongs to; says plainly what was left out and how to get it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.lib import environments, training
from scripts.lib.environments import ROOT
from scripts.lib.steps import Trouble, step

REQUIRE_ALL = "MADOGUCHI_REQUIRE_ALL"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
BOT_TESTS = ("tests/bot", "tests/actions")
QUICK_TESTS = (
    "tests/test_layout.py",
    "tests/test_agreement.py",
    "tests/knowledge",
    "tests/api",
    "tests/platforms",
    "tests/crashes",
    "tests/scripts",
)
NOTHING_CHOSEN = 5  # pytest: the given selection matched no test here
SLOW_TESTS = ("tests/browser", "tests/acceptance")


def main() -> None:
    environments.prepare()
    left_out = _left_out()
    if left_out and os.environ.get(REQUIRE_ALL) == "1":
        raise Trouble(f"Nothing may be left out here, but: {' '.join(left_out)}")
    outcomes = [_run("api", *QUICK_TESTS), _run("bot", *BOT_TESTS)]
    training.model()  # the tests that follow start the real bot
    slow = [folder for folder in SLOW_TESTS if not (left_out and folder == "tests/browser")]
    outcomes.append(_run("api", *slow))
    for sentence in left_out:
        print(f"LEFT OUT: {sentence}", file=sys.stderr)
    failed = [code for code in outcomes if code not in (0, NOTHING_CHOSEN)]
    raise SystemExit(max(failed) if failed else min(outcomes))


def _left_out() -> list[str]:
    if any(shutil.which(name) for name in CHROMIUM):
        return []
    return [
        "the browser tests, because Chromium is missing (Debian: apt-get install chromium fonts-noto-cjk)."
    ]


def _run(environment: str, *paths: str) -> int:
    existing = [path for path in paths if Path(ROOT, path).exists()]
    command = [str(environments.python(environment)), "-m", "pytest", *existing, *sys.argv[1:]]
    with step(f"tests in the {environment} environment: {', '.join(existing)}"):
        return subprocess.run(command, cwd=ROOT, env={**os.environ, **training.QUIET}, check=False).returncode


if __name__ == "__main__":
    main()
