"""The gateway as a process: started, stopped, killed in the middle of its work."""

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2

from tests.api.fake_bot import FakeBot, late
from tests.api.serving import free_port
from tests.api.visitor import Visitor

VISITORS = 4
MESSAGES = 12
KILLS = 3


def environment(folder: Path, bot: FakeBot, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "MADOGUCHI_DATA": str(folder),
        "MADOGUCHI_PORT": str(port),
        "BOT_URL": bot.url,
        "BOT_TIMEOUT": "60",  # so are the leases that a killed gateway leaves behind
    }


async def start(environment: dict[str, str]) -> Process:
    """A gateway that answers."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "api", env=environment, stderr=PIPE)
    url = f"http://127.0.0.1:{environment['MADOGUCHI_PORT']}/healthz"
    async with httpx2.AsyncClient(trust_env=False) as client, asyncio.timeout(30):
        while process.returncode is None:
            try:
                await client.get(url)
                break
            except httpx2.TransportError:
                await asyncio.sleep(0.05)
    return process


async def stop(process: Process, how: signal.Signals) -> str:
    """Send the signal to a process that may have ended; gives what it wrote to stderr."""
    if process.returncode is None:
        process.send_signal(how)
    _, errors = await process.communicate()
    return errors.decode()


@asynccontextmanager
async def page(port: int) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=5) as client:
        yield client


async def insist(visitor: Visitor, text: str) -> None:
    """Send the same message with the same id until it is acknowledged, as a page does."""
    async with asyncio.timeout(60):
        while True:
            try:
                await visitor.say(text, id=f"id-{text}")
                return
            except httpx2.TransportError:
                await asyncio.sleep(0.05)


async def send_all(visitor: Visitor) -> None:
    for number in range(MESSAGES):
        await insist(visitor, str(number))


async def answers(visitor: Visitor) -> list[str]:
    return [message["text"] for message in await visitor.messages() if message["reply_to"]]


async def test_nothing_is_lost_doubled_or_swapped_by_kill_9(tmp_path: Path, bot: FakeBot) -> None:
    bot.behave = late(0.03)
    port = free_port()
    gateway = await start(environment(tmp_path, bot, port))
    try:
        async with page(port) as client:
            visitors = [await Visitor.arrive(client) for _ in range(VISITORS)]
            sending = [asyncio.create_task(send_all(visitor)) for visitor in visitors]
            for kill in range(KILLS):
                await asyncio.sleep(0.2 + 0.13 * kill)
                await stop(gateway, signal.SIGKILL)
                gateway = await start(environment(tmp_path, bot, port))
            await asyncio.gather(*sending)
            async with asyncio.timeout(20):
                while sum([len(await answers(visitor)) for visitor in visitors]) < VISITORS * MESSAGES:
                    await asyncio.sleep(0.1)
            for visitor in visitors:
                assert await answers(visitor) == [f"返事: {number}" for number in range(MESSAGES)]
    finally:
        await stop(gateway, signal.SIGTERM)

    first_times = {question["message"] for question in bot.questions if not question["again"]}
    repeated = [question["message"] for question in bot.questions if question["again"]]
    assert len(first_times) <= VISITORS * MESSAGES <= len(first_times | set(repeated))
    assert len(bot.questions) == len(first_times) + len(repeated)


async def test_a_stop_with_open_streams_takes_less_than_its_grace_time(tmp_path: Path, bot: FakeBot) -> None:
    port = free_port()
    gateway = await start(environment(tmp_path, bot, port))
    async with page(port) as client:
        visitor = await Visitor.arrive(client)
        async with visitor.events() as events:
            await anext(events)
            begin = time.monotonic()
            errors = await stop(gateway, signal.SIGTERM)

    assert time.monotonic() - begin < 3
    assert "Traceback" not in errors


async def test_a_stop_in_the_middle_of_a_turn_is_clean_and_the_turn_is_taken_up_again(
    tmp_path: Path, bot: FakeBot
) -> None:
    bot.behave = late(1)
    port = free_port()
    gateway = await start(environment(tmp_path, bot, port))
    async with page(port) as client:
        visitor = await Visitor.arrive(client)
        sequence = await visitor.say("客が減った")
        while not bot.asked:
            await asyncio.sleep(0.01)
        errors = await stop(gateway, signal.SIGTERM)
        gateway = await start(environment(tmp_path, bot, port))
        (answer,) = await visitor.answers(sequence)
        await stop(gateway, signal.SIGTERM)

    assert "Traceback" not in errors
    assert answer["text"] == "返事: 客が減った"


async def test_a_second_gateway_on_the_same_file_ends_and_says_why(tmp_path: Path, bot: FakeBot) -> None:
    gateway = await start(environment(tmp_path, bot, free_port()))
    second = await start(environment(tmp_path, bot, free_port()))

    errors = await stop(second, signal.SIGTERM)
    await stop(gateway, signal.SIGTERM)

    assert second.returncode not in (0, -signal.SIGTERM)
    assert "別のゲートウェイ" in errors


async def test_a_wrong_setting_ends_the_start_in_one_line(tmp_path: Path, bot: FakeBot) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "api", env={**os.environ, "MADOGUCHI_PORT": "http"}, stderr=PIPE
    )
    _, errors = await process.communicate()

    assert process.returncode == 1
    assert errors.decode().strip() == (
        "環境変数 MADOGUCHI_PORT の値「http」は使えません。0より大きく65535以下の数にしてください。"
    )
