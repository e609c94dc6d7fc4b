"""What is read out of the log: the turns that the bot answered, and what it reported with its answers."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from api.bot import Answer, Handoff, Referral, Reply, Understood
from api.conversations.channel import Inbound
from api.conversations.fallback import answer_without_bot
from api.conversations.store import Store
from api.conversations.transcript import Transcript, Turn, read, read_log
from api.db import Database
from knowledge.desks import find_desk

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
CONTRACT = Path(__file__).parents[1] / "contract" / "answer.json"
NOTHING_KNOWN: dict[str, Any] = {
    "municipality": None,
    "topics": [],
    "urgent": False,
    "handoff": None,
    "asking": "",
    "offered": [],
}
CHAMBER = "東京商工会議所 板橋支部"
YOROZU = "東京都よろず支援拠点"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    database = Database(f"sqlite:///{tmp_path}/madoguchi.sqlite")
    database.open()
    yield Store(database)
    database.close()


class Log:
    """One visitor's conversation, kept by the store's own functions."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._number = 0
        self.id = ""

    async def say(self, text: str, payload: str | None = None) -> None:
        self._number += 1
        inbound = Inbound("test", "visitor-1", f"e{self._number}", text, payload)
        self.id = (await self._store.append(inbound, Reply(text="こんにちは"), now=NOW)).conversation

    async def turn(self, text: str, *desks: str, payload: str | None = None, **slots: object) -> None:
        """A message and the bot's answer to it, which offers these desks anew."""
        await self.say(text, payload)
        await self.answer(reported(*desks, **slots))

    async def answer(self, answer: Answer) -> None:
        turn = await self._store.take_turn(self.id, now=NOW, lease=timedelta(minutes=1))
        assert turn
        await self._store.finish_turn(turn, answer, now=NOW)

    async def read(self) -> Transcript:
        found = await read(self._store, self.id)
        assert found
        return found


def reported(*desks: str, **slots: object) -> Answer:
    """An answer as the bot gives it: with what it understood and what it remembers."""
    return Answer(
        message="m",
        replies=(Reply(text="はい"),),
        understood=Understood(kind="topic", intent=None),
        slots={**NOTHING_KNOWN, "offered": list(desks), **slots},
        referral=Referral(desks, "身近だからです。", "S4") if desks else None,
    )


@pytest.fixture
def log(store: Store) -> Log:
    return Log(store)


async def test_what_was_said_and_reported_becomes_turns_and_an_end(log: Log) -> None:
    await log.turn("客が来ません", asking="place", topics=["sales_decline"])
    await log.turn(
        "板橋です", "tokyo-cci-itabashi", "yorozu", municipality="板橋区", topics=["sales_decline"]
    )
    await log.turn(
        "電話は?",
        offered=["tokyo-cci-itabashi", "yorozu"],
        municipality="板橋区",
        topics=["sales_decline"],
        asking="party",
    )

    found = await log.read()

    assert found.turns == (
        Turn("客が来ません", None, None),
        Turn("板橋です", CHAMBER, None),
        Turn("電話は?", None, "party"),
    )
    assert found.ends == {
        "municipality": "板橋区",
        "topics": ["sales_decline"],
        "urgent": False,
        "handoff": False,
    }


async def test_a_desk_that_stays_first_is_expected_once(log: Log) -> None:
    for text in ("板橋です", "もう一度"):
        await log.turn(text, "tokyo-cci-itabashi")
    await log.turn("ほかは?", "yorozu")

    assert [turn.first for turn in (await log.read()).turns] == [CHAMBER, None, YOROZU]


async def test_a_desk_that_has_left_the_tables_is_not_expected(log: Log) -> None:
    await log.turn("板橋です", "closed-long-ago")

    assert (await log.read()).turns[0].first is None


async def test_what_was_answered_together_is_one_turn(log: Log, store: Store) -> None:
    for number, text in enumerate(("客が", "減った")):
        inbound = Inbound("test", "visitor-1", f"b{number}", text)
        receipt = await store.append(inbound, Reply(text="こんにちは"), now=NOW, is_alone=False)
    log.id = receipt.conversation
    await log.answer(reported("yorozu"))

    found = await log.read()

    assert found.turns == (Turn("客が\n減った", YOROZU, ""),)
    assert found.by_fallback == ()


async def test_a_pressed_button_is_said_by_its_title(log: Log) -> None:
    await log.turn("人手が足りない", payload="/staffing", asking="place")

    assert (await log.read()).turns == (Turn("人手が足りない", None, "place"),)


async def test_that_no_question_stands_open_is_told_from_not_knowing(log: Log) -> None:
    for text in ("板橋です", "はい"):
        await log.turn(text)

    assert [turn.asks for turn in (await log.read()).turns] == [None, ""]


async def test_what_was_forgotten_in_a_new_beginning_is_not_expected(log: Log) -> None:
    await log.turn("板橋です", "yorozu", municipality="板橋区", urgent=True, handoff="requested")
    await log.turn("最初から", handoff="requested")

    found = (await log.read()).ends

    assert found == {"municipality": None, "topics": [], "urgent": False, "handoff": True}


async def test_what_staff_or_the_fallback_took_or_nobody_answered_is_left_out(log: Log, store: Store) -> None:
    await log.turn("こんにちは", asking="topic")
    for text in ("売上が減った", "死にたい"):  # the second is answered by the card alone
        await log.say(text)
        await log.answer(answer_without_bot("m", text, is_plain=False))
    await log.say("聞こえますか")
    await store.move(log.id, "take")
    await store.take_turn(log.id, now=NOW, lease=timedelta(minutes=1))
    await store.move(log.id, "release")
    await log.say("まだですか")

    found = await log.read()

    assert found.turns == (Turn("こんにちは", None, "topic"),)
    assert (len(found.by_fallback), len(found.by_staff), len(found.unanswered)) == (2, 1, 1)


async def test_the_failure_of_the_bot_is_no_handoff_of_its_own(log: Log) -> None:
    await log.turn("こんにちは")
    await log.say("売上が減った")
    await log.answer(Answer(message="m", replies=(Reply(text="いません"),), handoff=Handoff("bot_failure")))

    assert (await log.read()).ends["handoff"] is False


async def test_an_unknown_conversation_is_none(store: Store) -> None:
    assert await read(store, "nobody") is None


def test_a_log_in_use_is_read_as_it_is_now(log: Log, tmp_path: Path) -> None:
    asyncio.run(log.turn("板橋です", "tokyo-cci-itabashi"))

    found = read_log(tmp_path / "madoguchi.sqlite", log.id)

    assert found and found.turns == (Turn("板橋です", CHAMBER, ""),)


@pytest.mark.parametrize("name", ["answer", "followup", "question", "handoff", "emergency", "crisis"])
async def test_what_is_expected_of_an_answer_is_what_its_slots_say(log: Log, name: str) -> None:
    wire = json.loads(CONTRACT.read_text("utf-8"))
    answer = TypeAdapter(Answer).validate_python({**wire, **wire["other_answers"]}[name])
    slots = answer.slots
    assert slots
    await log.say("はい")
    await log.answer(answer)

    found = await log.read()

    first = find_desk(slots["offered"][0]).name if slots["offered"] else None
    assert found.turns == (Turn("はい", first, slots["asking"]),)
    assert found.ends == {
        "municipality": slots["municipality"],
        "topics": slots["topics"],
        "urgent": slots["urgent"],
        "handoff": bool(slots["handoff"]),
    }
