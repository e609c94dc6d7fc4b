"""Show each step with its time, and a bar where it takes long."""

import fcntl
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WIDTH = 24


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Two scripts started at once do not make the same thing twice: the second waits for the first."""
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        handle = lock.open("w")
    except OSError as error:
        raise Trouble(
            f"The folder {lock.parent} cannot be written ({error.strerror}): check its owner and the free space."
        ) from error
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


class Trouble(SystemExit):
    """Something the person at the keyboard can mend; the message is one clear sentence."""

    def __init__(self, sentence: str) -> None:
        print(f"✗ {sentence}", file=sys.stderr, flush=True)
        super().__init__(1)


@contextmanager
def step(name: str, *, expected: float = 0.0) -> Iterator[None]:
    """Print the step and how long it took; a bar while it runs when ``expected`` seconds are given.

    Everything goes to stderr: stdout belongs to the script's own output.
    """
    started = time.monotonic()
    done = threading.Event()
    bar = threading.Thread(target=_bar, args=(name, expected, started, done), daemon=True)
    is_live = bool(expected) and sys.stderr.isatty()
    if is_live:
        bar.start()
    else:
        print(f"… {name}", file=sys.stderr, flush=True)
    try:
        yield
    except BaseException:
        _stop(bar, done, is_live)
        raise
    _stop(bar, done, is_live)
    print(f"✓ {name} ({time.monotonic() - started:.1f} s)", file=sys.stderr, flush=True)


def _stop(bar: threading.Thread, done: threading.Event, is_live: bool) -> None:
    done.set()
    if is_live:
        bar.join()
        print("\r\033[K", end="", file=sys.stderr)


def _bar(name: str, expected: float, started: float, done: threading.Event) -> None:
    while not done.wait(0.2):
        passed = time.monotonic() - started
        full = min(WIDTH - 1, int(WIDTH * passed / expected))
        bar = "█" * full + "░" * (WIDTH - full)
        print(f"\r\033[K… {name} {bar} {passed:.0f} s", end="", file=sys.stderr, flush=True)
