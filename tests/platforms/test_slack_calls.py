"""The bot's calls: who may, what is kept, how fast, and troubles on command."""

from typing import Any

import httpx2
import pytest

from tests.platforms.conftest import Watch
from tests.platforms.slack import FakeSlack

KEY = {"event_type": "madoguchi_delivery", "event_payload": {"key": "k1"}}


async def call(app: httpx2.AsyncClient, method: str, **arguments: Any) -> Any:
    return (await app.post(method, json=arguments)).json()


async def post(app: httpx2.AsyncClient, channel: str, text: str = "はい", **more: Any) -> Any:
    return await call(app, "chat.postMessage", channel=channel, text=text, **more)


async def test_a_message_is_seen_in_its_channel(slack: FakeSlack, app: httpx2.AsyncClient) -> None:
    channel = slack.channel("相談")

    answer = await post(app, channel)

    (shown,) = await slack.answers(channel, 1)
    assert (answer["ok"], answer["channel"], answer["ts"]) == (True, channel, shown.ts)
    assert shown.text == "はい"
    assert slack.refused == []


async def test_a_message_to_a_person_stands_in_their_direct_messages(
    slack: FakeSlack, app: httpx2.AsyncClient
) -> None:
    user = slack.person("花子")

    opened = await call(app, "conversations.open", users=user)
    answer = await post(app, user)

    assert opened["channel"]["id"] == answer["channel"] == slack.direct(user)


async def test_a_call_needs_the_token(slack: FakeSlack) -> None:
    async with httpx2.AsyncClient(base_url=f"{slack.api}/") as stranger:
        assert (await call(stranger, "auth.test"))["error"] == "not_authed"
        stranger.headers["Authorization"] = "Bearer guessed"
        assert (await call(stranger, "auth.test"))["error"] == "invalid_auth"


async def test_the_bot_is_told_who_it_is(slack: FakeSlack, app: httpx2.AsyncClient) -> None:
    answer = await call(app, "auth.test")

    assert (answer["user_id"], answer["team_id"]) == (slack.workspace.bot_user, slack.workspace.id)


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown channel": ({"channel": "C404", "text": "はい"}, "channel_not_found"),
    "no channel": ({"channel": None, "text": "はい"}, "invalid_arguments"),
    "no text": ({"text": ""}, "no_text"),
    "blocks without text": ({"blocks": [{"type": "divider"}]}, "no_text"),
    "a text that is too long": ({"text": "a" * 40_001}, "invalid_arguments"),
    "an unknown argument": ({"text": "はい", "colour": "red"}, "invalid_arguments"),
    "a thread that is not": ({"text": "はい", "thread_ts": "1.0"}, "thread_not_found"),
    "metadata without a payload": (
        {"text": "はい", "metadata": {"event_type": "a"}},
        "invalid_arguments",
    ),
}


@pytest.mark.parametrize(("arguments", "error"), WRONG.values(), ids=WRONG)
async def test_what_is_wrong_has_a_name(
    slack: FakeSlack, app: httpx2.AsyncClient, arguments: dict[str, Any], error: str
) -> None:
    answer = await call(app, "chat.postMessage", **{"channel": slack.channel("相談"), **arguments})

    assert answer["error"] == error
    assert len(slack.refused) == 1


async def test_the_bot_must_be_in_the_channel(slack: FakeSlack, app: httpx2.AsyncClient) -> None:
    without = slack.channel("内緒", has_bot=False)
    archived = slack.channel("過去")
    slack.chats[archived].is_archived = True

    assert (await post(app, without))["error"] == "not_in_channel"
    assert (await post(app, archived))["error"] == "is_archived"


async def test_metadata_is_kept_and_given_when_asked_for(slack: FakeSlack, app: httpx2.AsyncClient) -> None:
    channel = slack.channel("相談")
    first = await post(app, channel, metadata=KEY)
    await post(app, channel, "続き", thread_ts=first["ts"], metadata=KEY)

    history = await app.get(
        "conversations.history", params={"channel": channel, "include_all_metadata": "true"}
    )
    replies = await app.get("conversations.replies", params={"channel": channel, "ts": first["ts"]})

    assert [message["metadata"] for message in history.json()["messages"]] == [KEY]
    assert [message["text"] for message in replies.json()["messages"]] == ["はい", "続き"]
    assert all("metadata" not in message for message in replies.json()["messages"])


