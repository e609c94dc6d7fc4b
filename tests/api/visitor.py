"""A visitor's page, without the page."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import httpx2

Shown = dict[str, Any]


class Visitor:
    """One conversation as its page sees it."""

    def __init__(self, client: httpx2.AsyncClient, token: str, greeting: list[Shown]) -> None:
        self.client = client
        self.token = token
        self.greeting = greeting
        self.headers = {"Authorization": f"Bearer {token}"}
        self._ids = count(1)

    @classmethod
    async def arrive(cls, client: httpx2.AsyncClient, *, is_plain: bool = False) -> "Visitor":
        response = await client.post("/api/chat/sessions", json={"plain": True} if is_plain else None)
        assert response.status_code == 201, response.text
        session = response.json()
        return cls(client, session["token"], session["messages"])

    async def post(self, body: dict[str, Any]) -> httpx2.Response:
        return await self.client.post("/api/chat/messages", json=body, headers=self.headers)

    async def say(self, text: str, id: str | None = None) -> int:
        """Send a text; gives the sequence it was kept under."""
        response = await self.post({"id": id or f"m{next(self._ids)}", "text": text})
        assert response.status_code in (200, 202), response.text
        sequence: int = response.json()["sequence"]
        return sequence

    async def messages(self, after: int = 0) -> list[Shown]:
        response = await self.client.get("/api/chat/messages", params={"after": after}, headers=self.headers)
        assert response.status_code == 200, response.text
        messages: list[Shown] = response.json()["messages"]
        return messages

    async def answers(self, sequence: int, within: float = 8.0) -> list[Shown]:
        """What was answered to this message, once anything was."""
        async with asyncio.timeout(within):
            while True:
                found = [message for message in await self.messages() if message["reply_to"] == sequence]
                if found:
                    return found
                await asyncio.sleep(0.05)

    @asynccontextmanager
    async def events(self, **options: Any) -> AsyncIterator[AsyncIterator[tuple[str, str, Any]]]:
        """The stream of events: name, id, data."""
        headers = {**self.headers, **options.pop("headers", {})}
        async with self.client.sse("/api/chat/events", headers=headers, timeout=10, **options) as source:
            yield ((event.event, event.id, json.loads(event.data)) async for event in source)
