"""A right to answer that goes stale is spent on a button, and the button brings the answer."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest_asyncio
from starlette.responses import Response

from api.bot import Button
from api.conversations.courier import COLLECT
from api.conversations.service import Conversations
from api.errors import TicketRefused
from api.phrases import COLLECT as WAIT
from api.phrases import COLLECT_BUTTON, COLLECT_NOT_READY, COLLECT_NOTHING, GREETING
from tests.api.conversations.couriers import Gateway, ScriptedCourier, until
from tests.api.fake_bot import FakeBot, Question, echo


@pytest_asyncio.fixture
async def gate(bot: FakeBot) -> asyncio.Event:
    """The bot answers when this is set."""
    gate = asyncio.Event()

    async def when_open(question: Question) -> Response:
        await gate.wait()
        return await echo(question)

    bot.behave = when_open
    return gate


@pytest_asyncio.fixture
async def collecting(gateway: Gateway) -> AsyncIterator[Conversations]:
    gateway.courier = ScriptedCourier(collect_after=45)
    async with gateway.running() as conversations:
        yield conversations


async def offered(gateway: Gateway, conversations: Conversations) -> None:
    """A message whose answer takes longer than its ticket lives, and what was said to it."""
    await conversations.receive(gateway.line("客が減った", ticket=gateway.ticket()))
    await until(lambda: bool(gateway.bot.asked))
    gateway.clock.put_forward(seconds=46)
    await gateway.settled("sent", "sent")


async def test_a_ticket_that_goes_stale_is_spent_on_the_button(
    gateway: Gateway, collecting: Conversations, gate: asyncio.Event
) -> None:
    await offered(gateway, collecting)

    (parcel,) = gateway.courier.parcels
    assert gateway.courier.texts == [[GREETING, WAIT]]
    assert parcel.ticket == "t1"
    assert parcel.messages[-1].buttons == (Button(COLLECT_BUTTON, COLLECT),)


async def test_the_button_brings_a_ticket_for_the_answer(
    gateway: Gateway, collecting: Conversations, gate: asyncio.Event
) -> None:
    await offered(gateway, collecting)

    await collecting.collect(gateway.notice(ticket=gateway.ticket("t2")))
    await gateway.settled("sent", "sent", "sent")
    gate.set()
    await gateway.settled("sent", "sent", "sent", "sent")

    assert gateway.courier.texts[1:] == [[COLLECT_NOT_READY], ["返事: 客が減った"]]
    assert [parcel.ticket for parcel in gateway.courier.parcels] == ["t1", "t2", None]


async def test_pressed_as_a_button_it_is_no_message(
    gateway: Gateway, collecting: Conversations, gate: asyncio.Event
) -> None:
    await offered(gateway, collecting)
    pressed = gateway.line(COLLECT_BUTTON, payload=COLLECT, ticket=gateway.ticket("t2"))

    first, again = await collecting.receive(pressed), await collecting.receive(pressed)
    await gateway.settled("sent", "sent", "sent")

    assert (first.is_new, again.is_new) == (True, False)
    assert gateway.rows("SELECT text FROM messages WHERE author = 'visitor'") == [("客が減った",)]
    assert gateway.bot.asked == ["客が減った"]


async def test_pressed_after_all_was_delivered_it_says_so(
    gateway: Gateway, collecting: Conversations
) -> None:
    await collecting.receive(gateway.line("客が減った", ticket=gateway.ticket()))
    await gateway.settled("sent")

    await collecting.collect(gateway.notice(ticket=gateway.ticket("t2")))
    await gateway.settled("sent", "sent")

    assert gateway.courier.texts[1] == [COLLECT_NOTHING]


async def test_a_line_that_is_worth_a_ticket_alone_is_dropped_without_one(
    gateway: Gateway, collecting: Conversations, gate: asyncio.Event
) -> None:
    gateway.courier.outcomes = [TicketRefused()]
    await collecting.receive(gateway.line("客が減った", ticket=gateway.ticket()))
    await until(lambda: bool(gateway.bot.asked))
    gateway.clock.put_forward(seconds=46)

    await gateway.settled("sent", "cancelled")

    assert gateway.courier.texts == [[GREETING, WAIT], [GREETING]]


async def test_a_ticket_that_nobody_waits_for_is_kept(gateway: Gateway, collecting: Conversations) -> None:
    receipt = await collecting.receive(gateway.line("客が減った"))
    await gateway.settled("sent")
    await collecting.move(receipt.conversation, "take")
    await collecting.receive(gateway.line("もしもし", ticket=gateway.ticket(age=44)))
    await until(lambda: gateway.rows("SELECT 1 FROM messages WHERE state = 'for_staff'") != [])
    gateway.clock.put_forward(seconds=2)

    stale = await collecting.store.stale_tickets("test", now=gateway.clock(), after=timedelta(seconds=45))

    assert stale == []
    assert gateway.rows("SELECT token FROM tickets") == [("t1",)]


async def test_who_presses_it_without_a_conversation_is_greeted(
    gateway: Gateway, collecting: Conversations
) -> None:
    await collecting.collect(gateway.notice(ticket=gateway.ticket()))
    await gateway.settled("sent")

    assert gateway.courier.texts == [[GREETING]]
