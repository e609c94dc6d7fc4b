"""The form of a conversation on a platform: its clock can be put forward, and what is delivered is noted."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import httpx2
import pytest
import pytest_asyncio
from fastapi import FastAPI

from api.config import Settings
from api.conversations.channel import Inbound
from api.conversations.service import Conversations
from api.form.links import PAUSE, links
from api.form.pages import Form
from tests.api.conversations.couriers import CHANNEL, Gateway
from tests.api.fake_bot import FakeBot

HOME = "https://madoguchi.example.jp"
FILLED = {
    "company": "山田製作所",
    "name": "山田",
    "phone": "03-1234-5678",
    "mail": "",
    "hours": "平日の午後",
    "text": "部品の代金を払ってもらえません。",
    "consent": "yes",
}


@dataclass(frozen=True)
class House:
    """One gateway, and a browser before it."""

    gateway: Gateway
    conversations: Conversations
    browser: httpx2.AsyncClient

    async def path(self, *, is_plain: bool = False) -> str:
        """Where the form stands for a conversation that has just begun."""
        sender = "U1"
        if is_plain:
            await self.conversations.open(CHANNEL, sender, is_plain=True)
        receipt = await self.conversations.receive(
            Inbound(CHANNEL, sender, self.gateway.event(), "払われない")
        )
        link = links(self.conversations.store, HOME, self.gateway.clock)
        assert link
        self.gateway.clock.put_forward(seconds=PAUSE.total_seconds() + 1)
        address = await link(receipt.conversation)
        assert address
        return address.removeprefix(HOME)

    @property
    def delivered(self) -> list[str]:
        """All lines that reached the visitor on the platform."""
        return [text for texts in self.gateway.courier.texts for text in texts]

    @property
    def details(self) -> list[tuple[str | None, ...]]:
        """What was entrusted to us, row by row."""
        return self.gateway.rows("SELECT company, name, phone, mail, hours, text, source FROM details")


@pytest.fixture
def gateway(settings: Settings, bot: FakeBot) -> Iterator[Gateway]:
    gateway = Gateway(settings, bot)
    gateway.database.open()
    yield gateway
    gateway.database.close()


@pytest_asyncio.fixture
async def house(gateway: Gateway) -> AsyncIterator[House]:
    async with gateway.running() as conversations:
        app = FastAPI()
        app.include_router(Form(conversations, gateway.clock).router)
        async with httpx2.AsyncClient(base_url=HOME, transport=httpx2.ASGITransport(app)) as browser:
            yield House(gateway, conversations, browser)
