"""A site of somebody else that really listens on a port of its own, and the widget on it."""

from playwright.async_api import Locator, Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from tests.api.serving import free_port

LINE = '<script src="{gateway}/widget.js" async></script>'
HTML = """<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>見本市商工会</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">{head}</head>
<body><main><h1>見本市商工会</h1><p>こんにちは。</p><button type="button">サイトのボタン</button></main>{body}</body></html>"""


class Site:
    """Shows one page, which a test may change before it goes there."""

    def __init__(self, gateway: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.head = LINE.format(gateway=gateway)
        self.body = ""
        self.headers: dict[str, str] = {}
        self.app = Starlette(routes=[Route("/", self._show), Route("/other", self._show)])

    async def _show(self, _: Request) -> HTMLResponse:
        return HTMLResponse(HTML.format(head=self.head, body=self.body), headers=self.headers)


def launcher(page: Page) -> Locator:
    return page.locator("madoguchi-chat .launcher")


def panel(page: Page) -> Locator:
    return page.locator("madoguchi-chat .panel")


async def arrive(page: Page, site: Site, path: str = "/") -> Page:
    await page.goto(site.url + path)
    await page.locator("madoguchi-chat").wait_for(state="attached")
    return page


async def open_chat(page: Page) -> None:
    await launcher(page).click()
    await page.get_by_text("どのようなことでお困りですか").first.wait_for()


async def say(page: Page, text: str) -> None:
    await page.locator("madoguchi-chat #text").fill(text)
    await page.locator("madoguchi-chat .send").click()
