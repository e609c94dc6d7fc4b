"""Accounts of staff, from the command line. The work is done inside the api environment."""

import os
import subprocess
import sys
from collections.abc import Sequence

from scripts.lib import environments
from scripts.lib.environments import ROOT
from scripts.lib.house import DEFAULT_DATA


def main(arguments: Sequence[str]) -> int:
    """The data folder is that of scripts/serve unless another is named."""
    environments.prepare("api")
    environment = {"MADOGUCHI_DATA": str(DEFAULT_DATA), **os.environ, "PYTHONPATH": str(ROOT)}
    command = [str(environments.python("api")), "-m", "api.staff.command", *arguments]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
