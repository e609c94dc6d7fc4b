"""What a visitor takes back is forgotten, before or after it was answered."""

import asyncio

from starlette.responses import Response

from api.conversations.models import State
from api.conversations.service import Conversations
from api.phrases import WITHDRAWN
from tests.api.conversations.couriers import CHANNEL, Gateway, lines, until
from tests.api.fake_bot import Question, echo, late

NUMBER = "03-1234-5678に電話してください"


async def test_an_answered_message_is_forgotten_with_what_was_read_out_of_it(
    gateway: Gateway, couriered: Conversations
) -> None:
    receipt = await couriered.receive(gateway.line(NUMBER, reference="m1"))
    await gateway.settled("sent")

    await couriered.withdraw(CHANNEL, "m1")

    message = await couriered.store.message(receipt.conversation, receipt.sequence)
    assert message and message.text == WITHDRAWN and message.withdrawn_at
    assert message.state is State.answered
    assert gateway.rows("SELECT understood FROM messages WHERE sequence = 2") == [(None,)]
    assert gateway.rows("SELECT * FROM originals") == []


async def test_a_waiting_message_is_closed_without_an_answer(
    gateway: Gateway, couriered: Conversations
) -> None:
    await couriered.receive(gateway.line("客が", reference="m1"))
    await couriered.receive(gateway.line("人が足りない", reference="m2"))

    await couriered.withdraw(CHANNEL, "m1")

    await gateway.settled("sent")
    assert gateway.bot.asked == ["人が足りない"]
    assert gateway.rows("SELECT state FROM messages WHERE reference = 'm1'") == [(State.withdrawn,)]


async def test_what_was_being_answered_is_asked_again_without_it(
    gateway: Gateway, couriered: Conversations
) -> None:
    gateway.bot.behave = late(0.5)
    await couriered.receive(gateway.line("山田です", reference="m1"))
    receipt = await couriered.receive(gateway.line("客が減った", reference="m2"))
    await until(lambda: bool(gateway.bot.asked))

    await couriered.withdraw(CHANNEL, "m1")
    await gateway.settled("sent")

    assert gateway.bot.asked == ["山田です\n客が減った", "客が減った"]
    assert not gateway.bot.questions[1]["again"]
    said = await lines(couriered, receipt.conversation, after=3)
    assert [line.text for line in said] == ["返事: 客が減った"]


async def test_what_was_understood_together_is_forgotten_together(
    gateway: Gateway, couriered: Conversations
) -> None:
    await couriered.receive(gateway.line("客が", reference="m1"))
    await couriered.receive(gateway.line("減った", reference="m2"))
    await gateway.settled("sent")

    await couriered.withdraw(CHANNEL, "m1")

    assert gateway.rows("SELECT text, understood FROM messages WHERE author = 'visitor'") == [
        (WITHDRAWN, None),
        ("減った", None),
    ]


async def test_a_withdrawal_that_comes_first_is_not_lost(gateway: Gateway, couriered: Conversations) -> None:
    await couriered.withdraw(CHANNEL, "m1")
    await couriered.withdraw(CHANNEL, "m1")

    receipt = await couriered.receive(gateway.line(NUMBER, reference="m1"))
    await couriered.receive(gateway.line("客が減った", reference="m2"))
    await gateway.settled("sent")

    message = await couriered.store.message(receipt.conversation, receipt.sequence)
    assert message and message.text == WITHDRAWN
    assert gateway.bot.asked == ["客が減った"]
    assert gateway.rows("SELECT * FROM originals") == []


async def test_another_channels_message_of_the_same_reference_stays(
    gateway: Gateway, couriered: Conversations
) -> None:
    receipt = await couriered.receive(gateway.line("客が減った", reference="m1"))

    await couriered.withdraw("another", "m1")

    message = await couriered.store.message(receipt.conversation, receipt.sequence)
    assert message and message.text == "客が減った"


async def test_withdrawing_an_answered_message_does_not_disturb_the_next(
    gateway: Gateway, couriered: Conversations
) -> None:
    await couriered.receive(gateway.line("客が減った", reference="m1"))
    await gateway.settled("sent")
    gate = asyncio.Event()

    async def when_open(question: Question) -> Response:
        await gate.wait()
        return await echo(question)

    gateway.bot.behave = when_open
    await couriered.receive(gateway.line("人もいない"))
    await until(lambda: len(gateway.bot.asked) == 2)
    await couriered.withdraw(CHANNEL, "m1")
    gate.set()
    await gateway.settled("sent", "sent")

    assert gateway.bot.asked == ["客が減った", "人もいない"]
