"""The machine that measures: how large it is, and how much of it other work took meanwhile."""

import os
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.lib.benchmark_memory import KIB_OF_A_MIB, field

PROC = Path("/proc")
BUSY = (1, 2, 3, 6, 7, 8)  # user, nice, system, irq, softirq, steal in the first line of /proc/stat
TICK = os.sysconf("SC_CLK_TCK")


def processors() -> int:
    return os.cpu_count() or 1


def memory() -> float:
    """GiB."""
    return field((PROC / "meminfo").read_text(), "MemTotal") / KIB_OF_A_MIB**2


@contextmanager
def watched() -> Iterator[Callable[[], float]]:
    """After the block the yielded function tells which share of the processors (0–1) others had during it.

    Our own children count as ours once they have ended.
    """
    shares: list[float] = []
    started, before = time.monotonic(), _of_others()
    yield lambda: shares[-1]
    passed = time.monotonic() - started
    shares.append(share(_of_others() - before, passed, processors()))


def share(seconds: float, passed: float, processors: int) -> float:
    """Of the time that all processors had; rounding of the kernel's clocks never makes it negative."""
    return min(1.0, max(0.0, seconds / (passed * processors)))


def _of_others() -> float:
    """Seconds of processor time since the machine started, without ours."""
    first = (PROC / "stat").read_text().splitlines()[0].split()
    return sum(int(first[place]) for place in BUSY) / TICK - _ours()


def _ours() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
