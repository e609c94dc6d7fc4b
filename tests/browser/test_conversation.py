"""A visitor talks with the page: words, buttons, cards, reloads."""

from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, Route, expect

from tests.api.fake_bot import FakeBot, late, saying
from tests.browser.conftest import Gateway
from tests.browser.replies import URGENT, reply


async def say(page: Page, text: str) -> None:
    await page.get_by_label("お困りのこと").fill(text)
    await page.get_by_role("button", name="送信").click()


async def test_a_message_is_answered_with_the_card_of_a_desk(page: Page, bot: FakeBot) -> None:
    bot.behave = saying(reply("次の窓口にご相談ください。", desks=("kosha", "tokyo-cci-itabashi")))

    await say(page, "板橋区です。客が減りました")

    first, second = page.locator(".card").nth(0), page.locator(".card").nth(1)
    await expect(page.locator(".message.visitor")).to_contain_text("板橋区です。客が減りました")
    await expect(page.locator(".message.visitor .state")).to_have_text("送信済み")
    await expect(first).to_contain_text("まずここ")
    await expect(first.get_by_role("heading")).to_contain_text("東京都中小企業振興公社")
    await expect(first.get_by_role("link", name="電話する 03-3251-7881")).to_have_attribute(
        "href", "tel:0332517881"
    )
    await expect(second).to_contain_text("次の候補")


async def test_a_desk_without_a_known_number_says_so_and_leads_to_its_website(
    page: Page, bot: FakeBot
) -> None:
    bot.behave = saying(reply("こちらです。", desks=("ipa-org",)))

    await say(page, "変なメールを開いた")

    card = page.locator(".card")
    await expect(card).to_contain_text("電話番号は確認できていません")
    await expect(card.locator(".main a")).to_have_attribute(
        "href", "https://www.ipa.go.jp/security/support/soudan.html"
    )
    await expect(card.get_by_role("link", name="メールを送る")).to_have_attribute(
        "href", "mailto:cs-support@ipa.go.jp"
    )


async def test_a_number_that_may_have_changed_stands_after_the_website_with_its_warning(
    page: Page, bot: FakeBot
) -> None:
    bot.behave = saying(reply("こちらです。", desks=("torihiki-kakekomi",)))

    await say(page, "代金を払ってもらえない")

    card = page.locator(".card")
    await expect(card.get_by_role("heading")).to_contain_text("旧 下請かけこみ寺")
    await expect(card.locator(".way").first).to_contain_text("ホームページを見る")
    await expect(card.locator(".way.unsure").first).to_contain_text("先にホームページでお確かめください")
    assert await card.locator(".way.main .number").count() == 0


async def test_emergency_steps_stand_out_as_a_list_with_numbers_to_call(page: Page, bot: FakeBot) -> None:
    bot.behave = saying(reply(URGENT))

    await say(page, "ランサムウェアにやられた")

    urgent = page.locator(".urgent")
    await expect(urgent.get_by_role("heading")).to_have_text(URGENT.split("\n")[0])
    await expect(urgent.get_by_role("listitem")).to_have_count(URGENT.count("\n"))
    await expect(urgent.get_by_role("link", name="03-5805-1731").first).to_have_attribute(
        "href", "tel:0358051731"
    )
    await expect(urgent.get_by_role("link", name="110", exact=True)).to_have_attribute("href", "tel:110")


async def test_a_button_speaks_for_the_visitor_and_the_buttons_go(page: Page, bot: FakeBot) -> None:
    await page.get_by_role("button", name="売上が減った").click()

    await expect(page.locator(".message.visitor .text")).to_have_text("売上が減った")
    await expect(page.get_by_role("group", name="返事の候補")).to_have_count(0)
    await expect(page.get_by_text("返事: 売上が減った")).to_be_visible()
    assert [question["payload"] for question in bot.questions] == ["/sales_decline"]


async def test_only_the_newest_message_offers_buttons(page: Page, bot: FakeBot) -> None:
    bot.behave = saying(reply("どちらですか。", buttons=("23区", "多摩")))

    await say(page, "客が減った")

    await expect(page.get_by_role("button", name="多摩")).to_be_visible()
    await expect(page.get_by_role("group", name="返事の候補")).to_have_count(1)
    await expect(page.get_by_role("button", name="売上が減った")).to_have_count(0)


