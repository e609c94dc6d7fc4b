"""Answers reach people on LINE: by reply where it can be, by push where it must be, and once."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import Any

import pytest_asyncio
from starlette.responses import JSONResponse, Response

from api import phrases
from api.config import Settings
from tests.api.channels.line_gateway import GREETED, HANAKO, Record, joined
from tests.api.fake_bot import FakeBot, answer, saying
from tests.platforms.line import FakeLine
from tests.platforms.line.chat import Shown

LATE = "遅い返事"


class Slow:
    """A bot that answers when it is told to."""

    def __init__(self) -> None:
        self.is_ready = asyncio.Event()

    async def __call__(self, question: dict[str, Any]) -> Response:
        await self.is_ready.wait()
        return JSONResponse(answer(question, LATE))


@pytest_asyncio.fixture
async def slow(bot: FakeBot) -> AsyncIterator[Slow]:
    slow = Slow()
    bot.behave = slow
    yield slow
    slow.is_ready.set()


def how(answers: Sequence[Shown]) -> list[str | None]:
    return [answer.how for answer in answers]


async def old(line: FakeLine, text: str, *, seconds: float) -> None:
    """A text that LINE sends again, so long after it was written."""
    async with line.holding() as held:
        await line.say(HANAKO, text, at=line.clock() - timedelta(seconds=seconds))
    await line.redeliver(held[0])


async def test_an_answer_that_comes_too_late_for_a_reply_is_pushed(line: FakeLine) -> None:
    await old(line, "助けて", seconds=55)
    answers = await line.answers(HANAKO, 2 * GREETED)

    assert set(how(answers[: GREETED + 1])) == {"push"}
    assert line.refused == []


async def test_before_a_ticket_goes_stale_it_brings_a_button_for_the_answer(
    line: FakeLine, slow: Slow, record: Record
) -> None:
    await old(line, "助けて", seconds=46)
    offered = (await line.answers(HANAKO, GREETED + 1))[-1]
    await line.press(HANAKO, phrases.COLLECT_BUTTON)
    told = (await line.answers(HANAKO, GREETED + 2))[-1]
    slow.is_ready.set()
    await line.until(lambda: LATE in line.chats[HANAKO].texts)

    assert offered.text.startswith(phrases.COLLECT)
    assert told.text.startswith(phrases.COLLECT_NOT_READY)
    assert record.heard == ["助けて"]
    assert (offered.how, offered.sender) == ("reply", phrases.SYSTEM_NAME)
    assert line.refused == []


async def test_a_push_that_may_have_arrived_is_not_shown_twice(line: FakeLine) -> None:
    line.trouble("lose", on="push")
    await old(line, "助けて", seconds=55)
    await line.until(lambda: [call.status for call in line.calls if call.path.endswith("push")][-1:] == [409])
    await line.answers(HANAKO, GREETED + 1)

    assert len(line.chats[HANAKO].answers) == GREETED + 1
    assert line.refused == []


async def test_a_reply_that_may_have_arrived_is_not_shown_twice(line: FakeLine, record: Record) -> None:
    line.trouble("lose", on="reply")
    await line.say(HANAKO, "助けて")
    await line.answers(HANAKO, GREETED + 1)
    await record.settled()

    assert how(line.chats[HANAKO].answers) == ["reply"] * (GREETED + 1)
    assert record.states == ["sent"]
    assert line.refused == []


async def test_a_reply_that_line_could_not_take_is_tried_again(line: FakeLine) -> None:
    line.trouble("fail", on="reply", status=500)
    await line.say(HANAKO, "助けて")
    answers = await line.answers(HANAKO, GREETED + 1)

    assert set(how(answers)) == {"reply"}
    assert line.refused == []


async def test_we_wait_as_long_as_line_asks_us_to(line: FakeLine, record: Record) -> None:
    line.trouble("fail", on="reply", status=429, retry_after=30)
    await line.say(HANAKO, "助けて")
    await record.until(lambda: record.rows("SELECT error FROM deliveries") == [("try_later",)])
    ((due_at, made_at),) = record.rows(
        "SELECT strftime('%s', due_at), strftime('%s', made_at) FROM deliveries"
    )

    assert 29 <= int(due_at) - int(made_at) <= 40
    assert line.refused == []


async def test_a_token_that_line_does_not_take_is_no_reason_to_be_silent(line: FakeLine) -> None:
    async with line.holding() as held:
        await line.say(HANAKO, "助けて")
    line.messaging.tokens.clear()
    await line.deliver(*held)
    answers = await line.answers(HANAKO, GREETED + 1)

    assert how(answers) == ["push"] * (GREETED + 1)
    assert [call.path for call in line.refused] == ["/v2/bot/message/reply"]
    line.refused.clear()


async def test_without_quota_an_answer_waits_for_the_next_message(
    settings: Settings, bot: FakeBot, record: Record
) -> None:
    line = FakeLine(quota=0)
    await line.start()
    async with joined(settings, line):
        await old(line, "助けて", seconds=55)
        await line.until(lambda: bool([call for call in line.calls if call.path.endswith("consumption")]))
        await record.until(lambda: ("out_of_quota",) in record.rows("SELECT error FROM deliveries"))
        before = list(line.chats[HANAKO].answers)
        await line.say(HANAKO, "まだですか")
        answers = await line.answers(HANAKO, GREETED + 2)
    await line.stop()

    assert before == []
    assert set(how(answers)) == {"reply"}
    assert not [call for call in line.calls if call.path.endswith("push")]
    assert line.refused == []


async def test_the_monthly_limit_is_heard_where_the_quota_was_not_told(
    line: FakeLine, record: Record
) -> None:
    line.messaging.quota = 0
    line.trouble("fail", on="quota", status=500)
    await old(line, "助けて", seconds=55)
    await record.until(lambda: ("out_of_quota",) in record.rows("SELECT error FROM deliveries"))

    assert [call.status for call in line.calls if call.path.endswith("push")] == [429]


async def test_the_quota_is_asked_for_once_an_hour(line: FakeLine) -> None:
    line.messaging.quota = 10
    await old(line, "一", seconds=55)
    await line.answers(HANAKO, GREETED + 1)
    await old(line, "二", seconds=55)
    await line.answers(HANAKO, GREETED + 2)

    assert len([call for call in line.calls if call.path.endswith("/quota")]) == 1
    assert line.refused == []


async def test_many_lines_are_five_bubbles_with_the_choices_on_the_last(line: FakeLine, bot: FakeBot) -> None:
    desk = {"text": "こちらです", "buttons": [], "desks": ["kosha"]}
    more = [{"text": f"{number}つ目", "buttons": [], "desks": []} for number in range(6)]
    asked = {"text": "よろしいですか", "buttons": [{"title": "はい", "payload": "/affirm"}], "desks": []}
    bot.behave = saying(desk, *more, asked)
    await line.say(HANAKO, "助けて")
    await line.until(lambda: any("よろしいですか" in text for text in line.chats[HANAKO].texts))

    said = "\n".join(line.chats[HANAKO].texts)
    assert [action["label"] for action in line.chats[HANAKO].quick_replies] == ["はい"]
    assert all(f"{number}つ目" in said for number in range(6))
    assert max(len(call.body["messages"]) for call in line.calls if "messages" in (call.body or {})) <= 5
    assert line.refused == []


async def test_a_desk_is_a_card_that_can_be_called(line: FakeLine, bot: FakeBot) -> None:
    bot.behave = saying({"text": "こちらです。近いからです。", "buttons": [], "desks": ["kosha", "gone"]})
    await line.say(HANAKO, "助けて")
    card = (await line.answers(HANAKO, GREETED + 2))[-1]

    assert card.message["type"] == "flex"
    assert "東京都中小企業振興公社" in card.text and "近いからです" in card.text
    assert {button["uri"].partition(":")[0] for button in card.buttons} == {"tel", "https"}
    assert line.refused == []


async def test_a_gateway_that_starts_again_answers_what_it_owes(
    settings: Settings, slow: Slow, record: Record
) -> None:
    line = FakeLine()
    await line.start()
    async with joined(settings, line):
        await line.say(HANAKO, "助けて")
    slow.is_ready.set()
    async with joined(settings, line):
        await line.until(lambda: LATE in line.chats[HANAKO].texts)
        await record.settled()
    await line.stop()

    assert line.chats[HANAKO].texts.count(LATE) == 1
    assert line.refused == []


async def test_a_wrong_access_token_loses_nothing(settings: Settings, bot: FakeBot, record: Record) -> None:
    line = FakeLine()
    await line.start()
    async with joined(settings, line):
        line.trouble("fail", on="reply", status=401)
        await line.say(HANAKO, "助けて")
        await line.answers(HANAKO, GREETED + 1)
    await line.stop()

    assert "failed" not in record.states
