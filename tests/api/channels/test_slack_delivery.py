"""What is said in Slack arrives once, in order and whole, whatever happens on the way."""

from typing import Any

import pytest

from api import phrases
from tests.api.channels.slack_house import House, shown
from tests.api.fake_bot import saying
from tests.platforms.slack import Post
from tests.platforms.trouble import How

POSTING = "chat.postMessage"


def told(house: House) -> list[str]:
    """The texts that the bot gave, in order of arrival."""
    return [part for post in house.slack.chats[house.direct].answers for part in shown(post).split("\n")]


async def test_a_call_that_was_lost_after_its_effect_is_not_repeated(house: House) -> None:
    house.slack.trouble(How.lose, on=POSTING)
    await house.slack.say(house.hanako, "一")
    await house.until(lambda: house.deliveries == ["sent"])
    await house.slack.say(house.hanako, "二")
    await house.answers(2)

    assert len([text for text in told(house) if text == "返事: 一"]) == 1
    assert house.slack.chats[house.direct].answers[-1].text == "返事: 二"


async def test_a_call_that_had_no_effect_is_repeated(house: House) -> None:
    house.slack.trouble(How.cut, on=POSTING)
    await house.slack.say(house.hanako, "一")

    await house.answers(1)

    assert "返事: 一" in told(house)


async def test_in_a_thread_a_lost_call_is_looked_for_in_the_thread(house: House) -> None:
    channel = house.slack.channel("相談", house.hanako)
    house.slack.trouble(How.lose, on=POSTING)
    await house.slack.say(house.hanako, f"{house.slack.mention} 一", channel=channel)

    await house.until(lambda: house.deliveries == ["sent"])
    assert any(call.path.endswith("replies") for call in house.slack.calls)
    await house.slack.say(house.hanako, f"{house.slack.mention} 二", channel=channel)
    await house.answers(2, channel=channel)

    assert len([post for post in house.slack.chats[channel].answers if "返事: 一" in post.text]) == 1


@pytest.mark.parametrize(
    "trouble",
    [
        {"status": 500},
        {"status": 502, "body": "<html>"},
        {"status": 200, "body": {"ok": False, "error": "internal_error"}},
        {"status": 200, "body": {"ok": False, "error": "invalid_auth"}},
        {"status": 429, "retry_after": 1, "body": {"ok": False, "error": "ratelimited"}},
    ],
    ids=lambda trouble: str(trouble["status"]),
)
async def test_a_trouble_that_passes_is_waited_for(house: House, trouble: dict[str, Any]) -> None:
    house.slack.trouble(How.fail, on=POSTING, **trouble)
    await house.slack.say(house.hanako, "一")

    await house.answers(1)

    assert told(house).count("返事: 一") == 1


async def test_slack_says_when_to_come_back(house: House) -> None:
    limited = {"ok": False, "error": "ratelimited"}
    house.slack.trouble(How.fail, on=POSTING, status=429, retry_after=300, body=limited)
    await house.slack.say(house.hanako, "一")
    await house.until(lambda: house.rows("SELECT error FROM deliveries") == [("try_later",)])

    ((seconds,),) = house.rows("SELECT unixepoch(due_at) - unixepoch(began_at) FROM deliveries")
    assert 299 <= seconds <= 320


@pytest.mark.parametrize("error", ["channel_not_found", "is_archived", "account_inactive", "token_revoked"])
async def test_what_cannot_be_delivered_is_given_up_and_staff_can_see_it(house: House, error: str) -> None:
    house.slack.trouble(How.fail, on=POSTING, status=200, body={"ok": False, "error": error})
    await house.slack.say(house.hanako, "一")
    await house.until(lambda: house.deliveries == ["failed"])
    await house.slack.say(house.hanako, "二")
    await house.answers(1)

    assert house.rows("SELECT state, error FROM deliveries ORDER BY id")[0] == ("failed", error)
    assert house.rows("SELECT internal FROM messages WHERE text = '" + phrases.UNDELIVERED + "'") == [(1,)]


async def test_answers_come_in_order_and_at_the_pace_that_slack_allows(house: House) -> None:
    house.bot.behave = saying({"text": "はい", "buttons": [], "desks": []})
    for number in range(8):
        await house.slack.say(house.hanako, f"{number}")
        await house.answers(number + 1)

    await house.until(lambda: house.deliveries == ["sent"] * 8)

    firsts = house.rows("SELECT first FROM deliveries ORDER BY settled_at")
    assert firsts == sorted(firsts)


async def test_what_was_under_way_when_the_gateway_ended_is_delivered_by_the_next(workspace: House) -> None:
    async with workspace.served():
        workspace.slack.trouble(How.fail, on=POSTING, times=100)
        await workspace.slack.say(workspace.hanako, "一")
        await workspace.slack.until(lambda: bool(workspace.bot.asked))
    workspace.slack.end_trouble()

    async with workspace.served():
        await workspace.answers(1)

    assert told(workspace).count("返事: 一") == 1


async def test_a_long_answer_comes_whole_in_as_many_messages_as_it_needs(house: House) -> None:
    text = "".join(f"{number}番の文です&<注意>。" for number in range(2000))
    house.bot.behave = saying({"text": text, "buttons": [], "desks": []})
    await house.slack.say(house.hanako, "一")

    await house.slack.until(lambda: "1999番" in "".join(post.text for post in answers(house)), within=20)

    read = "".join(shown(post) for post in answers(house)).replace("\n", "")
    assert "".join(text.split("\n")).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in read


async def test_many_choices_are_all_there(house: House) -> None:
    buttons = [{"title": f"選択 {number}" + "長" * 80, "payload": f"/c{number}"} for number in range(60)]
    house.bot.behave = saying({"text": "どれですか", "buttons": buttons, "desks": []})
    await house.slack.say(house.hanako, "一")

    post = await house.last_answer(1)

    titles = [button["text"]["text"] for button in post.buttons if button["text"]["text"].startswith("選択")]
    assert len(titles) == 60
    await house.slack.press(house.hanako, titles[59])
    await house.slack.until(lambda: len(house.bot.questions) == 2)
    assert house.bot.questions[-1]["payload"] == "/c59"


async def test_many_desks_need_several_messages_and_come_in_order(house: House) -> None:
    desks = ["kosha", "yorozu", "kosha-torihiki", "jfc", "hellowork", "rodo110", "houterasu", "himawari"] * 3
    house.bot.behave = saying({"text": "窓口です", "buttons": [], "desks": desks})
    await house.slack.say(house.hanako, "一")

    await house.slack.until(lambda: len(answers(house)) >= 2)

    assert all(len(post.blocks) <= 50 for post in answers(house))
    assert all(post.metadata for post in answers(house))


def answers(house: House) -> list[Post]:
    return house.slack.chats[house.direct].answers
