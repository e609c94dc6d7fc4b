"""A gateway, and a bot that really listens."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio

from api.app import create_app
from api.config import Settings
from tests.api.fake_bot import FakeBot
from tests.api.visitor import Visitor


@pytest_asyncio.fixture
async def bot() -> AsyncIterator[FakeBot]:
    bot = FakeBot()
    await bot.start()
    yield bot
    await bot.stop()


@pytest.fixture
def settings(tmp_path: Path, bot: FakeBot) -> Settings:
    return Settings(folder=tmp_path, bot_url=bot.url, bot_timeout=1.0, bot_patience=2.0)


@pytest_asyncio.fixture
async def client(settings: Settings) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of the real application, without a socket between them. It cannot stream."""
    app = create_app(settings)
    transport = httpx2.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(base_url="http://gateway", transport=transport) as client,
    ):
        yield client


@pytest_asyncio.fixture
async def visitor(client: httpx2.AsyncClient) -> Visitor:
    return await Visitor.arrive(client)
