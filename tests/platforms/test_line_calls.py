"""The bot's calls: the right to reply, pushes and their keys, the quota, the dots, and troubles on command."""

from typing import Any
from uuid import uuid4

import httpx2
import pytest

from tests.platforms.conftest import Watch
from tests.platforms.line import Event, FakeLine, group_id, user_id

HANAKO = user_id("hanako")
HELLO = [{"type": "text", "text": "こんにちは"}]


async def reply(bot: httpx2.AsyncClient, event: Event, **more: Any) -> httpx2.Response:
    body = {"replyToken": event.reply_token, "messages": HELLO}
    return await bot.post("/v2/bot/message/reply", json=body, **more)


async def push(
    bot: httpx2.AsyncClient, *, key: str | None = None, to: str = HANAKO, said: str = "こんにちは"
) -> httpx2.Response:
    headers = {"X-Line-Retry-Key": key} if key else {}
    body = {"to": to, "messages": [{"type": "text", "text": said}]}
    return await bot.post("/v2/bot/message/push", json=body, headers=headers)


async def test_a_reply_is_seen_by_the_user(line: FakeLine, bot: httpx2.AsyncClient) -> None:
    event = await line.say(HANAKO, "助けて")

    answer = await reply(bot, event)

    assert answer.status_code == 200
    assert len(answer.json()["sentMessages"]) == 1
    (shown,) = await line.answers(HANAKO, 1)
    assert (shown.text, shown.how) == ("こんにちは", "reply")
    assert line.refused == []


async def test_a_reply_token_is_spent_once(line: FakeLine, bot: httpx2.AsyncClient) -> None:
    event = await line.say(HANAKO, "助けて")
    await reply(bot, event)

    again = await reply(bot, event)
    assert (again.status_code, again.json()) == (400, {"message": "Invalid reply token"})
    assert line.refused == []  # who lost the answer cannot but ask again

    more = {"replyToken": event.reply_token, "messages": [{"type": "text", "text": "もう一つ"}]}
    assert (await bot.post("/v2/bot/message/reply", json=more)).status_code == 400
    assert [call.reason for call in line.refused] == ["Invalid reply token"]
    assert line.chats[HANAKO].texts == ["こんにちは"]


@pytest.mark.parametrize(("seconds", "status"), [(60, 200), (60.1, 400)])
async def test_a_reply_token_lives_a_minute(
    line: FakeLine, bot: httpx2.AsyncClient, watch: Watch, seconds: float, status: int
) -> None:
    event = await line.say(HANAKO, "助けて")

    watch.forward(seconds=seconds)

    assert (await reply(bot, event)).status_code == status


async def test_a_refused_reply_leaves_the_token(line: FakeLine, bot: httpx2.AsyncClient) -> None:
    event = await line.say(HANAKO, "助けて")
    await bot.post("/v2/bot/message/reply", json={"replyToken": event.reply_token, "messages": []})

    assert (await reply(bot, event)).status_code == 200


async def test_a_reply_with_a_retry_key_is_refused(line: FakeLine, bot: httpx2.AsyncClient) -> None:
    event = await line.say(HANAKO, "助けて")

    answer = await reply(bot, event, headers={"X-Line-Retry-Key": str(uuid4())})

    assert answer.status_code == 400


async def test_a_push_is_accepted_once_under_its_key(line: FakeLine, bot: httpx2.AsyncClient) -> None:
    await line.follow(HANAKO)
    key = str(uuid4())
    first = await push(bot, key=key)

    second = await push(bot, key=key)

    assert (first.status_code, second.status_code) == (200, 409)
    assert second.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    assert second.json()["sentMessages"] == first.json()["sentMessages"]
    assert line.chats[HANAKO].texts == ["こんにちは"]
    assert line.refused == []


async def test_the_same_key_with_another_body_is_a_fault(line: FakeLine, bot: httpx2.AsyncClient) -> None:
    await line.follow(HANAKO)
    key = str(uuid4())
    await push(bot, key=key)

    answer = await push(bot, key=key, said="別のこと")

    assert answer.status_code == 409
    assert len(line.refused) == 1


async def test_a_key_is_forgotten_after_a_day(line: FakeLine, bot: httpx2.AsyncClient, watch: Watch) -> None:
    await line.follow(HANAKO)
    key = str(uuid4())
    await push(bot, key=key)

    watch.forward(hours=24.1)

    assert (await push(bot, key=key)).status_code == 200


async def test_a_key_must_be_a_uuid(line: FakeLine, bot: httpx2.AsyncClient) -> None:
    await line.follow(HANAKO)

    assert (await push(bot, key="the first")).status_code == 400


async def test_nobody_is_pushed_to_who_never_came(line: FakeLine, bot: httpx2.AsyncClient) -> None:
    assert (await push(bot, to=user_id("nobody"))).status_code == 400


