"""Run one of our modules inside an environment: text goes in, JSON lines come out."""

import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from typing import Any

from scripts.lib import environments, training
from scripts.lib.environments import ROOT
from scripts.lib.steps import Trouble


def answers(environment: str, module: str, *arguments: str, asked: str) -> list[dict[str, Any]]:
    """What the module says, line by line; its complaints go to our stderr."""
    environments.prepare(environment)
    result = subprocess.run(
        [str(environments.python(environment)), "-m", module, *arguments],
        cwd=ROOT, env={**os.environ, **training.QUIET}, input=asked, stdout=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    if result.returncode:
        raise Trouble(f"{module} failed: the lines above say why.")
    return [json.loads(line) for line in result.stdout.splitlines()]


def questions(messages: Iterable[Mapping[str, Any]]) -> str:
    """Id and text of each message, as JSON lines."""
    told = ({"id": one["id"], "text": one["text"]} for one in messages)
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in told)
