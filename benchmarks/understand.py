"""Milliseconds that a loaded model takes to understand each message: python -m benchmarks.understand MODEL FIRST.

Sentences come on stdin as a JSON list, the times leave on stdout as one, without those of the FIRST few, which
fill caches. Runs in either environment.
"""

import asyncio
import json
import logging
import sys
import time
import warnings
from importlib.util import find_spec
from pathlib import Path

warnings.showwarning = lambda *_args, **_kwargs: None

if find_spec("tensorflow") is None:
    import bot  # noqa: F401 - lets Rasa be imported without it

from rasa.core.agent import Agent  # noqa: E402
from rasa.utils.log_utils import configure_structlog  # noqa: E402


def main() -> None:
    configure_structlog(logging.ERROR)
    logging.disable(logging.WARNING)
    agent = Agent.load(Path(sys.argv[1]))
    times = asyncio.run(_times(agent, json.load(sys.stdin)))
    print(json.dumps(times[int(sys.argv[2]) :]))


async def _times(agent: Agent, sentences: list[str]) -> list[float]:
    return [await _time(agent, sentence) for sentence in sentences]


async def _time(agent: Agent, sentence: str) -> float:
    started = time.perf_counter()
    await agent.parse_message(sentence)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
