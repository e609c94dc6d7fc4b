"""A bot that really listens: it answers, waits, fails, talks nonsense, goes away and comes back."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tests.api.serving import free_port, listening

Question = dict[str, Any]
Behaviour = Callable[[Question], Awaitable[Response]]


def answer(question: Question, *texts: str, **more: Any) -> dict[str, Any]:
    """An answer of the agreed shape."""
    return {
        "message": question["message"],
        "replies": [{"text": text, "buttons": [], "desks": []} for text in texts],
        "understood": {
            "kind": "trouble",
            "intent": "sales_decline",
            "topics": ["sales_decline"],
            "subtopic": "S4",
            "urgent": False,
            "municipality": "板橋区",
            "confidence": 0.93,
        },
        "slots": {"municipality": "板橋区"},
        "referral": None,
        "handoff": None,
        **more,
    }


async def echo(question: Question) -> Response:
    return JSONResponse(answer(question, f"返事: {question['text']}"))


def saying(*replies: dict[str, Any], **more: Any) -> Behaviour:
    """Give these replies to whatever is asked."""

    async def behave(question: Question) -> Response:
        return JSONResponse(answer(question, **{"replies": list(replies), **more}))

    return behave


class Obedient:
    """Remembers of each conversation whether it is to speak plainly, as the real bot does, and shows a desk."""

    def __init__(self) -> None:
        self.plain: dict[str, bool] = {}

    async def __call__(self, question: Question) -> Response:
        here = question["conversation"]
        wishes = {"/speak_plainly": True, "/speak_normally": False}
        self.plain[here] = wishes.get(question["payload"], self.plain.get(here, False))
        text = f"返事: {question['text']}"
        shown = {"text": text, "buttons": [], "desks": ["kosha"], "plain": self.plain[here]}
        slots = {"plain": self.plain[here]}
        return JSONResponse(answer(question, replies=[{**shown, "desks": []}, shown], slots=slots))


def raw(content: str, status: int = 200) -> Behaviour:
    """Answer with this, whatever it is."""

    async def behave(_: Question) -> Response:
        return PlainTextResponse(content, status_code=status)

    return behave


def late(seconds: float) -> Behaviour:
    """Answer, but only after a while."""

    async def behave(question: Question) -> Response:
        await asyncio.sleep(seconds)
        return await echo(question)

    return behave


class FakeBot:
    """What it was asked stands in `questions`, in order of arrival."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.questions: list[Question] = []
        self.behave: Behaviour = echo
        self._running: AsyncExitStack | None = None
        self._app = Starlette(
            routes=[
                Route("/webhooks/madoguchi/answer", self._answer, methods=["POST"]),
                Route("/webhooks/madoguchi/health", self._health),
            ]
        )

    @property
    def asked(self) -> list[str]:
        return [question["text"] for question in self.questions]

    async def start(self) -> None:
        self._running = AsyncExitStack()
        await self._running.enter_async_context(listening(self._app, port=self.port))

    async def stop(self) -> None:
        if self._running:
            await self._running.aclose()
        self._running = None

    async def _answer(self, request: Request) -> Response:
        question = await request.json()
        self.questions.append(question)
        return await self.behave(question)

    async def _health(self, _: Request) -> Response:
        return JSONResponse({"status": "ok"})


CONTRACT = Path("tests/contract/answer.json")


def contract() -> dict[str, Any]:
    """The wire as both sides have agreed on it."""
    agreed: dict[str, Any] = json.loads(CONTRACT.read_text("utf-8"))
    return agreed
