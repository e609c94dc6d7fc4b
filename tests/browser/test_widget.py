"""The element on a site of somebody else: opened, closed, found again, in two tabs, with a broken line."""

import re

from playwright.async_api import BrowserContext, Page, Request, expect

from tests.api.fake_bot import FakeBot, Obedient, late, saying
from tests.browser.conftest import Gateway
from tests.browser.replies import reply
from tests.browser.site import Site, arrive, launcher, open_chat, panel, say

PATIENCE = 20_000
FOCUSED = "document.querySelector('madoguchi-chat').shadowRoot.activeElement?.className ?? null"


async def wide(context: BrowserContext, site: Site) -> Page:
    page = await context.new_page()
    await page.set_viewport_size({"width": 1200, "height": 800})
    return await arrive(page, site)


async def test_one_line_brings_the_button_and_nothing_begins_before_it_is_pressed(
    context: BrowserContext, site: Site
) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = await wide(context, site)

    await expect(page.get_by_role("button", name="相談窓口", exact=True)).to_be_visible()
    await expect(panel(page)).to_be_hidden()
    assert not [url for url in asked if "/api/" in url]
    await open_chat(page)
    assert [url for url in asked if url.endswith("/api/chat/sessions")]


async def test_a_message_is_answered_with_cards_and_choices(
    context: BrowserContext, site: Site, bot: FakeBot
) -> None:
    bot.behave = saying(reply("こちらです。", desks=("kosha",), buttons=("23区", "多摩")))
    page = await wide(context, site)
    await open_chat(page)

    await say(page, "客が減った")

    await expect(page.get_by_role("link", name="電話する 03-3251-7881")).to_be_visible()
    await page.get_by_role("button", name="多摩").click()
    await expect(page.locator(".message.visitor .text")).to_have_text(["客が減った", "多摩"])
    await expect(page.locator(".card")).to_have_count(2)
    assert [question["payload"] for question in bot.questions] == [None, "/say_1"]


async def test_the_visitor_sees_that_an_answer_is_being_prepared(
    context: BrowserContext, site: Site, bot: FakeBot
) -> None:
    bot.behave = late(1.0)
    page = await wide(context, site)
    await open_chat(page)

    await say(page, "客が減った")

    await expect(page.get_by_text("窓口が返事を用意しています")).to_be_visible()
    await expect(page.get_by_text("返事: 客が減った")).to_be_visible()


async def test_it_is_used_by_keyboard_alone_and_escape_gives_the_focus_back(
    context: BrowserContext, site: Site
) -> None:
    page = await wide(context, site)
    await page.get_by_role("button", name="サイトのボタン").focus()
    await page.keyboard.press("Tab")
    assert await page.evaluate(FOCUSED) == "launcher"

    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="売上が減った").wait_for()
    await page.keyboard.type("客が減った")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("返事: 客が減った")).to_be_visible()
    await page.keyboard.press("Escape")

    await expect(panel(page)).to_be_hidden()
    assert await page.evaluate(FOCUSED) == "launcher"
    await page.keyboard.press("Space")
    await expect(page.get_by_role("dialog", name="窓口")).to_be_visible()
    for _ in range(30):
        await page.keyboard.press("Shift+Tab")
        if await page.evaluate("document.activeElement.innerText") == "サイトのボタン":
            break
    else:
        raise AssertionError("the page cannot be reached by keyboard while the chat is open")


async def test_the_tools_are_behind_a_button_that_says_whether_they_are_shown(
    context: BrowserContext, site: Site
) -> None:
    page = await wide(context, site)
    await open_chat(page)
    more = page.get_by_role("button", name="表示・保存")
    await expect(page.locator(".tools")).to_be_hidden()

    await more.click()

    await expect(more).to_have_attribute("aria-expanded", "true")
    before = await page.locator(".message .text").first.evaluate("text => getComputedStyle(text).fontSize")
    await page.get_by_role("button", name="特大").click()
    after = await page.locator(".message .text").first.evaluate("text => getComputedStyle(text).fontSize")
    assert (before, after) == ("17px", "24px")
    assert await page.locator("h1").evaluate("title => getComputedStyle(title).fontSize") == "32px"


