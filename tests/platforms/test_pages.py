"""The pages for trying out: in a real browser, with a bot's side that answers for the gateway."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser.conftest import ARGUMENTS, CHROMIUM, HOW_TO_GET_IT, Complaints
from tests.platforms.hook import Hook
from tests.platforms.line import FakeLine
from tests.platforms.line.page import GROUP, USERS
from tests.platforms.slack import FakeSlack

HANAKO = USERS["hanako"]
CHOICE = {"type": "postback", "label": "はい", "data": "1.0", "displayText": "はい、そうです"}
CARD = {
    "type": "bubble",
    "header": {
        "type": "box",
        "layout": "vertical",
        "backgroundColor": "#1B3A66",
        "contents": [{"type": "text", "text": "まずここ", "color": "#FFFFFF", "weight": "bold"}],
    },
    "body": {
        "type": "box",
        "layout": "vertical",
        "spacing": "md",
        "contents": [
            {"type": "text", "text": "東京都中小企業振興公社", "weight": "bold", "size": "lg", "wrap": True},
            {"type": "separator"},
            {"type": "text", "text": "平日 9:00〜16:30", "size": "sm", "color": "#555555", "wrap": True},
        ],
    },
    "footer": {
        "type": "box",
        "layout": "vertical",
        "spacing": "sm",
        "contents": [
            {
                "type": "button",
                "style": "primary",
                "action": {"type": "uri", "label": "電話する", "uri": "tel:0332517881"},
            },
            {
                "type": "button",
                "action": {"type": "uri", "label": "ホームページ", "uri": "https://www.tokyo-kosha.or.jp/"},
            },
        ],
    },
}
BLOCKS: list[dict[str, Any]] = [
    {"type": "header", "text": {"type": "plain_text", "text": "まずここ"}},
    {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "*公社* <tel:0332517881|03-3251-7881> &lt;平日&gt;"},
        "fields": [{"type": "mrkdwn", "text": "*受付*\n9時"}],
    },
    {"type": "divider"},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "確認日 4月1日"}]},
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "choice:0",
                "value": "1.0",
                "text": {"type": "plain_text", "text": "はい"},
            }
        ],
    },
]


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    assert CHROMIUM, HOW_TO_GET_IT
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A telephone's screen. Nothing may be wider than it, and nothing may be complained of."""
    page = await browser.new_page(viewport={"width": 390, "height": 780}, locale="ja-JP")
    complaints = Complaints()
    complaints.listen(page)
    yield page
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert complaints.all == []


async def say(page: Page, text: str) -> None:
    await page.get_by_label("メッセージ", exact=False).last.fill(text)
    await page.get_by_role("button", name="送信", exact=True).click()


async def reply(bot: httpx2.AsyncClient, token: str, *messages: dict[str, Any]) -> None:
    body = {"replyToken": token, "messages": list(messages)}
    (await bot.post("/v2/bot/message/reply", json=body)).raise_for_status()


async def test_a_line_user_talks_presses_and_sees_a_card(
    line: FakeLine, bot: httpx2.AsyncClient, hook: Hook, page: Page
) -> None:
    await page.goto(line.url)
    await expect(page.get_by_role("note")).to_contain_text("模造画面")
    await page.get_by_role("button", name="友だち追加").click()

    await say(page, "売上が減った")
    await line.until(lambda: len(hook.events) == 2)
    quick = {"items": [{"type": "action", "action": CHOICE}]}
    card = {"type": "flex", "altText": "公社", "contents": CARD}
    text = {"type": "text", "text": "こちらですか", "quickReply": quick, "sender": {"name": "窓口(自動)"}}
    await reply(bot, hook.events[1]["replyToken"], card, text)

    await expect(page.get_by_role("link", name="電話する")).to_have_attribute("href", "tel:0332517881")
    await expect(page.get_by_text("窓口(自動)")).to_be_visible()
    await page.get_by_role("button", name="はい", exact=True).click()
    await expect(page.get_by_text("はい、そうです")).to_be_visible()
    await expect(page.get_by_role("button", name="はい", exact=True)).to_have_count(0)
    assert [event["type"] for event in hook.events] == ["follow", "message", "postback"]
    assert line.refused == []