async def test_history_is_newest_first_and_in_pages(
    slack: FakeSlack, app: httpx2.AsyncClient, watch: Watch
) -> None:
    channel = slack.channel("相談")
    stamps = []
    for text in "一二三":
        stamps.append((await post(app, channel, text))["ts"])
        watch.forward(seconds=1)

    page = await call(app, "conversations.history", channel=channel, limit=2)
    cursor = page["response_metadata"]["next_cursor"]
    rest = await call(app, "conversations.history", channel=channel, limit=2, cursor=cursor)
    late = await call(app, "conversations.history", channel=channel, oldest=stamps[1])

    assert [message["text"] for message in page["messages"]] == ["三", "二"]
    assert ([message["text"] for message in rest["messages"]], rest["has_more"]) == (["一"], False)
    assert [message["text"] for message in late["messages"]] == ["三"]


async def test_a_few_messages_at_once_are_let_through_and_then_one_a_second(
    slack: FakeSlack, app: httpx2.AsyncClient, watch: Watch
) -> None:
    channel = slack.channel("相談")
    for _ in range(5):
        await post(app, channel)

    over = await app.post("chat.postMessage", json={"channel": channel, "text": "はい"})
    elsewhere = await post(app, slack.channel("別の相談"))
    watch.forward(seconds=1)
    later = await post(app, channel)

    assert (over.status_code, over.headers["retry-after"]) == (429, "1")
    assert over.json() == {"ok": False, "error": "ratelimited"}
    assert (elsewhere["ok"], later["ok"], slack.pace.limited) == (True, True, 1)
    assert slack.refused == []


async def test_the_bot_changes_and_deletes_its_own_messages_only(
    slack: FakeSlack, app: httpx2.AsyncClient
) -> None:
    channel = slack.channel("相談", user := slack.person("花子"))
    own = await post(app, channel)
    await slack.say(user, "私の", channel=channel)
    other = slack.chats[channel].posts[-1].ts

    changed = await call(app, "chat.update", channel=channel, ts=own["ts"], text="いいえ")
    refused = await call(app, "chat.update", channel=channel, ts=other, text="いいえ")

    assert (changed["text"], refused["error"]) == ("いいえ", "cant_update_message")
    assert slack.chats[channel].texts == ["いいえ"]
    assert (await call(app, "chat.delete", channel=channel, ts=own["ts"]))["ok"]
    assert slack.chats[channel].texts == []


async def test_what_only_one_sees_leaves_no_trace(slack: FakeSlack, app: httpx2.AsyncClient) -> None:
    channel = slack.channel("相談", user := slack.person("花子"))

    answer = await call(app, "chat.postEphemeral", channel=channel, user=user, text="あなただけに")

    assert answer["ok"]
    assert slack.chats[channel].posts[0].only_for == user
    assert (await call(app, "conversations.history", channel=channel))["messages"] == []
    stranger = slack.person("太郎")
    refused = await call(app, "chat.postEphemeral", channel=channel, user=stranger, text="あなたに")
    assert refused["error"] == "user_not_in_channel"


async def test_without_the_bot_in_the_workspace_nothing_goes(
    slack: FakeSlack, app: httpx2.AsyncClient
) -> None:
    await slack.uninstall()

    assert (await call(app, "auth.test"))["error"] == "account_inactive"


async def test_calls_go_wrong_on_command(slack: FakeSlack, app: httpx2.AsyncClient) -> None:
    channel = slack.channel("相談")
    slack.trouble(on="chat.postMessage", status=200)
    slack.trouble("lose", on="chat.postMessage")

    assert await post(app, channel) == {"ok": False, "error": "internal_error"}
    with pytest.raises(httpx2.TransportError):
        await post(app, channel, "届いた")

    assert slack.chats[channel].texts == ["届いた"]


async def test_a_person_has_a_name(slack: FakeSlack, app: httpx2.AsyncClient) -> None:
    user = slack.person("花子")

    assert (await call(app, "users.info", user=user))["user"]["profile"]["display_name"] == "花子"
    assert (await call(app, "users.info", user="U404"))["error"] == "user_not_found"
    assert (await call(app, "users.guess"))["error"] == "unknown_method"