async def test_opened_by_the_page_it_leaves_the_focus_hash_and_title_alone(
    context: BrowserContext, site: Site
) -> None:
    site.body = '<madoguchi-chat open position="left" label="困ったときは" plain></madoguchi-chat>'
    page = await wide(context, site)

    await expect(page.get_by_text("何に困(こま)っていますか")).to_be_visible()
    assert await page.evaluate("document.activeElement === document.body")
    assert await page.evaluate("[location.hash, document.title]") == ["", "見本市商工会"]
    box = await panel(page).bounding_box()
    assert box and box["x"] < 100
    await page.get_by_role("button", name="閉(と)じる").click()
    await expect(launcher(page)).to_have_text("困ったときは")
    await expect(page.locator("madoguchi-chat")).to_have_count(1)


async def test_a_reload_and_another_page_find_the_conversation_again_and_keep_it_open(
    context: BrowserContext, site: Site
) -> None:
    page = await wide(context, site)
    await open_chat(page)
    await say(page, "客が減った")
    await page.get_by_text("返事: 客が減った").wait_for()

    await arrive(page, site, "/other")

    await expect(page.get_by_text("返事: 客が減った")).to_be_visible()
    await expect(page.locator(".message")).to_have_count(3)
    assert await page.evaluate("document.activeElement === document.body")


async def test_all_that_it_remembers_stands_under_one_key(context: BrowserContext, site: Site) -> None:
    page = await wide(context, site)
    await open_chat(page)
    await say(page, "客が減った")
    await page.get_by_text("返事: 客が減った").wait_for()

    keys = await page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert keys == ["madoguchi", "madoguchi"]


async def test_two_tabs_show_every_line_once(context: BrowserContext, site: Site) -> None:
    page, other = await wide(context, site), await wide(context, site)
    await open_chat(page)
    await open_chat(other)

    await say(page, "一つめ")
    await other.get_by_text("返事: 一つめ").wait_for()
    await say(other, "二つめ")

    for tab in (page, other):
        await expect(tab.get_by_text("返事: 二つめ")).to_be_visible()
        await expect(tab.locator(".message.visitor .text")).to_have_text(["一つめ", "二つめ"])
        await expect(tab.locator(".message")).to_have_count(5)


async def test_answers_that_come_while_it_is_closed_are_counted_and_announced(
    context: BrowserContext, site: Site, bot: FakeBot
) -> None:
    bot.behave = saying(reply("一つめの返事"), reply("二つめの返事"))
    page, other = await wide(context, site), await wide(context, site)
    await open_chat(page)
    await page.keyboard.press("Escape")
    await open_chat(other)
    await say(other, "客が減った")
    await other.get_by_text("二つめの返事").wait_for()
    await other.close()
    await expect(page.get_by_role("button", name="相談窓口", exact=True)).to_be_visible()

    await page.get_by_role("button", name="相談窓口").click()
    bot.behave = late(1.0)
    await say(page, "まだ減る")
    await page.keyboard.press("Escape")

    await expect(page.get_by_role("button", name="相談窓口 未読1件")).to_be_visible()
    await expect(page.locator("madoguchi-chat [role=status]").first).to_have_text("未読1件")
    await page.reload()
    await expect(page.get_by_role("button", name="相談窓口 未読1件")).to_be_visible()
    await launcher(page).click()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="相談窓口", exact=True)).to_be_visible()


async def test_what_is_written_while_the_gateway_is_away_arrives_once(
    context: BrowserContext, site: Site, gateway: Gateway, bot: FakeBot
) -> None:
    page = await wide(context, site)
    await open_chat(page)
    await gateway.stop()
    await expect(page.get_by_text("再接続しています")).to_be_visible()
    await say(page, "一つめ")
    await say(page, "二つめ")
    await page.get_by_text("未送信・送り直しています").first.wait_for()

    await gateway.start()

    await expect(page.get_by_text("返事: 二つめ")).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_text("再接続しています")).to_have_count(0, timeout=PATIENCE)
    await expect(page.locator(".message.visitor .text")).to_have_text(["一つめ", "二つめ"])
    assert bot.asked == ["一つめ", "二つめ"]


async def test_a_stream_that_begins_again_goes_on_after_the_last_line(
    context: BrowserContext, site: Site, gateway: Gateway
) -> None:
    page = await wide(context, site)
    await open_chat(page)
    await say(page, "客が減った")
    await page.get_by_text("返事: 客が減った").wait_for()

    def is_stream(request: Request) -> bool:
        return request.method == "GET" and request.url.endswith("/api/chat/events")

    async with page.expect_request(is_stream) as again:
        await gateway.stop()
        await gateway.start()

    assert (await again.value).headers["last-event-id"] == "3"


