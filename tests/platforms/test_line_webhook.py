"""The webhook is called as LINE calls it: signed, once more if need be, late, and in any order."""

import base64
import hashlib
import hmac
import re
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest

from tests.platforms.hook import Hook
from tests.platforms.line import FakeLine, group_id, user_id

HANAKO = user_id("hanako")
GROUP = group_id("the firm")


async def answer(bot: httpx2.AsyncClient, token: str, *messages: dict[str, Any]) -> None:
    body = {"replyToken": token, "messages": list(messages)}
    (await bot.post("/v2/bot/message/reply", json=body)).raise_for_status()


async def test_a_call_is_signed_over_its_raw_body(line: FakeLine, hook: Hook) -> None:
    await line.say(HANAKO, "助けて")

    digest = hmac.new(line.secret.encode(), hook.raw[0], hashlib.sha256).digest()
    assert hook.headers[0]["x-line-signature"] == base64.b64encode(digest).decode()
    assert "助けて".encode() in hook.raw[0]


async def test_an_event_has_all_that_line_gives(line: FakeLine, hook: Hook) -> None:
    event = await line.say(HANAKO, "助けて")

    (body,) = hook.bodies
    (sent,) = body["events"]
    assert body["destination"] == line.id
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{26}", sent["webhookEventId"])
    assert sent["deliveryContext"] == {"isRedelivery": False}
    assert sent["timestamp"] == int(line.clock().timestamp() * 1000)
    assert sent["source"] == {"type": "user", "userId": HANAKO}
    assert (sent["type"], sent["mode"]) == ("message", "active")
    assert sent["message"]["text"] == "助けて"
    assert sent["replyToken"] == event.reply_token
    assert event.is_kept


Doing = Callable[[FakeLine], Awaitable[Any]]
DOINGS: dict[str, tuple[Doing, dict[str, Any]]] = {
    "sticker": (lambda line: line.send_sticker(HANAKO), {"type": "message"}),
    "image": (lambda line: line.send_media(HANAKO, "image"), {"type": "message"}),
    "audio": (lambda line: line.send_media(HANAKO, "audio"), {"type": "message"}),
    "video": (lambda line: line.send_media(HANAKO, "video"), {"type": "message"}),
    "file": (lambda line: line.send_media(HANAKO, "file"), {"type": "message"}),
    "location": (lambda line: line.share_location(HANAKO, "東京都板橋区"), {"type": "message"}),
    "postback": (lambda line: line.post_back(HANAKO, "1.0"), {"postback": {"data": "1.0"}}),
    "follow": (lambda line: line.follow(HANAKO), {"follow": {"isUnblocked": False}}),
    "join": (lambda line: line.join(GROUP, HANAKO), {"source": {"type": "group", "groupId": GROUP}}),
    "let in": (lambda line: line.let_in(GROUP, HANAKO), {"type": "memberJoined"}),
}


@pytest.mark.parametrize(("do", "expected"), DOINGS.values(), ids=DOINGS)
async def test_what_users_do_can_be_replied_to(
    line: FakeLine, hook: Hook, do: Doing, expected: dict[str, Any]
) -> None:
    await do(line)

    assert expected.items() <= hook.events[0].items()
    assert "replyToken" in hook.events[0]


async def test_going_away_cannot_be_replied_to(line: FakeLine, hook: Hook) -> None:
    said = await line.say(HANAKO, "間違えた")
    await line.unsend(said)
    await line.unfollow(HANAKO)
    await line.leave(GROUP)

    assert [event["type"] for event in hook.events[1:]] == ["unsend", "unfollow", "leave"]
    assert hook.events[1]["unsend"] == {"messageId": said.message}
    assert not any("replyToken" in event for event in hook.events[1:])


async def test_who_comes_back_has_unblocked(line: FakeLine, hook: Hook) -> None:
    await line.follow(HANAKO)
    await line.unfollow(HANAKO)
    await line.follow(HANAKO)

    assert hook.events[-1]["follow"] == {"isUnblocked": True}


async def test_the_bot_is_mentioned_by_its_name(line: FakeLine, hook: Hook) -> None:
    await line.say(HANAKO, "😀 @窓口 助けて", chat=GROUP)

    (mentionee,) = hook.events[0]["message"]["mention"]["mentionees"]
    assert (mentionee["index"], mentionee["length"], mentionee["isSelf"]) == (3, 3, True)
    assert hook.events[0]["source"] == {"type": "group", "groupId": GROUP, "userId": HANAKO}


