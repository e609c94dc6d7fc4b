"""Slack: who writes to the app is heard once, answered where they wrote, and nobody else is."""

import hashlib
import hmac
import json
import time

import httpx2

from api import phrases
from api.errors import UnknownButton
from tests.api.channels.slack_house import House, shown
from tests.api.fake_bot import saying
from tests.platforms.trouble import How

BUTTONS = {
    "text": "どちらですか",
    "buttons": [{"title": "集客", "payload": "/sub_s1"}, {"title": "資金", "payload": "/sub_s2"}],
    "desks": [],
}


async def test_a_direct_message_is_answered_with_the_greeting_before(house: House) -> None:
    await house.slack.say(house.hanako, "助けて")

    post = await house.last_answer(1)

    assert "人ではありません" in shown(post)
    assert "返事: 助けて" in shown(post)
    assert "返事: 助けて" in post.text
    assert post.thread is None
    assert house.bot.asked == ["助けて"]


async def test_the_bot_never_sees_an_id_of_slack(house: House) -> None:
    await house.slack.say(house.hanako, "助けて")
    await house.answers(1)

    (question,) = house.bot.questions
    assert question["channel"] == "slack"
    assert house.hanako not in json.dumps(question)


async def test_a_mention_is_answered_in_its_thread(house: House) -> None:
    channel = house.slack.channel("相談", house.hanako)
    sent = await house.slack.say(house.hanako, f"{house.slack.mention} 客が減った", channel=channel)
    assert sent

    post = await house.last_answer(1, channel=channel)

    assert post.thread == sent.ts
    assert house.bot.asked == ["客が減った"]


async def test_two_who_ask_in_one_thread_have_two_conversations(house: House) -> None:
    taro = house.slack.person("太郎")
    channel = house.slack.channel("相談", house.hanako, taro)
    sent = await house.slack.say(house.hanako, f"{house.slack.mention} 一", channel=channel)
    assert sent
    await house.answers(1, channel=channel)
    await house.slack.say(taro, f"{house.slack.mention} 二", channel=channel, thread=sent.ts)
    await house.answers(2, channel=channel)

    assert len({question["conversation"] for question in house.bot.questions}) == 2


async def test_what_is_said_in_a_channel_to_others_is_not_heard(house: House) -> None:
    house.slack.gateway.hears.add("message.channels")
    channel = house.slack.channel("相談", house.hanako)
    sent = await house.slack.say(house.hanako, f"{house.slack.mention} 客が減った", channel=channel)
    assert sent
    await house.answers(1, channel=channel)

    await house.slack.say(house.hanako, "お昼どうする", channel=channel, thread=sent.ts)

    assert house.written == ["客が減った"]


async def test_who_only_calls_the_bot_is_greeted(house: House) -> None:
    channel = house.slack.channel("相談", house.hanako)
    await house.slack.say(house.hanako, house.slack.mention, channel=channel)

    post = await house.last_answer(1, channel=channel)

    assert "人ではありません" in shown(post)
    assert house.bot.asked == []


async def test_bots_and_edits_are_not_heard(house: House) -> None:
    sent = await house.slack.say(house.hanako, "助けて")
    assert sent
    await house.answers(1)

    await house.slack.let_another_bot_say(house.direct, "お知らせ")
    await house.slack.edit(house.hanako, sent.ts, "助けてください")
    await house.slack.until(lambda: len(house.slack.gateway.sent) >= 4)

    assert house.written == ["助けて"]


async def test_a_deleted_message_is_forgotten(house: House) -> None:
    sent = await house.slack.say(house.hanako, "言わなければよかった")
    assert sent
    await house.answers(1)

    await house.slack.delete(house.hanako, sent.ts)

    assert house.written == [phrases.WITHDRAWN]


async def test_an_event_that_comes_twice_is_answered_once(house: House) -> None:
    sent = await house.slack.say(house.hanako, "助けて")
    assert sent
    await house.answers(1)
    await house.slack.redeliver(sent)
    await house.slack.say(house.hanako, "続き")

    await house.answers(2)

    assert house.written == ["助けて", "続き"]
    assert len(house.slack.chats[house.direct].answers) == 2


