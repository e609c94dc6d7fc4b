"""Each platform runs as a process of its own, as one tries it out."""

import os
import signal
import sys
from asyncio.subprocess import Process, create_subprocess_exec
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest

from tests.api.serving import free_port
from tests.platforms.hook import listening_hook

PLATFORMS = {"line": "/v2/bot/info", "slack": "/api/auth.test"}


@asynccontextmanager
async def running(platform: str, gateway: str) -> AsyncIterator[tuple[str, Process]]:
    port = free_port()
    options = ["--port", str(port), "--gateway", gateway, "--secret", "s", "--token", "t"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = await create_subprocess_exec(
        sys.executable, "-m", f"tests.platforms.{platform}", *options, env=environment
    )
    try:
        yield f"http://127.0.0.1:{port}", process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def reached(url: str) -> httpx2.Response:
    """The answer, as soon as somebody listens."""
    transport = httpx2.AsyncHTTPTransport(retries=12)
    async with httpx2.AsyncClient(transport=transport, headers={"Authorization": "Bearer t"}) as client:
        return await client.get(url)


@pytest.mark.parametrize(("platform", "path"), PLATFORMS.items(), ids=PLATFORMS)
async def test_it_answers_calls_serves_its_page_and_tells_the_gateway(platform: str, path: str) -> None:
    async with listening_hook() as hook, running(platform, f"{hook.url}/{platform}") as (url, process):
        assert (await reached(f"{url}{path}")).status_code == 200
        async with httpx2.AsyncClient() as client:
            assert "模造画面" in (await client.get(url)).text
            answer = await client.post(f"{url}/demo/acts/say", json={"user": "hanako", "text": "助けて"})
            async with client.stream("GET", f"{url}/demo/events?user=hanako") as stream:
                first = await anext(stream.aiter_lines())
                process.send_signal(signal.SIGTERM)
                await process.wait()

    assert answer.json() == {"taken": True}
    assert "助けて" in first
    assert len(hook.bodies) == 1
