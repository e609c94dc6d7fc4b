"""Watchers hear each ring once, and no ring falls between two waits."""

import asyncio

import pytest

from api.conversations.live import Live


async def test_a_ring_before_the_wait_is_heard_once() -> None:
    live = Live()
    with live.watch("a") as watch:
        live.tell("a")
        live.tell("a")
        await watch.wait()

        with pytest.raises(TimeoutError):
            await asyncio.wait_for(watch.wait(), 0.02)


async def test_only_those_who_watch_this_conversation_hear_it() -> None:
    live = Live()
    with live.watch("a"), live.watch("b") as other:
        live.tell("a")

        with pytest.raises(TimeoutError):
            await asyncio.wait_for(other.wait(), 0.02)


async def test_who_comes_while_the_bot_types_sees_it() -> None:
    live = Live()
    live.type("a", True)

    with live.watch("a") as watch:
        assert watch.is_typing
        live.type("a", False)
        await watch.wait()
        assert not watch.is_typing
