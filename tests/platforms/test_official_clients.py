"""The platforms' own client libraries get along with the imitations, so nothing that they send is unknown."""

from linebot.v3.messaging import (  # type: ignore[import-untyped, unused-ignore]
    AsyncApiClient,
    AsyncMessagingApi,
    Configuration,
    FlexMessage,
    PostbackAction,
    PushMessageRequest,
    QuickReply,
    QuickReplyItem,
    ReplyMessageRequest,
    ShowLoadingAnimationRequest,
    TextMessage,
)
from linebot.v3.messaging.models.flex_container import (  # type: ignore[import-untyped, unused-ignore]
    FlexContainer,
)
from linebot.v3.webhook import WebhookParser  # type: ignore[import-untyped, unused-ignore]
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from tests.platforms.hook import Hook
from tests.platforms.line import FakeLine, user_id
from tests.platforms.slack import FakeSlack

HANAKO = user_id("hanako")
KEY = "123e4567-e89b-12d3-a456-426614174000"
CARD = {
    "type": "bubble",
    "body": {"type": "box", "layout": "vertical", "contents": [{"type": "text", "text": "公社"}]},
}


async def test_line_is_read_and_answered(line: FakeLine, hook: Hook) -> None:
    event = await line.say(HANAKO, "@窓口 助けて")
    choice = PostbackAction(label="はい", data="1.0", displayText="はい")
    text = TextMessage(text="はい", quickReply=QuickReply(items=[QuickReplyItem(action=choice)]))
    card = FlexMessage(altText="公社", contents=FlexContainer.from_dict(CARD))
    configuration = Configuration(access_token=line.token, host=line.url)

    async with AsyncApiClient(configuration) as client:
        api = AsyncMessagingApi(client)
        await api.show_loading_animation(ShowLoadingAnimationRequest(chatId=HANAKO, loadingSeconds=20))
        await api.reply_message(ReplyMessageRequest(replyToken=event.reply_token, messages=[card, text]))
        await api.push_message(PushMessageRequest(to=HANAKO, messages=[text]), x_line_retry_key=KEY)

    (read,) = WebhookParser(line.secret).parse(hook.raw[0].decode(), hook.headers[0]["x-line-signature"])
    assert read.message.mention.mentionees[0].is_self
    assert [shown.how for shown in line.chats[HANAKO].answers] == ["reply", "reply", "push"]
    assert line.refused == []


async def test_slack_is_verified_and_answered(slack: FakeSlack, hook: Hook) -> None:
    user = slack.person("花子")
    await slack.say(user, "助けて")
    client = AsyncWebClient(token=slack.token, base_url=f"{slack.api}/")

    opened = await client.conversations_open(users=user)
    metadata = {"event_type": "madoguchi_delivery", "event_payload": {"key": "k1"}}
    divider = [{"type": "divider"}]
    await client.chat_postMessage(channel=user, text="はい", blocks=divider, metadata=metadata)
    history = await client.conversations_history(
        channel=opened["channel"]["id"], include_all_metadata=True, limit=10
    )
    await client.views_publish(user_id=user, view={"type": "home", "blocks": divider})

    clock = type("Clock", (), {"now": lambda _: slack.clock().timestamp()})()
    verifier = SignatureVerifier(slack.secret, clock)
    assert verifier.is_valid_request(hook.raw[0], dict(hook.headers[0]))
    assert history["messages"][0]["metadata"] == metadata
    assert slack.refused == []
