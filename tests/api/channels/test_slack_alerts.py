"""Staff are told in a channel of Slack that a person is asked for: where to look, never what was written."""

from typing import Any

from api import phrases
from tests.api.channels.slack_house import House, shown
from tests.api.fake_bot import saying
from tests.api.visitor import Visitor
from tests.platforms.slack import Post
from tests.platforms.trouble import How

SECRET = "山田商店の山田です。もう限界です"


def calling(reason: str = "requested", **slots: Any) -> Any:
    given = {"topics": ["sales_decline"], "municipality": "板橋区", **slots}
    return saying(
        {"text": "担当者につなぎます", "buttons": [], "desks": []}, handoff={"reason": reason}, slots=given
    )


async def told(house: House, channel: str, count: int = 1) -> list[Post]:
    return await house.slack.answers(channel, count)


def read(house: House, channel: str) -> str:
    return "\n".join(house.slack.chats[channel].texts)


async def test_a_call_on_the_web_is_told_with_a_link_and_nothing_that_was_written(workspace: House) -> None:
    channel = workspace.with_alerts()
    workspace.bot.behave = calling()
    async with workspace.served() as client:
        visitor = await Visitor.arrive(client)
        await visitor.say(SECRET)
        (post,) = await told(workspace, channel)

    ((conversation,),) = workspace.rows("SELECT DISTINCT conversation FROM handoffs")
    assert f"https://madoguchi.example.jp/staff/conversations/{conversation}" in shown(post)
    for word in ("人と話したい", "売上・経営", "板橋区", "ウェブ"):
        assert word in shown(post)
    assert "山田" not in shown(post) + post.text


async def test_a_call_in_slack_is_told_too(workspace: House) -> None:
    channel = workspace.with_alerts()
    workspace.bot.behave = calling("crisis")
    async with workspace.served():
        await workspace.slack.say(workspace.hanako, SECRET)
        (post,) = await told(workspace, channel)

    assert "命の危険" in post.text and "Slack" in post.text


async def test_only_words_of_our_own_tables_are_told(workspace: House) -> None:
    channel = workspace.with_alerts()
    workspace.bot.behave = calling(SECRET, topics=[SECRET], municipality=SECRET)
    async with workspace.served() as client:
        await (await Visitor.arrive(client)).say("助けて")
        (post,) = await told(workspace, channel)

    assert "山田" not in post.text
    assert post.text.count(phrases.ALERT_UNKNOWN) == 3


async def test_the_same_reason_again_is_no_news_but_another_is(workspace: House) -> None:
    channel = workspace.with_alerts()
    async with workspace.served() as client:
        visitor = await Visitor.arrive(client)
        for reason in ("requested", "requested", "crisis"):
            workspace.bot.behave = calling(reason)
            await visitor.answers(await visitor.say("助けて"))
        await workspace.slack.until(lambda: "命の危険" in read(workspace, channel))

    assert read(workspace, channel).count("人と話したい") == 1
    assert read(workspace, channel).count("命の危険") == 1


async def test_a_call_from_before_a_crash_is_told_once(workspace: House) -> None:
    workspace.bot.behave = calling()
    async with workspace.served() as client:
        visitor = await Visitor.arrive(client)
        await visitor.answers(await visitor.say("助けて"))
    channel = workspace.with_alerts()
    workspace.slack.trouble(How.lose, on="chat.postMessage")

    async with workspace.served():
        await told(workspace, channel)
        await workspace.until(lambda: workspace.deliveries == ["sent"])
    async with workspace.served():
        workspace.bot.behave = calling("crisis")
        await workspace.slack.say(workspace.hanako, "助けて")
        posts = await told(workspace, channel, 2)

    assert ["人と話したい" in post.text for post in posts] == [True, False]


async def test_staff_are_not_greeted_and_nobody_is_asked_for_them(workspace: House) -> None:
    channel = workspace.with_alerts()
    workspace.bot.behave = calling()
    async with workspace.served() as client:
        await (await Visitor.arrive(client)).say("助けて")
        (post,) = await told(workspace, channel)

    assert "こんにちは" not in shown(post)
    assert len(workspace.bot.questions) == 1
