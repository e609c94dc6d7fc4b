"""Programs are kept running, stopped together, and never left behind."""

import asyncio
import os
import signal
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from scripts.lib.supervisor import Supervisor, is_healthy
from tests.scripts.running import NOWHERE, number, program, runs, sleeper, until

ROOT = Path(__file__).parents[2]
CRASHES = "import pathlib, sys; pathlib.Path('started').open('a').write('x'); print('broken'); sys.exit(3)"
IGNORES_TERM = "signal.signal(signal.SIGTERM, signal.SIG_IGN)"
HAS_A_CHILD = (
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
    "pathlib.Path('child.pid').write_text(str(child.pid))"
)
SERVES = """
import http.server, sys
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), Page).serve_forever()
"""


def starts(folder: Path) -> int:
    file = folder / "started"
    return len(file.read_text()) if file.exists() else 0


async def wait(is_true: object, *, within: float = 15.0) -> bool:
    """until() beside a running event loop."""
    return await asyncio.to_thread(until, is_true, within=within)  # type: ignore[arg-type]


async def test_a_program_that_crashes_is_started_again_each_time_later(tmp_path: Path) -> None:
    said: list[str] = []
    supervisor = Supervisor([program("bot", CRASHES, tmp_path)], say=said.append)
    loop = asyncio.get_running_loop()
    began = loop.time()

    supervisor.start()
    assert await wait(lambda: starts(tmp_path) == 3, within=8.0)
    took = loop.time() - began
    await supervisor.ended()

    assert took > 3.0  # one second, then two
    assert [sentence.split(" (log")[0] for sentence in said[:2]] == [
        "bot ended with 3; starting it again in 1.0 s",
        "bot ended with 3; starting it again in 2.0 s",
    ]
    assert str(tmp_path / "logs" / "bot.log") in said[0]
    assert (tmp_path / "logs" / "bot.log").read_text() == "broken\n" * 3


async def test_who_wants_it_sooner_waits_no_longer_than_said(tmp_path: Path) -> None:
    said: list[str] = []
    supervisor = Supervisor([program("bot", CRASHES, tmp_path)], say=said.append, longest_delay=0.1)

    supervisor.start()
    assert await wait(lambda: starts(tmp_path) == 3)
    await supervisor.ended()

    assert all("in 0.1 s" in sentence for sentence in said)


async def test_a_process_is_known_while_it_runs(tmp_path: Path) -> None:
    supervisor = Supervisor([sleeper("bot", tmp_path)], say=lambda _: None)
    assert supervisor.process("bot") is None

    supervisor.start()
    assert await asyncio.to_thread(number, tmp_path, "bot") == supervisor.process("bot")
    await supervisor.ended()

    assert supervisor.process("bot") is None


async def test_a_program_that_is_killed_comes_back_and_the_others_run_on(tmp_path: Path) -> None:
    supervisor = Supervisor([sleeper("bot", tmp_path), sleeper("actions", tmp_path)], say=lambda _: None)
    supervisor.start()
    bot, actions = [await asyncio.to_thread(number, tmp_path, name) for name in ("bot", "actions")]

    os.kill(bot, signal.SIGKILL)

    assert await wait(lambda: number(tmp_path, "bot") != bot)
    assert number(tmp_path, "actions") == actions and runs(actions)
    await supervisor.ended()


async def test_stopping_ends_every_program_and_starts_none_again(tmp_path: Path) -> None:
    said: list[str] = []
    names = ("actions", "bot", "gateway")
    supervisor = Supervisor([sleeper(name, tmp_path) for name in names], say=said.append)
    supervisor.start()
    pids = [await asyncio.to_thread(number, tmp_path, name) for name in names]

    supervisor.stop()
    await supervisor.until_stopped()
    await supervisor.ended()

    assert [runs(pid) for pid in pids] == [False, False, False]
    assert said == []


async def test_stopping_ends_what_a_program_started_itself(tmp_path: Path) -> None:
    supervisor = Supervisor([sleeper("bot", tmp_path, before=HAS_A_CHILD)], say=lambda _: None)
    supervisor.start()
    await asyncio.to_thread(number, tmp_path, "bot")
    child = number(tmp_path, "child")

    await supervisor.ended()

    assert await wait(lambda: not runs(child))


async def test_a_program_that_does_not_listen_is_killed_after_a_while(tmp_path: Path) -> None:
    supervisor = Supervisor([sleeper("bot", tmp_path, before=IGNORES_TERM)], say=lambda _: None)
    supervisor.start()
    pid = await asyncio.to_thread(number, tmp_path, "bot")

    await asyncio.wait_for(supervisor.ended(), 10)

    assert not runs(pid)


@pytest.mark.parametrize("pauses", range(6))
async def test_a_stop_in_the_middle_of_a_start_leaves_nothing_running(tmp_path: Path, pauses: int) -> None:
    supervisor = Supervisor([sleeper("bot", tmp_path), sleeper("actions", tmp_path)], say=lambda _: None)
    supervisor.start()
    for _ in range(pauses):
        await asyncio.sleep(0)

    await asyncio.wait_for(supervisor.ended(), 10)

    assert not any(runs(int(file.read_text() or 0)) for file in tmp_path.glob("*.pid"))


async def test_a_stop_between_two_starts_does_not_wait_for_the_next(tmp_path: Path) -> None:
    supervisor = Supervisor([program("bot", CRASHES, tmp_path)], say=lambda _: None)
    supervisor.start()
    assert await wait(lambda: starts(tmp_path) == 1)

    await asyncio.wait_for(supervisor.ended(), 1.0)

    assert starts(tmp_path) == 1


async def test_it_is_ready_when_every_program_answers(tmp_path: Path, unused_tcp_port: int) -> None:
    port = unused_tcp_port
    serving = program("gateway", SERVES, tmp_path, health=f"http://127.0.0.1:{port}/", arguments=(str(port),))
    supervisor = Supervisor([serving], say=lambda _: None)
    supervisor.start()

    assert await supervisor.wait_until_ready(10.0) is None
    await supervisor.ended()


async def test_the_program_that_does_not_become_ready_is_named(tmp_path: Path) -> None:
    supervisor = Supervisor([sleeper("bot", tmp_path)], say=lambda _: None)
    supervisor.start()

    assert await supervisor.wait_until_ready(0.3) == "bot"
    await supervisor.ended()


def test_a_supervisor_that_is_killed_leaves_no_program_running(tmp_path: Path) -> None:
    code = f"""
import asyncio, pathlib
from scripts.lib.supervisor import Supervisor
from tests.scripts.running import sleeper
async def main():
    folder = pathlib.Path({str(tmp_path)!r})
    supervisor = Supervisor([sleeper(name, folder) for name in ("actions", "bot", "gateway")], say=print)
    supervisor.start()
    await supervisor.until_stopped()
asyncio.run(main())
"""
    supervisor = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    try:
        pids = [number(tmp_path, name) for name in ("actions", "bot", "gateway")]
        assert all(map(runs, pids))
    finally:
        supervisor.kill()
        supervisor.wait()

    assert until(lambda: not any(map(runs, pids)))


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (204, False), (404, False), (503, False)])
def test_only_200_is_healthy(status: int, healthy: bool) -> None:
    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.handle_request).start()

        assert is_healthy(f"http://127.0.0.1:{server.server_port}/") is healthy


@pytest.mark.parametrize("address", [NOWHERE, "nonsense", ""])
def test_an_address_where_nobody_answers_is_not_healthy(address: str) -> None:
    assert not is_healthy(address)
