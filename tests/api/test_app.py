"""What holds for the gateway as a whole: headers, errors, health, the OpenAPI document."""

import httpx2
import pytest

from api.app import create_app
from api.config import Settings
from tests.api.fake_bot import FakeBot
from tests.api.serving import listening
from tests.api.visitor import Visitor

ANSWERS = [
    ("GET", "/healthz", 200),
    ("GET", "/readyz", 200),
    ("GET", "/api/openapi.json", 200),
    ("POST", "/api/chat/sessions", 201),
    ("GET", "/api/chat/messages", 401),
    ("GET", "/nowhere", 404),
    ("GET", "/static/nothing.js", 404),
    ("GET", "/static/../app.py", 404),
    ("GET", "/docs", 404),
    ("GET", "/redoc", 404),
    ("DELETE", "/api/chat/messages", 405),
]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
async def test_every_answer_carries_the_security_headers(
    client: httpx2.AsyncClient, method: str, path: str, status: int
) -> None:
    response = await client.request(method, path)

    assert response.status_code == status
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "camera=()" in response.headers["Permissions-Policy"]


async def test_a_bug_is_answered_in_kind_words_with_the_security_headers(settings: Settings) -> None:
    app = create_app(settings)

    @app.get("/bug")
    async def bug() -> None:
        raise ZeroDivisionError("秘密の相談")

    async with listening(app) as url, httpx2.AsyncClient(base_url=url, trust_env=False) as client:
        response = await client.get("/bug")

    assert (response.status_code, response.json()["error"]["code"]) == (500, "internal")
    assert "秘密" not in response.text
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS[5:])
async def test_errors_have_one_shape(client: httpx2.AsyncClient, method: str, path: str, status: int) -> None:
    error = (await client.request(method, path)).json()["error"]

    assert set(error) == {"code", "message"}
    assert error["message"].endswith("ください。")


async def test_conversations_stay_out_of_caches(visitor: Visitor) -> None:
    response = await visitor.client.get("/api/chat/messages", headers=visitor.headers)

    assert response.headers["Cache-Control"] == "no-store"


async def test_a_large_body_is_refused_wherever_it_is_sent(client: httpx2.AsyncClient) -> None:
    response = await client.post("/api/chat/sessions", content=b"x" * 70_000)

    assert (response.status_code, response.json()["error"]["code"]) == (413, "body_too_large")
    assert "Content-Security-Policy" in response.headers


async def test_the_openapi_document_names_all_that_a_page_may_do(client: httpx2.AsyncClient) -> None:
    paths = (await client.get("/api/openapi.json")).json()["paths"]

    assert set(paths) == {
        "/api/chat/sessions",
        "/api/chat/messages",
        "/api/chat/events",
        "/healthz",
        "/readyz",
    }
    schema = paths["/api/chat/messages"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert set(schema["properties"]) == {"id", "text", "button", "speak"}
    assert schema["properties"]["speak"]["enum"] == ["plainly", "normally"]
    session = paths["/api/chat/sessions"]["post"]["requestBody"]
    assert session["required"] is False
    assert set(session["content"]["application/json"]["schema"]["properties"]) == {"plain"}


async def test_a_gateway_without_its_bot_lives_but_is_not_ready(
    client: httpx2.AsyncClient, bot: FakeBot
) -> None:
    assert (await client.get("/readyz")).json() == {"database": "ok", "bot": "ok"}

    await bot.stop()

    ready = await client.get("/readyz")
    assert (ready.status_code, ready.json()) == (503, {"database": "ok", "bot": "unavailable"})
    assert (await client.get("/healthz")).status_code == 200


async def test_the_page_is_served(client: httpx2.AsyncClient) -> None:
    response = await client.get("/")

    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/html")


async def test_no_log_line_holds_what_a_visitor_wrote(
    visitor: Visitor, bot: FakeBot, capfd: pytest.CaptureFixture[str]
) -> None:
    await visitor.answers(await visitor.say("秘密の相談"))
    await visitor.post({"id": "x", "button": "9.9"})
    await bot.stop()
    await visitor.answers(await visitor.say("ばれたくない話"))

    out, err = capfd.readouterr()
    assert "bot_failed" in out + err
    for secret in ("秘密", "ばれたくない", visitor.token):
        assert secret not in out + err
