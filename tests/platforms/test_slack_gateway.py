"""The gateway is called as Slack calls it: signed, once more if need be, for words, buttons and commands."""

import hashlib
import hmac
import json
from typing import Any

import httpx2
import pytest
from starlette.responses import JSONResponse

from tests.platforms.conftest import Watch
from tests.platforms.hook import Hook
from tests.platforms.slack import FakeSlack
from tests.platforms.slack.typed import untyped

BUTTON = {
    "type": "button",
    "action_id": "choice:0",
    "value": "2.0",
    "text": {"type": "plain_text", "text": "はい"},
}
BLOCKS = [{"type": "actions", "block_id": "choices", "elements": [BUTTON]}]


async def post(app: httpx2.AsyncClient, **body: Any) -> Any:
    answer = (await app.post("chat.postMessage", json=body)).json()
    assert answer["ok"], answer
    return answer


async def test_a_call_is_signed_over_time_and_raw_body(slack: FakeSlack, hook: Hook, watch: Watch) -> None:
    await slack.say(slack.person("花子"), "助けて")

    at = hook.headers[0]["x-slack-request-timestamp"]
    digest = hmac.new(slack.secret.encode(), f"v0:{at}:".encode() + hook.raw[0], hashlib.sha256).hexdigest()
    assert hook.headers[0]["x-slack-signature"] == f"v0={digest}"
    assert at == str(int(watch().timestamp()))
    assert hook.paths == ["/slack/events"]


async def test_a_direct_message_has_all_that_slack_gives(slack: FakeSlack, hook: Hook) -> None:
    user = slack.person("花子")

    sent = await slack.say(user, "助けて")

    (body,) = hook.bodies
    assert sent and sent.is_taken
    assert (body["type"], body["event_id"], body["team_id"]) == (
        "event_callback",
        sent.id,
        slack.workspace.id,
    )
    assert body["event"]["type"] == "message"
    assert body["event"]["channel_type"] == "im"
    assert body["event"]["channel"] == slack.direct(user)
    assert (body["event"]["user"], body["event"]["text"]) == (user, "助けて")


TYPED = {
    "A&B <社内>": "A&amp;B &lt;社内&gt;",
    "https://example.jp/?a=1&b=2 です": "<https://example.jp/?a=1&amp;b=2> です",
    "a.b@example.jpへ": "<mailto:a.b@example.jp|a.b@example.jp>へ",
}


@pytest.mark.parametrize(("text", "arrives"), TYPED.items())
async def test_a_text_arrives_as_slack_writes_it_down(
    slack: FakeSlack, hook: Hook, text: str, arrives: str
) -> None:
    sent = await slack.say(slack.person("花子"), text)

    assert sent is not None
    assert hook.bodies[0]["event"]["text"] == arrives
    assert untyped(arrives) == text


async def test_in_a_channel_the_bot_hears_only_its_name(slack: FakeSlack, hook: Hook) -> None:
    channel = slack.channel("相談", user := slack.person("花子"))

    assert await slack.say(user, "ねえ", channel=channel) is None
    sent = await slack.say(user, f"{slack.mention} 助けて", channel=channel)

    assert sent is not None
    await slack.say(user, f"{slack.mention} 続き", channel=channel, thread=sent.ts)
    assert [body["event"]["type"] for body in hook.bodies] == ["app_mention", "app_mention"]
    assert "channel_type" not in hook.bodies[0]["event"]
    assert hook.bodies[1]["event"]["thread_ts"] == sent.ts


async def test_edits_and_deletions_are_hidden_messages(slack: FakeSlack, hook: Hook) -> None:
    user = slack.person("花子")
    sent = await slack.say(user, "間違い")
    assert sent is not None

    await slack.edit(user, sent.ts, "正しい")
    await slack.delete(user, sent.ts)

    changed, deleted = (body["event"] for body in hook.bodies[1:])
    assert (changed["subtype"], changed["message"]["text"]) == ("message_changed", "正しい")
    assert changed["previous_message"]["text"] == "間違い"
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", sent.ts)
    assert changed["hidden"] and deleted["hidden"]


async def test_the_bot_hears_itself_and_other_bots(
    slack: FakeSlack, app: httpx2.AsyncClient, hook: Hook
) -> None:
    user = slack.person("花子")
    await post(app, channel=slack.direct(user), text="はい")
    await slack.until(lambda: len(slack.gateway.sent) == 1)

    await slack.let_another_bot_say(slack.direct(user), "お知らせ")

    own, other = (body["event"] for body in hook.bodies)
    assert (own["bot_id"], own["user"]) == (slack.workspace.bot, slack.workspace.bot_user)
    assert other["subtype"] == "bot_message"


async def test_a_button_is_pressed(slack: FakeSlack, app: httpx2.AsyncClient, hook: Hook) -> None:
    channel = slack.channel("相談", user := slack.person("花子"))
    posted = await post(app, channel=channel, text="どうしますか", blocks=BLOCKS)

    sent = await slack.press(user, "はい", channel=channel)

    (payload,) = hook.bodies
    (action,) = payload["actions"]
    assert sent.is_taken
    assert hook.paths == ["/slack/interactions"]
    assert payload["type"] == "block_actions"
    assert (action["action_id"], action["value"], action["block_id"]) == ("choice:0", "2.0", "choices")
    assert payload["container"]["message_ts"] == posted["ts"]
    assert payload["trigger_id"] and payload["user"]["id"] == user


