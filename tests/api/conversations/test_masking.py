"""Numbers and addresses are not kept with the message, and the visitor is told so."""

import pytest

from api.conversations.channel import Inbound
from api.conversations.masking import masked
from api.conversations.models import Author, Details
from api.conversations.service import Conversations
from api.phrases import GREETING, MASKED, MASKED_PLAIN
from tests.api.conversations.couriers import Gateway, lines, until

SAID = "電話は03-1234-5678です"
KEPT = "電話は〔電話番号〕です"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (SAID, KEPT),
        ("090 1234 5678かabc@example.co.jpまで", "〔電話番号〕か〔メールアドレス〕まで"),
        ("口座は普通1234567です", "口座は普通〔口座などの番号〕です"),
        ("カードは4111 1111 1111 1111です", "カードは〔カード番号〕です"),
        ("マイナンバーは123456789018です", "マイナンバーは〔マイナンバー〕です"),
        ("株式会社山田製作所の山田太郎です", "株式会社山田製作所の山田太郎です"),
        ("〒173-0004の板橋一丁目2番3号です", "〒173-0004の板橋一丁目2番3号です"),
        ("従業員は12人、売上は3割減で119番もしました", "従業員は12人、売上は3割減で119番もしました"),
    ],
)
def test_numbers_and_addresses_are_masked_and_names_are_not(text: str, kept: str) -> None:
    assert masked(text) == kept


async def test_the_mask_is_kept_and_asked_and_the_original_stands_apart(
    gateway: Gateway, couriered: Conversations
) -> None:
    receipt = await couriered.receive(gateway.line(SAID))
    await gateway.settled("sent")

    message = await couriered.store.message(receipt.conversation, receipt.sequence)
    assert message and message.text == KEPT
    assert gateway.bot.asked == [KEPT]
    assert gateway.rows("SELECT text FROM originals") == [(SAID,)]


async def test_the_visitor_is_told_once_with_the_answer(gateway: Gateway, couriered: Conversations) -> None:
    await couriered.receive(gateway.line(f"{SAID}。携帯は090-1234-5678です", ticket=gateway.ticket()))
    await gateway.settled("sent")

    assert gateway.courier.texts == [
        [GREETING, MASKED, "返事: 電話は〔電話番号〕です。携帯は〔電話番号〕です"]
    ]


async def test_on_a_page_the_visitor_is_told_as_well_and_plainly_who_wants_it_so(
    gateway: Gateway, couriered: Conversations
) -> None:
    conversation = await couriered.open("page", "visitor", is_plain=True)
    await couriered.receive(Inbound("page", "visitor", "e1", SAID))

    told = (await lines(couriered, conversation))[2]
    assert (told.author, told.text, told.plain) == (Author.system, MASKED_PLAIN, True)
    assert gateway.states == []


async def test_while_staff_speaks_the_visitor_is_told_at_once(
    gateway: Gateway, couriered: Conversations
) -> None:
    receipt = await couriered.receive(gateway.line("客が減った"))
    await gateway.settled("sent")
    await couriered.move(receipt.conversation, "take")

    await couriered.receive(gateway.line(SAID))
    await gateway.settled("sent", "sent")

    assert gateway.courier.texts[1] == [MASKED]


async def test_the_words_of_a_button_are_ours_and_not_masked(
    gateway: Gateway, couriered: Conversations
) -> None:
    await couriered.receive(gateway.line("03-1234-5678に電話", payload="/call"))
    await until(lambda: bool(gateway.bot.asked))

    assert gateway.bot.asked == ["03-1234-5678に電話"]


async def test_the_original_is_read_only_where_the_visitor_has_agreed(
    gateway: Gateway, couriered: Conversations
) -> None:
    receipt = await couriered.receive(gateway.line(SAID))
    store, here = couriered.store, (receipt.conversation, receipt.sequence)
    assert await store.original(*here) is None

    for consented_at in (None, gateway.clock()):
        details = Details(None, "山田", None, None, None, None, consented_at, "line")
        token = await store.make_form_link(here[0], now=gateway.clock(), lifetime=gateway.day)
        await store.submit_details(gateway.hashed(token), details, now=gateway.clock())
        assert await store.original(*here) == (SAID if consented_at else None)
