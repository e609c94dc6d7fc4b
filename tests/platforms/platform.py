"""What both imitated platforms are: an application that listens, remembers, and wakes those who wait."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx2
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from tests.api.serving import free_port, listening
from tests.platforms.trouble import How, Troubled

Clock = Callable[[], datetime]
PATIENCE = 10.0  # seconds a test waits before it says that nothing came


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Call:
    """A call of the platform's interface and how it ended. `reason`: why it was refused."""

    method: str
    path: str
    status: int
    body: Any
    at: datetime
    headers: Mapping[str, str]
    reason: str | None = None


class Platform:
    """`calls` are all that came in; `refused` those that a careful client would not have made."""

    def __init__(
        self,
        *,
        clock: Clock,
        port: int | None,
        transport: httpx2.AsyncBaseTransport | None,
        patience: float,
        trouble_body: Any,
    ) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.clock = clock
        self.calls: list[Call] = []
        self.refused: list[Call] = []
        self._transport = transport
        self._patience = patience
        self._trouble_body = trouble_body
        self._news = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._running = AsyncExitStack()
        self.client: httpx2.AsyncClient
        self.app: Troubled

    def _serve(self, routes: list[BaseRoute]) -> None:
        self.app = Troubled(Starlette(routes=routes), body=self._trouble_body)

    async def start(self) -> None:
        """Listen on the port."""
        await self.open()
        await self._running.enter_async_context(listening(self.app, port=self.port))

    async def stop(self) -> None:
        """What was still to be sent is dropped, and calls that hang are let go."""
        self.app.end()
        await self._running.aclose()
        await self.close()

    async def open(self) -> None:
        """Get ready to send. Whoever serves `app` by other means calls this."""
        self.client = httpx2.AsyncClient(transport=self._transport, timeout=self._patience, trust_env=False)

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.client.aclose()

    def trouble(
        self,
        how: How | str = How.fail,
        *,
        on: str = "",
        times: int = 1,
        status: int = 500,
        retry_after: int | None = None,
        body: Any = None,
    ) -> None:
        """The next `times` calls of addresses that end in `on` go wrong: fail, hang, cut or lose (see `How`)."""
        self.app.order(how, on=on, times=times, status=status, retry_after=retry_after, body=body)

    def end_trouble(self) -> None:
        self.app.end()

    def keep(self, call: Call) -> None:
        """Remember a call."""
        self.calls.append(call)
        if call.reason is not None:
            self.refused.append(call)
        self.changed()

    def changed(self) -> None:
        """Wake those who wait for something to happen."""
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def next_change(self) -> None:
        await self._news.wait()

    async def until(self, claim: Callable[[], bool], *, within: float = PATIENCE) -> None:
        """Wait until the claim is true. Raises TimeoutError."""
        async with asyncio.timeout(within):
            while not claim():
                await self._news.wait()

    def later(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do it beside everything else. It ends with the platform."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
