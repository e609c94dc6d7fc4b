"""The LINE channel, from the chat to the record."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.responses import JSONResponse, Response

from api import phrases
from api.config import Settings
from tests.api.channels.line_gateway import GREETED, GROUP, HANAKO, TARO, Record
from tests.api.fake_bot import FakeBot, Obedient, answer, saying
from tests.platforms.line import FakeLine, room_id

BUTTONS = [{"title": "はい", "payload": "/affirm"}, {"title": "いいえ", "payload": "/deny"}]


async def test_a_text_is_answered(line: FakeLine, bot: FakeBot) -> None:
    event = await line.say(HANAKO, "客が減って困っています")
    answers = await line.answers(HANAKO, GREETED + 1)

    assert event.is_kept
    assert answers[0].text.startswith(phrases.GREETING)
    assert answers[1].text == "返事: 客が減って困っています"
    assert [answer.how for answer in answers] == ["reply", "reply"]
    assert [answer.sender for answer in answers] == [phrases.BOT_NAME] * 2
    assert bot.questions[0]["channel"] == "line"
    assert HANAKO not in json.dumps(bot.questions)
    assert line.refused == []


async def test_who_adds_the_account_is_greeted_with_choices(line: FakeLine, bot: FakeBot) -> None:
    await line.follow(HANAKO)
    (greeting,) = await line.answers(HANAKO, 1)
    await line.press(HANAKO, "人手が足りない")
    await line.answers(HANAKO, 2)

    assert greeting.how == "reply"
    assert all(f"・{title}" in greeting.text for title, _ in phrases.GREETING_BUTTONS)
    assert [action["label"] for action in greeting.quick_replies] == [
        title for title, _ in phrases.GREETING_BUTTONS
    ]
    assert (bot.questions[0]["text"], bot.questions[0]["payload"]) == ("人手が足りない", "/staffing")
    assert line.chats[HANAKO].shown[1].text == "人手が足りない"
    assert line.refused == []


async def test_the_dots_move_while_the_answer_is_made(line: FakeLine) -> None:
    await line.say(HANAKO, "助けて")
    await line.answers(HANAKO, GREETED + 1)
    await line.until(lambda: bool(line.chats[HANAKO].loading))

    assert line.refused == []


@pytest.mark.parametrize("signature", ["forged", ""])
async def test_a_call_that_is_not_line_s_is_refused_and_nothing_is_kept(
    line: FakeLine, record: Record, signature: str
) -> None:
    async with line.holding() as held:
        await line.say(HANAKO, "助けて")
    (sent,) = await line.deliver(*held, signature=signature)

    assert sent.status == 401
    assert record.rows("SELECT * FROM conversations") == []


@pytest.mark.parametrize("headers", [{}, {b"x-line-signature": b"\xe9\xff"}])
async def test_a_call_without_a_signature_is_refused(line: FakeLine, headers: dict[bytes, bytes]) -> None:
    async with httpx2.AsyncClient() as client:
        response = await client.post(line.webhook.url, json={"events": []}, headers=headers)

    assert response.status_code == 401
    assert response.json()["error"]["code"] == "signature"


async def test_a_call_without_events_is_taken(line: FakeLine) -> None:
    assert await line.send_nothing() == 200


async def test_a_call_is_answered_whatever_the_bot_does(line: FakeLine, bot: FakeBot, record: Record) -> None:
    never = asyncio.Event()

    async def hang(_: dict[str, Any]) -> Response:
        await never.wait()
        return Response()

    bot.behave = hang
    first = await line.say(HANAKO, "一")
    await record.until(lambda: bool(bot.asked))
    second = await line.say(HANAKO, "二")
    never.set()

    assert first.is_kept and second.is_kept
    assert record.heard == ["一", "二"]


async def test_an_event_that_comes_again_is_answered_once(line: FakeLine, bot: FakeBot) -> None:
    event = await line.say(HANAKO, "助けて")
    await line.redeliver(event)
    await line.answers(HANAKO, GREETED + 1)
    await line.redeliver(event)
    await line.say(HANAKO, "もう一つ")
    await line.answers(HANAKO, GREETED + 2)

    assert bot.asked == ["助けて", "もう一つ"]
    assert line.refused == []


async def test_events_of_one_call_in_a_wrong_order_are_answered_in_the_right_one(
    line: FakeLine, bot: FakeBot
) -> None:
    start = line.clock()
    async with line.holding() as held:
        for second, text in enumerate(("一", "二", "三")):
            await line.say(HANAKO, text, at=start + timedelta(milliseconds=second))
    await line.deliver(held[2], held[0], held[1])
    await line.answers(HANAKO, GREETED + 1)

    assert bot.asked == ["一\n二\n三"]


BROKEN: dict[str, dict[str, Any]] = {
    "no id": {"webhookEventId": None},
    "a strange id": {"webhookEventId": "あ"},
    "no source": {"source": None},
    "no chat": {"source": {"type": "user"}},
    "no time": {"timestamp": "today"},
    "an endless time": {"timestamp": 10**30},
    "no message": {"message": None},
    "no text": {"message": {"id": "1", "type": "text"}},
    "a strange mention": {
        "message": {
            "id": "1",
            "type": "text",
            "text": "x",
            "mention": {"mentionees": [{"isSelf": True, "index": -1}]},
        }
    },
    "no kind": {"type": None},
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
async def test_a_broken_event_does_not_take_the_others_along(
    line: FakeLine, record: Record, change: dict[str, Any]
) -> None:
    async with line.holding() as held:
        await line.say(HANAKO, "一")
        await line.say(TARO, "二")
    status = await line.webhook.post([{**held[0].body, **change}, held[1].body])

    assert status == 200
    assert record.heard == ["二"]


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b'{"events": 1}', b"\xff", b"[" * 50_000])
async def test_a_signed_call_that_is_none_is_refused(line: FakeLine, raw: bytes) -> None:
    headers = {"x-line-signature": line.webhook.signature(raw)}
    async with httpx2.AsyncClient() as client:
        response = await client.post(line.webhook.url, content=raw, headers=headers)

    assert response.status_code in (400, 401)


async def test_what_has_no_event_kind_we_know_is_passed_over(line: FakeLine, record: Record) -> None:
    async with line.holding() as held:
        await line.say(HANAKO, "一")
    body = {**held[0].body, "type": "videoPlayComplete", "videoPlayComplete": {"trackingId": "x"}}

    assert await line.webhook.post([body]) == 200
    assert record.rows("SELECT * FROM conversations") == []


async def test_a_call_of_many_long_texts_is_taken(line: FakeLine, record: Record) -> None:
    async with line.holding() as held:
        for number in range(12):
            await line.say(HANAKO, f"{number}" + "あ" * 3900)
    await line.deliver(*held)

    assert len(record.heard) == 12


LONG = {"short sentences": "困っています。" * 700, "long ones": "あ。" + "い" * 3998 + "。" + "う" * 990}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
async def test_a_text_longer_than_ours_is_kept_and_forgotten_whole(
    line: FakeLine, record: Record, text: str
) -> None:
    event = await line.say(HANAKO, text)

    assert "".join(record.heard) == text
    await line.unsend(event)
    assert set(record.heard) == {phrases.WITHDRAWN}


async def test_on_standby_nothing_is_said_or_kept(line: FakeLine, record: Record) -> None:
    line.mode = "standby"
    event = await line.say(HANAKO, "助けて")

    assert event.is_kept
    assert record.rows("SELECT * FROM conversations") == []


async def test_on_standby_too_what_is_taken_back_is_forgotten(line: FakeLine, record: Record) -> None:
    event = await line.say(HANAKO, "間違えました")
    line.mode = "standby"
    await line.unsend(event)
    await line.unfollow(HANAKO)

    assert record.heard == [phrases.WITHDRAWN]
    assert record.rows("SELECT reachable FROM conversations") == [(0,)]


Doing = Callable[[FakeLine], Awaitable[Any]]
WORDLESS: dict[str, tuple[Doing, str, str]] = {
    "a sticker": (lambda line: line.send_sticker(HANAKO), phrases.STICKER, phrases.STICKER_SEEN),
    "a picture": (lambda line: line.send_media(HANAKO, "image"), phrases.PICTURE, phrases.NOT_READ),
    "a video": (lambda line: line.send_media(HANAKO, "video"), phrases.VIDEO, phrases.NOT_READ),
    "a sound": (lambda line: line.send_media(HANAKO, "audio"), phrases.SOUND, phrases.NOT_READ),
    "a file": (lambda line: line.send_media(HANAKO, "file"), phrases.FILE, phrases.NOT_READ),
    "something new": (
        lambda line: line.send(HANAKO, {"type": "hologram"}),
        phrases.UNREADABLE,
        phrases.NOT_READ,
    ),
    "only what nobody sees": (lambda line: line.say(HANAKO, "\u200b"), phrases.UNREADABLE, phrases.NOT_READ),
    "a place elsewhere": (
        lambda line: line.share_location(HANAKO, "神奈川県横浜市西区みなとみらい1-1"),
        phrases.LOCATION,
        phrases.PLACE_OUTSIDE,
    ),
    "a place nobody can tell": (
        lambda line: line.share_location(HANAKO, "Somewhere"),
        phrases.LOCATION,
        phrases.PLACE_NOT_READ,
    ),
}


@pytest.mark.parametrize(("do", "kept", "said"), WORDLESS.values(), ids=WORDLESS)
async def test_what_has_no_words_is_answered_kindly(
    line: FakeLine, bot: FakeBot, record: Record, do: Doing, kept: str, said: str
) -> None:
    await do(line)
    answers = await line.answers(HANAKO, GREETED + 1)

    assert record.heard == [kept]
    assert answers[-1].text == said
    assert bot.asked == []
    assert line.refused == []


async def test_half_a_character_is_answered_kindly(line: FakeLine, record: Record) -> None:
    async with line.holding() as held:
        await line.say(HANAKO, "x")
    body = {**held[0].body, "message": {**held[0].body["message"], "text": "\ud83d"}}
    raw = json.dumps({"events": [body]}).encode()
    async with httpx2.AsyncClient() as client:
        headers = {"x-line-signature": line.webhook.signature(raw)}
        response = await client.post(line.webhook.url, content=raw, headers=headers)

    assert response.status_code == 200
    assert record.heard == [phrases.UNREADABLE]


async def test_what_has_no_words_does_not_cost_the_answer_before_it_its_ticket(
    line: FakeLine, bot: FakeBot
) -> None:
    await line.say(HANAKO, "助けて")
    await line.send_sticker(HANAKO)
    answers = await line.answers(HANAKO, GREETED + 2)

    assert {answer.how for answer in answers} == {"reply"}
    assert {answer.text for answer in answers[1:]} == {"返事: 助けて", phrases.STICKER_SEEN}


async def test_whoever_wants_plain_words_gets_them_from_us_too(line: FakeLine, bot: FakeBot) -> None:
    bot.behave = Obedient()
    await line.post_back(HANAKO, "menu:speak_plainly")
    await line.until(lambda: phrases.BOT_NAME_PLAIN in [shown.sender for shown in line.chats[HANAKO].answers])
    await line.send_sticker(HANAKO)
    await line.until(lambda: phrases.STICKER_SEEN_PLAIN in line.chats[HANAKO].texts)

    assert line.chats[HANAKO].answers[-1].sender == phrases.SYSTEM_NAME_PLAIN
    assert line.refused == []


async def test_of_a_place_only_the_municipality_is_kept(
    line: FakeLine, bot: FakeBot, settings: Settings
) -> None:
    await line.share_location(
        HANAKO, "日本、〒174-0071 東京都板橋区常盤台1丁目2-3 港区ビル", title="秘密の店", latitude=35.123456
    )
    await line.answers(HANAKO, GREETED + 1)

    assert bot.asked == ["板橋区"]
    kept = b"".join(file.read_bytes() for file in settings.folder.glob("madoguchi.sqlite*"))
    for secret in ("常盤台", "秘密の店", "35.123456", "139.7093", "港区ビル"):
        assert secret.encode() not in kept


async def test_what_is_taken_back_is_forgotten(line: FakeLine, record: Record) -> None:
    event = await line.say(HANAKO, "間違えました")
    await line.unsend(event)
    await line.say(HANAKO, "助けて")
    answers = await line.answers(HANAKO, GREETED + 1)

    assert record.heard == [phrases.WITHDRAWN, "助けて"]
    assert answers[-1].text == "返事: 助けて"


async def test_it_may_be_taken_back_before_it_comes(line: FakeLine, bot: FakeBot, record: Record) -> None:
    async with line.holding() as held:
        event = await line.say(HANAKO, "間違えました")
        await line.unsend(event)
    await line.deliver(held[1])
    await line.deliver(held[0])

    assert record.heard == [phrases.WITHDRAWN]
    assert bot.asked == []


async def test_who_blocks_us_is_not_written_to_and_is_greeted_on_return(
    line: FakeLine, bot: FakeBot, record: Record
) -> None:
    answered = asyncio.Event()

    async def wait(question: dict[str, Any]) -> Response:
        await answered.wait()
        return JSONResponse(answer(question, "遅い返事"))

    bot.behave = wait
    await line.follow(HANAKO)
    await line.say(HANAKO, "助けて")
    await record.until(lambda: bool(bot.asked))
    await line.unfollow(HANAKO)
    answered.set()
    await record.settled()
    await line.follow(HANAKO)
    await line.answers(HANAKO, 2)
    await record.settled()

    assert record.states == ["sent", "cancelled", "sent"]
    assert "遅い返事" not in line.chats[HANAKO].texts
    assert not [call for call in line.calls if call.path.endswith("push")]


async def test_a_button_stands_for_the_command_that_we_keep(line: FakeLine, bot: FakeBot) -> None:
    bot.behave = saying({"text": "よろしいですか", "buttons": BUTTONS, "desks": []})
    await line.say(HANAKO, "助けて")
    asked = (await line.answers(HANAKO, GREETED + 1))[-1]
    await line.press(HANAKO, "いいえ")
    await line.answers(HANAKO, GREETED + 2)

    assert asked.quick_replies[1]["data"] == "3.1"
    assert asked.text == f"よろしいですか\n\n{phrases.CHOICES}\n・はい\n・いいえ"
    assert (bot.questions[1]["text"], bot.questions[1]["payload"]) == ("いいえ", "/deny")
    assert line.refused == []


@pytest.mark.parametrize("data", ["9.9", "1.99", "/restart", "menu:restart", "", "x" * 300, "1.0.00000000"])
async def test_a_button_that_is_not_there_is_answered_kindly(
    line: FakeLine, bot: FakeBot, record: Record, data: str
) -> None:
    await line.follow(HANAKO)
    await line.post_back(HANAKO, data)
    answers = await line.answers(HANAKO, 2)

    assert answers[-1].text == phrases.BUTTON_GONE
    assert (bot.asked, record.heard) == ([], [phrases.BUTTON])


async def test_a_choice_of_the_menu_works_before_anything_was_said(line: FakeLine, bot: FakeBot) -> None:
    await line.post_back(HANAKO, "menu:cyber")
    await line.answers(HANAKO, GREETED + 1)

    assert (bot.questions[0]["text"], bot.questions[0]["payload"]) == ("サイバー被害・対策", "/cyber")


async def test_in_a_group_we_are_silent_until_we_are_addressed(
    line: FakeLine, bot: FakeBot, record: Record
) -> None:
    await line.join(GROUP, HANAKO, TARO)
    await line.say(HANAKO, "ひみつの話", chat=GROUP)
    await line.send_sticker(HANAKO, chat=GROUP)
    await line.share_location(HANAKO, "東京都板橋区", chat=GROUP)
    await line.let_in(GROUP, TARO)
    await line.say(HANAKO, "😀 @窓口 助けて", chat=GROUP)
    answers = await line.answers(GROUP, GREETED + 1)

    assert bot.asked == ["😀  助けて"]
    assert record.heard == ["😀  助けて"]
    assert answers[-1].how == "reply"
    assert line.chats[HANAKO].answers == []
    assert line.chats[GROUP].loading == []
    assert line.refused == []


async def test_each_member_of_a_group_has_a_conversation(line: FakeLine, bot: FakeBot) -> None:
    await line.say(HANAKO, "@窓口 助けて", chat=GROUP)
    await line.say(TARO, "@窓口 私も", chat=GROUP)
    await line.say(HANAKO, "一人で")
    await line.answers(GROUP, 2 * GREETED + 2)
    await line.answers(HANAKO, GREETED + 1)

    assert len({question["conversation"] for question in bot.questions}) == 3


async def test_our_name_alone_is_greeted(line: FakeLine, bot: FakeBot) -> None:
    await line.say(HANAKO, "@窓口", chat=room_id("room"))
    (greeting,) = await line.answers(room_id("room"), 1)

    assert greeting.text.startswith(phrases.GREETING)
    assert bot.asked == []


async def test_in_a_group_a_button_is_for_who_was_asked(line: FakeLine, bot: FakeBot, record: Record) -> None:
    bot.behave = saying({"text": "よろしいですか", "buttons": BUTTONS, "desks": []})
    await line.say(HANAKO, "@窓口 助けて", chat=GROUP)
    asked = (await line.answers(GROUP, GREETED + 1))[-1]
    await line.say(TARO, "@窓口 私も", chat=GROUP)
    await line.answers(GROUP, 2 * GREETED + 2)
    before = len(bot.asked)
    await line.post_back(TARO, asked.quick_replies[0]["data"], chat=GROUP)
    await line.post_back(HANAKO, asked.quick_replies[1]["data"], chat=GROUP)
    await record.until(lambda: len(bot.asked) > before)
    await record.settled()

    assert bot.asked[before:] == ["いいえ"]
    assert "はい" not in record.heard


async def test_who_left_a_group_with_us_is_not_written_to(
    line: FakeLine, bot: FakeBot, record: Record
) -> None:
    await line.say(HANAKO, "@窓口 助けて", chat=GROUP)
    await line.leave(GROUP)

    assert record.rows("SELECT reachable FROM conversations") == [(0,)]


async def test_a_number_is_masked_and_the_person_told(line: FakeLine, bot: FakeBot, record: Record) -> None:
    await line.say(HANAKO, "電話は090-1234-5678です")
    answers = await line.answers(HANAKO, GREETED + 2)

    assert record.heard == ["電話は〔電話番号〕です"]
    assert phrases.MASKED in [answer.text for answer in answers]


LOADED = """
import sys
from pathlib import Path
from api.app import create_app
from api.config import Settings
create_app(Settings(folder=Path(sys.argv[1])))
print(sorted(name for name in sys.modules if name.partition(".")[0] in ("linebot", "slack_sdk")))
"""


def test_a_gateway_without_line_does_not_load_what_line_needs(tmp_path: Path) -> None:
    command = [sys.executable, "-c", LOADED, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


async def test_without_its_keys_there_is_no_webhook(client: httpx2.AsyncClient) -> None:
    assert (await client.post("/webhooks/line", json={"events": []})).status_code == 404
