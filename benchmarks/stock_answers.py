"""What a trained stock bot says of each message: python -m benchmarks.stock_answers MODEL < messages.

Runs inside the stock environment; leaves one JSON line, as benchmarks.candidates does.
"""

import asyncio
import logging
import sys
import time
import warnings
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

warnings.showwarning = lambda *_args, **_kwargs: None

from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog

from benchmarks.answers import WARM_UP, Answer, asked, say


def main() -> None:
    configure_structlog(logging.ERROR)
    logging.disable(logging.WARNING)
    agent = Agent.load(Path(sys.argv[1]))
    asyncio.run(_answer_all(agent, asked()))


async def _answer_all(agent: Agent, messages: list[dict[str, Any]]) -> None:
    answers, times = {}, []
    for message in [*messages[:WARM_UP], *messages]:
        started = time.perf_counter()
        parsed = await agent.parse_message(message["text"])
        times.append((time.perf_counter() - started) * 1000)
        answers[message["id"]] = asdict(Answer.of(parsed["intent"]["name"] or ""))
    say(milliseconds=median(times[WARM_UP:]), answers=answers)


if __name__ == "__main__":
    main()
