"""Pin all packages again from the short requirements.in files: with hashes, without any index address."""

import subprocess

from scripts.lib import environments
from scripts.lib.steps import Trouble, step

OPTIONS = (
    "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header", "--quiet",
    "--upgrade",
)  # fmt: skip


def main() -> None:
    for name in ("api", "bot", "stock"):
        with step(f"locking {name}"):
            _lock(name)


def _lock(name: str) -> None:
    folder = environments.requirements(name).parent
    command = [
        environments.uv(),
        "pip",
        "compile",
        *OPTIONS,
        "--output-file",
        "requirements.txt",
        "requirements.in",
    ]
    if (folder / "overrides.txt").exists():
        command += ["--override", "overrides.txt"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if result.returncode:
        raise Trouble(f"{name} could not be locked: {result.stderr[-2000:]}")


if __name__ == "__main__":
    main()
