"""A gateway that is really served, joined with the imitated Slack."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2

from api.app import create_app
from api.config import Settings, SlackSettings
from tests.api.fake_bot import FakeBot
from tests.api.serving import free_port, listening
from tests.platforms.slack import FakeSlack, Post

ALERTS = "相談の通知"
WITHIN = 15.0  # seconds a test waits for what must come


class House:
    """A Slack workspace with our app in it, the gateway, and the bot behind. 花子 is who asks."""

    def __init__(self, settings: Settings, bot: FakeBot) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.bot = bot
        self.slack = FakeSlack(gateway=f"{self.url}/webhooks/slack")
        self.hanako = self.slack.person("花子")
        self.settings = replace(
            settings, slack=SlackSettings(self.slack.secret, self.slack.token, self.slack.api)
        )

    def with_alerts(self) -> str:
        """From the next start on, staff are told in a channel, whose id this is."""
        channel = self.slack.channel(ALERTS, self.slack.person("佐藤"))
        assert self.settings.slack
        told = replace(self.settings.slack, alerts=channel)
        self.settings = replace(self.settings, slack=told, public_url="https://madoguchi.example.jp")
        return channel

    @asynccontextmanager
    async def served(self) -> AsyncIterator[httpx2.AsyncClient]:
        """The gateway runs. Served again, it is another process to the first."""
        async with (
            listening(create_app(self.settings), port=self.port) as url,
            httpx2.AsyncClient(base_url=url) as client,
        ):
            yield client

    @property
    def direct(self) -> str:
        return self.slack.direct(self.hanako)

    async def answers(self, count: int, *, channel: str | None = None) -> list[Post]:
        return await self.slack.answers(channel or self.direct, count)

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for something that happens in the gateway, of which Slack hears nothing."""
        async with asyncio.timeout(WITHIN):
            while not is_so():
                await asyncio.sleep(0.02)

    async def last_answer(self, count: int, *, channel: str | None = None) -> Post:
        """The answer that came with so many."""
        return (await self.answers(count, channel=channel))[count - 1]

    def rows(self, query: str) -> list[Any]:
        with sqlite3.connect(Path(self.settings.folder) / "madoguchi.sqlite") as database:
            return database.execute(query).fetchall()

    @property
    def written(self) -> list[str]:
        """What stands in the record as the visitors' own."""
        return [
            text for (text,) in self.rows("SELECT text FROM messages WHERE author = 'visitor' ORDER BY at")
        ]

    @property
    def deliveries(self) -> list[str]:
        return [state for (state,) in self.rows("SELECT state FROM deliveries ORDER BY id")]


def shown(post: Post) -> str:
    """All that is read in the blocks of a message."""
    return "\n".join(_texts(post.blocks))


def _texts(part: Any) -> list[str]:
    if isinstance(part, str):
        return []
    if isinstance(part, dict):
        own = [part["text"]] if isinstance(part.get("text"), str) else []
        return own + [text for value in part.values() for text in _texts(value)]
    if isinstance(part, (list, tuple)):
        return [text for each in part for text in _texts(each)]
    return []
