"""Classify JSON lines {"id", "text"} from stdin with the model that is served."""

import os
import sys

from scripts.lib import environments, training


def main() -> None:
    environments.prepare("bot")
    model = training.model()
    python = str(environments.python("bot"))
    sys.stdout.flush()
    os.chdir(environments.ROOT)
    os.execve(python, [python, "-m", "bot.triage", str(model)], {**os.environ, **training.QUIET})


if __name__ == "__main__":
    main()
