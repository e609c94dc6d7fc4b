"""axe finds nothing to complain of: on our page, and on a site with the element."""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page

from tests.api.fake_bot import FakeBot, saying
from tests.browser.replies import URGENT, reply
from tests.browser.site import Site, arrive, open_chat, panel

HOW_TO_GET_IT = "axe がありません(axe-playwright-python)。"
RUN = """async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const {violations} = await axe.run(document, {runOnly: tags, rules: {"target-size": {enabled: true}}});
    return violations.map(({id, nodes}) => `${id}: ${nodes.map(node => node.html).join(" ").slice(0, 300)}`);
}"""
LOOKS: dict[str, dict[str, str]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "contrast": {"contrast": "more"},
    "forced": {"forced_colors": "active"},
}


@pytest.fixture(scope="module")
def axe() -> str:
    found = find_spec("axe_playwright_python")
    if not found or not found.origin:
        give_up = pytest.fail if os.environ.get("MADOGUCHI_REQUIRE_ALL") == "1" else pytest.skip
        give_up(HOW_TO_GET_IT)
    return Path(found.origin).with_name("axe.min.js").read_text("utf-8")


async def violations(page: Page, axe: str) -> list[str]:
    await page.evaluate(axe)
    found: list[str] = await page.evaluate(RUN)
    return found


async def talk(page: Page, bot: FakeBot) -> None:
    bot.behave = saying(
        reply(URGENT, desks=("kosha", "torihiki-kakekomi", "ipa-org")),
        reply("ほかにお困りのことはありますか。", buttons=("電話番号", "なぜこの窓口?")),
    )
    await page.locator("#text").fill("ランサムウェアにやられた")
    await page.locator("#text").press("Enter")
    await page.get_by_role("button", name="なぜこの窓口?").wait_for()


@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("look", LOOKS)
async def test_axe_finds_nothing_in_the_element(
    context: BrowserContext, site: Site, bot: FakeBot, axe: str, look: str, width: int
) -> None:
    page = await context.new_page()
    await page.set_viewport_size({"width": width, "height": 844})
    await page.emulate_media(reduced_motion="reduce", **LOOKS[look])  # type: ignore[arg-type]
    await arrive(page, site)
    assert await violations(page, axe) == []

    await open_chat(page)
    assert await violations(page, axe) == []
    await talk(page, bot)
    await page.get_by_role("button", name="表示・保存").click()
    assert await violations(page, axe) == []
    await page.get_by_role("button", name="最初からやり直す").click()
    assert await violations(page, axe) == []
    await page.get_by_role("button", name="続ける").click()
    await page.keyboard.press("Escape")
    await panel(page).wait_for(state="hidden")
    assert await violations(page, axe) == []


@pytest.mark.parametrize("look", LOOKS)
async def test_axe_finds_nothing_on_the_page(page: Page, bot: FakeBot, axe: str, look: str) -> None:
    await page.emulate_media(reduced_motion="reduce", **LOOKS[look])  # type: ignore[arg-type]

    await talk(page, bot)

    assert await violations(page, axe) == []


async def test_axe_finds_nothing_on_the_demo(context: BrowserContext, axe: str) -> None:
    page = await context.new_page()
    await page.goto("/demo/")
    await page.locator("madoguchi-chat").wait_for(state="attached")

    assert await violations(page, axe) == []
