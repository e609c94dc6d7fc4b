"""The web channel: sessions, messages, buttons."""

import asyncio
import sqlite3
from hashlib import sha256

import httpx2
import pytest

from api.config import Settings
from tests.api.fake_bot import FakeBot, late, saying
from tests.api.visitor import Visitor

FILE = "madoguchi.sqlite"


async def test_a_visitor_is_greeted_by_something_that_says_it_is_not_a_person(visitor: Visitor) -> None:
    (greeting,) = visitor.greeting

    assert greeting["author"] == "bot"
    assert "人ではありません" in greeting["text"]
    assert "119" in greeting["text"] and "110" in greeting["text"]
    assert [button["id"] for button in greeting["buttons"]] == [f"1.{index}" for index in range(6)]
    assert greeting["buttons"][5]["title"] == "人と話したい"


async def test_no_payload_leaves_the_gateway(visitor: Visitor) -> None:
    assert "payload" not in str(visitor.greeting)
    assert "/sales_decline" not in str(visitor.greeting)


async def test_times_are_those_of_tokyo(visitor: Visitor) -> None:
    assert visitor.greeting[0]["at"].endswith("+09:00")


async def test_only_the_hash_of_the_token_is_stored(visitor: Visitor, settings: Settings) -> None:
    with sqlite3.connect(settings.folder / FILE) as database:
        ((sender,),) = database.execute("SELECT sender FROM conversations").fetchall()

    assert sender == sha256(visitor.token.encode()).hexdigest()
    for file in settings.folder.iterdir():
        assert visitor.token.encode() not in file.read_bytes()


async def test_a_message_is_stored_before_it_is_acknowledged(
    visitor: Visitor, bot: FakeBot, settings: Settings
) -> None:
    bot.behave = late(5)

    response = await visitor.post({"id": "a", "text": "客が減った"})

    with sqlite3.connect(settings.folder / FILE) as database:
        rows = database.execute("SELECT text, state FROM messages WHERE event = 'a'").fetchall()
    assert (response.status_code, response.json()) == (202, {"id": "a", "sequence": 2})
    assert rows == [("客が減った", "waiting")]


async def test_a_message_is_answered(visitor: Visitor, bot: FakeBot) -> None:
    sequence = await visitor.say("客が減った")

    (answer,) = await visitor.answers(sequence)

    assert (answer["author"], answer["text"], answer["id"]) == ("bot", "返事: 客が減った", None)
    question = bot.questions[0]
    assert question["message"] == f"{question['conversation']}-{sequence}"
    assert (question["payload"], question["channel"], question["again"]) == (None, "web", False)
    assert set(question) == {"conversation", "message", "text", "payload", "channel", "again"}


async def test_the_same_id_is_kept_and_answered_once(visitor: Visitor, bot: FakeBot) -> None:
    first = await visitor.post({"id": "a", "text": "一度目"})
    again = await visitor.post({"id": "a", "text": "一度目"})
    other = await visitor.post({"id": "a", "text": "別の内容"})
    await visitor.answers(2)

    assert [reply.status_code for reply in (first, again, other)] == [202, 200, 200]
    assert first.json() == again.json() == other.json()
    assert [message["text"] for message in await visitor.messages(1)] == ["一度目", "返事: 一度目"]
    assert bot.asked == ["一度目"]


async def test_the_same_id_sent_at_once_is_kept_once(visitor: Visitor, bot: FakeBot) -> None:
    replies = await asyncio.gather(*(visitor.post({"id": "a", "text": "連打"}) for _ in range(20)))
    await visitor.answers(2)

    assert sorted(reply.status_code for reply in replies) == [200] * 19 + [202]
    assert bot.asked == ["連打"]


async def test_the_same_id_of_two_visitors_is_two_messages(client: httpx2.AsyncClient, bot: FakeBot) -> None:
    one, other = await Visitor.arrive(client), await Visitor.arrive(client)

    assert await one.say("一人目", id="a") == await other.say("二人目", id="a") == 2

    assert (await one.answers(2))[0]["text"] == "返事: 一人目"
    assert (await other.answers(2))[0]["text"] == "返事: 二人目"


async def test_a_button_sends_the_payload_that_we_stored(visitor: Visitor, bot: FakeBot) -> None:
    response = await visitor.post({"id": "a", "button": "1.1"})
    await visitor.answers(2)

    assert response.status_code == 202
    assert (bot.questions[0]["text"], bot.questions[0]["payload"]) == ("人手が足りない", "/staffing")
    assert (await visitor.messages(1))[0]["text"] == "人手が足りない"


