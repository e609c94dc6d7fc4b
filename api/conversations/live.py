"""Wakes those who watch a conversation. It carries no messages: they are read from the store."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Typing:
    """The bot began to work on an answer, or stopped."""

    on: bool


class Watch:
    """One watcher's bell. A ring between two waits is not missed."""

    def __init__(self, *, is_typing: bool) -> None:
        self.is_typing = is_typing
        self._bell = asyncio.Event()

    def ring(self) -> None:
        self._bell.set()

    async def wait(self) -> None:
        """Wait for the next ring, or return at once if there was one since the last wait."""
        await self._bell.wait()
        self._bell.clear()


class Live:
    """Who watches which conversation in this process, and where the bot is thinking."""

    def __init__(self) -> None:
        self._watches: dict[str, set[Watch]] = {}
        self._typing: set[str] = set()

    @contextmanager
    def watch(self, conversation: str) -> Iterator[Watch]:
        """Watch a conversation. Begin before the first read, so that nothing falls between the two."""
        watch = Watch(is_typing=conversation in self._typing)
        watches = self._watches.setdefault(conversation, set())
        watches.add(watch)
        try:
            yield watch
        finally:
            watches.discard(watch)
            if not watches and self._watches.get(conversation) is watches:
                del self._watches[conversation]

    def tell(self, conversation: str) -> None:
        """Say that there is something new to read."""
        for watch in self._watches.get(conversation, ()):
            watch.ring()

    def type(self, conversation: str, is_typing: bool) -> None:
        """Say whether the bot is working on an answer."""
        if is_typing:
            self._typing.add(conversation)
        else:
            self._typing.discard(conversation)
        for watch in self._watches.get(conversation, ()):
            watch.is_typing = is_typing
            watch.ring()
