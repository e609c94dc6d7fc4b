"""The page is usable by keyboard, by ear, on a small screen and with large letters."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.api.fake_bot import FakeBot, saying
from tests.browser.conftest import Complaints, Gateway
from tests.browser.replies import URGENT, reply
from tests.browser.test_conversation import say

ENTER_IN_AN_INPUT_METHOD = """(field, how) => field.dispatchEvent(
    new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true, ...how}))"""

TARGETS = """() => [...document.querySelectorAll("button, .way a, .strip a, textarea")]
    .map(target => [target.innerText || target.id, target.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.height < 44 || box.width < 44))
    .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""

CONTRASTS = """() => {
    const luminance = color => {
        const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map(Number).map(part => part / 255)
            .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = element => {
        for (let at = element; at; at = at.parentElement) {
            const color = getComputedStyle(at).backgroundColor;
            if (!/, 0\\)$/.test(color)) return color;
        }
        return "rgb(255, 255, 255)";
    };
    const isRead = element => element.checkVisibility({visibilityProperty: true}) &&
        [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    return [...document.querySelectorAll("body *")].filter(isRead).map(element => {
        const [one, other] = [getComputedStyle(element).color, ground(element)].map(luminance);
        const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        return [element.textContent.trim().slice(0, 20), ratio];
    }).filter(([, ratio]) => ratio < 7);
}"""


async def fill_with_everything(page: Page, bot: FakeBot) -> None:
    bot.behave = saying(
        reply(URGENT, desks=("kosha", "torihiki-kakekomi", "ipa-org", "tokyo-cci-itabashi")),
        reply(
            "ほかにお困りのことはありますか。",
            buttons=("電話番号", "受付時間", "なぜこの窓口?", "人と話したい"),
        ),
    )
    await say(page, "ランサムウェアにやられた。https://example.com/" + "a" * 80)
    await page.get_by_role("button", name="なぜこの窓口?").wait_for()


async def test_the_page_has_its_landmarks_names_and_live_regions(page: Page) -> None:
    await expect(page.get_by_role("heading", level=1)).to_have_text("窓口")
    await expect(page.get_by_role("banner")).to_contain_text("東京の中小企業のための相談窓口案内(自動応答)")
    await expect(page.get_by_role("complementary", name="緊急の連絡先")).to_contain_text(
        "命の危険は 119・110"
    )
    await expect(page.get_by_role("main").get_by_role("log", name="相談のやりとり")).to_be_visible()
    await expect(page.get_by_role("log")).to_contain_text("窓口(自動応答)")
    await expect(page.get_by_role("textbox", name="お困りのこと")).to_be_visible()
    assert await page.get_by_role("status").count() == 2
    assert await page.get_by_role("alert").count() == 1
    assert await page.locator("html").get_attribute("lang") == "ja"


async def test_the_page_does_not_take_the_focus_when_it_opens(page: Page) -> None:
    assert await page.evaluate("document.activeElement === document.body")


async def test_everything_works_by_keyboard_alone(page: Page, bot: FakeBot) -> None:
    bot.behave = saying(reply("どちらですか。", desks=("kosha",), buttons=("23区", "多摩")))

    await page.get_by_role("button", name="売上が減った").focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="多摩").wait_for()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="電話する 03-3251-7881")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="23区")).to_be_focused()
    await page.keyboard.press("Space")
    await expect(page.locator(".message.visitor .text").last).to_have_text("23区")
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Tab")

    await page.locator(".skip").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.type("一行め")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("二行め")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message.visitor .text").last).to_have_text(
        "一行め\n二行め", use_inner_text=True
    )
    await expect(page.get_by_label("お困りのこと")).to_be_focused()


@pytest.mark.parametrize("how", [{"isComposing": True}, {"keyCode": 229}])
async def test_the_enter_that_ends_a_conversion_does_not_send(
    page: Page, bot: FakeBot, how: dict[str, object]
) -> None:
    field = page.get_by_label("お困りのこと")
    await field.fill("きゃくがへった")

    await field.evaluate(ENTER_IN_AN_INPUT_METHOD, how)

    await expect(field).to_have_value("きゃくがへった")
    await expect(page.locator(".message.visitor")).to_have_count(0)
    await field.press("Enter")
    await expect(page.locator(".message.visitor .text")).to_have_text("きゃくがへった")


