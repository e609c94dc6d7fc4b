"""Tells staff, where they look, that a person is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from api.conversations.channel import Address
from api.conversations.courier import Courier
from api.conversations.store import Store
from api.conversations.stored.alerts import Call, Tell
from api.conversations.turns import Turns

__all__ = ["Alerts", "Board", "Call"]


@dataclass(frozen=True)
class Board:
    """Where staff look: a channel of its own with a courier, and the words for a call."""

    channel: str
    address: Address
    courier: Courier
    says: Tell


class Alerts:
    """Finds calls that nobody was told of, whichever channel they came on, also those from before a crash."""

    def __init__(self, store: Store, board: Board, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._board = board
        self._clock = clock
        self._turns = Turns(self._tell, self._untold)

    def start(self) -> None:
        self._turns.start()

    async def stop(self) -> None:
        """Stop at once. Who was not told of is found after the next start."""
        await self._turns.stop()

    async def _untold(self) -> list[str]:
        return await self._store.untold_calls(self._board.channel, now=self._clock())

    async def _tell(self, conversation: str) -> None:
        await self._store.tell_of_calls(
            conversation,
            channel=self._board.channel,
            address=self._board.address,
            says=self._board.says,
            most_messages=self._board.courier.most_messages,
            now=self._clock(),
        )
