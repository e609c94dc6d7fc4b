"""The imitated platforms, each with a webhook that only listens and a client that has the token."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
import pytest_asyncio

from tests.platforms.hook import Hook
from tests.platforms.line import FakeLine
from tests.platforms.slack import FakeSlack


class Watch:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **parts: float) -> None:
        self.at += timedelta(**parts)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def hook() -> Hook:
    """Reached without a socket: nothing is tested of it."""
    return Hook()


@pytest_asyncio.fixture
async def line(hook: Hook, watch: Watch) -> AsyncIterator[FakeLine]:
    line = FakeLine(webhook=f"{hook.url}/line", clock=watch, transport=httpx2.ASGITransport(hook.app))
    await line.start()
    yield line
    await line.stop()


@pytest_asyncio.fixture
async def bot(line: FakeLine) -> AsyncIterator[httpx2.AsyncClient]:
    """The bot's side of LINE."""
    headers = {"Authorization": f"Bearer {line.token}"}
    async with httpx2.AsyncClient(base_url=line.url, headers=headers) as client:
        yield client


@pytest_asyncio.fixture
async def slack(hook: Hook, watch: Watch) -> AsyncIterator[FakeSlack]:
    slack = FakeSlack(gateway=f"{hook.url}/slack", clock=watch, transport=httpx2.ASGITransport(hook.app))
    await slack.start()
    yield slack
    await slack.stop()


@pytest_asyncio.fixture
async def app(slack: FakeSlack) -> AsyncIterator[httpx2.AsyncClient]:
    """The bot's side of Slack."""
    headers = {"Authorization": f"Bearer {slack.token}"}
    async with httpx2.AsyncClient(base_url=f"{slack.api}/", headers=headers) as client:
        yield client
