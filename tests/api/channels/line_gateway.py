"""A gateway that listens, joined to an imitation of LINE, and what it has written down."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from api.app import create_app
from api.config import LineSettings, Settings
from tests.api.serving import listening
from tests.platforms.line import FakeLine, group_id, user_id

HANAKO = user_id("hanako")
TARO = user_id("taro")
GROUP = group_id("the firm")
GREETED = 1  # bubbles that come before the first answer
WITHIN = 8.0  # seconds a test waits for what must come


@asynccontextmanager
async def joined(settings: Settings, line: FakeLine) -> AsyncIterator[str]:
    """A gateway that answers on this LINE. Gives its address."""
    ours = replace(settings, line=LineSettings(line.secret, line.token, line.url))
    async with listening(create_app(ours)) as url:
        line.webhook.url = f"{url}/webhooks/line"
        yield url


class Record:
    """What stands in the gateway's database."""

    def __init__(self, settings: Settings) -> None:
        self._file = settings.folder / "madoguchi.sqlite"

    def rows(self, query: str) -> list[Any]:
        with sqlite3.connect(self._file) as database:
            return database.execute(query).fetchall()

    @property
    def heard(self) -> list[str]:
        """What visitors wrote, as it is kept."""
        found = self.rows("SELECT text FROM messages WHERE author = 'visitor' ORDER BY rowid")
        return [text for (text,) in found]

    @property
    def states(self) -> list[str]:
        """How far each delivery has come."""
        return [state for (state,) in self.rows("SELECT state FROM deliveries ORDER BY id")]

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(WITHIN):
            while not is_so():
                await asyncio.sleep(0.02)

    async def settled(self) -> None:
        """Wait until nothing is on its way any more."""
        pending = "SELECT 1 FROM deliveries WHERE state = 'pending'"
        waiting = "SELECT 1 FROM messages WHERE state = 'waiting'"
        await self.until(lambda: not self.rows(pending) and not self.rows(waiting))
