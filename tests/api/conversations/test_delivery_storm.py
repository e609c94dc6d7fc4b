"""Against a platform that refuses, hangs up and is asked by gateways that die, each line arrives once and in order."""

import random
from collections import defaultdict

import pytest

from api.conversations.channel import Inbound
from api.conversations.courier import Parcel
from api.errors import TicketRefused, TryLater
from api.phrases import GREETING
from tests.api.conversations.couriers import CHANNEL, Gateway, ScriptedCourier, until

VISITORS = 6
LIVES = 4  # of the gateway


class Platform(ScriptedCourier):
    """Takes a ticket once and a key once, and sometimes accepts a call without saying so."""

    def __init__(self, seed: int) -> None:
        super().__init__(most_messages=3)
        self.chats: dict[str, list[str]] = defaultdict(list)
        self._spent: set[str] = set()
        self._chance = random.Random(seed)

    async def deliver(self, parcel: Parcel) -> None:
        luck = self._chance.random()
        if luck < 0.2:
            raise TryLater(after=0)
        self._accept(parcel)
        if luck < 0.4:
            raise TryLater(after=0)

    def _accept(self, parcel: Parcel) -> None:
        right = parcel.ticket or parcel.key
        if right in self._spent and parcel.ticket:
            raise TicketRefused
        if right not in self._spent:
            self._spent.add(right)
            self.chats[parcel.address["to"]] += [message.text for message in parcel.messages]


@pytest.mark.parametrize("seed", range(3))
async def test_each_line_arrives_once_and_in_order(gateway: Gateway, seed: int) -> None:
    gateway.courier = platform = Platform(seed)
    chance = random.Random(seed)
    for life in range(LIVES):
        async with gateway.running() as conversations:
            for visitor in range(VISITORS):
                sender = f"U{visitor}"
                ticket = gateway.ticket(f"{sender}-{life}") if chance.random() < 0.7 else None
                await conversations.receive(
                    Inbound(
                        CHANNEL,
                        sender,
                        gateway.event(),
                        f"{life}",
                        address={"to": sender},
                        ticket=ticket,
                        is_bursty=False,
                    )
                )
            await until(lambda: bool(platform.chats))
    async with gateway.running():
        await until(lambda: gateway.rows("SELECT 1 FROM messages WHERE state = 'waiting'") == [])
        await until(lambda: bool(gateway.states) and set(gateway.states) == {"sent"})

    expected = [GREETING, *(f"返事: {life}" for life in range(LIVES))]
    assert dict(platform.chats) == {f"U{visitor}": expected for visitor in range(VISITORS)}
