"""People come, leave and come back, and each of it is noted once."""

from api.conversations.channel import Inbound, Notice
from api.conversations.service import Conversations
from api.errors import OutOfQuota
from api.phrases import GREETING
from tests.api.conversations.couriers import ADDRESS, CHANNEL, Gateway, until


async def test_who_comes_is_greeted_with_the_ticket_of_coming(
    gateway: Gateway, couriered: Conversations
) -> None:
    await couriered.greet(gateway.notice(ticket=gateway.ticket()))
    await gateway.settled("sent")

    assert gateway.courier.texts == [[GREETING]]
    assert gateway.courier.parcels[0].ticket == "t1"

    await couriered.receive(gateway.line("客が減った"))
    await gateway.settled("sent", "sent")
    assert gateway.courier.texts[1] == ["返事: 客が減った"]


async def test_an_event_that_comes_twice_happens_once(gateway: Gateway, couriered: Conversations) -> None:
    came = gateway.notice()

    first, again = await couriered.greet(came), await couriered.greet(came)
    await gateway.settled("sent")

    assert (first.is_new, again.is_new) == (True, False)
    assert len(gateway.courier.parcels) == 1


async def test_a_message_that_comes_twice_is_kept_once(gateway: Gateway, couriered: Conversations) -> None:
    said = gateway.line("客が減った", ticket=gateway.ticket())

    receipts = [await couriered.receive(said) for _ in range(3)]
    await gateway.settled("sent")

    assert [receipt.is_new for receipt in receipts] == [True, False, False]
    assert gateway.bot.asked == ["客が減った"]


async def test_to_who_left_nothing_is_delivered_until_they_come_back(
    gateway: Gateway, couriered: Conversations
) -> None:
    receipt = await couriered.receive(gateway.line("客が減った"))
    await gateway.settled("sent")
    gateway.courier.outcomes = [OutOfQuota()]
    await couriered.receive(gateway.line("もしもし"))
    await until(lambda: gateway.rows("SELECT error FROM deliveries WHERE id = 2") == [("out_of_quota",)])

    await couriered.part(gateway.notice())
    found = await couriered.store.conversation(receipt.conversation)
    assert gateway.states == ["sent", "cancelled"]
    assert found and not found.reachable

    await couriered.greet(gateway.notice(ticket=gateway.ticket()))
    await gateway.settled("sent", "cancelled", "sent")
    assert gateway.courier.texts[-1] == [GREETING]


async def test_an_answer_to_who_left_in_the_meantime_stays_in_the_log(
    gateway: Gateway, couriered: Conversations
) -> None:
    await couriered.receive(gateway.line("客が減った"))
    await couriered.part(gateway.notice())
    await gateway.settled("cancelled")

    await couriered.receive(gateway.line("戻りました"))
    await gateway.settled("cancelled", "sent")

    assert gateway.courier.texts == [["返事: 戻りました"]]


async def test_with_a_group_all_its_members_leave(gateway: Gateway, couriered: Conversations) -> None:
    for sender in ("G1:U1", "G1:U2", "G10:U1"):
        await couriered.receive(Inbound(CHANNEL, sender, gateway.event(), "客が減った", address=ADDRESS))

    await couriered.part(Notice(CHANNEL, "G1", gateway.event()))

    assert gateway.rows("SELECT sender, reachable FROM conversations ORDER BY sender") == [
        ("G10:U1", 1),
        ("G1:U1", 0),
        ("G1:U2", 0),
    ]


async def test_the_newest_address_is_used(gateway: Gateway, couriered: Conversations) -> None:
    await couriered.receive(gateway.line("客が"))
    await couriered.receive(gateway.line("減った", address={"to": "U1", "thread": "2"}))
    await gateway.settled("sent")

    assert gateway.courier.parcels[0].address == {"to": "U1", "thread": "2"}


async def test_the_visitor_sees_that_an_answer_is_being_made(
    gateway: Gateway, couriered: Conversations
) -> None:
    receipt = await couriered.receive(gateway.line("客が減った"))
    await gateway.settled("sent")

    assert gateway.courier.typing == [(receipt.conversation, ADDRESS)]