async def test_a_repetition_is_taken_where_it_is_the_first_that_comes(house: House) -> None:
    async with house.slack.holding() as held:
        await house.slack.say(house.hanako, "助けて")
    sent = await house.slack.deliver(held[0], headers={"X-Slack-Retry-Num": "1"})

    await house.answers(1)

    assert sent.status == 200
    assert house.written == ["助けて"]


async def test_marks_are_read_as_what_the_writer_saw(house: House) -> None:
    text = "A&amp;B &lt;社&gt; <https://example.jp/a|example.jp> <@U0000000001> <#C1|相談> <!here>"
    async with house.slack.holding() as held:
        await house.slack.say(house.hanako, "")
    held[0]["event"]["text"] = text
    await house.slack.deliver(held[0])
    await house.answers(1)

    assert house.bot.asked == ["A&B <社> example.jp  #相談 @here"]


async def test_what_the_bot_says_cannot_become_a_mark(house: House) -> None:
    house.bot.behave = saying({"text": "<!channel> & <https://a.example|b>", "buttons": [], "desks": []})
    await house.slack.say(house.hanako, "助けて")

    post = await house.last_answer(1)

    assert "&lt;!channel&gt; &amp; &lt;<https://a.example>|b&gt;" in shown(post)
    assert "<!channel>" not in post.text


async def test_a_pressed_button_says_its_title_and_gives_the_stored_payload(house: House) -> None:
    house.bot.behave = saying(BUTTONS)
    await house.slack.say(house.hanako, "助けて")
    await house.answers(1)

    await house.slack.press(house.hanako, "集客")
    await house.answers(2)

    assert house.written == ["助けて", "集客"]
    assert house.bot.questions[-1]["payload"] == "/sub_s1"


async def test_after_a_press_the_choice_stands_in_the_place_of_the_buttons(house: House) -> None:
    house.bot.behave = saying(BUTTONS)
    await house.slack.say(house.hanako, "助けて")
    post = await house.last_answer(1)
    await house.slack.press(house.hanako, "集客")

    def has_chosen() -> bool:
        changed = house.slack.chats[house.direct].find(post.ts)
        return changed is not None and "「集客」を選びました" in shown(changed)

    await house.slack.until(has_chosen)
    changed = house.slack.chats[house.direct].find(post.ts)
    assert changed and "資金" not in shown(changed)
    assert changed.metadata == post.metadata


async def test_a_press_in_a_thread_is_answered_there(house: House) -> None:
    house.bot.behave = saying(BUTTONS)
    channel = house.slack.channel("相談", house.hanako)
    sent = await house.slack.say(house.hanako, f"{house.slack.mention} 助けて", channel=channel)
    assert sent
    await house.answers(1, channel=channel)

    await house.slack.press(house.hanako, "集客", channel=channel)

    post = await house.last_answer(2, channel=channel)
    assert post.thread == sent.ts
    assert len({question["conversation"] for question in house.bot.questions}) == 1


async def test_others_cannot_press_who_asks_can(house: House) -> None:
    house.bot.behave = saying(BUTTONS)
    taro = house.slack.person("太郎")
    channel = house.slack.channel("相談", house.hanako, taro)
    await house.slack.say(house.hanako, f"{house.slack.mention} 助けて", channel=channel)
    await house.answers(1, channel=channel)

    await house.slack.press(taro, "集客", channel=channel)

    post = await house.last_answer(2, channel=channel)
    assert (post.only_for, post.text) == (taro, phrases.SLACK_NOT_YOURS)
    assert house.written == ["助けて"]


async def test_a_link_that_is_opened_is_only_acknowledged(house: House) -> None:
    house.bot.behave = saying({"text": "ここです", "buttons": [], "desks": ["kosha"]})
    await house.slack.say(house.hanako, "助けて")
    await house.answers(1)

    sent = await house.slack.press(house.hanako, phrases.CARD_PAGE)

    assert sent.status == 200
    assert house.written == ["助けて"]


