"""やさしい日本語 on the web channel: the switch, the greeting, the cards."""

import sqlite3
from typing import Any

import httpx2
import pytest

from api.config import Settings
from api.phrases import GREETING, GREETING_PLAIN
from knowledge.desks import find_desk
from knowledge.plain import plain
from tests.api.fake_bot import FakeBot, Obedient, late, saying
from tests.api.visitor import Visitor


async def speak(visitor: Visitor, manner: str, id: str = "s1") -> list[dict[str, Any]]:
    """Send the wish; gives what was answered."""
    response = await visitor.post({"id": id, "speak": manner})
    assert response.status_code in (200, 202), response.text
    return await visitor.answers(response.json()["sequence"])


@pytest.mark.parametrize(
    ("manner", "payload", "words"),
    [
        ("plainly", "/speak_plainly", "やさしい日本語にしてください"),
        ("normally", "/speak_normally", "ふつうの日本語にしてください"),
    ],
)
async def test_a_wish_goes_to_the_bot_as_a_choice_and_into_the_record_as_words(
    visitor: Visitor, bot: FakeBot, manner: str, payload: str, words: str
) -> None:
    await speak(visitor, manner)

    (wish, *_) = await visitor.messages(1)
    assert (wish["author"], wish["text"], wish["id"]) == ("visitor", words, "s1")
    assert [(question["text"], question["payload"]) for question in bot.questions] == [(words, payload)]
    assert "/speak" not in str(await visitor.messages())


async def test_a_wish_is_stored_before_it_is_acknowledged_and_kept_once(
    visitor: Visitor, bot: FakeBot, settings: Settings
) -> None:
    bot.behave = late(5)

    first = await visitor.post({"id": "s1", "speak": "plainly"})
    again = await visitor.post({"id": "s1", "speak": "plainly"})

    with sqlite3.connect(settings.folder / "madoguchi.sqlite") as database:
        rows = database.execute("SELECT payload, state FROM messages WHERE event = 's1'").fetchall()
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json() == again.json() == {"id": "s1", "sequence": 2}
    assert rows == [("/speak_plainly", "waiting")]


async def test_every_message_tells_whether_it_is_plain(visitor: Visitor, bot: FakeBot) -> None:
    bot.behave = Obedient()

    before = await visitor.answers(await visitor.say("客が減った"))
    plain_ones = await speak(visitor, "plainly", "s1")
    after = await speak(visitor, "normally", "s2")

    assert visitor.greeting[0]["plain"] is False
    assert [message["plain"] for message in before] == [False, False]
    assert [message["plain"] for message in plain_ones] == [True, True]
    assert [message["plain"] for message in after] == [False, False]


async def test_cards_are_drawn_as_their_message_was_said(visitor: Visitor, bot: FakeBot) -> None:
    bot.behave = Obedient()
    does = find_desk("kosha").does
    await visitor.answers(await visitor.say("客が減った"))

    await speak(visitor, "plainly")

    cards = [card["does"] for message in await visitor.messages() for card in message["cards"]]
    assert cards == [does, plain(does)]
    assert does != plain(does)


async def test_a_reply_alone_may_be_plain(visitor: Visitor, bot: FakeBot) -> None:
    bot.behave = saying({"text": "ここです", "buttons": [], "desks": ["kosha"], "plain": True})

    (answer,) = await visitor.answers(await visitor.say("どこへ"))

    assert answer["plain"] is True
    assert answer["cards"][0]["does"] == plain(find_desk("kosha").does)


async def test_a_conversation_that_begins_plain_is_greeted_so(client: httpx2.AsyncClient) -> None:
    visitor = await Visitor.arrive(client, is_plain=True)

    (greeting,) = visitor.greeting
    assert (greeting["text"], greeting["plain"]) == (GREETING_PLAIN, True)
    assert [button["id"] for button in greeting["buttons"]] == [f"1.{index}" for index in range(6)]


async def test_the_bot_is_told_before_the_first_message_and_only_once(
    client: httpx2.AsyncClient, bot: FakeBot
) -> None:
    bot.behave = Obedient()
    visitor = await Visitor.arrive(client, is_plain=True)

    answers = await visitor.answers((await visitor.post({"id": "a", "button": "1.1"})).json()["sequence"])
    await visitor.answers(await visitor.say("板橋です"))

    assert [question["payload"] for question in bot.questions] == ["/speak_plainly", "/staffing", None]
    assert [message["plain"] for message in answers] == [True, True]
    assert [message["author"] for message in await visitor.messages()] == [
        *("bot", "visitor", "bot", "bot", "visitor", "bot", "bot")
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"", GREETING),
        (b"{}", GREETING),
        (b'{"plain": false}', GREETING),
        (b'{"plain": true}', GREETING_PLAIN),
    ],
)
async def test_a_session_begins_as_its_body_says(client: httpx2.AsyncClient, body: bytes, text: str) -> None:
    response = await client.post(
        "/api/chat/sessions", content=body, headers={"Content-Type": "application/json"}
    )

    assert response.status_code == 201
    assert response.json()["messages"][0]["text"] == text


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "unreadable"),
        (b"[]", 400, "shape"),
        (b'{"plain": "true"}', 422, "field"),
        (b'{"plain": 1}', 422, "field"),
        (b'{"plain": null}', 422, "field"),
    ],
)
async def test_a_session_of_another_form_is_refused_in_kind_words(
    client: httpx2.AsyncClient, body: bytes, status: int, code: str
) -> None:
    response = await client.post(
        "/api/chat/sessions", content=body, headers={"Content-Type": "application/json"}
    )

    assert (response.status_code, response.json()["error"]["code"]) == (status, code)
    assert response.json()["error"]["message"].endswith("ください。")


async def test_a_wish_of_another_form_is_named_in_the_refusal(visitor: Visitor) -> None:
    response = await visitor.post({"id": "a", "speak": "loudly"})

    assert response.status_code == 422
    assert "「speak」" in response.json()["error"]["message"]
