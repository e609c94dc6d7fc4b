"""What we say reaches a visitor who has no page open: in order, and once, whatever the platform does."""

import asyncio
from datetime import timedelta

import pytest

from api.bot import Reply
from api.conversations.models import Author, Line
from api.conversations.service import Conversations
from api.conversations.store import Store
from api.errors import NotFound, OutOfQuota, TicketRefused, TryLater, Undeliverable
from api.phrases import GREETING, UNDELIVERED
from tests.api.conversations.couriers import ADDRESS, Gateway, lines, until
from tests.api.fake_bot import saying


async def told(
    gateway: Gateway, conversations: Conversations, text: str = "客が減った", **more: object
) -> str:
    """A message that was answered, and whose answer was delivered. Returns the conversation."""
    receipt = await conversations.receive(gateway.line(text, **more))
    await until(lambda: bool(gateway.states) and "pending" not in gateway.states)
    gateway.courier.parcels.clear()
    return receipt.conversation


async def test_the_first_answer_brings_the_greeting_and_spends_the_ticket(
    gateway: Gateway, couriered: Conversations
) -> None:
    await couriered.receive(gateway.line("客が減った", ticket=gateway.ticket()))
    await gateway.settled("sent")

    (parcel,) = gateway.courier.parcels
    assert gateway.courier.texts == [[GREETING, "返事: 客が減った"]]
    assert (parcel.ticket, parcel.address, parcel.is_again) == ("t1", ADDRESS, False)
    assert gateway.rows("SELECT * FROM tickets") == []
    assert gateway.rows("SELECT ticket FROM deliveries") == [(None,)]


async def test_a_ticket_is_good_for_one_call(gateway: Gateway, couriered: Conversations) -> None:
    conversation = await told(gateway, couriered, ticket=gateway.ticket())

    await couriered.say(conversation, "担当の佐藤です", author=Author.staff, name="佐藤")
    await gateway.settled("sent", "sent")

    (parcel,) = gateway.courier.parcels
    assert parcel.ticket is None
    assert [(line.text, line.name) for line in parcel.messages] == [("担当の佐藤です", "佐藤")]


async def test_a_ticket_that_is_too_old_is_not_used(gateway: Gateway, couriered: Conversations) -> None:
    await couriered.receive(gateway.line("客が減った", ticket=gateway.ticket(age=51)))
    await gateway.settled("sent")

    assert gateway.courier.parcels[0].ticket is None


async def test_the_newest_ticket_wins_in_whatever_order_they_come(
    gateway: Gateway, couriered: Conversations
) -> None:
    await couriered.receive(gateway.line("客が", ticket=gateway.ticket("new", age=1)))
    await couriered.receive(gateway.line("減った", ticket=gateway.ticket("old", age=9)))
    await gateway.settled("sent")

    assert [parcel.ticket for parcel in gateway.courier.parcels] == ["new"]


async def test_more_lines_than_one_call_takes_go_in_several(
    gateway: Gateway, couriered: Conversations
) -> None:
    gateway.bot.behave = saying(*({"text": f"{number}", "buttons": [], "desks": []} for number in range(6)))

    await couriered.receive(gateway.line("客が減った", ticket=gateway.ticket()))
    await gateway.settled("sent", "sent")

    assert gateway.courier.texts == [[GREETING, "0", "1", "2", "3"], ["4", "5"]]
    assert [parcel.ticket for parcel in gateway.courier.parcels] == ["t1", None]
    assert len({parcel.key for parcel in gateway.courier.parcels}) == 2


async def test_with_a_ticket_all_that_waits_goes_in_one_call(
    gateway: Gateway, couriered: Conversations
) -> None:
    conversation = await told(gateway, couriered)
    gateway.courier.outcomes = [OutOfQuota()]
    for number in ("一", "二"):
        await couriered.say(conversation, number, author=Author.staff)
    await gateway.courier.called(1)

    await couriered.receive(gateway.line("まだですか", ticket=gateway.ticket()))
    await gateway.courier.called(2)

    assert gateway.courier.texts[:2] == [["一"], ["一", "二", "返事: まだですか"]]
    assert [parcel.ticket for parcel in gateway.courier.parcels[:2]] == [None, "t1"]


