"""Each limit of Block Kit: what just fits is taken, one more is refused and pointed at."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
import pytest_asyncio

from tests.platforms.slack import FakeSlack

Block = dict[str, Any]


def words(said: str = "公社", kind: str = "mrkdwn") -> Block:
    return {"type": kind, "text": said}


def section(said: str = "公社", **more: Any) -> Block:
    return {"type": "section", "text": words(said), **more}


def button(number: int = 0, said: str = "はい", **more: Any) -> Block:
    return {"type": "button", "text": words(said, "plain_text"), "action_id": f"a{number}", **more}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def header(said: str) -> Block:
    return {"type": "header", "text": words(said, "plain_text")}


GOOD: dict[str, list[Block]] = {
    "50 blocks": [{"type": "divider"}] * 50,
    "the longest section": [section("あ" * 3000)],
    "10 fields": [{"type": "section", "fields": [words("あ" * 2000)] * 10}],
    "25 elements": [actions(*[button(number) for number in range(25)])],
    "10 words of context": [{"type": "context", "elements": [words()] * 10}],
    "the longest header": [header("あ" * 150)],
    "the longest button": [actions(button(said="あ" * 75, value="a" * 2000))],
    "the longest address": [actions(button(url="https://example.jp/" + "a" * 2981))],
    "the longest names": [{**actions({**button(), "action_id": "a" * 255}), "block_id": "b" * 255}],
    "a button beside": [section(accessory=button(style="primary"))],
    "a choice": [
        actions(
            {
                "type": "static_select",
                "action_id": "s",
                "options": [{"text": words("はい", "plain_text"), "value": "1"}] * 100,
            }
        )
    ],
}

BAD: dict[str, tuple[list[Block], str]] = {
    "51 blocks": ([{"type": "divider"}] * 51, "/blocks"),
    "an unknown block": ([{"type": "poem"}], "/blocks/0/type"),
    "an unknown property": ([section(colour="red")], "/blocks/0/colour"),
    "a long section": ([section("あ" * 3001)], "/blocks/0/text/text"),
    "an empty section": ([section("")], "/blocks/0/text/text"),
    "a section of nothing": ([{"type": "section"}], "/blocks/0/text"),
    "11 fields": ([{"type": "section", "fields": [words()] * 11}], "/blocks/0/fields"),
    "26 elements": ([actions(*[button(number) for number in range(26)])], "/blocks/0/elements"),
    "no elements": ([actions()], "/blocks/0/elements"),
    "11 words of context": ([{"type": "context", "elements": [words()] * 11}], "/blocks/0/elements"),
    "a long header": ([header("あ" * 151)], "/blocks/0/text/text"),
    "a marked header": ([{"type": "header", "text": words()}], "/blocks/0/text/type"),
    "a long button": ([actions(button(said="あ" * 76))], "/blocks/0/elements/0/text/text"),
    "a long value": ([actions(button(value="a" * 2001))], "/blocks/0/elements/0/value"),
    "a long address": (
        [actions(button(url="https://example.jp/" + "a" * 2982))],
        "/blocks/0/elements/0/url",
    ),
    "a telephone button": ([actions(button(url="tel:0332517881"))], "/blocks/0/elements/0/url"),
    "a long action_id": (
        [actions({**button(), "action_id": "a" * 256})],
        "/blocks/0/elements/0/action_id",
    ),
    "a long block_id": ([section(block_id="b" * 256)], "/blocks/0/block_id"),
    "an action_id twice": ([actions(button(1)), actions(button(1))], "/blocks"),
    "a block_id twice": ([section(block_id="b"), section(block_id="b")], "/blocks"),
    "an input in a message": ([{"type": "input", "label": words("a", "plain_text")}], "/blocks/0/type"),
}


@pytest.fixture
def slack() -> FakeSlack:
    return FakeSlack()


@pytest_asyncio.fixture
async def app(slack: FakeSlack) -> AsyncIterator[httpx2.AsyncClient]:
    """Without a socket: there are many of these."""
    headers = {"Authorization": f"Bearer {slack.token}"}
    transport = httpx2.ASGITransport(slack.app)
    async with httpx2.AsyncClient(base_url=f"{slack.api}/", headers=headers, transport=transport) as client:
        yield client


async def ask(slack: FakeSlack, app: httpx2.AsyncClient, blocks: list[Block], *, form: bool) -> Any:
    channel = slack.channel("相談")
    if form:
        fields = {"channel": channel, "text": "ご案内", "blocks": json.dumps(blocks)}
        return (await app.post("chat.postMessage", data=fields)).json()
    body = {"channel": channel, "text": "ご案内", "blocks": blocks}
    return (await app.post("chat.postMessage", json=body)).json()


@pytest.mark.parametrize("form", [True, False], ids=["form", "json"])
@pytest.mark.parametrize("blocks", GOOD.values(), ids=GOOD)
async def test_what_just_fits_is_taken(
    slack: FakeSlack, app: httpx2.AsyncClient, blocks: list[Block], form: bool
) -> None:
    answer = await ask(slack, app, blocks, form=form)

    assert answer["ok"], answer
    assert slack.refused == []


@pytest.mark.parametrize(("blocks", "pointer"), BAD.values(), ids=BAD)
async def test_what_is_wrong_is_pointed_at(
    slack: FakeSlack, app: httpx2.AsyncClient, blocks: list[Block], pointer: str
) -> None:
    answer = await ask(slack, app, blocks, form=False)

    assert (answer["ok"], answer["error"]) == (False, "invalid_blocks")
    (message,) = answer["response_metadata"]["messages"]
    assert message.endswith(f"[json-pointer:{pointer}]")
    assert len(slack.refused) == 1


@pytest.mark.parametrize(("count", "is_ok"), [(100, True), (101, False)])
async def test_a_home_has_a_hundred_blocks(
    slack: FakeSlack, app: httpx2.AsyncClient, count: int, is_ok: bool
) -> None:
    user = slack.person("花子")
    view = {"type": "home", "blocks": [{"type": "divider"}] * count}

    answer = (await app.post("views.publish", json={"user_id": user, "view": view})).json()

    assert answer["ok"] is is_ok


@pytest.mark.parametrize(("length", "is_ok"), [(24, True), (25, False)])
async def test_a_modal_has_a_short_title_and_needs_a_fresh_trigger(
    slack: FakeSlack, app: httpx2.AsyncClient, length: int, is_ok: bool
) -> None:
    user = slack.person("花子")
    body = {
        "trigger_id": slack.gateway.new_trigger(user),
        "view": {"type": "modal", "title": words("あ" * length, "plain_text"), "blocks": [section()]},
    }

    first = (await app.post("views.open", json=body)).json()
    second = (await app.post("views.open", json=body)).json()

    assert first["ok"] is is_ok
    assert second["error"] == "exchanged_trigger_id"
