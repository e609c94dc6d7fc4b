"""Conversations with a visitor who has no page open."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from api.config import Settings
from api.conversations.service import Conversations
from tests.api.conversations.couriers import Gateway
from tests.api.fake_bot import FakeBot


@pytest.fixture
def gateway(settings: Settings, bot: FakeBot) -> Iterator[Gateway]:
    """Its database is open, but nothing runs yet."""
    gateway = Gateway(settings, bot)
    gateway.database.open()
    yield gateway
    gateway.database.close()


@pytest_asyncio.fixture
async def couriered(gateway: Gateway) -> AsyncIterator[Conversations]:
    async with gateway.running() as conversations:
        yield conversations