async def test_trouble_is_tried_again_with_the_same_key_and_nothing_overtakes(
    gateway: Gateway, couriered: Conversations
) -> None:
    conversation = await told(gateway, couriered)
    gateway.courier.outcomes = [TryLater(), ZeroDivisionError()]
    await couriered.say(conversation, "一", author=Author.staff)
    await gateway.courier.called(1)
    await couriered.say(conversation, "二", author=Author.staff)

    await gateway.settled("sent", "sent", "sent")

    first, second, third, last = gateway.courier.parcels
    assert gateway.courier.texts == [["一"], ["一"], ["一"], ["二"]]
    assert first.key == second.key == third.key != last.key
    assert [parcel.is_again for parcel in gateway.courier.parcels] == [False, True, True, False]


async def test_the_time_that_the_platform_names_is_kept(gateway: Gateway, couriered: Conversations) -> None:
    conversation = await told(gateway, couriered)
    gateway.courier.outcomes = [TryLater(after=600)]
    await couriered.say(conversation, "一", author=Author.staff)
    await until(
        lambda: gateway.rows("SELECT error, owner FROM deliveries WHERE id = 2") == [("try_later", None)]
    )

    assert await couriered.store.due_deliveries(now=gateway.clock()) == []
    gateway.clock.put_forward(seconds=601)

    await gateway.settled("sent", "sent")


async def test_a_refused_ticket_is_replaced_by_a_push(gateway: Gateway, couriered: Conversations) -> None:
    gateway.courier.outcomes = [TicketRefused()]

    await couriered.receive(gateway.line("客が減った", ticket=gateway.ticket()))
    await gateway.settled("sent")

    assert [(parcel.ticket, parcel.is_again) for parcel in gateway.courier.parcels] == [
        ("t1", False),
        (None, False),
    ]


async def test_a_young_ticket_that_is_refused_after_a_doubtful_attempt_had_arrived(
    gateway: Gateway, couriered: Conversations
) -> None:
    gateway.courier.outcomes = [TryLater(), TicketRefused()]

    await couriered.receive(gateway.line("客が減った", ticket=gateway.ticket()))
    await gateway.settled("sent")

    assert [(parcel.ticket, parcel.is_again) for parcel in gateway.courier.parcels] == [
        ("t1", False),
        ("t1", True),
    ]


async def test_an_old_ticket_that_is_refused_says_nothing_of_the_doubtful_attempt(
    gateway: Gateway, couriered: Conversations
) -> None:
    gateway.courier.outcomes = [TryLater(after=100), TicketRefused()]
    await couriered.receive(gateway.line("客が減った", ticket=gateway.ticket()))
    await gateway.courier.called(1)
    gateway.clock.put_forward(seconds=101)

    await gateway.settled("sent")

    assert [parcel.ticket for parcel in gateway.courier.parcels] == ["t1", "t1", None]


async def test_what_was_under_way_at_a_crash_is_repeated_as_it_was(
    gateway: Gateway, couriered: Conversations
) -> None:
    gateway.courier.outcomes = [asyncio.Event()]
    await couriered.receive(gateway.line("客が減った", ticket=gateway.ticket()))
    await gateway.courier.called(1)
    await couriered.stop()

    async with gateway.running():
        await gateway.settled("sent")

    before, after = gateway.courier.parcels
    assert (before.is_again, after.is_again) == (False, True)
    assert (before.key, before.ticket, before.messages) == (after.key, after.ticket, after.messages)


