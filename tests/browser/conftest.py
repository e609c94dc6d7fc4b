"""The real gateway, a bot that really listens, and a real browser before them."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, async_playwright

from api.app import create_app
from api.config import Settings
from tests.api.fake_bot import FakeBot
from tests.api.serving import free_port, listening
from tests.browser.site import Site

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
HOW_TO_GET_IT = "Chromium がありません。「apt-get install chromium fonts-noto-cjk」で入ります。"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=ja",
]


class Gateway:
    """The application on a port of its own. It can go away and come back, with its database."""

    def __init__(self, folder: Path, bot: FakeBot) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.allowed: frozenset[str] = frozenset()
        self._bot = bot
        self._running = AsyncExitStack()

    async def start(self) -> None:
        settings = Settings(
            folder=self.folder,
            bot_url=self._bot.url,
            bot_timeout=5.0,
            bot_patience=2.0,
            widget_origins=self.allowed,
            has_demo=True,
        )
        self._running = AsyncExitStack()
        await self._running.enter_async_context(listening(create_app(settings), port=self.port))

    async def stop(self) -> None:
        await self._running.aclose()

    async def forget(self) -> None:
        """Come back with an empty database."""
        await self.stop()
        for file in self.folder.glob("*.sqlite*"):
            file.unlink()
        await self.start()


class Complaints:
    """What the pages of a test complained of in their consoles."""

    def __init__(self) -> None:
        self.all: list[str] = []

    @property
    def beyond_the_network(self) -> list[str]:
        """Without what Chromium itself says of a gateway that is away or refuses."""
        return [complaint for complaint in self.all if not complaint.startswith("Failed to load resource")]

    def listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.all.append(str(error)))
        page.on("console", self._heard)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.all.append(message.text)


@pytest_asyncio.fixture
async def bot() -> AsyncIterator[FakeBot]:
    bot = FakeBot()
    await bot.start()
    yield bot
    await bot.stop()


@pytest_asyncio.fixture
async def gateway(tmp_path: Path, bot: FakeBot) -> AsyncIterator[Gateway]:
    gateway = Gateway(tmp_path, bot)
    await gateway.start()
    yield gateway
    await gateway.stop()


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    if not CHROMIUM:
        give_up = pytest.fail if os.environ.get("MADOGUCHI_REQUIRE_ALL") == "1" else pytest.skip
        give_up(HOW_TO_GET_IT)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
def complaints() -> Complaints:
    return Complaints()


@pytest_asyncio.fixture
async def context(
    browser: Browser, gateway: Gateway, complaints: Complaints
) -> AsyncIterator[BrowserContext]:
    """One visitor's browser; its pages share what it remembers."""
    context = await browser.new_context(
        base_url=gateway.url, locale="ja-JP", viewport={"width": 390, "height": 844}
    )
    context.set_default_timeout(10_000)
    context.on("page", complaints.listen)
    yield context
    await context.close()
    assert complaints.beyond_the_network == []


@pytest_asyncio.fixture
async def page(context: BrowserContext) -> Page:
    """The page, with the greeting on it."""
    page = await context.new_page()
    await page.goto("/")
    await page.get_by_text("どのようなことでお困りですか").wait_for()
    return page


@pytest_asyncio.fixture
async def site(gateway: Gateway) -> AsyncIterator[Site]:
    """A site of somebody else, which the gateway allows."""
    site = Site(gateway.url)
    gateway.allowed = frozenset({site.url})
    await gateway.stop()
    await gateway.start()
    async with listening(site.app, port=site.port):
        yield site
