"""On LINE and Slack: masks before the bot, one line that says so, and a link to our own form that is taken once."""

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace

import httpx2
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.config import LineSettings, Settings, SlackSettings
from api.phrases import FORM_RECEIVED, MASKED
from tests.api.fake_bot import FakeBot, saying
from tests.api.form.conftest import FILLED, HOME
from tests.api.serving import free_port
from tests.platforms.line import FakeLine, user_id
from tests.platforms.platform import Platform
from tests.platforms.slack import FakeSlack

HANAKO = user_id("hanako")
WRITTEN, KEPT = (
    "電話は03-1234-5678、口座は普通1234567です",
    "電話は〔電話番号〕、口座は普通〔口座などの番号〕です",
)


@dataclass(frozen=True)
class Talk:
    """One person on a platform, and a browser that can reach us."""

    name: str
    platform: Platform
    say: Callable[[str], Awaitable[object]]
    read: Callable[[], list[str]]
    browser: httpx2.AsyncClient

    async def shows(self, text: str) -> str:
        """What stands on the screen of the person, once this is part of it."""
        await self.platform.until(lambda: text in "\n".join(self.read()))
        return "\n".join(self.read())


@asynccontextmanager
async def line(settings: Settings) -> AsyncIterator[Talk]:
    port = free_port()
    keys = LineSettings("secret", "token", f"http://127.0.0.1:{port}")
    app = create_app(replace(settings, public_url=HOME, line=keys))
    fake = FakeLine(
        webhook=f"{HOME}/webhooks/line",
        secret=keys.secret,
        token=keys.token,
        port=port,
        transport=httpx2.ASGITransport(app),
    )
    async with _running(app, fake) as browser:
        yield Talk(
            "line", fake, lambda text: fake.say(HANAKO, text), lambda: fake.chats[HANAKO].texts, browser
        )


@asynccontextmanager
async def slack(settings: Settings) -> AsyncIterator[Talk]:
    port = free_port()
    keys = SlackSettings("secret", "token", f"http://127.0.0.1:{port}/api")
    app = create_app(replace(settings, public_url=HOME, slack=keys))
    fake = FakeSlack(
        gateway=f"{HOME}/webhooks/slack",
        secret=keys.secret,
        token=keys.token,
        port=port,
        transport=httpx2.ASGITransport(app),
    )
    hanako = fake.person("hanako")

    def read() -> list[str]:
        """Of each answer the text and all that is drawn."""
        posts = fake.chats[fake.direct(hanako)].answers
        return [f"{post.text}\n{json.dumps(post.blocks, ensure_ascii=False)}" for post in posts]

    async with _running(app, fake) as browser:
        yield Talk("slack", fake, lambda text: fake.say(hanako, text), read, browser)


@asynccontextmanager
async def _running(app: FastAPI, fake: Platform) -> AsyncIterator[httpx2.AsyncClient]:
    await fake.start()
    try:
        async with (
            app.router.lifespan_context(app),
            httpx2.AsyncClient(base_url=HOME, transport=httpx2.ASGITransport(app)) as browser,
        ):
            yield browser
    finally:
        await fake.stop()


Open = Callable[[Settings], AbstractAsyncContextManager[Talk]]
on_both = pytest.mark.parametrize("platform", [line, slack], ids=["line", "slack"])


@on_both
async def test_the_bot_sees_masks_and_the_person_is_told(
    platform: Open, settings: Settings, bot: FakeBot
) -> None:
    async with platform(settings) as talk:
        await talk.say(WRITTEN)
        read = await talk.shows(MASKED.splitlines()[0])

    assert bot.asked == [KEPT]
    assert [question["channel"] for question in bot.questions] == [talk.name]
    assert "1234" not in read
    assert talk.platform.refused == []


@on_both
async def test_who_asks_for_a_person_is_led_to_the_form_and_told_that_it_came(
    platform: Open, settings: Settings, bot: FakeBot
) -> None:
    bot.behave = saying(
        {"text": "担当者を呼びます", "buttons": [], "desks": []}, handoff={"reason": "requested"}
    )

    async with platform(settings) as talk:
        await talk.say("人と話したい")
        read = await talk.shows(f"{HOME}/form/")
        found = re.search(r"/form/[\w-]{43}", read)
        assert found
        assert (await talk.browser.get(found[0])).status_code == 200
        assert (await talk.browser.post(found[0], data=FILLED)).status_code == 303
        read = await talk.shows(FORM_RECEIVED)

    assert "山田" not in read and "1234" not in read
    assert talk.platform.refused == []
