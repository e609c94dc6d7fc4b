"""One real house for all acceptance tests: action server, Rasa with a trained model, gateway."""

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.lib.environments import ROOT
from scripts.lib.house import free_port
from scripts.lib.supervisor import is_healthy

READY_SECONDS = 240.0


@dataclass(frozen=True)
class RunningHouse:
    """A served Madoguchi: its address and its data."""

    address: str
    data: Path


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHouse]:
    data = tmp_path_factory.mktemp("house")
    port = free_port()
    command = [sys.executable, "-m", "scripts.lib.serve", "--port", str(port), "--data-dir", str(data)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as supervisor:
        address = f"http://127.0.0.1:{port}"
        _wait_until_ready(address, supervisor)
        yield RunningHouse(address, data)
        children = _children(supervisor.pid)
        supervisor.terminate()
        assert supervisor.wait(timeout=30) == 0
        assert not [child for child in children if Path(f"/proc/{child}").exists()], "an orphan was left"


def _wait_until_ready(address: str, supervisor: "subprocess.Popen[str]") -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not is_healthy(f"{address}/readyz"):
        assert supervisor.poll() is None, "the house ended before it was ready"
        assert time.monotonic() < deadline, "the house did not become ready"
        time.sleep(0.5)


def _children(parent: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
