"""Whether the process lives, and whether it can do its work."""

import asyncio
from http import HTTPStatus

from fastapi import APIRouter, Response

from api.bot import Bot
from api.conversations.store import Store
from api.errors import DatabaseUnavailable

PATIENCE = 2.0  # seconds


class Health:
    """The two questions of whoever watches over the processes."""

    def __init__(self, store: Store, bot: Bot) -> None:
        self._store = store
        self._bot = bot
        self.router = APIRouter(tags=["health"])
        self.router.get("/healthz")(self.is_alive)
        self.router.get("/readyz")(self.is_ready)

    async def is_alive(self) -> dict[str, str]:
        """The process lives."""
        return {"status": "ok"}

    async def is_ready(self, response: Response) -> dict[str, str]:
        """Messages can be kept, and the bot can answer them. 503 if not; the word says which."""
        database, bot = await asyncio.gather(self._is_writable(), self._bot.is_ready())
        if not (database and bot):
            response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        return {"database": _word(database), "bot": _word(bot)}

    async def _is_writable(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._store.probe()
        except (DatabaseUnavailable, TimeoutError):
            return False
        return True


def _word(is_well: bool) -> str:
    return "ok" if is_well else "unavailable"
