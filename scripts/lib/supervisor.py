"""Run several programs together: in order, restarted when they crash, all stopped together."""

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

FIRST_DELAY, LONGEST_DELAY = 0.5, 15.0  # seconds before a restart
STEADY = 30.0  # a program that ran this long starts again without growing delay
GRACE = 6.0  # seconds between SIGTERM and SIGKILL
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Program:
    """A child to run: its command, what it may see, where its output goes, and when it is ready."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    health: str  # URL that answers 200 when ready
    folder: Path = field(default_factory=Path.cwd)


class Supervisor:
    """Keeps programs running until told to stop; leaves no orphan, even when killed itself."""

    def __init__(
        self,
        programs: Sequence[Program],
        *,
        say: Callable[[str], None],
        longest_delay: float = LONGEST_DELAY,
    ) -> None:
        self._programs = programs
        self._say = say
        self._longest_delay = longest_delay
        self._stopping = asyncio.Event()
        self._processes: dict[str, asyncio.subprocess.Process] = {}
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._tasks = [
            asyncio.create_task(self._keep(program), name=program.name) for program in self._programs
        ]

    def stop(self) -> None:
        """Ask everything to end; the caller then awaits ended()."""
        self._stopping.set()

    def process(self, name: str) -> int | None:
        """The process id of a program, if it runs now."""
        process = self._processes.get(name)
        return process.pid if process and process.returncode is None else None

    async def wait_until_ready(self, timeout: float) -> str | None:
        """None when all answer; else the name of a program that does not within ``timeout`` seconds."""
        deadline = time.monotonic() + timeout
        for program in self._programs:
            while not await asyncio.to_thread(is_healthy, program.health):
                if self._stopping.is_set() or time.monotonic() > deadline:
                    return program.name
                await asyncio.sleep(0.2)
        return None

    async def until_stopped(self) -> None:
        await self._stopping.wait()

    async def ended(self) -> None:
        """Stop all children, the last started first, and wait for them."""
        self._stopping.set()
        await asyncio.gather(*(self._end(name) for name in reversed(list(self._processes))))
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _keep(self, program: Program) -> None:
        delay = FIRST_DELAY
        while not self._stopping.is_set():
            started = time.monotonic()
            try:
                code: int | str = await self._run_once(program)
            except OSError as error:  # the program itself is missing or may not be run
                code = str(error)
            if self._stopping.is_set():
                return
            delay = (
                FIRST_DELAY if time.monotonic() - started > STEADY else min(delay * 2, self._longest_delay)
            )
            self._say(
                f"{program.name} ended with {code}; starting it again in {delay:.1f} s (log: {program.log})"
            )
            await asyncio.wait([asyncio.create_task(self._stopping.wait())], timeout=delay)

    async def _run_once(self, program: Program) -> int:
        program.log.parent.mkdir(parents=True, exist_ok=True)
        with program.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *program.command,
                cwd=program.folder,
                env=dict(program.environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        self._processes[program.name] = process
        if self._stopping.is_set():  # asked to end while this one was being started
            await self._end(program.name)
        return await process.wait()

    async def _end(self, name: str) -> None:
        process = self._processes[name]
        if process.returncode is not None:
            return
        _signal_group(process.pid, signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), GRACE)
        except asyncio.TimeoutError:
            _signal_group(process.pid, signal.SIGKILL)
            await process.wait()


def is_healthy(url: str) -> bool:
    """Whether the address answers 200 within two seconds."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError, ValueError):
        return False


def _signal_group(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, number)


def _die_with_parent() -> None:
    """Linux: the kernel kills the child when its supervisor is gone, however it went."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
