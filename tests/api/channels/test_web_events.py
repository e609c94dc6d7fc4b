"""The web channel's stream of events, over a connection that really streams."""

import asyncio
from collections.abc import AsyncIterator

import httpx2
import pytest_asyncio

from api.app import create_app
from api.config import Settings
from tests.api.fake_bot import FakeBot, late
from tests.api.serving import listening
from tests.api.visitor import Visitor


@pytest_asyncio.fixture
async def client(settings: Settings) -> AsyncIterator[httpx2.AsyncClient]:
    async with (
        listening(create_app(settings)) as url,
        httpx2.AsyncClient(base_url=url, trust_env=False) as client,
    ):
        yield client


async def test_the_stream_begins_with_what_is_there_and_goes_on(visitor: Visitor) -> None:
    async with visitor.events() as events:
        assert (await anext(events))[2] == visitor.greeting[0]

        await visitor.say("やあ", id="a")
        news = [await anext(events) for _ in range(4)]

    messages = [data for name, _, data in news if name == "message"]
    assert [(message["author"], message["text"]) for message in messages] == [
        ("visitor", "やあ"),
        ("bot", "返事: やあ"),
    ]
    assert [(name, data) for name, _, data in news if name == "typing"] == [
        ("typing", {"on": True}),
        ("typing", {"on": False}),
    ]


async def test_the_bot_types_while_it_thinks(visitor: Visitor, bot: FakeBot) -> None:
    bot.behave = late(0.3)
    async with visitor.events(params={"after": 1}) as events:
        await visitor.say("やあ")
        names = [(name, id) for name, id, _ in [await anext(events) for _ in range(4)]]

    assert [name for name, _ in names] == ["message", "typing", "message", "typing"]
    assert [id for name, id in names if name == "message"] == ["2", "3"]


async def test_a_stream_resumes_without_loss_or_double(visitor: Visitor) -> None:
    seen: list[int] = []
    sending = asyncio.create_task(say_many(visitor, 40))
    while len(seen) < 81:
        headers = {"Last-Event-ID": str(seen[-1])} if seen else {}
        async with visitor.events(headers=headers) as events:
            batch = 0
            async for name, _, data in events:
                if name == "message":
                    seen.append(data["sequence"])
                    batch += 1
                if batch == 7 or len(seen) == 81:
                    break
    await sending

    assert seen == list(range(1, 82))


async def test_the_last_event_id_wins_over_the_address(visitor: Visitor) -> None:
    await visitor.answers(await visitor.say("やあ"))

    async with visitor.events(params={"after": 0}, headers={"Last-Event-ID": "2"}) as events:
        assert (await anext(events))[1] == "3"


async def test_two_pages_of_one_conversation_see_the_same(visitor: Visitor) -> None:
    async with visitor.events(params={"after": 1}) as one, visitor.events(params={"after": 1}) as other:
        await visitor.say("やあ")
        for events in (one, other):
            texts = [
                data["text"] for name, _, data in [await anext(events) for _ in range(4)] if name == "message"
            ]
            assert texts == ["やあ", "返事: やあ"]


async def say_many(visitor: Visitor, many: int) -> None:
    for number in range(many):
        await visitor.say(str(number))