async def test_who_blocked_the_account_sees_nothing_and_the_push_succeeds(
    line: FakeLine, bot: httpx2.AsyncClient
) -> None:
    await line.follow(HANAKO)
    await line.unfollow(HANAKO)

    assert (await push(bot)).status_code == 200
    assert line.chats[HANAKO].answers == []


async def test_pushes_end_with_the_quota_and_replies_do_not(line: FakeLine, bot: httpx2.AsyncClient) -> None:
    line.messaging.quota = 1
    event = await line.say(HANAKO, "助けて")
    await push(bot)

    over = await push(bot)

    assert (over.status_code, over.json()) == (429, {"message": "You have reached your monthly limit."})
    assert (await bot.get("/v2/bot/message/quota")).json() == {"type": "limited", "value": 1}
    assert (await bot.get("/v2/bot/message/quota/consumption")).json() == {"totalUsage": 1}
    assert (await reply(bot, event)).status_code == 200
    assert line.refused == []


async def test_a_push_to_a_group_counts_each_member(line: FakeLine, bot: httpx2.AsyncClient) -> None:
    group = group_id("the firm")
    await line.join(group, HANAKO, user_id("taro"))

    await push(bot, to=group)

    assert line.messaging.used == 2


@pytest.mark.parametrize(("seconds", "status"), [(5, 202), (60, 202), (7, 400), (65, 400), (0, 400)])
async def test_the_dots_last_five_to_sixty_seconds_in_steps_of_five(
    line: FakeLine, bot: httpx2.AsyncClient, seconds: int, status: int
) -> None:
    await line.follow(HANAKO)

    answer = await bot.post("/v2/bot/chat/loading/start", json={"chatId": HANAKO, "loadingSeconds": seconds})

    assert answer.status_code == status
    assert line.chats[HANAKO].is_loading is (status == 202)


async def test_the_dots_are_not_for_groups(line: FakeLine, bot: httpx2.AsyncClient) -> None:
    group = group_id("the firm")
    await line.join(group, HANAKO)

    assert (await bot.post("/v2/bot/chat/loading/start", json={"chatId": group})).status_code == 400


async def test_a_call_needs_the_token(line: FakeLine) -> None:
    async with httpx2.AsyncClient(base_url=line.url) as stranger:
        assert (await push(stranger)).status_code == 401


async def test_what_does_not_exist_is_written_down(line: FakeLine, bot: httpx2.AsyncClient) -> None:
    assert (await bot.post("/v2/bot/message/telepathy", json={})).status_code == 404
    assert len(line.refused) == 1


async def test_a_profile_is_read_of_friends_only(line: FakeLine, bot: httpx2.AsyncClient) -> None:
    await line.follow(HANAKO)
    line.chats.names[HANAKO] = "花子"

    assert (await bot.get(f"/v2/bot/profile/{HANAKO}")).json()["displayName"] == "花子"
    await line.unfollow(HANAKO)
    assert (await bot.get(f"/v2/bot/profile/{HANAKO}")).status_code == 404


async def test_a_push_can_fail_on_command(line: FakeLine, bot: httpx2.AsyncClient) -> None:
    await line.follow(HANAKO)
    line.trouble(on="/push", status=429, retry_after=3)
    line.trouble("cut", on="/push")

    first = await push(bot)

    assert (first.status_code, first.headers["retry-after"]) == (429, "3")
    with pytest.raises(httpx2.TransportError):
        await push(bot)
    assert (await push(bot)).status_code == 200
    assert line.chats[HANAKO].texts == ["こんにちは"]


async def test_an_answer_can_be_lost_after_the_push_was_accepted(
    line: FakeLine, bot: httpx2.AsyncClient
) -> None:
    await line.follow(HANAKO)
    line.trouble("lose", on="/push")
    key = str(uuid4())

    with pytest.raises(httpx2.TransportError):
        await push(bot, key=key)

    assert line.chats[HANAKO].texts == ["こんにちは"]
    assert (await push(bot, key=key)).status_code == 409


async def test_an_answer_can_be_lost_after_the_reply_was_accepted(
    line: FakeLine, bot: httpx2.AsyncClient
) -> None:
    event = await line.say(HANAKO, "助けて")
    line.trouble("lose", on="/reply")

    with pytest.raises(httpx2.TransportError):
        await reply(bot, event)

    assert line.chats[HANAKO].texts == ["こんにちは"]
    assert (await reply(bot, event)).status_code == 400
    assert line.refused == []


async def test_a_call_can_hang(line: FakeLine, bot: httpx2.AsyncClient) -> None:
    await line.follow(HANAKO)
    line.trouble("hang", on="/push", times=1)

    with pytest.raises(httpx2.ReadTimeout):
        await bot.post("/v2/bot/message/push", json={"to": HANAKO, "messages": HELLO}, timeout=0.1)

    assert line.chats[HANAKO].answers == []
