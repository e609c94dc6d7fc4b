"""All figures of one bot, taken one after the other while the other bot does not run."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.lib import benchmark_memory, benchmark_turns
from scripts.lib.benchmark_learning import Learnt
from scripts.lib.benchmark_rows import Figures
from scripts.lib.benchmark_sides import Side
from scripts.lib.benchmark_turns import Door
from scripts.lib.environments import ROOT
from scripts.lib.house import House, free_port, make_folder
from scripts.lib.steps import Trouble, step
from scripts.lib.supervisor import Program, Supervisor, is_healthy

READY_SECONDS = 300.0
WARM_UP = 10  # sentences understood before any is counted
WARM_UP_CONVERSATIONS = 2
GLANCE = 0.05  # seconds between two looks whether a bot is ready


@dataclass(frozen=True)
class Extent:
    """How much is measured."""

    sentences: int | None  # to train on; None is all
    epochs: int  # of the stock side's networks
    understood: int  # sentences timed in-process
    starts: int
    conversations: int  # for turns a second
    clients: int
    long: int  # conversations that go on until the late turn
    late: int


WHOLE = Extent(None, 2, understood=200, starts=3, conversations=40, clients=8, long=3, late=300)
QUICK = Extent(1500, 1, understood=60, starts=1, conversations=16, clients=8, long=1, late=60)


@dataclass(frozen=True)
class Served:
    """What was measured over HTTP."""

    alone: float
    together: float
    memory: float
    early: Sequence[float]
    late: Sequence[float]


def measure(side: Side, learnt: Learnt, folder: Path, extent: Extent) -> Figures:
    """Everything of one bot whose model is trained."""
    with step(f"understanding, {side.name}"):
        understanding = _understanding(side, learnt.model, extent.understood)
    starts, served = asyncio.run(_serve(side, learnt.model, folder, extent))
    return Figures(
        understanding, served.alone, served.together, starts, served.memory, learnt.seconds, served.early, served.late
    )  # fmt: skip


def _understanding(side: Side, model: Path, number: int) -> list[float]:
    sentences = benchmark_turns.sentences(WARM_UP + number)
    result = subprocess.run(
        [side.python, "-m", "benchmarks.understand", str(model), str(WARM_UP)],
        cwd=ROOT, env=dict(side.variables), input=json.dumps(sentences), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if result.returncode:
        sys.stderr.write(result.stderr[-4000:])
        raise Trouble(f"The model of {side.name} could not be asked: the lines above say why.")
    return [float(taken) for taken in json.loads(result.stdout.splitlines()[-1])]


async def _serve(side: Side, model: Path, folder: Path, extent: Extent) -> tuple[list[float], Served]:
    """Start as often as asked, and talk with the last one started."""
    starts = []
    for number in range(1, extent.starts + 1):
        house = House(make_folder(folder / f"{side.name}-{number}"), model, free_port(), free_port())
        async with _running(side.programs(house)) as seconds:
            starts.append(seconds)
            if number == extent.starts:
                served = await asyncio.to_thread(_talk, Door(house.bot_port, side.wire), side.name, extent)
    return starts, served


@asynccontextmanager
async def _running(programs: Sequence[Program]) -> AsyncIterator[float]:
    """Seconds until all were ready; they run until the block ends, and one that crashes is no figure."""
    crashed: list[str] = []
    supervisor = Supervisor(programs, say=crashed.append)
    started = time.perf_counter()
    supervisor.start()
    try:
        await _ready(programs, crashed)
        yield time.perf_counter() - started
        _require_none(crashed)
    finally:
        await supervisor.ended()


async def _ready(programs: Sequence[Program], crashed: Sequence[str]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    for program in programs:
        while not await asyncio.to_thread(is_healthy, program.health):
            _require_none(crashed)
            if time.monotonic() > deadline:
                raise Trouble(f"{program.name} did not become ready in {READY_SECONDS:.0f} s.")
            await asyncio.sleep(GLANCE)


def _require_none(crashed: Sequence[str]) -> None:
    if crashed:
        raise Trouble(f"A process ended while it was measured: {crashed[0]}")


def _talk(door: Door, name: str, extent: Extent) -> Served:
    number, first = extent.conversations, WARM_UP_CONVERSATIONS
    said = benchmark_turns.conversations(first + 2 * number)
    with step(f"turns, {name}"):
        benchmark_turns.rate(door, said[:first], clients=1)
        alone = benchmark_turns.rate(door, said[first:][:number], clients=1)
        together = benchmark_turns.rate(door, said[first + number :], clients=extent.clients)
    memory = benchmark_memory.of_children(os.getpid())
    with step(f"long conversations, {name}"):
        early, late = benchmark_turns.growth(door, late=extent.late, number=extent.long)
    return Served(alone, together, memory, early, late)
