"""The gateway goes away, refuses or forgets; the visitor loses nothing."""

import asyncio
import re
from itertools import count

from playwright.async_api import BrowserContext, Page, Request, Route, expect

from tests.api.fake_bot import FakeBot
from tests.browser.conftest import Gateway
from tests.browser.test_conversation import say

PATIENCE = 20_000
MESSAGES = "**/api/chat/messages"


async def test_a_message_written_while_the_gateway_is_away_arrives_once(
    page: Page, gateway: Gateway, bot: FakeBot
) -> None:
    await gateway.stop()
    await expect(page.get_by_text("再接続しています")).to_be_visible()

    await say(page, "一つめ")
    await say(page, "二つめ")
    await expect(page.get_by_text("未送信・送り直しています")).to_be_visible()
    await gateway.start()

    await expect(page.get_by_text("返事: 二つめ")).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_text("再接続しています")).to_have_count(0, timeout=PATIENCE)
    assert await page.locator(".visitor .text").all_inner_texts() == ["一つめ", "二つめ"]
    assert bot.asked == ["一つめ", "二つめ"]


async def test_a_message_whose_receipt_was_lost_is_sent_again_with_the_same_id(
    page: Page, bot: FakeBot
) -> None:
    attempts: list[str] = []
    numbers = count()

    async def lose_the_first_receipt(route: Route, request: Request) -> None:
        attempts.append((request.post_data_json or {})["id"])
        response = await route.fetch()
        await (route.abort() if next(numbers) == 0 else route.fulfill(response=response))

    await page.route(MESSAGES, lose_the_first_receipt)
    await say(page, "客が減った")

    await expect(page.get_by_text("返事: 客が減った")).to_be_visible()
    async with asyncio.timeout(10):
        while len(attempts) < 2:
            await page.wait_for_timeout(50)
    assert len(set(attempts)) == 1
    assert bot.asked == ["客が減った"]
    await expect(page.locator(".message.visitor")).to_have_count(1)


async def test_an_unsent_message_survives_a_reload(page: Page, bot: FakeBot) -> None:
    async def lose(route: Route) -> None:
        await (route.abort() if route.request.method == "POST" else route.continue_())

    await page.route(MESSAGES, lose)
    await say(page, "客が減った")
    await page.get_by_text("未送信・送り直しています").wait_for()
    await page.unroute(MESSAGES)

    await page.reload()

    await expect(page.get_by_text("返事: 客が減った")).to_be_visible()
    assert bot.asked == ["客が減った"]


async def test_a_stream_that_begins_again_goes_on_after_the_last_message(
    page: Page, gateway: Gateway, context: BrowserContext
) -> None:
    await say(page, "客が減った")
    await page.get_by_text("返事: 客が減った").wait_for()

    async with page.expect_request("**/api/chat/events") as again:
        await gateway.stop()
        await gateway.start()

    request = await again.value
    assert request.headers["last-event-id"] == "3"
    assert request.headers["authorization"].startswith("Bearer ")
    await say(page, "まだ減る")
    await expect(page.get_by_text("返事: まだ減る")).to_be_visible(timeout=PATIENCE)
    await expect(page.locator(".message")).to_have_count(5)


async def test_a_forgotten_conversation_begins_anew_with_a_notice(page: Page, gateway: Gateway) -> None:
    await gateway.forget()
    await page.reload()

    await expect(page.get_by_text("新しい相談を始めました")).to_be_visible()
    await expect(page.get_by_role("button", name="売上が減った")).to_be_visible()


async def test_a_message_to_a_forgotten_conversation_is_not_lost(page: Page, gateway: Gateway) -> None:
    await gateway.stop()
    await say(page, "客が減った")
    await gateway.start()
    await gateway.forget()

    await expect(page.get_by_text("新しい相談を始めました")).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_text("返事: 客が減った")).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_text("新しい相談を始めました")).to_have_count(1)


async def test_a_refusal_is_shown_and_the_text_is_kept(page: Page) -> None:
    await page.get_by_label("お困りのこと").evaluate("field => { field.value = '困った\\ud800' }")
    await page.get_by_role("button", name="送信").click()

    await expect(page.get_by_role("alert")).to_contain_text("壊れた文字が入っています")
    assert str(await page.get_by_label("お困りのこと").input_value()).startswith("困った")
    await expect(page.locator(".message.visitor")).to_have_count(0)
    await expect(page.get_by_role("button", name="売上が減った")).to_be_visible()


async def test_a_refusal_stays_until_the_visitor_has_seen_to_it(page: Page, gateway: Gateway) -> None:
    field = page.get_by_label("お困りのこと")
    await page.route(MESSAGES, lambda route: route.abort(), times=1)
    await field.evaluate("field => { field.value = '困った\\ud800' }")
    await page.get_by_role("button", name="送信").click()
    await say(page, "客が減った")

    await expect(page.get_by_text("返事: 客が減った")).to_be_visible()
    await expect(page.get_by_role("alert")).to_contain_text("壊れた文字が入っています")
    assert str(await field.input_value()).startswith("困った")


async def test_a_gateway_that_cannot_store_is_tried_again_and_says_so(page: Page) -> None:
    sentence = "ただいまメッセージを保存できません。"
    numbers = count()

    async def fail_once(route: Route) -> None:
        if next(numbers):
            await route.continue_()
            return
        body = {"error": {"code": "database_unavailable", "message": sentence}}
        await route.fulfill(status=503, json=body)

    await page.route(MESSAGES, fail_once)
    await say(page, "客が減った")

    await expect(page.get_by_role("alert")).to_have_text(sentence)
    await expect(page.get_by_text("返事: 客が減った")).to_be_visible()
    await expect(page.get_by_role("alert")).to_be_empty()


async def test_a_page_opened_while_sessions_fail_begins_as_soon_as_it_can(context: BrowserContext) -> None:
    page = await context.new_page()
    await page.route("**/api/chat/sessions", lambda route: route.abort(), times=1)
    await page.goto("/")
    await expect(page.get_by_text("再接続しています")).to_be_visible()

    await say(page, "客が減った")

    await expect(page.get_by_text(re.compile("^返事: 客が減った"))).to_be_visible(timeout=PATIENCE)
