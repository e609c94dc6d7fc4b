"""What we do in Slack besides answering: it may fail without harm, and nobody waits for it."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any

import structlog

from api.channels.slack_api import Place, SlackApi
from api.channels.slack_home import home
from api.channels.slack_piece import Block
from api.errors import NotDelivered

log = structlog.get_logger(__name__)


class Asides:
    """Each runs by itself."""

    def __init__(self, api: SlackApi) -> None:
        self._api = api
        self._running: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Drop what is under way."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def show_home(self, user: str) -> None:
        """Draw the home tab of this person. It is drawn anew each time they look."""
        self._begin("home", self._api.publish_home(user, home()))

    def tell_one(self, place: Place, user: str, text: str) -> None:
        """Say something that only this person sees."""
        self._begin("ephemeral", self._api.tell_one(place, user, text))

    def show_choice(self, channel: str, ts: str, text: str, blocks: Iterable[Block]) -> None:
        """Show in a message of ours what was chosen."""
        self._begin("choice", self._api.update(channel, ts, text, blocks))

    def _begin(self, what: str, call: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_tried(what, call))
        self._running.add(task)
        task.add_done_callback(self._running.discard)


async def _tried(what: str, call: Coroutine[Any, Any, None]) -> None:
    try:
        await call
    except NotDelivered as trouble:
        log.warning("slack_aside_failed", what=what, code=trouble.code)
    except Exception:
        log.exception("slack_aside_broke", what=what)
