"""One task per conversation that has something to be done: to be answered, or to be delivered."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from api.errors import Trouble

SWEEP = 1.0  # seconds

log = structlog.get_logger(__name__)


class Turns:
    """Runs `work` for a conversation when woken, never twice at once for the same one.

    The sweep finds what no one woke us for: what was kept before a crash, or by another gateway.
    """

    def __init__(
        self, work: Callable[[str], Awaitable[None]], waiting: Callable[[], Awaitable[list[str]]]
    ) -> None:
        self._work = work
        self._waiting = waiting
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._woken: set[str] = set()
        self._sweeper: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._sweeper = asyncio.create_task(self._sweep())

    async def stop(self) -> None:
        """Stop at once. What is unanswered waits in the store for the next start."""
        running = [*self._tasks.values(), *([self._sweeper] if self._sweeper else [])]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def wake(self, conversation: str) -> None:
        """See to this conversation, again if it is being seen to already."""
        self._woken.add(conversation)
        if conversation not in self._tasks:
            self._tasks[conversation] = asyncio.create_task(self._run(conversation))

    async def _run(self, conversation: str) -> None:
        try:
            while conversation in self._woken:
                self._woken.discard(conversation)
                await self._work(conversation)
        except Exception:
            # It is still waiting: the sweep brings us back in a second.
            log.exception("turn_failed", conversation=conversation)
        finally:
            self._woken.discard(conversation)
            del self._tasks[conversation]

    async def _sweep(self) -> None:
        while True:
            try:
                for conversation in await self._waiting():
                    if conversation not in self._tasks:
                        self.wake(conversation)
            except Trouble as trouble:
                log.warning("sweep_failed", code=trouble.code)
            await asyncio.sleep(SWEEP)
