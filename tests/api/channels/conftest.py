"""A gateway on the imitated platforms."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from api.config import Settings
from tests.api.channels.line_gateway import Record, joined
from tests.api.channels.slack_house import House
from tests.api.fake_bot import FakeBot
from tests.platforms.line import FakeLine


@pytest_asyncio.fixture
async def line(settings: Settings) -> AsyncIterator[FakeLine]:
    """LINE, with a gateway behind its webhook. It ends without a call that LINE would have refused."""
    line = FakeLine()
    await line.start()
    async with joined(settings, line):
        yield line
    await line.stop()
    assert line.refused == []


@pytest.fixture
def record(settings: Settings) -> Record:
    return Record(settings)


@pytest_asyncio.fixture
async def workspace(settings: Settings, bot: FakeBot) -> AsyncIterator[House]:
    """Slack, with a gateway that is not served yet. It ends without a call that Slack would have refused."""
    house = House(settings, bot)
    await house.slack.start()
    yield house
    await house.slack.stop()
    assert house.slack.refused == []


@pytest_asyncio.fixture
async def house(workspace: House) -> AsyncIterator[House]:
    """The same, served."""
    async with workspace.served():
        yield workspace
