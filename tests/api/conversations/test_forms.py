"""The link to our own form works once, for a while, and only on a platform's chat."""

from datetime import timedelta

import pytest

from api.conversations.channel import Inbound
from api.conversations.models import Details
from api.conversations.service import Conversations
from api.errors import FormLinkUnknown
from api.phrases import FORM
from tests.api.conversations.couriers import Gateway, lines, until
from tests.api.fake_bot import saying

DETAILS = Details("山田製作所", "山田", "03-1234-5678", None, "平日の午後", "支払いがない", None, "line")
CALLED = {"text": "職員を呼びます", "buttons": [], "desks": []}


async def link_for(conversation: str) -> str:
    return f"https://example.jp/form/{conversation}"


async def opened(gateway: Gateway, conversations: Conversations) -> tuple[str, str]:
    """A conversation, and the hash of a link that lives for a day."""
    receipt = await conversations.receive(gateway.line("客が減った"))
    token = await conversations.store.make_form_link(
        receipt.conversation, now=gateway.clock(), lifetime=gateway.day
    )
    assert gateway.rows("SELECT token_hash FROM form_links") == [(gateway.hashed(token),)]
    return receipt.conversation, gateway.hashed(token)


async def test_a_link_is_used_up_by_sending_and_not_by_opening(
    gateway: Gateway, couriered: Conversations
) -> None:
    conversation, token = await opened(gateway, couriered)
    now = gateway.clock()
    assert await couriered.store.form_link(token, now=now)
    assert await couriered.store.form_link(token, now=now)

    assert await couriered.store.submit_details(token, DETAILS, now=now) == conversation

    assert await couriered.store.form_link(token, now=now) is None
    with pytest.raises(FormLinkUnknown):
        await couriered.store.submit_details(token, DETAILS, now=now)
    assert gateway.rows("SELECT conversation, company, phone, source FROM details") == [
        (conversation, "山田製作所", "03-1234-5678", "line")
    ]


async def test_a_link_ends_by_itself(gateway: Gateway, couriered: Conversations) -> None:
    _, token = await opened(gateway, couriered)
    later = gateway.clock() + timedelta(days=1, seconds=1)

    assert await couriered.store.form_link(token, now=later) is None
    with pytest.raises(FormLinkUnknown):
        await couriered.store.submit_details(token, DETAILS, now=later)


async def test_an_unknown_link_opens_nothing(gateway: Gateway, couriered: Conversations) -> None:
    assert await couriered.store.form_link("nothing", now=gateway.clock()) is None


async def test_who_asks_for_a_person_on_a_platform_gets_the_link(gateway: Gateway) -> None:
    gateway.bot.behave = saying(CALLED, handoff={"reason": "visitor_asked"})

    async with gateway.running(form_link=link_for) as conversations:
        receipt = await conversations.receive(gateway.line("人と話したい"))
        await gateway.settled("sent")

    link = FORM.format(link=await link_for(receipt.conversation))
    assert gateway.courier.texts[0][1:] == ["職員を呼びます", link]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("客が減った", {}),
        ("もう死にたい", {"handoff": {"reason": "crisis"}}),
        ("消えてしまいたい気がする", {"handoff": {"reason": "crisis"}}),
    ],
)
async def test_without_a_call_and_in_a_crisis_there_is_no_link(
    gateway: Gateway, text: str, answer: dict[str, object]
) -> None:
    gateway.bot.behave = saying(CALLED, **answer)

    async with gateway.running(form_link=link_for) as conversations:
        await conversations.receive(gateway.line(text))
        await gateway.settled("sent")

    assert gateway.courier.texts[0][1:] == ["職員を呼びます"]


async def test_who_asks_for_a_person_on_a_page_gets_the_link_as_well(gateway: Gateway) -> None:
    gateway.bot.behave = saying(CALLED, handoff={"reason": "visitor_asked"})

    async with gateway.running(form_link=link_for) as conversations:
        receipt = await conversations.receive(Inbound("page", "visitor", "e1", "人と話したい"))
        await until(lambda: gateway.rows("SELECT state FROM messages WHERE event = 'e1'") == [("answered",)])

        assert [line.text for line in await lines(conversations, receipt.conversation, after=2)] == [
            "職員を呼びます", FORM.format(link=await link_for(receipt.conversation)),
        ]  # fmt: skip