async def test_what_was_kept_but_not_sent_at_a_crash_is_sent_after_the_start(gateway: Gateway) -> None:
    store = Store(gateway.database)
    receipt = await store.append(gateway.line("客が減った"), Reply(text="はじめに"), now=gateway.clock())
    line = Line(Author.staff, "担当の佐藤です")
    await store.put(receipt.conversation, line, now=gateway.clock(), most_messages=5)

    async with gateway.running():
        await until(lambda: "sent" in gateway.states)

    assert gateway.courier.texts[0] == ["はじめに", "担当の佐藤です"]


async def test_what_is_said_to_nobody_is_refused(gateway: Gateway, couriered: Conversations) -> None:
    with pytest.raises(NotFound):
        await couriered.say("nobody", "担当の佐藤です", author=Author.staff)


async def test_a_new_ticket_does_not_change_what_may_have_arrived(
    gateway: Gateway, couriered: Conversations
) -> None:
    conversation = await told(gateway, couriered)
    gateway.courier.outcomes = [TryLater(after=1)]
    await couriered.say(conversation, "一", author=Author.staff)
    await gateway.courier.called(1)

    await couriered.receive(gateway.line("もしもし", ticket=gateway.ticket()))
    await gateway.courier.called(3)

    assert gateway.courier.texts == [["一"], ["一"], ["返事: もしもし"]]
    assert [parcel.ticket for parcel in gateway.courier.parcels] == [None, None, "t1"]


async def test_what_cannot_be_delivered_is_told_to_staff_alone_and_the_next_goes_on(
    gateway: Gateway, couriered: Conversations
) -> None:
    conversation = await told(gateway, couriered)
    gateway.courier.outcomes = [Undeliverable("blocked")]
    await couriered.say(conversation, "一", author=Author.staff)
    await gateway.settled("sent", "failed")
    await couriered.say(conversation, "二", author=Author.staff)
    await gateway.settled("sent", "failed", "sent")

    assert gateway.rows("SELECT error FROM deliveries WHERE state = 'failed'") == [("blocked",)]
    assert gateway.courier.texts == [["一"], ["二"]]
    for_all = await lines(couriered, conversation)
    for_staff = await couriered.store.messages(conversation, after=0, with_internal=True)
    assert UNDELIVERED not in [line.text for line in for_all]
    assert [(line.author, line.text) for line in for_staff if line.internal] == [(Author.system, UNDELIVERED)]


async def test_after_a_day_a_doubtful_attempt_is_given_up_and_not_repeated(
    gateway: Gateway, couriered: Conversations
) -> None:
    conversation = await told(gateway, couriered)
    gateway.courier.outcomes = [TryLater(after=1)]
    await couriered.say(conversation, "一", author=Author.staff)
    await gateway.courier.called(1)
    gateway.clock.put_forward(hours=25)

    await gateway.settled("sent", "failed")

    assert gateway.courier.texts == [["一"]]


async def test_without_quota_it_is_looked_again_each_hour(gateway: Gateway, couriered: Conversations) -> None:
    conversation = await told(gateway, couriered)
    gateway.courier.outcomes = [OutOfQuota()]
    await couriered.say(conversation, "一", author=Author.staff)
    await until(lambda: gateway.rows("SELECT error FROM deliveries WHERE id = 2") == [("out_of_quota",)])
    assert await couriered.store.due_deliveries(now=gateway.clock()) == []

    gateway.clock.put_forward(minutes=61)
    await gateway.settled("sent", "sent")

    assert [parcel.is_again for parcel in gateway.courier.parcels] == [False, False]


async def test_what_another_gateway_delivers_is_left_alone(
    gateway: Gateway, couriered: Conversations
) -> None:
    gate = asyncio.Event()
    gateway.courier.outcomes = [gate]
    receipt = await couriered.receive(gateway.line("客が減った"))
    await gateway.courier.called(1)

    other = Store(gateway.database)
    taken = await other.begin_delivery(
        receipt.conversation, now=gateway.clock(), lease=timedelta(minutes=1), most_messages=5
    )
    gate.set()
    await gateway.settled("sent")

    assert taken is None
    assert len(gateway.courier.parcels) == 1
