"""Troubles that a platform can have on command: refusing, hanging, and losing an answer on the way."""

import asyncio
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class How(StrEnum):
    """What happens to a call."""

    fail = "fail"  # it is answered with a status and has no effect
    hang = "hang"  # it is taken and never answered, and has no effect
    cut = "cut"  # the connection breaks before it has an effect
    lose = "lose"  # it has its effect, and then the connection breaks: the caller cannot know


@dataclass
class Trouble:
    """The next `times` calls of addresses that end in `on` go wrong."""

    how: How
    on: str
    times: int
    status: int
    retry_after: int | None
    body: Any


class Troubled:
    """Stands before an application and makes the troubles that were ordered."""

    def __init__(self, app: ASGIApp, *, body: Any) -> None:
        self._app = app
        self._body = body
        self._orders: list[Trouble] = []
        self._over = asyncio.Event()

    def order(
        self,
        how: How | str = How.fail,
        *,
        on: str = "",
        times: int = 1,
        status: int = 500,
        retry_after: int | None = None,
        body: Any = None,
    ) -> None:
        """See `How`. Orders are worked off in their order."""
        given = self._body if body is None else body
        self._orders.append(Trouble(How(how), on, times, status, retry_after, given))

    def end(self) -> None:
        """No more troubles; calls that hang are let go."""
        self._orders.clear()
        self._over.set()
        self._over = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        trouble = self._next(scope)
        if trouble is None:
            await self._app(scope, receive, send)
        elif trouble.how is How.fail:
            await _answer(trouble, send)
        elif trouble.how is How.hang:
            await self._hang(receive)
        else:
            if trouble.how is How.lose:
                await self._app(scope, receive, _nobody)
            await _break(receive, send)

    def _next(self, scope: Scope) -> Trouble | None:
        if scope["type"] != "http" or scope["path"] == "/" or scope["path"].startswith("/demo/"):
            return None
        for trouble in self._orders:
            if scope["path"].endswith(trouble.on):
                trouble.times -= 1
                if not trouble.times:
                    self._orders.remove(trouble)
                return trouble
        return None

    async def _hang(self, receive: Receive) -> None:
        """Until the caller has had enough, or the troubles are over."""
        gone, over = asyncio.ensure_future(_gone(receive)), asyncio.ensure_future(self._over.wait())
        try:
            await asyncio.wait((gone, over), return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            over.cancel()


async def _answer(trouble: Trouble, send: Send) -> None:
    headers = [(b"content-type", b"application/json")]
    if trouble.retry_after is not None:
        headers.append((b"retry-after", str(trouble.retry_after).encode()))
    await send({"type": "http.response.start", "status": trouble.status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(trouble.body).encode()})


async def _nobody(_: Message) -> None:
    """The answer goes nowhere."""


async def _break(receive: Receive, send: Send) -> None:
    """ASGI has no way to hang up without a word; the server behind `send` does."""
    send.__self__.transport.abort()  # type: ignore[attr-defined]
    await _gone(receive)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