async def test_a_command_is_answered_at_once_and_goes_on_in_direct_messages(house: House) -> None:
    channel = house.slack.channel("雑談", house.hanako)
    await house.slack.command(house.hanako, "/madoguchi", "客が減った", channel=channel)

    (told,) = house.slack.chats[channel].answers
    post = await house.last_answer(1)

    assert (told.only_for, told.text) == (house.hanako, phrases.SLACK_COMMAND)
    assert "返事: 客が減った" in shown(post)


async def test_who_is_spoken_to_plainly_is_also_told_so_after_a_command(house: House) -> None:
    house.bot.behave = saying({"text": "はい", "buttons": [], "desks": [], "plain": True})
    await house.slack.say(house.hanako, "やさしい日本語で")
    await house.answers(1)
    channel = house.slack.channel("雑談", house.hanako)

    await house.slack.command(house.hanako, "/madoguchi", "助けて", channel=channel)

    assert house.slack.chats[channel].texts == [phrases.SLACK_COMMAND_PLAIN]


async def test_a_look_at_our_certificate_is_answered(house: House) -> None:
    assert (await _signed(house, b"ssl_check=1&token=unused", ago=0, path="commands")).status_code == 200
    assert (await _signed(house, b"text=a", ago=0, path="commands")).status_code == 400
    assert (await _signed(house, b"payload=%7B", ago=0, path="interactions")).status_code == 400


async def test_a_button_that_no_longer_stands_is_said_to_the_one_who_pressed_it(house: House) -> None:
    house.bot.behave = saying(BUTTONS)
    await house.slack.say(house.hanako, "助けて")
    post = await house.last_answer(1)
    shown_buttons = next(block for block in post.blocks if block.get("block_id", "").startswith("choice."))
    shown_buttons["elements"][0]["value"] = "99.0"

    await house.slack.press(house.hanako, "99.0")

    told = await house.last_answer(2)
    assert (told.only_for, told.text) == (house.hanako, str(UnknownButton()))


async def test_a_command_without_words_brings_the_greeting(house: House) -> None:
    await house.slack.command(house.hanako, "/madoguchi", channel=house.slack.channel("雑談", house.hanako))

    assert "人ではありません" in shown(await house.last_answer(1))
    assert house.bot.asked == []


async def test_what_begins_by_command_goes_on_as_the_same_conversation(house: House) -> None:
    channel = house.slack.channel("雑談", house.hanako)
    await house.slack.command(house.hanako, "/madoguchi", "客が減った", channel=channel)
    await house.answers(1)
    await house.slack.say(house.hanako, "板橋です")
    await house.answers(2)

    assert len({question["conversation"] for question in house.bot.questions}) == 1


async def test_the_home_tab_says_what_this_is_and_begins_a_conversation(house: House) -> None:
    await house.slack.open_home(house.hanako)
    await house.slack.until(lambda: house.hanako in house.slack.workspace.homes)

    await house.slack.press_at_home(house.hanako, "サイバー被害・対策")

    assert "返事: サイバー被害・対策" in shown(await house.last_answer(1))
    assert house.bot.questions[-1]["payload"] == "/cyber"


async def test_files_are_answered_kindly_and_not_by_the_bot(house: House) -> None:
    async with house.slack.holding() as held:
        await house.slack.say(house.hanako, "")
    held[0]["event"] |= {"subtype": "file_share", "files": [{"id": "F1", "name": "決算.pdf"}]}
    await house.slack.deliver(held[0])

    assert "読み取れません" in shown(await house.last_answer(1))
    assert house.written == [phrases.FILE]
    assert house.bot.asked == []


async def test_of_a_very_long_message_the_beginning_is_taken_and_the_writer_told(house: House) -> None:
    await house.slack.say(house.hanako, "長" * 4100)

    await house.slack.until(
        lambda: any("4000文字" in shown(post) for post in house.slack.chats[house.direct].answers)
    )
    assert len(house.written[0]) == 4000


