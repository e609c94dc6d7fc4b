"""Our own form: what it tells, what it keeps, and that a link opens it for one person and one time."""

import re
import sqlite3
from html import unescape

import httpx2
import pytest

from api.form.links import LIFETIME
from api.phrases import FORM_NO_CONSENT, FORM_NO_NAME, FORM_NO_WAY, FORM_NOT_KEPT, FORM_RECEIVED, FORM_SECRET
from tests.api.conversations.couriers import until
from tests.api.form.conftest import FILLED, House

KEPT = ("山田製作所", "山田", "03-1234-5678", None, "平日の午後", "部品の代金を払ってもらえません。", "test")


def read(page: httpx2.Response) -> str:
    return unescape(page.text)


async def test_the_form_tells_who_reads_it_what_for_and_how_long(house: House) -> None:
    page = await house.browser.get(await house.path())

    assert page.status_code == 200
    for told in (
        "担当者だけです",
        "ご連絡と、ご相談への対応だけ",
        "まで使えます。送信は一度だけ",
        "マイナンバー",
    ):
        assert told in read(page)
    assert "担当者が読むことに同意します" in read(page)


async def test_what_was_sent_is_kept_and_the_chat_is_told_only_that_it_came(house: House) -> None:
    path = await house.path()

    sent = await house.browser.post(path, data=FILLED)

    assert (sent.status_code, sent.headers["location"]) == (303, "/form/thanks")
    assert "送信しました" in read(await house.browser.get(sent.headers["location"]))
    assert house.details == [KEPT]
    assert house.gateway.rows("SELECT count(*) FROM details WHERE consented_at IS NOT NULL") == [(1,)]
    await until(lambda: FORM_RECEIVED in house.delivered)
    assert not [text for text in house.delivered if "山田" in text or "1234" in text]


async def test_opening_the_form_uses_nothing_up_but_sending_does(house: House) -> None:
    path = await house.path()
    assert (await house.browser.head(path)).status_code == 200
    assert (await house.browser.get(path)).status_code == 200

    assert (await house.browser.post(path, data=FILLED)).status_code == 303

    assert (await house.browser.get(path)).status_code == 410
    assert (await house.browser.post(path, data=FILLED)).status_code == 410
    assert house.details == [KEPT]


async def test_all_links_that_do_not_open_the_form_look_the_same(house: House) -> None:
    used, expired = await house.path(), await house.path()
    await house.browser.post(used, data=FILLED)
    house.gateway.clock.put_forward(seconds=LIFETIME.total_seconds() + 1)

    pages = [await house.browser.get(path) for path in (used, expired, "/form/" + "x" * 43, "/form/か")]

    assert {page.status_code for page in pages} == {410}
    assert len({page.content for page in pages}) == 1
    assert "「人と話したい」" in read(pages[0])


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"name": " \u200b"}, "name", FORM_NO_NAME),
        ({"phone": ""}, "phone", FORM_NO_WAY),
        ({"phone": "", "mail": "   "}, "phone", FORM_NO_WAY),
        ({"phone": "あとで"}, "phone", "電話番号を、市外局番から"),
        ({"phone": "1234-5678"}, "phone", "電話番号を、市外局番から"),
        ({"mail": "yamada"}, "mail", "メールアドレスの形"),
        ({"mail": "a@b@c.jp"}, "mail", "メールアドレスの形"),
        ({"consent": ""}, "consent", FORM_NO_CONSENT),
        ({"company": "あ" * 101}, "company", "100文字までに短く"),
        ({"text": "あ" * 2001}, "text", "2,000文字までに短く"),
        ({"text": "マイナンバーは123456789018です"}, "text", FORM_SECRET),
        ({"hours": "4111-1111-1111-1111"}, "hours", FORM_SECRET),
        ({"text": "口座は普通1234567です"}, "text", FORM_SECRET),
        ({"company": "１２３４５６７８９０１２"}, "company", FORM_SECRET),
    ],
)
async def test_what_is_wrong_is_said_at_the_top_and_beside_the_field_and_what_was_typed_stays(
    house: House, changed: dict[str, str], field: str, told: str
) -> None:
    page = await house.browser.post(await house.path(), data={**FILLED, **changed})

    assert page.status_code == 422
    assert read(page).count(told) == 2
    assert f'href="#{field}"' in page.text
    assert re.search(
        rf'id="{field}"[^>]*aria-describedby="[^"]*{field}-fault"[^>]*aria-invalid="true"', page.text
    )
    assert "部品の代金を払ってもらえません。" in page.text or field == "text"
    assert changed.get(field, "").strip(" \u200b") in read(page)
    assert house.details == []


