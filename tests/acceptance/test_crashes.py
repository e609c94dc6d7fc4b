"""Nothing is lost: kill any one process in the middle of 50 conversations."""

import asyncio
from itertools import groupby
from typing import Any

import httpx2
import pytest

from tests.acceptance.conftest import RunningHouse
from tests.acceptance.visitor import Visitor

pytestmark = pytest.mark.acceptance

CONVERSATIONS = 50
TURNS = ("売上が落ちて困っています", "板橋です", "電話番号は?", "ほかには?")


async def converse(client: httpx2.AsyncClient, number: int) -> list[dict[str, Any]]:
    """One visitor: all four messages; returns the whole conversation."""
    await asyncio.sleep(number * 0.05)
    visitor = Visitor(client)
    await visitor.arrive()
    for turn in TURNS:
        last = await visitor.say(turn)
        await asyncio.sleep(0.3)
    await visitor.answers(last)
    return visitor.seen


@pytest.mark.parametrize("victim", ["actions", "bot", "gateway"])
async def test_every_message_gets_exactly_one_answer_in_order(house: RunningHouse, victim: str) -> None:
    async with httpx2.AsyncClient(
        base_url=house.address, timeout=30, limits=httpx2.Limits(max_connections=60)
    ) as client:
        talks = [asyncio.create_task(converse(client, number)) for number in range(CONVERSATIONS)]
        await asyncio.sleep(1.5)
        house.kill(victim)
        conversations = await asyncio.gather(*talks)

    for messages in conversations:
        assert_answered_once_and_in_order(messages)


def assert_answered_once_and_in_order(messages: list[dict[str, Any]]) -> None:
    sent = [message["sequence"] for message in messages if message["author"] == "visitor"]
    replies = [message for message in messages if message["reply_to"] is not None]
    assert len(sent) == len(TURNS)
    assert [message["text"] for message in messages if message["author"] == "visitor"] == list(TURNS)
    answered = [number for number, _ in groupby(reply["reply_to"] for reply in replies)]
    assert answered == sent, "one run of bubbles for each message, in the order of the messages"
    for _, bubbles in groupby(replies, key=lambda reply: reply["reply_to"]):
        texts = [bubble["text"] for bubble in bubbles]
        assert len(texts) == len(set(texts)), "no bubble is said twice in one answer"
