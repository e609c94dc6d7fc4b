"""Write the table of holidays again, from the library in the api environment."""

import subprocess

from scripts.lib import environments
from scripts.lib.environments import ROOT
from scripts.lib.steps import step


def main() -> None:
    environments.prepare("api")
    with step("writing knowledge/facts/holidays.csv"):
        subprocess.run(
            [str(environments.python("api")), "-m", "scripts.tables.holidays"], cwd=ROOT, check=True
        )


if __name__ == "__main__":
    main()