async def test_in_standby_there_is_nothing_to_reply_with(line: FakeLine, hook: Hook) -> None:
    line.mode = "standby"
    await line.say(HANAKO, "助けて")

    assert hook.events[0]["mode"] == "standby"
    assert "replyToken" not in hook.events[0]


async def test_a_quick_reply_is_pressed_while_it_is_the_last_bubble(
    line: FakeLine, bot: httpx2.AsyncClient, hook: Hook
) -> None:
    first = await line.say(HANAKO, "助けて")
    action = {"type": "postback", "label": "はい", "data": "2.0", "displayText": "はい"}
    choices = {"items": [{"type": "action", "action": action}]}
    await answer(bot, first.reply_token, {"type": "text", "text": "どうしますか", "quickReply": choices})

    await line.press(HANAKO, "はい")

    assert hook.events[-1]["postback"] == {"data": "2.0"}
    assert line.chats[HANAKO].shown[-1].text == "はい"
    with pytest.raises(AssertionError, match="cannot be tapped"):
        await line.press(HANAKO, "はい")


async def test_a_button_of_an_old_card_can_still_be_pressed(
    line: FakeLine, bot: httpx2.AsyncClient, hook: Hook
) -> None:
    said = await line.say(HANAKO, "助けて")
    action = {"type": "postback", "label": "予約", "data": "2.1"}
    box = {"type": "box", "layout": "vertical", "contents": [{"type": "button", "action": action}]}
    card = {"type": "flex", "altText": "公社", "contents": {"type": "bubble", "body": box}}
    await answer(bot, said.reply_token, card)
    await line.say(HANAKO, "ところで")

    await line.press(HANAKO, "予約")

    assert hook.events[-1]["postback"] == {"data": "2.1"}


async def test_events_are_held_and_sent_in_another_order(line: FakeLine, hook: Hook) -> None:
    async with line.holding() as held:
        await line.say(HANAKO, "一")
        await line.say(HANAKO, "二")
    assert hook.bodies == []

    await line.deliver(*reversed(held))
    await line.redeliver(held[0])

    assert [event["message"]["text"] for event in hook.events] == ["二", "一", "一"]
    assert hook.events[2]["deliveryContext"] == {"isRedelivery": True}
    assert hook.events[2]["webhookEventId"] == hook.events[1]["webhookEventId"]


async def test_what_was_not_taken_comes_again_if_so_switched(line: FakeLine, hook: Hook) -> None:
    hook.status = 500
    line.redeliver_after(0, 0)

    event = await line.say(HANAKO, "助けて")
    await line.until(lambda: len(line.webhook.sent) == 3)

    assert not event.is_kept
    assert [sent["deliveryContext"]["isRedelivery"] for sent in hook.events] == [False, True, True]


async def test_it_does_not_come_again_otherwise(line: FakeLine, hook: Hook) -> None:
    hook.status = 500
    await line.say(HANAKO, "助けて")
    hook.status = 200
    await line.say(HANAKO, "助けて")

    assert len(hook.bodies) == 2


async def test_line_does_not_wait_for_ever(line: FakeLine, hook: Hook) -> None:
    hook.awake.clear()

    event = await line.say(HANAKO, "助けて")

    assert event.status is None


async def test_a_call_may_have_no_events_or_a_wrong_signature(line: FakeLine, hook: Hook) -> None:
    async with line.holding() as held:
        await line.say(HANAKO, "助けて")

    assert await line.send_nothing() == 200
    await line.deliver(*held, signature="forged")

    assert hook.bodies[0]["events"] == []
    assert hook.headers[1]["x-line-signature"] == "forged"


async def test_the_webhook_is_set_and_tried(line: FakeLine, bot: httpx2.AsyncClient, hook: Hook) -> None:
    there = f"{hook.url}/elsewhere"
    await bot.put("/v2/bot/channel/webhook/endpoint", json={"endpoint": there})

    told = (await bot.get("/v2/bot/channel/webhook/endpoint")).json()
    tried = (await bot.post("/v2/bot/channel/webhook/test", json={})).json()

    assert told == {"endpoint": there, "active": True}
    assert (tried["success"], tried["statusCode"], hook.paths) == (True, 200, ["/elsewhere"])
    insecure = await bot.put("/v2/bot/channel/webhook/endpoint", json={"endpoint": "http://example.jp/"})
    assert insecure.status_code == 400
