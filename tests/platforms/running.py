"""Runs an imitated platform as a process of its own."""

import argparse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import Receive, Scope, Send

from tests.platforms.platform import Platform


def parser(program: str, description: str) -> argparse.ArgumentParser:
    """The options that both platforms have."""
    made = argparse.ArgumentParser(prog=f"python -m {program}", description=description)
    made.add_argument("--host", default="127.0.0.1", help="where to listen (127.0.0.1)")
    made.add_argument("--port", type=int, required=True, help="the port to listen on")
    made.add_argument("--gateway", required=True, help="where the gateway takes what users do")
    made.add_argument("--secret", required=True, help="with which calls to the gateway are signed")
    made.add_argument("--token", required=True, help="the access token that the gateway shows")
    return made


def run(platform: Platform, *, host: str) -> None:
    """Serve until the process is told to end."""
    application = _Alive(platform)
    uvicorn.run(
        application,
        host=host,
        port=platform.port,
        log_level="warning",
        timeout_graceful_shutdown=1,
        ws="none",
    )


class _Alive:
    """The platform, opened when the server begins and closed when it ends."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await self._platform.app(scope, receive, send)
            return
        await receive()
        async with self._open():
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[None]:
        await self._platform.open()
        try:
            yield
        finally:
            self._platform.app.end()
            await self._platform.close()
