"""Each limit of LINE's messages: what just fits is taken, one more is refused and named."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
import pytest_asyncio

from tests.platforms.line import FakeLine

Message = dict[str, Any]
PICTURE = "https://example.jp/p.png"


def text(words: str = "はい", **more: Any) -> Message:
    return {"type": "text", "text": words, **more}


def postback(label: str = "はい", data: str = "1.0", **more: Any) -> Message:
    return {"type": "postback", "label": label, "data": data, **more}


def uri(address: str) -> Message:
    return {"type": "uri", "label": "開く", "uri": address}


def quick(*actions: Message) -> Message:
    return text(quickReply={"items": [{"type": "action", "action": action} for action in actions]})


def words(said: str = "公社", **more: Any) -> Message:
    return {"type": "text", "text": said, **more}


def box(*contents: Message, layout: str = "vertical", **more: Any) -> Message:
    return {"type": "box", "layout": layout, "contents": list(contents), **more}


def button(action: Message | None = None, **more: Any) -> Message:
    return {"type": "button", "action": action or uri("tel:0332517881"), **more}


def bubble(*contents: Message, **more: Any) -> Message:
    return {"type": "bubble", "body": box(*contents), **more}


def carousel(*bubbles: Message) -> Message:
    return {"type": "carousel", "contents": list(bubbles)}


def flex(contents: Message, alt: str = "窓口のご案内") -> Message:
    return {"type": "flex", "altText": alt, "contents": contents}


def of_size(part: Message, size: int) -> Message:
    """A bubble that is exactly so many bytes."""
    base = len(json.dumps(bubble(words("a")), separators=(",", ":")))
    return bubble(words("a" * (size - base + 1)), **part)


GOOD: dict[str, Message] = {
    "the longest text": text("あ" * 5000),
    "13 quick replies": quick(*[postback(str(number)) for number in range(13)]),
    "the longest label": quick(postback("あ" * 20)),
    "the longest postback": quick(postback(data="a" * 300, displayText="い" * 300)),
    "the longest address": quick(uri("https://example.jp/" + "a" * 981)),
    "a telephone number": flex(bubble(button(uri("tel:0332517881")))),
    "the location action in a quick reply": quick({"type": "location", "label": "場所を送る"}),
    "a message action": quick({"type": "message", "label": "はい", "text": "はい"}),
    "the longest sender": text(sender={"name": "あ" * 20, "iconUrl": PICTURE}),
    "the longest alternative": flex(bubble(words()), "あ" * 400),
    "12 bubbles": flex(carousel(*[bubble(words())] * 12)),
    "the largest bubble": flex(of_size({}, 30_000)),
    "boxes in boxes": flex(
        bubble(
            box(words(weight="bold", size="lg", wrap=True), layout="baseline", spacing="sm"),
            {"type": "separator", "margin": "md", "color": "#DDDDDD"},
            box(words(flex=2, color="#555555"), button(style="primary", height="sm"), layout="horizontal"),
            size="mega",
            header=box(words(), backgroundColor="#1F4E79", paddingAll="16px"),
            footer=box(button(postback())),
            styles={"footer": {"separator": True}},
        )
    ),
    "spans": flex(bubble({"type": "text", "contents": [{"type": "span", "text": "電話", "weight": "bold"}]})),
    "a sticker": {"type": "sticker", "packageId": "446", "stickerId": "1988"},
    "an image": {"type": "image", "originalContentUrl": PICTURE, "previewImageUrl": PICTURE},
}

BAD: dict[str, tuple[Message, str]] = {
    "no text": (text(""), "messages[0].text"),
    "blanks": (text(" \n"), "messages[0].text"),
    "a text that is too long": (text("あ" * 5001), "messages[0].text"),
    "a text of emojis that counts double": (text("😀" * 2501), "messages[0].text"),
    "an unknown kind": ({"type": "balloon"}, "messages[0].type"),
    "an unknown property": (text(colour="red"), "messages[0].colour"),
    "14 quick replies": (
        quick(*[postback(str(number)) for number in range(14)]),
        "messages[0].quickReply.items",
    ),
    "no quick replies": (quick(), "messages[0].quickReply.items"),
    "a quick reply that is no action": (
        text(quickReply={"items": [{"type": "button", "action": postback()}]}),
        "messages[0].quickReply.items[0].type",
    ),
    "a long label": (quick(postback("あ" * 21)), "messages[0].quickReply.items[0].action.label"),
    "a missing label": (
        quick({"type": "postback", "data": "a"}),
        "messages[0].quickReply.items[0].action.label",
    ),
    "long data": (quick(postback(data="a" * 301)), "messages[0].quickReply.items[0].action.data"),
    "no data": (quick(postback(data="")), "messages[0].quickReply.items[0].action.data"),
    "text and displayText": (
        quick(postback(text="a", displayText="a")),
        "messages[0].quickReply.items[0].action.text",
    ),
    "a long address": (
        quick(uri("https://example.jp/" + "a" * 982)),
        "messages[0].quickReply.items[0].action.uri",
    ),
    "an address by mail": (quick(uri("mailto:a@example.jp")), "messages[0].quickReply.items[0].action.uri"),
    "an address with a blank": (
        quick(uri("https://example.jp/a b")),
        "messages[0].quickReply.items[0].action.uri",
    ),
    "a long sender": (text(sender={"name": "あ" * 21}), "messages[0].sender.name"),
    "a sender who is LINE": (text(sender={"name": "LINE窓口"}), "messages[0].sender.name"),
    "an icon without encryption": (
        text(sender={"iconUrl": "http://example.jp/p.png"}),
        "messages[0].sender.iconUrl",
    ),
    "no alternative": (flex(bubble(words()), ""), "messages[0].altText"),
    "a long alternative": (flex(bubble(words()), "あ" * 401), "messages[0].altText"),
}

BAD_FLEX: dict[str, tuple[Message, str]] = {
    "a bubble that is too large": (of_size({}, 30_001), "/"),
    "a container that is too large": (carousel(*[of_size({}, 20_000)] * 3), "/"),
    "13 bubbles": (carousel(*[bubble(words())] * 13), "/contents"),
    "no bubbles": (carousel(), "/contents"),
    "a bubble without blocks": ({"type": "bubble"}, "/"),
    "a body that is no box": ({"type": "bubble", "body": words()}, "/body/type"),
    "an unknown part": (bubble({"type": "heading", "text": "a"}), "/body/contents/0/type"),
    "an unknown property": (bubble(words(colour="#000000")), "/body/contents/0/colour"),
    "an unknown size": (bubble(words(size="huge")), "/body/contents/0/size"),
    "a color by name": (bubble(words(color="red")), "/body/contents/0/color"),
    "an empty text": (bubble(words("")), "/body/contents/0/text"),
    "a text without text": (bubble({"type": "text"}), "/body/contents/0/text"),
    "a box without a layout": (bubble({"type": "box", "contents": []}), "/body/contents/0/layout"),
    "a button in a baseline box": (
        bubble(box(button(), layout="baseline")),
        "/body/contents/0/contents/0/type",
    ),
    "a button without an action": (bubble({"type": "button"}), "/body/contents/0/action"),
    "a long label": (bubble(button(postback("あ" * 21))), "/body/contents/0/action/label"),
    "a missing label": (
        bubble(button({"type": "uri", "uri": "https://example.jp"})),
        "/body/contents/0/action/label",
    ),
    "a location button": (
        bubble(button({"type": "location", "label": "場所"})),
        "/body/contents/0/action/type",
    ),
    "a picture without encryption": (
        bubble({"type": "image", "url": "http://example.jp/p.png"}),
        "/body/contents/0/url",
    ),
}


@pytest.fixture
def line() -> FakeLine:
    return FakeLine()


@pytest_asyncio.fixture
async def bot(line: FakeLine) -> AsyncIterator[httpx2.AsyncClient]:
    """Without a socket: there are many of these."""
    headers = {"Authorization": f"Bearer {line.token}"}
    transport = httpx2.ASGITransport(line.app)
    async with httpx2.AsyncClient(base_url=line.url, headers=headers, transport=transport) as client:
        yield client


async def ask(bot: httpx2.AsyncClient, *messages: Message) -> httpx2.Response:
    return await bot.post("/v2/bot/message/validate/reply", json={"messages": list(messages)})


@pytest.mark.parametrize("message", GOOD.values(), ids=GOOD)
async def test_what_just_fits_is_taken(line: FakeLine, bot: httpx2.AsyncClient, message: Message) -> None:
    answer = await ask(bot, message)

    assert (answer.status_code, answer.json()) == (200, {})
    assert line.refused == []


@pytest.mark.parametrize(("message", "property"), BAD.values(), ids=BAD)
async def test_what_is_wrong_is_named(
    line: FakeLine, bot: httpx2.AsyncClient, message: Message, property: str
) -> None:
    answer = await ask(bot, message)

    assert answer.status_code == 400
    assert answer.json()["message"] == "The request body has 1 error(s)"
    assert [detail["property"] for detail in answer.json()["details"]] == [property]
    assert property in str(line.refused[0].reason)


@pytest.mark.parametrize(("contents", "pointer"), BAD_FLEX.values(), ids=BAD_FLEX)
async def test_what_is_wrong_in_a_card_is_pointed_at(
    bot: httpx2.AsyncClient, contents: Message, pointer: str
) -> None:
    answer = await ask(bot, text(), flex(contents))

    assert answer.status_code == 400
    assert answer.json()["message"] == "A message (messages[1]) in the request body is invalid"
    assert [detail["property"] for detail in answer.json()["details"]] == [pointer]


@pytest.mark.parametrize(("count", "status"), [(0, 400), (1, 200), (5, 200), (6, 400)])
async def test_a_call_brings_one_to_five_messages(bot: httpx2.AsyncClient, count: int, status: int) -> None:
    assert (await ask(bot, *[text()] * count)).status_code == status


async def test_every_fault_is_counted(bot: httpx2.AsyncClient) -> None:
    answer = await ask(bot, text(""), {"type": "balloon"})

    assert answer.json() == {
        "message": "The request body has 2 error(s)",
        "details": [
            {"message": "May not be empty", "property": "messages[0].text"},
            {
                "message": "Must be one of the following values: [text, sticker, image, location, flex]",
                "property": "messages[1].type",
            },
        ],
    }
