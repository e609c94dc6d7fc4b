"""A visitor who talks to a served Madoguchi over HTTP, as the page does."""

import asyncio
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx2

ANSWER_SECONDS = 90.0


@dataclass
class Visitor:
    """Sends until the message is accepted, with the same id; reads what came back."""

    client: httpx2.AsyncClient
    token: str = ""
    seen: list[dict[str, Any]] = field(default_factory=list)

    async def arrive(self) -> None:
        answer = await self._patiently("POST", "/api/chat/sessions")
        self.token = answer["token"]

    async def say(self, text: str) -> int:
        """Send; returns the sequence of the message."""
        body = {"id": uuid.uuid4().hex, "text": text}
        return int((await self._patiently("POST", "/api/chat/messages", body))["sequence"])

    async def press(self, title: str) -> int:
        """Press a button of the newest bot message."""
        buttons = [
            button for message in self.seen for button in message["buttons"] if button["title"] == title
        ]
        body = {"id": uuid.uuid4().hex, "button": buttons[-1]["id"]}
        return int((await self._patiently("POST", "/api/chat/messages", body))["sequence"])

    async def answers(self, to: int) -> list[dict[str, Any]]:
        """The bubbles that answer this message, once they are there."""
        async with asyncio.timeout(ANSWER_SECONDS):
            while True:
                self.seen = (await self._patiently("GET", "/api/chat/messages?after=0"))["messages"]
                found = [message for message in self.seen if message["reply_to"] == to]
                if found:
                    return found
                await asyncio.sleep(0.1)

    async def ask(self, text: str) -> list[dict[str, Any]]:
        return await self.answers(await self.say(text))

    async def _patiently(self, method: str, path: str, body: dict[str, str] | None = None) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        async with asyncio.timeout(ANSWER_SECONDS):
            while True:
                try:
                    answer = await self.client.request(method, path, json=body, headers=headers)
                except httpx2.TransportError:
                    await asyncio.sleep(0.3)
                    continue
                assert answer.status_code < 300, answer.text
                return answer.json()
