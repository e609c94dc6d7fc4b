"""A courier that notes what it was given and does as it is told, a clock that can be put forward, and a gateway of both."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from api.bot import Bot
from api.config import Settings
from api.conversations.channel import Address, Inbound, Notice, Ticket
from api.conversations.courier import Parcel
from api.conversations.models import Conversation, Message
from api.conversations.service import Conversations, Patience
from api.conversations.store import Store
from api.db import Database
from tests.api.fake_bot import FakeBot

CHANNEL = "test"
ADDRESS = {"to": "U1"}
PATIENCE = Patience(timeout=5.0, unreachable=10.0)
WITHIN = 8.0  # seconds a test waits for what must come


class Clock:
    """The time of this machine, and what a test adds to it."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def put_forward(self, **by: float) -> None:
        self.ahead += timedelta(**by)


class ScriptedCourier:
    """Notes each parcel; `outcomes` are taken one by one: an exception is raised, an event waited for."""

    def __init__(self, *, most_messages: int = 5, collect_after: float | None = None) -> None:
        self.most_messages = most_messages
        self.collect_after = collect_after
        self.parcels: list[Parcel] = []
        self.typing: list[tuple[str, Address]] = []
        self.outcomes: list[Exception | asyncio.Event] = []

    async def deliver(self, parcel: Parcel) -> None:
        self.parcels.append(parcel)
        outcome = self.outcomes.pop(0) if self.outcomes else None
        if isinstance(outcome, asyncio.Event):
            await outcome.wait()
        elif outcome:
            raise outcome

    async def show_typing(self, conversation: Conversation, address: Address) -> None:
        self.typing.append((conversation.id, address))

    @property
    def texts(self) -> list[list[str]]:
        """What stood in each parcel."""
        return [[message.text for message in parcel.messages] for parcel in self.parcels]

    async def called(self, times: int) -> None:
        """Wait until so many parcels were given to it."""
        await until(lambda: len(self.parcels) >= times)


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(WITHIN):
        while not is_so():
            await asyncio.sleep(0.01)


class Gateway:
    """Conversations on one database file. Started again, they are another process to the first."""

    day = timedelta(days=1)

    def __init__(self, settings: Settings, bot: FakeBot) -> None:
        self.settings = settings
        self.bot = bot
        self.clock = Clock()
        self.courier = ScriptedCourier()
        self.database = Database(settings.database)
        self._events = 0

    @asynccontextmanager
    async def running(self, **options: Any) -> AsyncIterator[Conversations]:
        async with Bot(self.bot.url) as client:
            couriers = {CHANNEL: self.courier}
            conversations = Conversations(
                Store(self.database), client, PATIENCE, self.clock, couriers, **options
            )
            await conversations.start()
            try:
                yield conversations
            finally:
                await conversations.stop()

    def line(self, text: str, **more: Any) -> Inbound:
        """A message of the one visitor, with an event of its own."""
        return Inbound(CHANNEL, "U1", self.event(), text, **{"address": ADDRESS, **more})

    def notice(self, **more: Any) -> Notice:
        return Notice(CHANNEL, "U1", self.event(), **{"address": ADDRESS, **more})

    def event(self) -> str:
        self._events += 1
        return f"e{self._events}"

    def ticket(self, token: str = "t1", *, age: float = 0.0) -> Ticket:
        return Ticket(token, self.clock() - timedelta(seconds=age))

    def hashed(self, token: str) -> str:
        return sha256(token.encode()).hexdigest()

    def rows(self, query: str) -> list[Any]:
        with sqlite3.connect(self.settings.folder / "madoguchi.sqlite") as database:
            return database.execute(query).fetchall()

    @property
    def states(self) -> list[str]:
        """How far each delivery has come."""
        return [state for (state,) in self.rows("SELECT state FROM deliveries ORDER BY id")]

    async def settled(self, *states: str) -> None:
        """Wait until the deliveries stand so."""
        await until(lambda: self.states == list(states))


async def lines(conversations: Conversations, conversation: str, *, after: int = 0) -> list[Message]:
    return await conversations.store.messages(conversation, after=after)
