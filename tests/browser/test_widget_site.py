"""The element and the site around it: wild styles, a strict policy, other origins, old browsers, little weight."""

import gzip
import re
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page, Response, expect

from tests.api.fake_bot import FakeBot, saying
from tests.browser.conftest import Complaints, Gateway
from tests.browser.replies import URGENT, reply
from tests.browser.site import LINE, Site, arrive, launcher, open_chat, panel, say

MOST = 20_000  # bytes, gzipped
HOSTILE = """<style>
    html { font-size: 3px !important; line-height: 9 !important; }
    * { all: unset !important; font-size: 3px !important; color: lime !important; letter-spacing: 2em !important;
        visibility: hidden !important; direction: rtl !important; --paper: red !important; --rem: 1px !important; }
    body, main, head ~ * { display: block !important; }
    div, dialog, button, madoguchi-chat { display: none !important; opacity: 0 !important; transform: scale(9) !important; }
    textarea { display: none !important; }
</style>"""
LOOK = """chat => [...chat.shadowRoot.querySelectorAll("*")].filter(node => node.tagName !== "STYLE").map(node => {
    const style = getComputedStyle(node);
    return [node.className, style.display, style.fontSize, style.color, style.letterSpacing, style.lineHeight,
        style.backgroundColor, style.visibility, style.direction, style.opacity];
})"""
NO_SHEETS = "delete CSSStyleSheet.prototype.replaceSync; delete Document.prototype.adoptedStyleSheets;"
# Newer than Chrome 80. The pattern of a private method: `#name(…) {` at the beginning of a line.
TOO_NEW = re.compile(
    r"\?\?=|\|\|=|&&=|\.at\(|\.replaceAll\(|\.replaceChildren\(|^\s*(?:async |get |static )?#\w+\(.*\{$|\(\?<[=!]",
    re.MULTILINE,
)


async def talk(page: Page, bot: FakeBot) -> None:
    bot.behave = saying(reply(URGENT, desks=("kosha", "ipa-org"), buttons=("電話番号",)))
    await open_chat(page)
    await say(page, "ランサムウェアにやられた")
    await page.locator(".card").first.wait_for()


async def look(page: Page) -> list[object]:
    seen: list[object] = await page.locator("madoguchi-chat").evaluate(LOOK)
    return seen


async def test_no_style_of_the_site_comes_in(context: BrowserContext, site: Site, bot: FakeBot) -> None:
    page = await arrive(await context.new_page(), site)
    await page.set_viewport_size({"width": 1200, "height": 800})
    await talk(page, bot)
    usual = await look(page)

    await page.evaluate("html => document.head.insertAdjacentHTML('beforeend', html)", HOSTILE)

    assert await look(page) == usual
    await expect(page.get_by_role("link", name="電話する 03-3251-7881")).to_be_visible()
    await expect(page.locator("madoguchi-chat textarea")).to_be_in_viewport()


async def test_nothing_of_the_element_goes_out(context: BrowserContext, site: Site) -> None:
    page = await arrive(await context.new_page(), site)
    before = await page.locator("h1").evaluate("title => JSON.stringify({...getComputedStyle(title)})")
    await open_chat(page)

    after = await page.locator("h1").evaluate("title => JSON.stringify({...getComputedStyle(title)})")
    assert after == before
    outside = "Object.keys(window).filter(name => /madoguchi/i.test(name))"
    assert await page.evaluate(outside) == []


@pytest.mark.parametrize("is_old", [False, True])
async def test_a_strict_policy_that_names_our_host_is_enough(
    context: BrowserContext, site: Site, gateway: Gateway, bot: FakeBot, complaints: Complaints, is_old: bool
) -> None:
    """Old: a browser that cannot take a style sheet from a script."""
    names = ("script-src", "connect-src", "style-src")
    ours = "; ".join(f"{name} {gateway.url}" for name in names)
    policy = f"default-src 'none'; img-src data:; base-uri 'none'; require-trusted-types-for 'script'; {ours}"
    site.headers["Content-Security-Policy"] = policy
    await context.add_init_script("window.print = () => console.log('printed')")
    if is_old:
        await context.add_init_script(NO_SHEETS)
    page = await arrive(await context.new_page(), site)

    await talk(page, bot)

    await expect(page.locator(".card").first).to_be_visible()
    ground = "panel => getComputedStyle(panel).backgroundColor"
    await expect(panel(page)).to_be_visible()
    assert await panel(page).evaluate(ground) == "rgb(245, 246, 247)"
    async with page.expect_console_message(lambda message: message.text == "printed"):
        await page.locator(".keep").get_by_role("button", name="印刷").first.click()
    assert complaints.all == []


async def test_a_site_that_is_not_allowed_gets_no_conversation(
    context: BrowserContext, site: Site, gateway: Gateway, complaints: Complaints
) -> None:
    gateway.allowed = frozenset({"https://www.example.jp"})
    await gateway.stop()
    await gateway.start()
    page = await arrive(await context.new_page(), site)

    await launcher(page).click()

    await expect(page.get_by_text("再接続しています")).to_be_visible()
    await expect(page.locator(".message")).to_have_count(0)
    assert any("has been blocked by CORS policy" in line for line in complaints.all)
    complaints.all.clear()


async def test_all_that_it_loads_is_under_twenty_kilobytes(
    context: BrowserContext, site: Site, gateway: Gateway, bot: FakeBot
) -> None:
    """What a browser loads from us until an answer stands there, without the conversation itself."""
    loaded: list[Response] = []
    context.on("response", lambda response: loaded.append(response))
    page = await arrive(await context.new_page(), site)
    await talk(page, bot)

    files = [one for one in loaded if one.url.startswith(gateway.url) and "/api/" not in one.url]
    assert [one.url for one in files] == [f"{gateway.url}/widget.js"]
    assert files[0].headers["content-encoding"] == "gzip"
    assert int(files[0].headers["content-length"]) < MOST
    assert len(gzip.compress(await files[0].body())) < MOST


def test_no_module_needs_a_browser_newer_than_chrome_80() -> None:
    folder = Path(__file__).parents[2] / "api" / "widget" / "static"
    found = {file.name: TOO_NEW.findall(file.read_text("utf-8")) for file in sorted(folder.glob("*.js"))}

    assert {name: newer for name, newer in found.items() if newer} == {}


async def test_the_demo_holds_the_widget_by_one_line(context: BrowserContext, gateway: Gateway) -> None:
    page = await context.new_page()
    await page.goto("/demo/")

    await expect(page.get_by_text("見本市商工会は実在しません")).to_be_visible()
    await open_chat(page)
    await expect(page.get_by_role("button", name="売上が減った")).to_be_visible()


async def test_a_page_with_two_lines_or_with_the_script_in_its_body_has_one_chat(
    context: BrowserContext, site: Site, gateway: Gateway
) -> None:
    site.body = LINE.format(gateway=gateway.url)
    page = await arrive(await context.new_page(), site)

    await open_chat(page)

    await expect(page.locator("madoguchi-chat")).to_have_count(1)
