"""One thought in several messages is one question, and gets one answer."""

import asyncio
from datetime import timedelta

from api.conversations.bursts import LONGEST, Bursts
from api.conversations.channel import Inbound
from api.conversations.models import State
from api.conversations.service import Conversations
from api.conversations.text import LONGEST as LONGEST_TEXT
from tests.api.conversations.couriers import Gateway, lines, until
from tests.api.fake_bot import echo, late, raw

RANSOM = "パソコンの画面に身代金を払えと出て、ファイルが全部開けません"


async def asked(gateway: Gateway, *texts: str) -> None:
    """Wait until the bot was asked so often, and see that it was asked this."""
    await until(lambda: len(gateway.bot.asked) >= len(texts))
    assert gateway.bot.asked == list(texts)


async def test_messages_in_a_row_are_asked_as_one(gateway: Gateway, couriered: Conversations) -> None:
    for text in ("あの", "客が", "減った"):
        receipt = await couriered.receive(gateway.line(text))
    await gateway.settled("sent")

    _, *said, reply = await lines(couriered, receipt.conversation)
    assert gateway.bot.asked == ["あの\n客が\n減った"]
    assert [(message.state, message.answered_with) for message in said] == [(State.answered, 4)] * 3
    assert (reply.text, reply.reply_to) == ("返事: あの\n客が\n減った", 4)


async def test_a_button_ends_a_burst_and_stands_by_itself(gateway: Gateway, couriered: Conversations) -> None:
    await couriered.receive(gateway.line("客が"))
    await couriered.receive(gateway.line("減った"))
    await couriered.receive(gateway.line("人と話したい", payload="/handoff"))
    await couriered.receive(gateway.line("もしもし"))

    await asked(gateway, "客が\n減った", "人と話したい", "もしもし")
    assert [question["payload"] for question in gateway.bot.questions] == [None, "/handoff", None]


async def test_an_emergency_ends_a_burst_and_stands_by_itself(
    gateway: Gateway, couriered: Conversations
) -> None:
    await couriered.receive(gateway.line("あの"))
    await couriered.receive(gateway.line(RANSOM))

    await asked(gateway, "あの", RANSOM)


async def test_a_message_that_is_not_bursty_stands_by_itself(
    gateway: Gateway, couriered: Conversations
) -> None:
    await couriered.receive(gateway.line("一", is_bursty=False))
    await couriered.receive(gateway.line("二", is_bursty=False))

    await asked(gateway, "一", "二")


async def test_a_burst_does_not_become_longer_than_a_message_may_be(
    gateway: Gateway, couriered: Conversations
) -> None:
    long = "あ" * (LONGEST_TEXT - 2)
    for text in (long, "い", "う"):
        await couriered.receive(gateway.line(text))

    await asked(gateway, f"{long}\nい", "う")


async def test_messages_are_read_in_the_order_in_which_they_were_sent(
    gateway: Gateway, couriered: Conversations
) -> None:
    now = gateway.clock()
    for seconds, text in ((1, "減った"), (3, "あの"), (2, "客が")):
        await couriered.receive(gateway.line(text, sent_at=now - timedelta(seconds=seconds)))

    await asked(gateway, "あの\n客が\n減った")


async def test_a_time_that_cannot_be_is_not_believed(gateway: Gateway, couriered: Conversations) -> None:
    now = gateway.clock()
    await couriered.receive(gateway.line("客が", sent_at=now + timedelta(days=9)))
    await couriered.receive(gateway.line("減った"))

    await asked(gateway, "客が\n減った")


async def test_what_comes_late_does_not_disturb_what_is_being_answered(
    gateway: Gateway, couriered: Conversations
) -> None:
    gateway.bot.behave = late(0.5)
    await couriered.receive(gateway.line("客が減った"))
    await until(lambda: bool(gateway.bot.asked))

    await couriered.receive(gateway.line("先に送った", sent_at=gateway.clock() - timedelta(minutes=1)))

    await gateway.settled("sent", "sent")
    await asked(gateway, "客が減った", "先に送った")


async def test_what_was_asked_together_is_asked_again_together(
    gateway: Gateway, couriered: Conversations
) -> None:
    gateway.bot.behave = raw("", 503)
    await couriered.receive(gateway.line("客が"))
    await couriered.receive(gateway.line("減った"))
    await until(lambda: bool(gateway.bot.asked))
    await couriered.receive(gateway.line("どうしたら"))
    gateway.bot.behave = echo

    await gateway.settled("sent", "sent")
    assert list(dict.fromkeys(gateway.bot.asked)) == ["客が\n減った", "どうしたら"]
    assert gateway.bot.questions[0]["message"] == gateway.bot.questions[1]["message"]


async def test_after_a_restart_a_burst_is_over(gateway: Gateway, couriered: Conversations) -> None:
    await couriered.receive(gateway.line("客が"))
    await couriered.receive(gateway.line("減った"))
    await couriered.stop()
    assert gateway.bot.asked == []

    gateway.clock.put_forward(seconds=LONGEST)
    async with gateway.running():
        await asked(gateway, "客が\n減った")


async def test_on_a_page_each_message_is_asked_at_once(gateway: Gateway, couriered: Conversations) -> None:
    for number in ("一", "二"):
        await couriered.receive(Inbound("page", "visitor", number, number))

    await asked(gateway, "一", "二")


async def test_who_goes_on_writing_is_answered_all_the_same() -> None:
    bursts = Bursts()
    bursts.heard("a", is_end=False)
    over = asyncio.create_task(bursts.over("a"))

    async def write() -> None:
        while not over.done():
            bursts.heard("a", is_end=False)
            await asyncio.sleep(0.05)

    async with asyncio.timeout(LONGEST + 5):
        await asyncio.gather(over, write())


async def test_where_a_burst_has_ended_nothing_is_waited_for() -> None:
    bursts = Bursts()
    bursts.heard("a", is_end=False)
    bursts.heard("a", is_end=True)

    waiting = [asyncio.create_task(bursts.over(conversation)) for conversation in ("a", "b")]
    await asyncio.sleep(0)

    assert all(task.done() for task in waiting)
