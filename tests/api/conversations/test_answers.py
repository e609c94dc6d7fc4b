"""What is answered when the bot is well, ill, away, or silenced."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio
from starlette.responses import JSONResponse, Response

from api.bot import Bot
from api.config import Settings
from api.conversations.channel import Inbound
from api.conversations.handoff import Speaker
from api.conversations.models import Message
from api.conversations.service import Conversations, Patience
from api.conversations.store import Store
from api.db import Database
from api.phrases import BOT_SILENT
from knowledge.cards import card_text, cards
from knowledge.referral import GENERAL_DESKS
from tests.api.fake_bot import Behaviour, FakeBot, Question, answer, contract, echo, late, raw, saying

RANSOM = "パソコンの画面に身代金を払えと出て、ファイルが全部開けません"
PATIENCE = Patience(timeout=0.5, unreachable=1.5)


@pytest.fixture
def database(settings: Settings) -> Database:
    return Database(settings.database)


@pytest_asyncio.fixture
async def conversations(database: Database, bot: FakeBot) -> AsyncIterator[Conversations]:
    database.open()
    async with Bot(bot.url) as client:
        conversations = Conversations(Store(database), client, PATIENCE, lambda: datetime.now(UTC))
        await conversations.start()
        yield conversations
        await conversations.stop()
    database.close()


def line(event: str, text: str, payload: str | None = None) -> Inbound:
    return Inbound("test", "visitor-1", event, text, payload)


async def settled(conversations: Conversations, event: str, *, within: float = 6.0) -> list[Message]:
    """The replies to this event, once it is no longer waiting."""
    found = await conversations.store.find("test", "visitor-1")
    assert found
    async with asyncio.timeout(within):
        while True:
            messages = await conversations.store.messages(found.id, after=0)
            asked = next(message for message in messages if message.event == event)
            if asked.state != "waiting":
                return [message for message in messages if message.reply_to == asked.sequence]
            await asyncio.sleep(0.02)


def rows(settings: Settings, query: str) -> list[Any]:
    with sqlite3.connect(settings.folder / "madoguchi.sqlite") as database:
        return database.execute(query).fetchall()


async def test_a_first_message_opens_the_conversation_with_the_greeting(conversations: Conversations) -> None:
    receipt = await conversations.receive(line("e1", "こんにちは"))

    (greeting, *_) = await conversations.store.messages(receipt.conversation, after=0)
    assert "自動応答" in greeting.text
    assert receipt.sequence == 2


async def test_what_was_understood_is_kept_with_the_message(
    conversations: Conversations, bot: FakeBot, settings: Settings
) -> None:
    referral = {"desks": ["kosha"], "reason": "都内だから", "rule": "R1"}
    bot.behave = saying({"text": "はい", "buttons": [], "desks": ["kosha"]}, referral=referral)
    await conversations.receive(line("e1", "客が減った"))
    await settled(conversations, "e1")

    ((understood, kept),) = rows(settings, "SELECT understood, referral FROM messages WHERE event = 'e1'")
    assert '"subtopic": "S4"' in understood and '"confidence": 0.93' in understood
    assert '"rule": "R1"' in kept
    assert "municipality" in rows(settings, "SELECT slots FROM conversations")[0][0]


async def test_an_answer_of_the_contract_is_understood(conversations: Conversations, bot: FakeBot) -> None:
    async def agreed(question: Question) -> Response:
        return JSONResponse({**contract()["answer"], "message": question["message"]})

    bot.behave = agreed
    await conversations.receive(line("e1", "相談です"))

    replies = await settled(conversations, "e1")
    assert [reply.text for reply in replies] == [reply["text"] for reply in contract()["answer"]["replies"]]


async def test_a_question_has_the_contracts_keys(conversations: Conversations, bot: FakeBot) -> None:
    await conversations.receive(line("e1", "相談です"))
    await settled(conversations, "e1")

    assert set(bot.questions[0]) == set(contract()["request"])


async def test_a_handoff_calls_a_person_and_the_bot_goes_on(
    conversations: Conversations, bot: FakeBot, settings: Settings
) -> None:
    bot.behave = saying(
        {"text": "職員を呼びます", "buttons": [], "desks": []}, handoff={"reason": "visitor_asked"}
    )
    await conversations.receive(line("e1", "人と話したい"))
    await settled(conversations, "e1")
    found = await conversations.store.find("test", "visitor-1")
    bot.behave = echo
    await conversations.receive(line("e2", "まだですか"))

    assert found and found.speaker is Speaker.nobody
    assert (await settled(conversations, "e2"))[0].text == "返事: まだですか"
    assert rows(settings, "SELECT sequence, reason FROM handoffs") == [(2, "visitor_asked")]


async def test_the_bot_is_silent_while_staff_speaks(
    conversations: Conversations, bot: FakeBot, settings: Settings
) -> None:
    receipt = await conversations.receive(line("e1", "助けて"))
    await settled(conversations, "e1")
    await conversations.move(receipt.conversation, "take")

    await conversations.receive(line("e2", "聞こえますか"))

    assert await settled(conversations, "e2") == []
    assert bot.asked == ["助けて"]
    assert rows(settings, "SELECT state FROM messages WHERE event = 'e2'") == [("for_staff",)]


async def test_the_bot_speaks_again_after_the_release(conversations: Conversations, bot: FakeBot) -> None:
    receipt = await conversations.receive(line("e1", "助けて"))
    await settled(conversations, "e1")
    await conversations.move(receipt.conversation, "take")
    await conversations.receive(line("e2", "聞こえますか"))
    await settled(conversations, "e2")
    await conversations.move(receipt.conversation, "release")

    await conversations.receive(line("e3", "次の相談"))

    assert (await settled(conversations, "e3"))[0].text == "返事: 次の相談"
    assert bot.asked == ["助けて", "次の相談"]


async def test_an_answer_that_comes_after_staff_took_over_is_dropped(
    conversations: Conversations, bot: FakeBot
) -> None:
    bot.behave = late(0.3)
    receipt = await conversations.receive(line("e1", "助けて"))
    while not bot.asked:
        await asyncio.sleep(0.01)

    await conversations.move(receipt.conversation, "take")

    assert await settled(conversations, "e1") == []


async def _wrong_message(question: Question) -> Response:
    return JSONResponse(answer({**question, "message": "another"}, "はい"))


ILL: list[tuple[str, Behaviour]] = [
    ("no replies", saying()),
    ("an empty reply", saying({"text": "", "buttons": [], "desks": []})),
    ("a blank reply", saying({"text": " \n", "buttons": [], "desks": []})),
    ("no JSON", raw("Bad Gateway")),
    ("nothing", raw("")),
    ("no object", raw("[]")),
    ("the answer to another message", _wrong_message),
    ("an error", raw("oops", 500)),
    ("not found", raw("{}", 404)),
    ("a redirect", raw("", 302)),
    ("a wrong button", saying({"text": "x", "buttons": [{"title": "x"}], "desks": []})),
    ("half a surrogate pair", raw('{"message": "m", "replies": [{"text": "\\ud800"}]}')),
    ("too late", late(2)),
]


@pytest.mark.parametrize("behave", [ill for _, ill in ILL], ids=[name for name, _ in ILL])
async def test_a_bot_that_answers_badly_is_answered_for(
    conversations: Conversations, bot: FakeBot, settings: Settings, behave: Behaviour
) -> None:
    bot.behave = behave
    await conversations.receive(line("e1", "客が減った"))
    (reply,) = await settled(conversations, "e1", within=2)

    bot.behave = echo
    await conversations.receive(line("e2", "続きです"))

    assert (reply.text, reply.desks) == (BOT_SILENT, tuple(GENERAL_DESKS))
    assert rows(settings, "SELECT sequence, reason FROM handoffs") == [(2, "bot_failure")]
    assert (await settled(conversations, "e2"))[0].text == "返事: 続きです"


async def test_a_bot_that_restarts_answers_late_but_itself(
    conversations: Conversations, bot: FakeBot
) -> None:
    await bot.stop()
    await conversations.receive(line("e1", "客が減った"))
    await conversations.receive(line("e2", "人もいない"))
    await asyncio.sleep(0.4)
    await bot.start()

    assert [reply.text for reply in await settled(conversations, "e1")] == ["返事: 客が減った"]
    assert [reply.text for reply in await settled(conversations, "e2")] == ["返事: 人もいない"]
    assert [(question["text"], question["again"]) for question in bot.questions] == [
        ("客が減った", True),
        ("人もいない", False),
    ]


async def test_a_bot_that_says_it_is_restarting_is_asked_again(
    conversations: Conversations, bot: FakeBot
) -> None:
    bot.behave = raw("", 503)
    await conversations.receive(line("e1", "客が減った"))
    while len(bot.asked) < 2:
        await asyncio.sleep(0.01)
    bot.behave = echo

    assert (await settled(conversations, "e1"))[0].text == "返事: 客が減った"
    assert [question["again"] for question in bot.questions[:2]] == [False, True]
    assert len({question["message"] for question in bot.questions}) == 1


async def test_a_bot_that_hangs_up_is_asked_again(conversations: Conversations, bot: FakeBot) -> None:
    await bot.stop()
    asked = 0

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        asked += 1
        await reader.readuntil(b"\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", bot.port):
        await conversations.receive(line("e1", "客が減った"))
        while asked < 2:
            await asyncio.sleep(0.01)
    await bot.start()

    assert (await settled(conversations, "e1"))[0].text == "返事: 客が減った"


async def test_a_bot_that_stays_away_is_answered_for(conversations: Conversations, bot: FakeBot) -> None:
    await bot.stop()
    begin = asyncio.get_running_loop().time()
    await conversations.receive(line("e1", "客が減った"))

    (reply,) = await settled(conversations, "e1")

    assert reply.text == BOT_SILENT
    assert 1.0 < asyncio.get_running_loop().time() - begin < 4.0


async def test_an_emergency_does_not_wait_for_a_bot_that_is_away(
    conversations: Conversations, bot: FakeBot
) -> None:
    await bot.stop()
    await conversations.receive(line("e1", RANSOM))

    card, general = await settled(conversations, "e1", within=0.8)

    assert (card.text, card.desks) == (card_text("ransomware"), cards()["ransomware"].desks)
    assert (general.text, general.desks) == (BOT_SILENT, GENERAL_DESKS)


@pytest.mark.parametrize(("text", "id"), [("もう死にたい", "life"), ("工場が火事です。助けて", "danger")])
async def test_who_is_in_danger_is_told_nothing_but_what_helps(
    conversations: Conversations, bot: FakeBot, settings: Settings, text: str, id: str
) -> None:
    await bot.stop()
    await conversations.receive(line("e1", text))

    (card,) = await settled(conversations, "e1", within=0.8)

    assert (card.text, card.desks) == (card_text(id), cards()[id].desks)
    assert rows(settings, "SELECT reason FROM handoffs") == [("bot_failure",)]


async def test_an_emergency_does_not_wait_behind_an_older_message(
    conversations: Conversations, bot: FakeBot
) -> None:
    await bot.stop()
    await conversations.receive(line("e1", "客が減った"))
    await conversations.receive(line("e2", RANSOM))

    card, _ = await settled(conversations, "e2", within=1.2)

    assert card.text == card_text("ransomware")


async def test_an_emergency_is_the_bots_when_it_is_well(conversations: Conversations, bot: FakeBot) -> None:
    await conversations.receive(line("e1", RANSOM))

    assert [reply.text for reply in await settled(conversations, "e1")] == [f"返事: {RANSOM}"]


async def test_one_silent_conversation_does_not_hold_up_another(
    conversations: Conversations, bot: FakeBot
) -> None:
    async def slow_for_one(question: Question) -> Response:
        return await (late(0.4) if question["text"] == "遅い" else echo)(question)

    bot.behave = slow_for_one
    await conversations.receive(Inbound("test", "visitor-2", "x1", "遅い"))
    await conversations.receive(line("e1", "速い"))

    await settled(conversations, "e1", within=0.3)


async def test_what_waited_at_a_stop_is_answered_after_the_start(
    conversations: Conversations, database: Database, bot: FakeBot
) -> None:
    bot.behave = late(0.3)
    for number in range(3):
        await conversations.receive(line(f"e{number}", f"{number}番目"))
    while not bot.asked:
        await asyncio.sleep(0.01)
    await conversations.stop()
    bot.behave = echo

    async with Bot(bot.url) as client:
        successor = Conversations(Store(database), client, PATIENCE, lambda: datetime.now(UTC))
        await successor.start()
        for number in range(3):
            (reply,) = await settled(successor, f"e{number}")
            assert reply.text == f"返事: {number}番目"
        await successor.stop()

    assert [(question["text"], question["again"]) for question in bot.questions] == [
        ("0番目", False),
        ("0番目", True),
        ("1番目", False),
        ("2番目", False),
    ]


async def test_a_conversation_that_another_gateway_holds_is_left_alone(
    conversations: Conversations, database: Database, bot: FakeBot
) -> None:
    bot.behave = late(0.3)
    receipt = await conversations.receive(line("e1", "客が減った"))
    while not bot.asked:
        await asyncio.sleep(0.01)

    async with Bot(bot.url) as client:
        other = Conversations(Store(database), client, PATIENCE, lambda: datetime.now(UTC))
        await other.answer(receipt.conversation)

    assert len(await settled(conversations, "e1")) == 1
    assert bot.asked == ["客が減った"]
