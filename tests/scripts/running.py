"""Small real programs for a supervisor, and a look at which of them still run."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from scripts.lib.supervisor import Program

NOWHERE = "http://127.0.0.1:1/"  # nobody answers: such a program never becomes ready


def program(
    name: str, code: str, folder: Path, *, health: str = NOWHERE, arguments: tuple[str, ...] = ()
) -> Program:
    """A child that runs this Python code, its output in the folder's log."""
    return Program(
        name=name,
        command=[sys.executable, "-c", code, *arguments],
        environment={},
        log=folder / "logs" / f"{name}.log",
        health=health,
        folder=folder,
    )


def sleeper(name: str, folder: Path, *, before: str = "pass") -> Program:
    """A child that writes its number to <name>.pid and then waits to be stopped."""
    code = f"import os, pathlib, signal, subprocess, sys, time; {before}; "
    code += f"pathlib.Path('{name}.pid').write_text(str(os.getpid())); time.sleep(60)"
    return program(name, code, folder)


def number(folder: Path, name: str) -> int:
    """The process number that a sleeper wrote."""
    file = folder / f"{name}.pid"
    assert until(lambda: file.exists() and bool(file.read_text())), f"{name} did not start"
    return int(file.read_text())


def runs(pid: int) -> bool:
    """Whether a process works still; one that is dead and only not yet collected does not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"


def until(is_true: Callable[[], bool], *, within: float = 15.0) -> bool:
    """Whether it becomes true in that many seconds."""
    deadline = time.monotonic() + within
    while not is_true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
