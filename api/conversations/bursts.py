"""Waits until a visitor who writes one thought in several messages has finished."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

QUIET = 0.5  # seconds without a message: it was the last
LONGEST = 3.0  # seconds after the first: they are answered, finished or not


@dataclass
class _Burst:
    began_at: float
    newest_at: float
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def ends_at(self) -> float:
        return min(self.newest_at + QUIET, self.began_at + LONGEST)


class Bursts:
    """Those under way in this process. One that was begun before a crash is over."""

    def __init__(self) -> None:
        self._bursts: dict[str, _Burst] = {}

    def heard(self, conversation: str, *, is_end: bool) -> None:
        """A message was kept. With `is_end` it is answered at once, and what came before it too."""
        if is_end:
            self._end(conversation)
            return
        now = asyncio.get_running_loop().time()
        self._bursts.setdefault(conversation, _Burst(now, now)).newest_at = now

    async def over(self, conversation: str) -> None:
        """Wait for the end of the burst, if there is one."""
        while burst := self._bursts.get(conversation):
            left = burst.ends_at - asyncio.get_running_loop().time()
            if left <= 0:
                self._end(conversation)
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await burst.ended.wait()

    def _end(self, conversation: str) -> None:
        if burst := self._bursts.pop(conversation, None):
            burst.ended.set()