async def test_everything_that_is_wrong_is_said_at_once(house: House) -> None:
    page = await house.browser.post(await house.path(), data={"text": "困った"})

    assert [told in read(page) for told in (FORM_NO_NAME, FORM_NO_WAY, FORM_NO_CONSENT)] == [True] * 3
    assert "(3か所)" in read(page)


@pytest.mark.parametrize(
    "number",
    ["０３−１２３４−５６７８", "(03) 1234-5678", "+81 90 1234 5678", "0312345678", "03-1234-5678 内線 12"],
)
async def test_a_telephone_number_may_be_written_as_people_write_it(house: House, number: str) -> None:
    sent = await house.browser.post(await house.path(), data={**FILLED, "phone": number})

    assert sent.status_code == 303
    assert "1234" in (house.details[0][2] or "")


async def test_an_address_is_enough_and_ordinary_numbers_are_no_secret(house: House) -> None:
    text = "売掛金8,000,000円、2026年11月22日の納品、従業員12人。"
    filled = {**FILLED, "phone": "", "mail": "ｙａｍａｄａ@example.jp", "text": text}

    assert (await house.browser.post(await house.path(), data=filled)).status_code == 303
    assert house.details[0][2:4] == (None, "yamada@example.jp")


async def test_what_was_typed_cannot_become_part_of_the_page(house: House) -> None:
    evil = '"><script>alert(1)</script></textarea>{{ 7 * 7 }}'
    page = await house.browser.post(await house.path(), data={"name": evil, "text": evil})

    assert "<script" not in page.text
    assert read(page).count("{{ 7 * 7 }}") == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
    ],
)
async def test_another_site_cannot_send_the_form(house: House, headers: dict[str, str]) -> None:
    path = await house.path()

    assert (await house.browser.post(path, data=FILLED, headers=headers)).status_code == 410
    assert house.details == []
    assert (await house.browser.get(path)).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Origin": "null"},
        {"Origin": "https://madoguchi.example.jp"},
    ],
)
async def test_our_own_page_can_whatever_its_browser_tells(house: House, headers: dict[str, str]) -> None:
    assert (await house.browser.post(await house.path(), data=FILLED, headers=headers)).status_code == 303


async def test_while_nothing_can_be_kept_what_was_typed_stays(house: House) -> None:
    path = await house.path()
    await house.gateway.database.write(lambda to: to.exec_driver_sql("PRAGMA busy_timeout = 50") and None)
    with sqlite3.connect(house.gateway.settings.folder / "madoguchi.sqlite", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        page = await house.browser.post(path, data=FILLED)
        other.execute("ROLLBACK")

    assert page.status_code == 503
    assert FORM_NOT_KEPT in read(page) and "山田製作所" in read(page) and " checked" in page.text
    assert (await house.browser.post(path, data=FILLED)).status_code == 303


async def test_files_and_strange_fields_are_left_out(house: House) -> None:
    data = {name: text for name, text in FILLED.items() if name != "company"}
    sent = await house.browser.post(await house.path(), data={**data, "source": "evil", "conversation": "x"})

    assert sent.status_code == 303
    assert house.details == [(None, *KEPT[1:])]


async def test_no_page_of_it_is_kept_by_browsers_or_found_by_search_engines(house: House) -> None:
    path = await house.path()
    for page in (
        await house.browser.get(path),
        await house.browser.post(path, data={}),
        await house.browser.post(path, data=FILLED),
        await house.browser.get("/form/thanks"),
        await house.browser.get(path),
    ):
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["x-robots-tag"].startswith("noindex")
        assert page.headers["content-security-policy"].startswith("default-src 'none'")
        assert "<script" not in page.text and " style=" not in page.text


async def test_who_asked_for_plain_japanese_gets_the_form_in_it(house: House) -> None:
    path = await house.path(is_plain=True)

    assert "困(こま)っていること" in (await house.browser.get(path)).text
    assert "お困りのこと" in (await house.browser.get(path, params={"plain": "0"})).text
    assert "名字(みょうじ)だけ" in (await house.browser.post(path, data={})).text
    sent = await house.browser.post(path, data=FILLED)
    assert "送りました" in (await house.browser.get(sent.headers["location"])).text
