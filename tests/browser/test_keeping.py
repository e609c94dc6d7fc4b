"""An answer is taken away: copied, saved, printed; on our page and in the element."""

from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, expect

from tests.api.fake_bot import FakeBot, saying
from tests.browser.replies import reply
from tests.browser.site import Site, arrive, open_chat

PRINT = """window.print = () => {
    const shown = node => getComputedStyle(node).display !== "none";
    const lines = [...document.querySelectorAll(".message")].filter(shown).map(node => node.querySelector(".text").textContent);
    (window.top.printed = window.top.printed ?? []).push(lines);
}"""
ANSWER = "次の窓口にご相談ください。"


@pytest_asyncio.fixture(params=["page", "element"])
async def page(request: pytest.FixtureRequest, context: BrowserContext, site: Site, bot: FakeBot) -> Page:
    """Our page or the element, with an answer in it."""
    await context.add_init_script(PRINT)
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = await context.new_page()
    if request.param == "page":
        await page.goto("/")
    else:
        await page.set_viewport_size({"width": 1200, "height": 800})
        await arrive(page, site)
        await open_chat(page)
        await page.get_by_role("button", name="表示・保存").click()
    bot.behave = saying(reply(ANSWER, desks=("kosha",)))
    await page.locator("#text").fill("客が減った")
    await page.locator("#text").press("Enter")
    await page.locator(".keep").wait_for()
    return page


async def test_an_answer_is_copied_with_its_card(page: Page) -> None:
    await page.get_by_role("button", name="コピー").click()

    await expect(page.get_by_text("コピーしました")).to_be_visible()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(ANSWER)
    for part in ("■ まずここ: ", "東京都中小企業振興公社", "03-3251-7881", "https://"):
        assert part in copied


async def test_an_answer_is_copied_where_there_is_no_clipboard(page: Page) -> None:
    await page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    await page.evaluate(
        "document.addEventListener('copy', () => { window.copied = document.activeElement.value; })"
    )

    await page.get_by_role("button", name="コピー").click()

    await expect(page.get_by_text("コピーしました")).to_be_visible()
    assert str(await page.evaluate("window.copied")).startswith(ANSWER)


async def test_an_answer_is_saved_as_a_text_file(page: Page) -> None:
    async with page.expect_download() as download:
        await page.locator(".keep").get_by_role("button", name="保存").click()

    file = await download.value
    assert file.suggested_filename == "madoguchi.txt"
    text = Path(await file.path()).read_text("utf-8-sig")
    assert text.startswith(ANSWER) and "03-3251-7881" in text


async def test_the_whole_conversation_is_saved_with_who_said_what(page: Page) -> None:
    async with page.expect_download() as download:
        await page.locator(".tools").get_by_role("button", name="保存").click()

    text = Path(await (await download.value).path()).read_text("utf-8-sig")
    assert "【あなた 20" in text and "【窓口(自動応答) 20" in text
    assert text.index("どのようなことでお困りですか") < text.index("客が減った") < text.index(ANSWER)


async def test_one_answer_is_printed_alone(page: Page) -> None:
    await page.locator(".keep").get_by_role("button", name="印刷").click()

    await page.wait_for_function("window.printed")
    assert await page.evaluate("window.printed") == [[ANSWER]]


async def test_the_conversation_is_printed_and_nothing_else(page: Page) -> None:
    await page.locator(".tools").get_by_role("button", name="印刷").click()

    await page.wait_for_function("window.printed")
    ((greeting, said, answer),) = await page.evaluate("window.printed")
    assert "どのようなことでお困りですか" in greeting
    assert (said, answer) == ("客が減った", ANSWER)


async def test_the_switch_for_high_contrast_is_remembered(page: Page) -> None:
    switch = page.get_by_role("button", name="はっきり表示")
    ground = "text => getComputedStyle(text).backgroundColor"
    await switch.click()

    await expect(switch).to_have_attribute("aria-pressed", "true")
    assert await page.locator(".bot > .text").first.evaluate(ground) == "rgb(0, 0, 0)"
    await page.reload()
    await page.locator(".bot > .text").first.wait_for()
    assert await page.locator(".bot > .text").first.evaluate(ground) == "rgb(0, 0, 0)"


async def test_a_device_that_asks_for_contrast_gets_it(page: Page) -> None:
    await page.emulate_media(contrast="more")
    await page.reload()

    await expect(page.locator("#contrast")).to_have_attribute("aria-pressed", "true")