@pytest.mark.parametrize("is_new", [True, False])
async def test_the_field_grows_to_five_lines(page: Page, is_new: bool) -> None:
    """Older browsers have no field-sizing: there the script does it."""
    await page.evaluate("isNew => { CSS.supports = () => isNew }", is_new)
    field = page.get_by_label("お困りのこと")
    heights = []
    for lines in (1, 3, 5, 9):
        await field.fill("\n".join("行" * lines))
        heights.append(await field.evaluate("field => field.getBoundingClientRect().height"))

    assert heights[0] < heights[1] < heights[2]
    assert heights[3] == pytest.approx(heights[2], abs=1)


async def test_long_texts_are_counted_as_the_gateway_counts_and_too_long_ones_are_kept(page: Page) -> None:
    field, counter = page.get_by_label("お困りのこと"), page.locator("#counter")
    await field.fill("あ" * 3499)
    await expect(counter).to_be_hidden()
    await field.fill("𠮷" * 3500)
    await expect(counter).to_have_text("3,500 / 4,000文字")

    await field.fill("あ" * 4001)
    await page.get_by_role("button", name="送信").click()

    await expect(page.get_by_role("alert")).to_contain_text("4,000文字を超えています")
    await expect(field).to_have_value("あ" * 4001)
    await field.fill("𠮷" * 4000)
    await expect(page.get_by_role("alert")).to_be_empty()
    await page.get_by_role("button", name="送信").click()
    await expect(page.locator(".message.visitor .state")).to_have_text("送信済み")


@pytest.mark.parametrize("size", ["標準", "大", "特大"])
async def test_a_narrow_phone_never_scrolls_sideways(page: Page, bot: FakeBot, size: str) -> None:
    await page.set_viewport_size({"width": 320, "height": 640})
    await page.get_by_role("button", name=size, exact=True).click()
    await fill_with_everything(page, bot)

    assert await page.evaluate("document.documentElement.scrollWidth") == 320
    assert await page.evaluate(TARGETS) == []


async def test_the_size_of_the_text_is_remembered(page: Page) -> None:
    before = await page.evaluate("getComputedStyle(document.body).fontSize")
    await page.get_by_role("button", name="特大").click()
    await page.reload()

    await expect(page.get_by_role("button", name="特大")).to_have_attribute("aria-pressed", "true")
    after = await page.evaluate("getComputedStyle(document.body).fontSize")
    assert (before, after) == ("17px", "24px")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_all_text_has_a_contrast_of_seven(
    browser: Browser, gateway: Gateway, bot: FakeBot, complaints: Complaints, scheme: str
) -> None:
    page = await browser.new_page(base_url=gateway.url, color_scheme="dark" if scheme == "dark" else "light")
    complaints.listen(page)
    await page.goto("/")
    await fill_with_everything(page, bot)

    assert await page.evaluate(CONTRASTS) == []
    assert complaints.all == []


async def test_the_beginning_of_a_long_answer_is_in_view(page: Page, bot: FakeBot) -> None:
    await fill_with_everything(page, bot)

    await expect(page.locator(".urgent h3")).to_be_in_viewport()
    await expect(page.get_by_role("link", name="119番 火事・救急に電話")).to_be_in_viewport()


async def test_paper_gets_the_conversation_without_the_tools(page: Page, bot: FakeBot) -> None:
    await fill_with_everything(page, bot)
    await page.emulate_media(media="print")

    for gone in (".foot", ".tools", "#log .choices"):
        await expect(page.locator(gone)).to_be_hidden()
    await expect(page.locator(".card").first).to_be_visible()


async def test_without_scripts_the_page_says_where_to_turn(browser: Browser, gateway: Gateway) -> None:
    page = await browser.new_page(base_url=gateway.url, java_script_enabled=False)
    await page.goto("/")

    await expect(page.locator(".noscript")).to_be_visible()
    await expect(page.get_by_role("link", name="東京都中小企業振興公社")).to_have_attribute(
        "href", "https://www.tokyo-kosha.or.jp/"
    )
    await expect(page.get_by_label("お困りのこと")).to_be_hidden()