async def test_a_reload_keeps_the_conversation_and_the_draft(page: Page) -> None:
    await say(page, "客が減った")
    await page.get_by_text("返事: 客が減った").wait_for()
    await page.get_by_label("お困りのこと").fill("書きかけ")

    await page.reload()

    await expect(page.locator(".message")).to_have_count(3)
    await expect(page.get_by_text("返事: 客が減った")).to_be_visible()
    await expect(page.get_by_label("お困りのこと")).to_have_value("書きかけ")


async def test_two_tabs_show_the_same_conversation(page: Page, context: BrowserContext) -> None:
    other = await context.new_page()
    await other.goto("/")
    await other.get_by_text("どのようなことでお困りですか").wait_for()

    await say(page, "客が減った")

    await expect(other.locator(".message.visitor .text")).to_have_text("客が減った")
    await expect(other.get_by_text("返事: 客が減った")).to_be_visible()
    await expect(page.locator(".message")).to_have_count(3)
    await expect(other.locator(".message")).to_have_count(3)


async def test_the_visitor_sees_that_an_answer_is_being_prepared(page: Page, bot: FakeBot) -> None:
    bot.behave = late(1.0)

    await say(page, "客が減った")

    typing = page.get_by_role("status").filter(has_text="窓口が返事を用意しています")
    await expect(typing).to_be_visible()
    await page.get_by_text("返事: 客が減った").wait_for()
    await expect(typing).to_have_count(0)


async def test_staff_and_notices_are_told_apart_from_the_bot(page: Page) -> None:
    def line(sequence: int, author: str, text: str) -> dict[str, Any]:
        empty: dict[str, Any] = {"buttons": [], "cards": [], "id": None, "reply_to": None}
        return {
            "sequence": sequence,
            "author": author,
            "text": text,
            "at": "2026-01-05T09:30:00+09:00",
            **empty,
        }

    async def with_staff(route: Route) -> None:
        response = await route.fetch()
        messages = [
            *(await response.json())["messages"],
            line(2, "system", "代わりました"),
            line(3, "staff", "佐藤です"),
        ]
        await route.fulfill(response=response, json={"messages": messages})

    await page.route("**/api/chat/messages", with_staff)
    await page.reload()

    await expect(page.locator(".message.system")).to_contain_text("代わりました")
    await expect(page.locator(".message.staff")).to_contain_text("担当者")
    await expect(page.locator(".message.staff time")).to_have_text("1月5日 09:30")
    await expect(page.get_by_role("group", name="返事の候補")).to_have_count(0)


async def test_starting_over_asks_first_and_then_begins_a_new_conversation(
    page: Page, context: BrowserContext
) -> None:
    other = await context.new_page()
    await other.goto("/")
    await say(page, "客が減った")
    await other.get_by_text("返事: 客が減った").wait_for()

    await page.get_by_role("button", name="最初からやり直す").click()
    await page.get_by_role("button", name="続ける").click()
    await expect(page.locator(".message")).to_have_count(3)
    await page.get_by_role("button", name="最初からやり直す").click()
    await page.get_by_role("button", name="やり直す", exact=True).click()

    for tab in (page, other):
        await expect(tab.locator(".message")).to_have_count(1)
        await expect(tab.get_by_role("button", name="売上が減った")).to_be_visible()


async def test_visitors_do_not_see_each_other(browser: Browser, gateway: Gateway, page: Page) -> None:
    await say(page, "客が減った")
    await page.get_by_text("返事: 客が減った").wait_for()
    stranger = await browser.new_page(base_url=gateway.url)

    await stranger.goto("/")

    await expect(stranger.locator(".message")).to_have_count(1)


async def test_what_a_visitor_writes_is_never_read_as_html(page: Page) -> None:
    await say(page, "<img src=x onerror=alert(1)><b>太字</b>")

    await page.get_by_text("返事: <img src=x").wait_for()
    assert await page.locator("#log img, #log .text b").count() == 0
