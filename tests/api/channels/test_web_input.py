"""What the web channel refuses, and in which words; what it keeps of odd texts."""

from typing import Any

import httpx2
import pytest

from tests.api.fake_bot import FakeBot
from tests.api.visitor import Visitor

BAD_BODIES: list[tuple[bytes, int, str]] = [
    (b"", 400, "unreadable"),
    (b"{", 400, "unreadable"),
    (b"[" * 60_000, 400, "unreadable"),
    (b'{"id": "a", "text": ' + b"9" * 5000 + b"}", 400, "unreadable"),
    (b"[]", 400, "shape"),
    (b'"text"', 400, "shape"),
    (b"null", 400, "shape"),
    (b"{}", 400, "shape"),
    (b'{"id": "a"}', 400, "shape"),
    (b'{"text": "x"}', 400, "shape"),
    (b'{"id": "a", "text": "x", "button": "1.0"}', 400, "shape"),
    (b'{"id": "a", "text": "x", "speak": "plainly"}', 400, "shape"),
    (b'{"id": "a", "button": "1.0", "speak": "plainly"}', 400, "shape"),
    (b'{"id": "a", "speak": null}', 400, "shape"),
    ('{"id": "a", "text": "相談"}'.encode("cp932"), 400, "encoding"),
    (b'{"id": "a", "text": "\xff"}', 400, "encoding"),
    (b'{"id": "a", "text": "\\ud800"}', 400, "broken_character"),
    (b'{"id": "a", "text": "\\udc00 hi"}', 400, "broken_character"),
    (b'{"id": 1, "text": "x"}', 422, "field"),
    (b'{"id": "a", "text": 1}', 422, "field"),
    (b'{"id": "a", "text": ["x"]}', 422, "field"),
    (b'{"id": "a", "button": 1.0}', 422, "field"),
    (b'{"id": "a", "button": "first"}', 422, "field"),
    (b'{"id": "a", "button": "0.0"}', 422, "field"),
    ('{"id": "a", "button": "１.０"}'.encode(), 422, "field"),
    (b'{"id": "a", "speak": ""}', 422, "field"),
    (b'{"id": "a", "speak": "Plainly"}', 422, "field"),
    (b'{"id": "a", "speak": "/speak_plainly"}', 422, "field"),
    (b'{"id": "a", "speak": true}', 422, "field"),
    (b'{"id": "a", "speak": ["plainly"]}', 422, "field"),
    (b'{"id": "", "text": "x"}', 422, "field"),
    (b'{"id": "a b", "text": "x"}', 422, "field"),
    (b'{"id": "a\\n", "text": "x"}', 422, "field"),
    ('{"id": "あ", "text": "x"}'.encode(), 422, "field"),
    (b'{"id": "' + b"a" * 65 + b'", "text": "x"}', 422, "field"),
    (b'{"id": "a", "text": ""}', 422, "empty"),
    ('{"id": "a", "text": " \\n\\t　"}'.encode(), 422, "empty"),
    (b'{"id": "a", "text": "\\u0000\\u200b\\ufeff\\u202e\\u0085"}', 422, "empty"),
    (('{"id": "a", "text": "' + "あ" * 4001 + '"}').encode(), 413, "text_too_long"),
    (b'{"id": "a", "text": "' + b"a" * 65_536 + b'"}', 413, "body_too_large"),
]


@pytest.mark.parametrize(("body", "status", "code"), BAD_BODIES)
async def test_a_bad_body_is_refused_in_kind_words(
    visitor: Visitor, bot: FakeBot, body: bytes, status: int, code: str
) -> None:
    headers = {**visitor.headers, "Content-Type": "application/json"}

    response = await visitor.client.post("/api/chat/messages", content=body, headers=headers)

    assert (response.status_code, response.json()["error"]["code"]) == (status, code)
    assert response.json()["error"]["message"].endswith("ください。")
    assert await visitor.messages(1) == []


async def test_a_body_that_hides_its_length_is_cut_off(visitor: Visitor) -> None:
    async def endless() -> Any:
        for _ in range(100):
            yield b" " * 1024

    response = await visitor.client.post(
        "/api/chat/messages",
        content=endless(),
        headers={**visitor.headers, "Content-Type": "application/json"},
    )

    assert (response.status_code, response.json()["error"]["code"]) == (413, "body_too_large")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
async def test_only_json_is_taken(visitor: Visitor, kind: str) -> None:
    response = await visitor.client.post(
        "/api/chat/messages",
        content=b'{"id":"a","text":"x"}',
        headers={**visitor.headers, "Content-Type": kind},
    )

    assert (response.status_code, response.json()["error"]["code"]) == (415, "content_type")


async def test_json_with_a_charset_is_taken(visitor: Visitor) -> None:
    response = await visitor.client.post(
        "/api/chat/messages",
        content='{"id":"a","text":"相談"}'.encode(),
        headers={**visitor.headers, "Content-Type": "Application/JSON; charset=utf-8"},
    )

    assert response.status_code == 202


KEPT_TEXTS = [
    ("あ" * 4000, "あ" * 4000),
    ("か\u3099" * 4000, "が" * 4000),
    (" 前後の空白 \n", "前後の空白"),
    ("一行目\r\n二行目\t終", "一行目\n二行目\t終"),
    ("a\u0000b\u200bc\u202ed\ufeff\u0085e", "abcde"),
    ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("𠮷野家😀", "𠮷野家😀"),
    ("'; DROP TABLE messages; --", "'; DROP TABLE messages; --"),
]


@pytest.mark.parametrize(("sent", "kept"), KEPT_TEXTS)
async def test_what_a_visitor_wrote_is_kept_without_what_nobody_sees(
    visitor: Visitor, bot: FakeBot, sent: str, kept: str
) -> None:
    await visitor.answers(await visitor.say(sent))

    assert (await visitor.messages(1))[0]["text"] == kept
    assert bot.asked == [kept]


@pytest.mark.parametrize(
    "authorization", [None, "", "Bearer", "Bearer wrong", "Basic dXNlcg==", "Bearer \xe9"]
)
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/chat/messages"), ("GET", "/api/chat/messages"), ("GET", "/api/chat/events")],
)
async def test_without_the_token_nothing_is_shown_or_taken(
    client: httpx2.AsyncClient, authorization: str | None, method: str, path: str
) -> None:
    headers = [] if authorization is None else [(b"Authorization", authorization.encode("latin-1"))]

    response = await client.request(method, path, headers=headers)

    assert (response.status_code, response.json()["error"]["code"]) == (401, "conversation_unknown")
    assert response.headers["WWW-Authenticate"] == "Bearer"


async def test_a_token_in_the_address_opens_nothing(visitor: Visitor) -> None:
    response = await visitor.client.get("/api/chat/messages", params={"token": visitor.token})

    assert response.status_code == 401


@pytest.mark.parametrize("after", ["-1", "x", "1.5", str(2**31), str(2**80)])
@pytest.mark.parametrize("path", ["/api/chat/messages", "/api/chat/events"])
async def test_a_sequence_that_cannot_be_is_refused(visitor: Visitor, path: str, after: str) -> None:
    response = await visitor.client.get(path, params={"after": after}, headers=visitor.headers)

    assert (response.status_code, response.json()["error"]["code"]) == (422, "field")
    assert "after" in response.json()["error"]["message"]