async def test_a_response_url_is_answered_a_few_times_and_not_for_ever(
    slack: FakeSlack, app: httpx2.AsyncClient, hook: Hook, watch: Watch
) -> None:
    channel = slack.channel("相談", user := slack.person("花子"))
    await post(app, channel=channel, text="どうしますか", blocks=BLOCKS)
    await slack.press(user, "はい", channel=channel)
    url = hook.bodies[0]["response_url"]

    statuses = [(await app.post(url, json={"text": "あなたに"})).status_code for _ in range(6)]

    assert statuses == [200] * 5 + [404]
    assert slack.chats[channel].posts[-1].only_for == user
    await slack.press(user, "はい", channel=channel)
    watch.forward(minutes=31)
    assert (await app.post(hook.bodies[1]["response_url"], json={"text": "遅い"})).status_code == 404


async def test_the_pressed_message_is_replaced(slack: FakeSlack, app: httpx2.AsyncClient, hook: Hook) -> None:
    channel = slack.channel("相談", user := slack.person("花子"))
    await post(app, channel=channel, text="どうしますか", blocks=BLOCKS)
    await slack.press(user, "はい", channel=channel)

    await app.post(hook.bodies[0]["response_url"], json={"text": "承りました", "replace_original": True})

    (shown,) = slack.chats[channel].posts
    assert (shown.text, shown.buttons) == ("承りました", [])


async def test_a_command_is_answered_at_once(slack: FakeSlack, hook: Hook) -> None:
    channel = slack.channel("相談", user := slack.person("花子"))
    hook.answer = lambda _: JSONResponse({"response_type": "ephemeral", "text": "続きは個別に"})

    await slack.command(user, "/madoguchi", "助けて", channel=channel)

    (fields,) = hook.bodies
    assert hook.paths == ["/slack/commands"]
    assert (fields["command"], fields["text"], fields["user_id"]) == ("/madoguchi", "助けて", user)
    (shown,) = slack.chats[channel].posts
    assert (shown.text, shown.only_for) == ("続きは個別に", user)
    assert slack.refused == []


async def test_the_home_tab_is_looked_at_and_pressed(
    slack: FakeSlack, app: httpx2.AsyncClient, hook: Hook
) -> None:
    user = slack.person("花子")
    await slack.open_home(user)
    view = {"type": "home", "blocks": BLOCKS}
    await app.post("views.publish", data={"user_id": user, "view": json.dumps(view)})

    await slack.press_at_home(user, "はい")

    assert hook.bodies[0]["event"]["type"] == "app_home_opened"
    assert hook.bodies[1]["container"]["type"] == "view"
    assert slack.refused == []


async def test_a_modal_is_opened_and_sent_off(slack: FakeSlack, app: httpx2.AsyncClient, hook: Hook) -> None:
    user = slack.person("花子")
    await slack.command(user, "/madoguchi")
    title = {"type": "plain_text", "text": "ご相談"}
    view = {"type": "modal", "callback_id": "details", "title": title, "blocks": [{"type": "divider"}]}
    await app.post("views.open", json={"trigger_id": hook.bodies[0]["trigger_id"], "view": view})

    await slack.submit(user, {"firm": {"a": {"type": "plain_text_input", "value": "窓口商店"}}})

    assert hook.bodies[1]["type"] == "view_submission"
    assert hook.bodies[1]["view"]["callback_id"] == "details"
    assert slack.refused == []


async def test_the_address_is_verified(slack: FakeSlack, hook: Hook) -> None:
    assert await slack.verify_url()
    assert hook.bodies[0]["type"] == "url_verification"


async def test_an_event_that_was_not_taken_comes_three_times_more(slack: FakeSlack, hook: Hook) -> None:
    slack.retry_after(0, 0, 0)
    hook.status = 500

    await slack.say(slack.person("花子"), "助けて")
    await slack.until(lambda: len(slack.gateway.sent) == 4)

    assert [headers.get("x-slack-retry-num") for headers in hook.headers] == [None, "1", "2", "3"]
    assert hook.headers[1]["x-slack-retry-reason"] == "http_error"
    assert len({body["event_id"] for body in hook.bodies}) == 1


async def test_the_gateway_can_ask_for_no_repetition(slack: FakeSlack, hook: Hook) -> None:
    slack.retry_after(0)
    hook.status, hook.no_retry = 500, True
    user = slack.person("花子")

    await slack.say(user, "一")
    await slack.say(user, "二")

    assert len(hook.bodies) == 2


async def test_slack_waits_three_seconds_and_says_so(slack: FakeSlack, hook: Hook) -> None:
    slack.retry_after(0)
    hook.awake.clear()

    sent = await slack.say(slack.person("花子"), "助けて")
    hook.awake.set()
    await slack.until(lambda: len(slack.gateway.sent) == 2)

    assert sent and sent.status is None
    assert hook.headers[1]["x-slack-retry-reason"] == "http_timeout"


async def test_events_are_held_forged_and_repeated(slack: FakeSlack, hook: Hook) -> None:
    user = slack.person("花子")
    async with slack.holding() as held:
        await slack.say(user, "一")
        await slack.say(user, "二")

    await slack.deliver(held[1])
    sent = await slack.deliver(held[0], headers={"X-Slack-Signature": "v0=forged"})
    await slack.redeliver(sent)

    assert [body["event"]["text"] for body in hook.bodies] == ["二", "一", "一"]
    assert hook.headers[1]["x-slack-signature"] == "v0=forged"
    assert hook.headers[2]["x-slack-retry-num"] == "1"
