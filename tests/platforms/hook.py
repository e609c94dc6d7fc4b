"""A gateway's webhook that only writes down what it is sent."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tests.api.serving import listening

Answer = Callable[[Any], Response]


class Hook:
    """`bodies` are what came, `headers` how; `status` and `answer` are what it says; `silent` lets them wait."""

    def __init__(self) -> None:
        self.url = "https://gateway"
        self.app = Starlette(routes=[Route("/{path:path}", self.take, methods=["POST"])])
        self.raw: list[bytes] = []
        self.bodies: list[Any] = []
        self.headers: list[Mapping[str, str]] = []
        self.paths: list[str] = []
        self.status = 200
        self.answer: Answer | None = None
        self.no_retry = False
        self.awake = asyncio.Event()
        self.awake.set()

    @property
    def events(self) -> list[Any]:
        """All events of LINE that came."""
        return [event for body in self.bodies for event in body["events"]]

    async def take(self, request: Request) -> Response:
        raw = await request.body()
        self.raw.append(raw)
        self.bodies.append(_read(raw, request.headers.get("content-type", "")))
        self.headers.append(request.headers)
        self.paths.append(request.url.path)
        await self.awake.wait()
        if "challenge" in self.bodies[-1]:
            return JSONResponse({"challenge": self.bodies[-1]["challenge"]})
        if self.answer:
            return self.answer(self.bodies[-1])
        headers = {"X-Slack-No-Retry": "1"} if self.no_retry else {}
        return PlainTextResponse("", status_code=self.status, headers=headers)


def _read(raw: bytes, kind: str) -> Any:
    if "json" in kind:
        return json.loads(raw)
    fields = {name: values[0] for name, values in parse_qs(raw.decode()).items()}
    return json.loads(fields["payload"]) if "payload" in fields else fields


@asynccontextmanager
async def listening_hook() -> AsyncIterator[Hook]:
    """One that other processes can reach."""
    hook = Hook()
    async with listening(hook.app) as url:
        hook.url = url
        yield hook
