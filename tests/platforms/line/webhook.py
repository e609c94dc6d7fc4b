"""Sends events to the webhook as LINE does: signed, given up after two seconds, and again if it is so switched."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import httpx2

from tests.platforms.line.events import Event
from tests.platforms.platform import Platform

PATIENCE = 2.0  # seconds that LINE waits for an answer


class Webhook:
    """`redelivery`: after how many seconds what was not taken is sent again, each time; empty switches it off."""

    def __init__(self, platform: Platform, url: str, secret: str, *, bot: str) -> None:
        self.url = url
        self.is_active = True
        self.redelivery: Sequence[float] = ()
        self.sent: list[Event] = []
        self.held: list[Event] | None = None
        self._platform = platform
        self._secret = secret
        self._bot = bot

    async def send(self, event: Event) -> Event:
        """Send an event, or put it aside while events are held."""
        if self.held is not None:
            self.held.append(event)
            return event
        (sent,) = await self.deliver(event)
        if not sent.is_kept and self.redelivery:
            self._platform.later(self._redeliver(sent))
        return sent

    async def deliver(self, *events: Event, signature: str | None = None) -> list[Event]:
        """Send these events in one call. Gives them with the webhook's answer."""
        status = await self.post([event.body for event in events], signature=signature)
        sent = [replace(event, status=status) for event in events]
        self.sent.extend(sent)
        self._platform.changed()
        return sent

    async def post(self, events: list[dict[str, Any]], *, signature: str | None = None) -> int | None:
        """Post these events. Gives the status, or None if nobody answered in time."""
        raw = json.dumps({"destination": self._bot, "events": events}, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "LineBotWebhook/2.0",
            "x-line-signature": self.signature(raw) if signature is None else signature,
        }
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await self._platform.client.post(self.url, content=raw, headers=headers)
        except (httpx2.HTTPError, TimeoutError):
            return None
        return answer.status_code

    def signature(self, raw: bytes) -> str:
        digest = hmac.new(self._secret.encode(), raw, hashlib.sha256).digest()
        return base64.b64encode(digest).decode()

    async def _redeliver(self, event: Event) -> None:
        for pause in self.redelivery:
            await asyncio.sleep(pause)
            (sent,) = await self.deliver(event.again())
            if sent.is_kept:
                return
