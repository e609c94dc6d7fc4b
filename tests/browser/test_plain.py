"""The switch 「やさしい日本語」: pressed, remembered, and following the bot."""

import asyncio

from playwright.async_api import BrowserContext, Locator, Page, expect
from starlette.responses import Response

from knowledge.desks import find_desk
from knowledge.plain import plain
from tests.api.fake_bot import FakeBot, Obedient, Question, saying
from tests.browser.conftest import Gateway
from tests.browser.replies import reply
from tests.browser.test_access import CONTRASTS, TARGETS

PATIENCE = 20_000
WISH, WAY_BACK = "やさしい日本語にしてください", "ふつうの日本語にしてください"
DOES = find_desk("kosha").does


def switch(page: Page) -> Locator:
    return page.get_by_role("button", name="やさしい日本語", exact=True)


async def say(page: Page, text: str) -> None:
    """In whatever words the page speaks."""
    await page.locator("#text").fill(text)
    await page.locator("#text").press("Enter")


async def pressed(page: Page, is_pressed: bool) -> None:
    await expect(switch(page)).to_have_attribute("aria-pressed", "true" if is_pressed else "false")


async def test_the_switch_changes_the_page_at_once_and_tells_the_bot(page: Page, bot: FakeBot) -> None:
    bot.behave = Obedient()
    await pressed(page, False)

    await switch(page).click()

    await pressed(page, True)
    await expect(page.get_by_label("困(こま)っていること")).to_be_visible()
    await expect(page.get_by_role("button", name="送る")).to_be_visible()
    await expect(page.locator(".message.bot .name").first).to_have_text("窓口(まどぐち)・自動の返事")
    await expect(page.locator(".message.visitor .text")).to_have_text(WISH)
    await expect(page.locator(".message.visitor .state")).to_have_text("送りました")
    await expect(page.locator(".card .does")).to_have_text(plain(DOES))
    await expect(page.locator(".card")).to_contain_text("はじめにここ")
    assert [question["payload"] for question in bot.questions] == ["/speak_plainly"]

    await switch(page).click()

    await pressed(page, False)
    await expect(page.get_by_label("お困りのこと")).to_have_attribute("placeholder", "例: 客が減った")
    await expect(page.locator(".message.visitor .text").last).to_have_text(WAY_BACK)
    await expect(page.locator(".card .does")).to_have_text([plain(DOES), DOES])


async def test_the_switch_works_by_keyboard_and_keeps_the_focus(page: Page, bot: FakeBot) -> None:
    bot.behave = Obedient()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await expect(switch(page)).to_be_focused()

    await page.keyboard.press("Space")
    await pressed(page, True)
    await page.get_by_text(f"返事: {WISH}").first.wait_for()
    await page.keyboard.press("Enter")

    await pressed(page, False)
    await expect(switch(page)).to_be_focused()
    await expect(page.locator(".message.visitor .text")).to_have_text([WISH, WAY_BACK])


async def test_the_switch_is_remembered_and_the_next_conversation_begins_plain(
    page: Page, bot: FakeBot
) -> None:
    bot.behave = Obedient()
    await switch(page).click()
    await page.get_by_text(f"返事: {WISH}").first.wait_for()

    await page.reload()
    await pressed(page, True)
    await expect(page.locator(".card .does")).to_have_text(plain(DOES))
    await page.get_by_role("button", name="はじめから").click()
    await page.get_by_role("button", name="はじめからにする").click()

    await expect(page.locator(".message")).to_have_count(1)
    await expect(page.locator(".message.bot .text")).to_contain_text("何に困(こま)っていますか")
    await page.get_by_role("button", name="働く人が足りない").click()
    await expect(page.locator(".card .does")).to_have_text(plain(DOES))
    await pressed(page, True)
    assert [question["payload"] for question in bot.questions] == [
        *("/speak_plainly", "/speak_plainly", "/staffing")
    ]


async def test_the_switch_follows_the_bot_when_it_is_asked_in_words(page: Page, bot: FakeBot) -> None:
    bot.behave = saying(reply("はい、やさしい日本語で話します。"), slots={"plain": True})
    await say(page, "むずかしい。やさしい日本語で話して")
    await pressed(page, True)
    await expect(page.get_by_role("button", name="送る")).to_be_visible()

    bot.behave = saying(reply("はい、ふつうの日本語に戻します。"), slots={"plain": False})
    await say(page, "ふつうの日本語でいいです")

    await pressed(page, False)
    await page.reload()
    await page.get_by_text("ふつうの日本語に戻します").wait_for()
    await pressed(page, False)


async def test_an_answer_to_something_before_does_not_turn_the_switch_back(page: Page, bot: FakeBot) -> None:
    obedient, gates = Obedient(), [asyncio.Event(), asyncio.Event()]

    async def gated(question: Question) -> Response:
        await gates[1 if question["payload"] else 0].wait()
        return await obedient(question)

    bot.behave = gated
    await say(page, "客が減った")
    await switch(page).click()
    await expect(page.locator(".message.visitor .state")).to_have_text(["送りました", "送りました"])

    gates[0].set()
    await page.get_by_text("返事: 客が減った").first.wait_for()
    assert await switch(page).get_attribute("aria-pressed") == "true"
    gates[1].set()

    await expect(page.get_by_text(f"返事: {WISH}").first).to_be_visible()
    await pressed(page, True)


async def test_a_wish_made_while_the_gateway_is_away_arrives(
    page: Page, gateway: Gateway, bot: FakeBot
) -> None:
    bot.behave = Obedient()
    await gateway.stop()
    await switch(page).click()
    await expect(page.get_by_text("まだ送れていません")).to_be_visible(timeout=PATIENCE)

    await gateway.start()

    await expect(page.get_by_text(f"返事: {WISH}").first).to_be_visible(timeout=PATIENCE)
    await pressed(page, True)
    assert [question["payload"] for question in bot.questions] == ["/speak_plainly"]


async def test_all_tabs_have_the_same_switch(page: Page, context: BrowserContext, bot: FakeBot) -> None:
    bot.behave = Obedient()
    other = await context.new_page()
    await other.goto("/")
    await other.locator(".message").first.wait_for()

    await switch(page).click()

    await pressed(other, True)
    await expect(other.locator(".message.visitor .text")).to_have_text(WISH)
    await expect(other.get_by_role("button", name="送る")).to_be_visible()


async def test_a_phone_shows_the_plain_page_without_scrolling_sideways(page: Page, bot: FakeBot) -> None:
    bot.behave = Obedient()
    await switch(page).click()
    await page.locator(".card").wait_for()

    for width in (390, 320):
        for size in ("normal", "largest"):
            await page.set_viewport_size({"width": width, "height": 844})
            await page.locator(f"button[data-size={size}]").click()
            assert await page.evaluate("document.documentElement.scrollWidth") == width
            assert await page.evaluate(TARGETS) == []
    assert await page.evaluate(CONTRASTS) == []


async def test_on_a_phone_the_switch_stands_beside_the_name(page: Page) -> None:
    name = await page.get_by_role("heading", level=1).bounding_box()
    box = await switch(page).bounding_box()

    assert name and box
    assert abs(name["y"] + name["height"] / 2 - box["y"] - box["height"] / 2) < 4
    assert box["x"] + box["width"] <= 390 - 16
