"""Other sites: only those that an operator named may use the chat from their pages."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx2
import pytest
import pytest_asyncio

from api.app import create_app
from api.config import Settings

ALLOWED = "https://www.example.jp"
SESSIONS = "/api/chat/sessions"


@pytest_asyncio.fixture
async def client(settings: Settings) -> AsyncIterator[httpx2.AsyncClient]:
    app = create_app(replace(settings, widget_origins=frozenset({ALLOWED})))
    transport = httpx2.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(base_url="http://gateway", transport=transport) as client,
    ):
        yield client


def asking(origin: str, header: str) -> dict[str, str]:
    return {
        "Origin": origin,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": header,
    }


@pytest.mark.parametrize("header", ["authorization", "content-type", "last-event-id"])
async def test_a_page_of_an_allowed_site_may_send_what_the_chat_needs(
    client: httpx2.AsyncClient, header: str
) -> None:
    response = await client.options("/api/chat/events", headers=asking(ALLOWED, header))

    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == ALLOWED
    assert header in response.headers["Access-Control-Allow-Headers"].lower()
    assert "Origin" in response.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in response.headers


async def test_a_page_of_an_allowed_site_begins_a_conversation_and_reads_it(
    client: httpx2.AsyncClient,
) -> None:
    origin = {"Origin": ALLOWED}
    session = await client.post(SESSIONS, headers=origin)
    bearer = {"Authorization": f"Bearer {session.json()['token']}"}
    messages = await client.get("/api/chat/messages", headers=origin | bearer)

    assert (session.status_code, messages.status_code) == (201, 200)
    for response in (session, messages):
        assert response.headers["Access-Control-Allow-Origin"] == ALLOWED
        assert response.headers["Vary"] == "Origin"


async def test_an_error_can_be_read_by_an_allowed_site_too(client: httpx2.AsyncClient) -> None:
    response = await client.get("/api/chat/messages", headers={"Origin": ALLOWED})

    assert response.status_code == 401
    assert response.headers["Access-Control-Allow-Origin"] == ALLOWED


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://www.example.jp", "https://www.example.jp:8443", "https://www.example.jp.evil.example",
     "null", "", "https://gateway.evil.example"],
)  # fmt: skip
async def test_a_page_of_another_site_is_refused_in_words(client: httpx2.AsyncClient, origin: str) -> None:
    response = await client.post(SESSIONS, headers={"Origin": origin})
    before = await client.options(SESSIONS, headers=asking(origin, "authorization"))

    assert (response.status_code, response.json()["error"]["code"]) == (403, "origin")
    assert "このサイトからは" in response.json()["error"]["message"]
    assert before.status_code == 400
    for one in (response, before):
        assert "Access-Control-Allow-Origin" not in one.headers


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "http://gateway"}, {"Origin": "https://gateway"},
     {"Origin": "https://madoguchi.example.jp", "Sec-Fetch-Site": "same-origin"}],
)  # fmt: skip
async def test_our_own_page_needs_no_permission_even_behind_a_proxy(
    client: httpx2.AsyncClient, headers: dict[str, str]
) -> None:
    assert (await client.post(SESSIONS, headers=headers)).status_code == 201


async def test_only_the_chat_is_open_to_other_sites(client: httpx2.AsyncClient) -> None:
    response = await client.get("/readyz", headers={"Origin": ALLOWED})

    assert "Access-Control-Allow-Origin" not in response.headers