async def test_the_bots_own_buttons_work_too(visitor: Visitor, bot: FakeBot) -> None:
    button = {"title": "はい", "payload": '/affirm{"x": 1}'}
    bot.behave = saying({"text": "よろしいですか", "buttons": [button], "desks": []})
    (asked,) = await visitor.answers(await visitor.say("相談"))

    await visitor.answers(
        (await visitor.post({"id": "b", "button": asked["buttons"][0]["id"]})).json()["sequence"]
    )

    assert bot.questions[1]["payload"] == '/affirm{"x": 1}'


async def test_a_typed_command_is_text_and_not_a_payload(visitor: Visitor, bot: FakeBot) -> None:
    await visitor.answers(await visitor.say("/restart"))

    assert (bot.questions[0]["text"], bot.questions[0]["payload"]) == ("/restart", None)


async def test_a_payload_that_a_page_sends_is_not_read(visitor: Visitor, bot: FakeBot) -> None:
    await visitor.post({"id": "a", "text": "やあ", "payload": "/handoff"})
    await visitor.answers(2)

    assert bot.questions[0]["payload"] is None


async def test_desks_are_shown_as_cards_and_unknown_ones_left_out(visitor: Visitor, bot: FakeBot) -> None:
    bot.behave = saying({"text": "こちらです", "buttons": [], "desks": ["kosha", "no-such-desk"]})

    (answer,) = await visitor.answers(await visitor.say("どこへ"))

    (card,) = answer["cards"]
    assert card["id"] == "kosha"
    assert "東京都中小企業振興公社" in card["name"]


@pytest.mark.parametrize("place", ["1.6", "2.0", "3.0", "999999999.0"])
async def test_a_button_that_was_never_shown_is_refused(visitor: Visitor, place: str) -> None:
    await visitor.answers(await visitor.say("やあ"))

    response = await visitor.post({"id": "b", "button": place})

    assert (response.status_code, response.json()["error"]["code"]) == (422, "button_unknown")


async def test_a_button_of_another_conversation_is_refused(client: httpx2.AsyncClient, bot: FakeBot) -> None:
    one, other = await Visitor.arrive(client), await Visitor.arrive(client)
    bot.behave = saying({"text": "?", "buttons": [{"title": "はい", "payload": "/affirm"}], "desks": []})
    (asked,) = await one.answers(await one.say("やあ"))

    response = await other.post({"id": "b", "button": asked["buttons"][0]["id"]})

    assert response.status_code == 422


async def test_a_visitor_sees_nothing_of_another(client: httpx2.AsyncClient) -> None:
    one, other = await Visitor.arrive(client), await Visitor.arrive(client)
    await one.answers(await one.say("秘密の相談"))

    assert "秘密" not in str(await other.messages())


async def test_a_burst_is_answered_in_order(visitor: Visitor, bot: FakeBot) -> None:
    texts = [f"{number}番目" for number in range(30)]
    kept = [await visitor.say(text) for text in texts]
    await visitor.answers(kept[-1])

    messages = await visitor.messages(1)
    assert bot.asked == texts
    assert [m["reply_to"] for m in messages if m["author"] == "bot"] == [
        m["sequence"] for m in messages if m["author"] == "visitor"
    ]


async def test_many_visitors_at_once_are_each_answered_once(client: httpx2.AsyncClient, bot: FakeBot) -> None:
    visitors = await asyncio.gather(*(Visitor.arrive(client) for _ in range(20)))
    await asyncio.gather(*(_say_many(visitor, 5) for visitor in visitors))
    await asyncio.gather(*(_all_answered(visitor, 5) for visitor in visitors))

    for visitor in visitors:
        answers = [m["text"] for m in await visitor.messages() if m["reply_to"]]
        assert answers == [f"返事: {number}" for number in range(5)]
    assert len(bot.questions) == 100


async def _say_many(visitor: Visitor, many: int) -> None:
    for number in range(many):
        await visitor.say(str(number), id=f"n{number}")


async def _all_answered(visitor: Visitor, many: int) -> None:
    async with asyncio.timeout(10):
        while sum(1 for m in await visitor.messages() if m["reply_to"]) < many:
            await asyncio.sleep(0.05)
