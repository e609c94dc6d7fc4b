"""What the bot cannot read is kept and answered by us, once, and not while staff speaks."""

import asyncio
from typing import Any

from starlette.responses import JSONResponse, Response

from api.conversations.manner import Manner
from api.conversations.models import Author, Line
from api.conversations.service import Conversations
from api.errors import OutOfQuota
from tests.api.conversations.couriers import Gateway, lines
from tests.api.fake_bot import FakeBot, answer


def said(manner: Manner) -> Line:
    return Line(Author.system, f"文章で {manner}")


async def test_it_is_answered_without_the_bot(
    gateway: Gateway, couriered: Conversations, bot: FakeBot
) -> None:
    receipt = await couriered.remark(gateway.line("〔写真〕", ticket=gateway.ticket()), said)
    await gateway.courier.called(1)

    assert gateway.courier.texts[0][-1] == "文章で normally"
    assert gateway.courier.parcels[0].ticket == "t1"
    kept = await lines(couriered, receipt.conversation)
    assert [(line.author, line.reply_to) for line in kept[1:]] == [("visitor", None), ("system", 2)]
    assert bot.asked == []


async def test_the_same_event_again_changes_nothing(gateway: Gateway, couriered: Conversations) -> None:
    picture = gateway.line("〔写真〕")
    first = await couriered.remark(picture, said)
    again = await couriered.remark(picture, said)

    assert (again.is_new, again.sequence) == (False, first.sequence)
    assert len(await lines(couriered, first.conversation)) == 3


async def test_while_staff_speaks_it_is_left_to_them(gateway: Gateway, couriered: Conversations) -> None:
    receipt = await couriered.receive(gateway.line("助けて"))
    await couriered.move(receipt.conversation, "take")
    await couriered.remark(gateway.line("〔写真〕"), said)

    assert [line.author for line in await lines(couriered, receipt.conversation, after=2)] == ["visitor"]


async def test_where_an_answer_is_being_made_both_need_one_ticket(
    gateway: Gateway, couriered: Conversations, bot: FakeBot
) -> None:
    ready = asyncio.Event()

    async def slowly(question: dict[str, Any]) -> Response:
        await ready.wait()
        return JSONResponse(answer(question, "返事"))

    bot.behave = slowly
    await couriered.receive(gateway.line("助けて", ticket=gateway.ticket("t1")))
    await couriered.remark(gateway.line("〔写真〕", ticket=gateway.ticket("t2")), said)
    ready.set()
    await gateway.courier.called(1)

    assert [parcel.ticket for parcel in gateway.courier.parcels] == ["t2"]
    assert gateway.courier.texts[0][1:] == ["文章で normally", "返事"]


async def test_what_was_held_back_for_want_of_quota_goes_with_the_next_answer(
    gateway: Gateway, couriered: Conversations
) -> None:
    gateway.courier.outcomes.append(OutOfQuota())
    await couriered.receive(gateway.line("一"))
    await gateway.courier.called(1)
    await couriered.receive(gateway.line("二", ticket=gateway.ticket()))
    await gateway.settled("sent", "sent")

    assert gateway.courier.texts[1][1:] == ["返事: 一", "返事: 二"]
    assert gateway.courier.parcels[1].ticket == "t1"
