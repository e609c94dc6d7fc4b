"""The network between the gateway and everybody else: slow, and now and then an answer is lost on the way."""

import asyncio
from random import Random

import httpx2
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOST = 0.03  # of all answers of the gateway
DELAY = (0.02, 0.25)  # seconds until an answer of a platform arrives
SAYING = ("/message/reply", "/message/push", "/chat.postMessage")


class Forgetful(httpx2.AsyncHTTPTransport):
    """What was sent is taken, but who sent it does not always learn so."""

    def __init__(self, random: Random) -> None:
        super().__init__()
        self._random = random

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        response = await super().handle_async_request(request)
        if self._random.random() < LOST:
            await response.aclose()
            raise httpx2.ReadError("lost on the way", request=request)
        return response


class Slow:
    """Between what a platform did and its answer there is time for the caller to die. `said`: what it did just now."""

    def __init__(self, app: ASGIApp, random: Random) -> None:
        self.said = 0
        self._app = app
        self._random = random

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_saying = str(scope.get("path", "")).endswith(SAYING)

        async def send_late(message: Message) -> None:
            if message["type"] == "http.response.start":
                await self._wait(is_saying=is_saying)
            await send(message)

        await self._app(scope, receive, send_late)

    async def _wait(self, *, is_saying: bool) -> None:
        self.said += is_saying
        await asyncio.sleep(self._random.uniform(*DELAY))
        self.said -= is_saying