async def test_a_line_user_sends_other_things_takes_back_and_blocks(
    line: FakeLine, hook: Hook, page: Page
) -> None:
    await page.goto(line.url)
    await page.get_by_role("button", name="スタンプ").click()
    await expect(page.get_by_text("〔スタンプ〕")).to_be_visible()
    await page.get_by_role("button", name="位置情報").click()
    await page.get_by_label("送る場所の住所").fill("東京都板橋区")
    await page.get_by_role("button", name="場所を送る").click()
    await expect(page.get_by_text("〔位置情報〕東京都板橋区")).to_be_visible()

    await page.get_by_role("button", name="送信取消").last.click()
    await expect(page.get_by_text("送信を取り消しました")).to_be_visible()
    await page.get_by_role("button", name="ブロック").click()
    await expect(page.get_by_role("button", name="送信", exact=True)).to_be_disabled()

    assert [event["type"] for event in hook.events] == ["message", "message", "unsend", "unfollow"]
    assert hook.events[1]["message"]["address"] == "東京都板橋区"


async def test_a_line_group_mentions_the_bot(line: FakeLine, hook: Hook, page: Page) -> None:
    await page.goto(line.url)
    await page.get_by_label("使う人").select_option("taro@group")

    await say(page, "@窓口 助けて")
    await expect(page.get_by_text("@窓口 助けて")).to_be_visible()

    await line.until(lambda: len(hook.events) == 2)
    assert [event["type"] for event in hook.events] == ["join", "message"]
    assert hook.events[1]["source"] == {"type": "group", "groupId": GROUP, "userId": USERS["taro"]}


async def test_the_page_says_that_nobody_took_it(line: FakeLine, hook: Hook, page: Page) -> None:
    hook.status = 500
    await page.goto(line.url)

    await say(page, "助けて")

    await expect(page.get_by_role("alert")).to_contain_text("受け取りませんでした")


async def test_a_slack_user_talks_presses_and_answers_in_a_thread(
    slack: FakeSlack, app: httpx2.AsyncClient, hook: Hook, page: Page
) -> None:
    await page.goto(slack.url)
    await expect(page.get_by_role("note")).to_contain_text("模造画面")
    await page.get_by_label("使う人と場所").select_option("hanako@channel")
    await say(page, "@窓口 売上が減った")
    await slack.until(lambda: len(slack.gateway.sent) == 1)
    event = hook.bodies[0]["event"]
    body = {"channel": event["channel"], "text": "公社です", "blocks": BLOCKS, "thread_ts": event["ts"]}
    assert (await app.post("chat.postMessage", json=body)).json()["ok"]

    await expect(page.get_by_role("link", name="03-3251-7881")).to_have_attribute("href", "tel:0332517881")
    await expect(page.get_by_text("<平日>")).to_be_visible()
    await page.get_by_role("button", name="はい", exact=True).click()
    await slack.until(lambda: len(slack.gateway.sent) == 2)
    await page.get_by_role("button", name="スレッドで返信").first.click()
    await say(page, "@窓口 続きです")
    await expect(page.locator(".message.answer").last).to_contain_text("続きです")

    await slack.until(lambda: len(slack.gateway.sent) == 3)
    assert hook.bodies[1]["actions"][0]["value"] == "1.0"
    assert hook.bodies[2]["event"]["thread_ts"] == event["ts"]
    assert slack.refused == []


async def test_a_slack_user_gives_a_command_deletes_and_looks_at_the_home_tab(
    slack: FakeSlack, app: httpx2.AsyncClient, hook: Hook, page: Page
) -> None:
    await page.goto(slack.url)
    await say(page, "間違い")
    await page.get_by_role("button", name="削除").click()
    await expect(page.get_by_text("間違い")).to_have_count(0)
    await say(page, "/madoguchi 助けて")
    await page.get_by_role("button", name="ホームタブ").click()
    await slack.until(lambda: len(slack.gateway.sent) == 4)
    view = {"type": "home", "blocks": BLOCKS}
    user = hook.bodies[0]["event"]["user"]
    await app.post("views.publish", json={"user_id": user, "view": view})

    await page.get_by_role("button", name="はい", exact=True).click()

    await slack.until(lambda: len(slack.gateway.sent) == 5)
    assert hook.bodies[2]["command"] == "/madoguchi"
    assert hook.bodies[4]["container"]["type"] == "view"


async def test_the_pages_load_nothing_from_elsewhere(line: FakeLine, slack: FakeSlack) -> None:
    async with httpx2.AsyncClient() as client:
        for url in (line.url, slack.url):
            answer = await client.get(url)
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert "http" not in answer.text
            assert (await client.get(f"{url}/demo/files/page.py")).status_code == 404
            form = await client.post(f"{url}/demo/acts/say", data={"text": "はい"})
            assert form.status_code == 404
