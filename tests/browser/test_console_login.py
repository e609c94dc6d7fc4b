"""The console in a real browser: set up, log in, read; by keyboard, on a small screen, in the dark, on paper."""

from datetime import UTC, datetime

import pyotp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from api.db import visiting
from api.staff.roles import Role
from api.staff.setup import new_link
from api.staff.store import changes
from tests.browser import test_axe
from tests.browser.conftest import Complaints, Gateway
from tests.browser.test_access import CONTRASTS
from tests.browser.test_axe import LOOKS, violations

axe = test_axe.axe  # the fixture

PASSWORD = "池に浮かぶ月と七つの青い傘"
PAGES = ("/staff/me", "/staff/people", "/staff/people/tanaka", "/staff/audit", "/staff/nothing")
TARGETS = """() => [...document.querySelectorAll("button, nav a, .button, select, label.choice, summary, .field input")]
    .map(target => [target.innerText || target.id, target.getBoundingClientRect()])
    .filter(([, box]) => box.width && box.height < 44)
    .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""


def add(gateway: Gateway, name: str, shown: str, role: Role) -> str:
    """As the command does it, beside the running gateway. Returns the path of the link."""
    by = changes.By(datetime.now(UTC))
    token, link = new_link(by)
    with visiting(f"sqlite:///{gateway.folder / 'madoguchi.sqlite'}") as connection:
        changes.add(connection, name=name, shown=shown, role=role, link=link, by=by)
    return f"/staff/setup/{token}"


@pytest.fixture
def link(gateway: Gateway) -> str:
    return add(gateway, "sato", "佐藤 花子", Role.admin)


async def choose_password(page: Page, link: str) -> None:
    await page.goto(link)
    await page.get_by_label("新しいパスワード").fill(PASSWORD)
    await page.get_by_label("もう一度").fill(PASSWORD)
    await page.get_by_role("button", name="次へ").click()
    await page.get_by_role("heading", name="認証アプリを登録する").wait_for()


async def register(page: Page) -> str:
    """Returns the secret of the authenticator."""
    await page.get_by_text("読み取れないとき").click()
    secret = (await page.locator(".key").inner_text()).replace(" ", "")
    await page.get_by_label("確認コード").fill(pyotp.TOTP(secret).at(datetime.now(UTC).timestamp() - 15))
    await page.get_by_role("button", name="登録する").click()
    await page.get_by_role("heading", name="回復コードを控える").wait_for()
    return secret


@pytest_asyncio.fixture
async def inside(browser: Browser, gateway: Gateway, link: str, complaints: Complaints) -> Page:
    """The page of somebody who has just set everything up."""
    page = await browser.new_page(base_url=gateway.url, locale="ja-JP")
    complaints.listen(page)
    await choose_password(page, link)
    await register(page)
    await page.get_by_role("link", name="控えました").click()
    await page.get_by_role("heading", name="自分の設定").wait_for()
    add(gateway, "tanaka", "田中", Role.counsellor)
    return page


async def test_setting_up_and_coming_back_by_keyboard_and_without_scripts(
    browser: Browser, gateway: Gateway, link: str
) -> None:
    page = await browser.new_page(base_url=gateway.url, java_script_enabled=False)
    await choose_password(page, link)
    await register(page)
    codes = await page.locator(".codes li").all_inner_texts()
    await page.get_by_role("link", name="控えました").click()
    await page.get_by_role("button", name="ログアウト", exact=True).click()
    await expect(page.get_by_role("status")).to_have_text("ログアウトしました。")

    await page.goto("/staff/audit")
    await page.get_by_label("ログイン名").focus()
    await page.keyboard.type("sato")
    await page.keyboard.press("Tab")
    await page.keyboard.insert_text(PASSWORD)
    await page.keyboard.press("Enter")
    await page.get_by_label("確認コード").focus()
    await page.keyboard.type(codes[0])
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("heading", level=1)).to_have_text("監査記録")
    await expect(page.locator("tbody")).to_contain_text("回復コード使用")


async def test_what_is_wrong_is_told_and_has_the_focus(page: Page, gateway: Gateway) -> None:
    await page.goto("/staff/login")
    await page.get_by_label("ログイン名").fill("sato")
    await page.get_by_label("パスワード").fill("wrong")
    await page.get_by_role("button", name="次へ").click()

    await expect(page.get_by_role("alert")).to_have_text("名前かパスワードが違います。")
    await expect(page.get_by_role("alert")).to_be_focused()
    await expect(page.get_by_label("ログイン名")).to_have_value("sato")


async def test_the_first_tab_leads_past_the_navigation(inside: Page) -> None:
    await inside.goto("/staff/audit")
    await inside.keyboard.press("Tab")
    await expect(inside.get_by_role("link", name="本文へ")).to_be_focused()
    await inside.keyboard.press("Enter")

    await expect(inside.locator("main")).to_be_focused()


async def test_a_chosen_look_wins_over_that_of_the_machine(inside: Page) -> None:
    await inside.emulate_media(color_scheme="light")
    await inside.get_by_label("暗い").check()
    await inside.get_by_role("button", name="保存する").click()
    await inside.get_by_role("status").wait_for()

    assert await inside.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 23, 27)"


@pytest.mark.parametrize("width", [320, 390, 1280])
async def test_no_page_scrolls_sideways_and_all_can_be_touched(inside: Page, width: int) -> None:
    await inside.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        await inside.goto(path)
        assert await inside.evaluate("document.documentElement.scrollWidth") == width, path
        assert await inside.evaluate(TARGETS) == [], path


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_all_text_has_a_contrast_of_seven(inside: Page, complaints: Complaints, scheme: str) -> None:
    await inside.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for path in (*PAGES, "/staff/again"):
        await inside.goto(path)
        assert await inside.evaluate(CONTRASTS) == [], path
    assert complaints.beyond_the_network == []


async def test_paper_gets_the_record_without_what_is_pressed(inside: Page) -> None:
    await inside.goto("/staff/audit")
    await inside.emulate_media(media="print", color_scheme="dark")

    await expect(inside.get_by_role("table")).to_be_visible()
    await expect(inside.get_by_role("navigation")).to_be_hidden()
    await expect(inside.get_by_role("button", name="絞り込む")).to_be_hidden()
    assert await inside.evaluate("getComputedStyle(document.body).color") == "rgb(26, 26, 28)"


@pytest.mark.parametrize("look", LOOKS)
async def test_axe_finds_nothing(inside: Page, axe: str, look: str) -> None:
    await inside.emulate_media(**LOOKS[look])  # type: ignore[arg-type]
    for path in (*PAGES, "/staff/again"):
        await inside.goto(path)
        assert await violations(inside, axe) == [], path
    await inside.context.clear_cookies()
    for path in ("/staff/login", "/staff/setup/nothing"):
        await inside.goto(path)
        assert await violations(inside, axe) == [], path