async def test_numbers_are_masked_and_the_writer_is_told(house: House) -> None:
    await house.slack.say(house.hanako, "電話は03-1234-5678です")

    assert "伏せて保存しました" in shown(await house.last_answer(1))
    assert house.bot.asked == ["電話は〔電話番号〕です"]


async def test_in_a_thread_what_is_for_the_writer_alone_goes_to_their_direct_messages(house: House) -> None:
    channel = house.slack.channel("相談", house.hanako)
    house.slack.trouble(How.lose, on="chat.postMessage", times=2)
    await house.slack.say(house.hanako, f"{house.slack.mention} 電話は03-1234-5678です", channel=channel)

    private = await house.last_answer(1)
    await house.until(lambda: house.deliveries == ["sent"])

    (public,) = house.slack.chats[channel].answers
    assert private.text == phrases.MASKED
    assert "返事: 電話は〔電話番号〕です" in public.text and phrases.MASKED not in public.text
    assert len(house.slack.chats[house.direct].answers) == 1


async def test_a_link_to_our_form_is_not_shown_to_a_whole_channel(workspace: House) -> None:
    workspace.with_alerts()
    channel = workspace.slack.channel("相談", workspace.hanako)
    workspace.bot.behave = saying(BUTTONS, handoff={"reason": "requested"})

    async with workspace.served():
        await workspace.slack.say(
            workspace.hanako, f"{workspace.slack.mention} 人と話したい", channel=channel
        )
        private = await workspace.last_answer(1)

    (public,) = workspace.slack.chats[channel].answers
    assert "https://madoguchi.example.jp/form/" in private.text
    assert "/form/" not in public.text + shown(public)


async def test_after_the_app_is_removed_nothing_more_is_sent(house: House) -> None:
    await house.slack.say(house.hanako, "助けて")
    await house.answers(1)

    await house.slack.uninstall()

    assert house.rows("SELECT reachable FROM conversations") == [(0,)]


async def test_the_address_is_verified_only_with_a_signature(house: House) -> None:
    assert await house.slack.verify_url()
    forged = await house.slack.deliver(
        {"type": "url_verification", "challenge": "c1"}, headers={"X-Slack-Signature": "v0=forged"}
    )

    assert forged.status == 401
    assert "c1" not in forged.answer


async def test_a_forged_or_old_call_is_refused_and_leaves_nothing(house: House) -> None:
    async with house.slack.holding() as held:
        await house.slack.say(house.hanako, "助けて")
    wrong: list[dict[str, str]] = [
        {"X-Slack-Signature": "v0=forged"},
        {"X-Slack-Signature": ""},
        {"X-Slack-Request-Timestamp": "1000000000"},
        {"X-Slack-Request-Timestamp": "soon"},
    ]

    statuses = [(await house.slack.deliver(held[0], headers=headers)).status for headers in wrong]

    assert statuses == [401] * len(wrong)
    assert (await _signed(house, b"{}", ago=0, signature=b"v0=\xe9")).status_code == 401
    assert house.written == []


async def test_a_signature_of_six_minutes_ago_is_refused(house: House) -> None:
    body = b'{"type": "url_verification", "challenge": "c1"}'
    statuses = [(await _signed(house, body, ago=ago)).status_code for ago in (0, 290, 310, -310)]

    assert statuses == [200, 200, 401, 401]


async def test_what_is_not_readable_is_refused(house: House) -> None:
    answers = [await _signed(house, body, ago=0) for body in (b"", b"{", b"[]", b'{"type": 1}', b"\xff")]

    assert [answer.status_code for answer in answers] == [400, 400, 400, 400, 401]


async def _signed(
    house: House, body: bytes, *, ago: int, path: str = "events", signature: bytes | None = None
) -> httpx2.Response:
    at = str(int(time.time()) - ago)
    right = hmac.new(house.slack.secret.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    signed = f"v0={right}".encode() if signature is None else signature
    headers = [(b"X-Slack-Request-Timestamp", at.encode()), (b"X-Slack-Signature", signed)]
    async with httpx2.AsyncClient() as client:
        return await client.post(f"{house.url}/webhooks/slack/{path}", content=body, headers=headers)
