"""A conversation is seen to as often as it was woken, and never twice at once."""

import asyncio

from api.conversations.turns import SWEEP, Turns
from api.errors import DatabaseUnavailable


class Work:
    """Answers that take as long as we let them."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.gate = asyncio.Event()
        self.waiting: list[str] = []
        self.fails = 0

    async def answer(self, conversation: str) -> None:
        self.begun.append(conversation)
        if self.fails:
            self.fails -= 1
            raise ZeroDivisionError
        await self.gate.wait()

    async def list_waiting(self) -> list[str]:
        return self.waiting


async def test_a_wake_during_an_answer_is_not_lost() -> None:
    work = Work()
    turns = Turns(work.answer, work.list_waiting)
    turns.wake("a")
    await asyncio.sleep(0)

    turns.wake("a")
    turns.wake("a")
    assert work.begun == ["a"]
    work.gate.set()
    await asyncio.sleep(0.01)

    assert work.begun == ["a", "a"]


async def test_conversations_are_seen_to_side_by_side() -> None:
    work = Work()
    turns = Turns(work.answer, work.list_waiting)

    turns.wake("a")
    turns.wake("b")
    await asyncio.sleep(0)

    assert work.begun == ["a", "b"]
    await turns.stop()


async def test_the_sweep_finds_what_nobody_woke_and_survives_trouble() -> None:
    work = Work()
    troubles = [DatabaseUnavailable(), None]

    async def waiting() -> list[str]:
        if trouble := troubles.pop(0) if troubles else None:
            raise trouble
        return ["a"]

    turns = Turns(work.answer, waiting)
    turns.start()
    await asyncio.sleep(0.1)
    assert work.begun == []
    await asyncio.sleep(SWEEP)

    assert work.begun == ["a"]
    await turns.stop()


async def test_a_turn_that_breaks_is_taken_up_again_by_the_sweep() -> None:
    work = Work()
    work.fails, work.waiting = 1, ["a"]
    turns = Turns(work.answer, work.list_waiting)
    turns.start()
    await asyncio.sleep(SWEEP + 0.2)

    assert work.begun == ["a", "a"]
    await turns.stop()