async def test_without_any_storage_it_works_for_this_page(context: BrowserContext, site: Site) -> None:
    await context.add_init_script(
        """for (const name of ["localStorage", "sessionStorage"])
            Object.defineProperty(window, name, {get() { throw new DOMException("blocked", "SecurityError"); }});"""
    )
    page = await wide(context, site)
    await open_chat(page)

    await say(page, "客が減った")

    await expect(page.get_by_text("返事: 客が減った")).to_be_visible()


async def test_on_a_phone_it_fills_the_screen_and_hides_the_page_behind_it(
    context: BrowserContext, site: Site
) -> None:
    site.body = "<madoguchi-chat open></madoguchi-chat>"
    page = await arrive(await context.new_page(), site)
    await page.emulate_media(reduced_motion="reduce")
    await expect(panel(page)).to_be_hidden()

    await open_chat(page)

    assert await panel(page).bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    site_button = page.get_by_role("button", name="サイトのボタン")
    await site_button.focus()
    await expect(site_button).not_to_be_focused()
    await page.keyboard.press("Escape")
    await expect(panel(page)).to_be_hidden()
    assert await page.evaluate(FOCUSED) == "launcher"


async def test_on_a_narrow_phone_with_the_largest_letters_nothing_scrolls_sideways(
    context: BrowserContext, site: Site, bot: FakeBot
) -> None:
    bot.behave = saying(reply("こちらです。" * 12, desks=("kosha", "torihiki-kakekomi", "ipa-org")))
    page = await context.new_page()
    await page.set_viewport_size({"width": 320, "height": 640})
    await arrive(page, site)
    await open_chat(page)
    await page.get_by_role("button", name="表示・保存").click()
    await page.get_by_role("button", name="特大").click()
    await page.get_by_role("button", name="表示・保存").click()
    await say(page, "https://example.com/" + "a" * 80)
    await page.locator(".card").first.wait_for()

    assert await page.evaluate("document.documentElement.scrollWidth") == 320
    assert await page.locator(".pane").evaluate("pane => pane.scrollWidth - pane.clientWidth") == 0
    small = await page.locator("madoguchi-chat").evaluate(
        """chat => [...chat.shadowRoot.querySelectorAll("button, .way a, .strip a, textarea")]
            .map(target => [target.innerText, target.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.height < 44 || box.width < 44)).map(([name]) => name)"""
    )
    assert small == []


async def test_nothing_moves_for_those_who_asked_for_it(context: BrowserContext, site: Site) -> None:
    page = await wide(context, site)
    moving = "panel => getComputedStyle(panel).animationName"
    await open_chat(page)
    assert await panel(page).evaluate(moving) == "rise"

    await page.emulate_media(reduced_motion="reduce")

    assert await panel(page).evaluate(moving) == "none"


async def test_the_switch_to_plain_japanese_turns_the_element_too(
    context: BrowserContext, site: Site, bot: FakeBot
) -> None:
    bot.behave = Obedient()
    page = await wide(context, site)
    await open_chat(page)

    await page.get_by_role("button", name="やさしい日本語").click()
    await page.get_by_text("返事: やさしい日本語").first.wait_for()

    await expect(page.get_by_role("button", name="閉(と)じる")).to_be_visible()
    await expect(page.get_by_label("困(こま)っていること")).to_be_visible()


async def test_starting_over_in_one_tab_does_so_in_the_other(context: BrowserContext, site: Site) -> None:
    page, other = await wide(context, site), await wide(context, site)
    for tab in (page, other):
        await open_chat(tab)
    await say(page, "客が減った")
    await other.get_by_text("返事: 客が減った").wait_for()

    await page.get_by_role("button", name="表示・保存").click()
    await page.get_by_role("button", name="最初からやり直す").click()
    await page.get_by_role("button", name="やり直す", exact=True).click()

    for tab in (page, other):
        await expect(tab.locator(".message")).to_have_count(1)
        await expect(tab.get_by_role("button", name="売上が減った")).to_be_visible()


async def test_escape_in_the_question_whether_to_start_over_closes_only_the_question(
    context: BrowserContext, site: Site
) -> None:
    page = await wide(context, site)
    await open_chat(page)
    await page.get_by_role("button", name="表示・保存").click()
    await page.get_by_role("button", name="最初からやり直す").click()

    await page.keyboard.press("Escape")

    await expect(page.get_by_role("dialog", name=re.compile("やり直しますか"))).to_be_hidden()
    await expect(panel(page)).to_be_visible()
