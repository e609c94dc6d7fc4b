"""The form in a real browser: without scripts, by keyboard, on a small screen, in the dark, on paper."""

import secrets
import sqlite3
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser import test_axe
from tests.browser.conftest import Complaints, Gateway
from tests.browser.test_access import CONTRASTS
from tests.browser.test_axe import LOOKS, violations

axe = test_axe.axe  # the fixture

# What can be touched; the box of consent by its label, links inside a sentence not at all.
TARGETS = """() => [...document.querySelectorAll("button, .switch, .strip a, .summary a, input, textarea, .agree label")]
    .filter(target => target.type !== "checkbox")
    .map(target => [target.innerText || target.id, target.getBoundingClientRect()])
    .filter(([, box]) => box.width && box.height < 44)
    .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""


def link(gateway: Gateway) -> str:
    """The path of a form for the conversation that has just begun."""
    token, now = secrets.token_urlsafe(32), datetime.now(UTC).replace(tzinfo=None)
    row = (sha256(token.encode()).hexdigest(), str(now), str(now + timedelta(hours=24)))
    with sqlite3.connect(gateway.folder / "madoguchi.sqlite") as database:
        database.execute(
            "INSERT INTO form_links (token_hash, conversation, made_at, expires_at) "
            "SELECT ?, id, ?, ? FROM conversations LIMIT 1",
            row,
        )
    return f"/form/{token}"


@pytest.fixture
def path(page: Page, gateway: Gateway) -> str:
    return link(gateway)


async def fill(page: Page) -> None:
    await page.get_by_label("お名前").fill("山田")
    await page.get_by_label("電話番号", exact=False).first.fill("03-1234-5678")
    await page.get_by_role("checkbox").check()


async def test_the_form_is_sent_and_the_chat_says_that_it_came(page: Page, path: str) -> None:
    form = await page.context.new_page()
    await form.goto(path)
    await fill(form)

    await form.get_by_role("button", name="送信する").click()

    await expect(form.get_by_role("heading", level=1)).to_have_text("送信しました")
    await expect(page.locator(".message.system .text")).to_have_text(
        "連絡先を受け取りました。担当者が読みます。"
    )
    await form.reload()
    await expect(form.get_by_role("heading", level=1)).to_have_text("送信しました")
    await form.goto(path)
    await expect(form.get_by_role("heading", level=1)).to_have_text("このページは使えません")


async def test_the_focus_goes_to_what_is_wrong_and_from_there_to_the_field(page: Page, path: str) -> None:
    await page.goto(path)
    await page.get_by_label("お困りのこと").fill("代金が払われません")
    await page.get_by_role("button", name="送信する").click()

    await expect(page.get_by_role("alert")).to_be_focused()
    await expect(page.get_by_role("alert")).to_contain_text("(3か所)")
    await expect(page).to_have_title("入力エラー: 担当者に伝える | 窓口")
    await expect(page.get_by_label("お困りのこと")).to_have_value("代金が払われません")
    await page.get_by_role("link", name="お呼びするお名前").click()
    await expect(page.get_by_label("お名前")).to_be_focused()
    await expect(page.get_by_label("お名前")).to_have_accessible_description(
        "お呼びするためのものです。名字だけでもかまいません。 エラー: お呼びするお名前を書いてください。名字だけでもかまいません。"
    )


async def test_it_works_by_keyboard_and_without_scripts(
    browser: Browser, page: Page, gateway: Gateway
) -> None:
    form = await browser.new_page(base_url=gateway.url, java_script_enabled=False)
    await form.goto(link(gateway))
    await form.get_by_label("お名前").focus()
    await form.keyboard.type("山田")
    await form.keyboard.press("Tab")
    await form.keyboard.type("03-1234-5678")
    for _ in range(4):
        await form.keyboard.press("Tab")
    await form.keyboard.press("Space")
    await form.keyboard.press("Tab")
    await form.keyboard.press("Enter")

    await expect(form.get_by_role("heading", level=1)).to_have_text("送信しました")


async def test_plain_japanese_is_one_link_away_and_stays(page: Page, path: str) -> None:
    await page.goto(path)
    await page.get_by_role("link", name="やさしい日本語").click()
    await expect(page.get_by_label("困(こま)っていること")).to_be_visible()

    await page.get_by_role("button", name="送る").click()

    await expect(page.get_by_role("alert")).to_contain_text("もう一度、見てください")


@pytest.mark.parametrize("width", [320, 390, 1280])
async def test_it_never_scrolls_sideways_and_can_be_touched(page: Page, path: str, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 800})
    await page.goto(path)
    await page.get_by_role("button", name="送信する").click()
    await page.get_by_role("alert").wait_for()
    await page.wait_for_load_state()

    assert await page.evaluate("document.documentElement.scrollWidth") == width
    assert await page.evaluate(TARGETS) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_all_text_has_a_contrast_of_seven(
    browser: Browser, page: Page, gateway: Gateway, complaints: Complaints, scheme: str
) -> None:
    form = await browser.new_page(base_url=gateway.url, color_scheme="dark" if scheme == "dark" else "light")
    complaints.listen(form)
    await form.goto(link(gateway))
    assert await form.evaluate(CONTRASTS) == []
    await form.get_by_role("button", name="送信する").click()
    await form.get_by_role("alert").wait_for()
    await form.wait_for_load_state()

    assert await form.evaluate(CONTRASTS) == []
    assert complaints.beyond_the_network == []


async def test_paper_gets_the_form_without_what_is_pressed(page: Page, path: str) -> None:
    await page.goto(path)
    await page.emulate_media(media="print")

    await expect(page.get_by_role("button", name="送信する")).to_be_hidden()
    await expect(page.get_by_role("link", name="やさしい日本語")).to_be_hidden()
    await expect(page.get_by_label("お困りのこと")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("width", [390, 1280])
async def test_axe_finds_nothing(page: Page, path: str, axe: str, look: str, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 844})
    await page.emulate_media(**LOOKS[look])  # type: ignore[arg-type]
    for address in (path, f"{path}?plain=1", "/form/thanks", "/form/nothing"):
        await page.goto(address)
        assert await violations(page, axe) == []
    await page.goto(path)
    await page.get_by_role("button", name="送信する").click()
    await page.get_by_role("alert").wait_for()
    await page.wait_for_load_state()

    assert await violations(page, axe) == []
