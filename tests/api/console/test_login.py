"""The way in: set up, log in, log out; and everybody who does not come in."""

import httpx2
import pytest
from fastapi import FastAPI

from api.console.door import Door
from api.console.paths import safe
from api.staff.audit import Filter
from tests.api.console.colleague import PASSWORD, Colleague, Watch


async def test_a_link_leads_through_password_and_authenticator_to_the_inside(stranger: Colleague) -> None:
    link = await stranger.link("sato", role="admin")
    opened = await stranger.read(link)
    done = await stranger.set_up(link)

    assert (opened.status_code, done.status_code) == (200, 200)
    assert len(set(stranger.recovery_codes)) == 10
    assert (await stranger.read("/staff/me")).status_code == 200
    assert (await stranger.read(link)).status_code == 410


async def test_whoever_stops_halfway_through_setting_up_goes_on_after_the_password(
    stranger: Colleague,
) -> None:
    link = await stranger.link("sato", role="viewer")
    await stranger.send(link, password=PASSWORD, again=PASSWORD)
    stranger.client.cookies.clear()
    knocked = await stranger.send("/staff/login", name="sato", password=PASSWORD)

    assert knocked.headers["location"] == "/staff/setup"
    assert (await stranger.read("/staff/me")).headers["location"].startswith("/staff/login")
    assert (await stranger.confirm("/staff/setup")).status_code == 200


@pytest.mark.parametrize(
    ("password", "again"),
    [
        ("短い", "短い"),
        (PASSWORD, PASSWORD + "!"),
        ("sato-no-kagi-123", "sato-no-kagi-123"),
        ("あ" * 20, "あ" * 20),
    ],
)
async def test_a_poor_password_is_not_taken_and_the_link_still_works(
    stranger: Colleague, password: str, again: str
) -> None:
    link = await stranger.link("sato", role="viewer")
    refused = await stranger.send(link, password=password, again=again)

    assert refused.status_code == 422
    assert (await stranger.read(link)).status_code == 200


async def test_a_link_is_over_after_three_days(stranger: Colleague, watch: Watch) -> None:
    link = await stranger.link("sato", role="viewer")
    watch.turn(hours=73)

    assert (await stranger.read(link)).status_code == 410
    assert (await stranger.send(link, password=PASSWORD, again=PASSWORD)).status_code == 410


async def test_password_and_code_let_in_and_lead_to_where_one_wanted_to_be(admin: Colleague) -> None:
    await admin.send("/staff/logout")
    asked = await admin.read("/staff/audit?act=login")
    entered = await admin.log_in(to="/staff/audit?act=login")

    assert asked.headers["location"] == "/staff/login?to=/staff/audit%3Fact%3Dlogin"
    assert entered.headers["location"] == "/staff/audit?act=login"


async def test_the_name_may_be_typed_in_full_width_and_large_letters(admin: Colleague) -> None:
    await admin.send("/staff/logout")

    assert (await admin.log_in(name=" ＳＡＴＯ ")).status_code == 303


async def test_a_code_counts_once(admin: Colleague) -> None:
    code = admin.code()
    await admin.send("/staff/logout")
    await admin.follow(await admin.send("/staff/login", name="sato", password=PASSWORD))
    first = await admin.send("/staff/login/code", code=code)
    await admin.read("/staff/me")
    await admin.send("/staff/logout")
    await admin.follow(await admin.send("/staff/login", name="sato", password=PASSWORD))
    second = await admin.send("/staff/login/code", code=code)

    assert (first.status_code, second.status_code) == (303, 401)


async def test_a_recovery_code_lets_in_once(admin: Colleague) -> None:
    statuses = []
    for _ in range(2):
        await admin.send("/staff/logout")
        await admin.follow(await admin.send("/staff/login", name="sato", password=PASSWORD))
        typed = admin.recovery_codes[0].upper().replace("-", " ")
        statuses.append((await admin.send("/staff/login/code", code=typed)).status_code)
        await admin.read("/staff/me")

    assert statuses == [303, 401]


async def test_a_password_alone_opens_nothing(admin: Colleague) -> None:
    await admin.send("/staff/logout")
    await admin.send("/staff/login", name="sato", password=PASSWORD)

    for path in ("/staff", "/staff/me", "/staff/people", "/staff/audit", "/staff/setup", "/staff/again"):
        assert (await admin.read(path)).headers["location"].startswith("/staff/login")


async def test_a_wrong_password_an_unknown_name_and_a_stopped_account_get_one_answer(
    admin: Colleague, app: FastAPI, door: Door, watch: Watch
) -> None:
    async with Colleague(app, door, watch) as other:
        await other.arrive("suzuki", role="viewer")
        await admin.send("/staff/people/suzuki/disable")
        tries = [("sato", "wrong"), ("nobody", PASSWORD), ("suzuki", PASSWORD), ("", "")]
        other.client.cookies.clear()
        answers = [await other.send("/staff/login", name=name, password=word) for name, word in tries]

    assert {answer.status_code for answer in answers} == {401}
    texts = {
        answer.text.replace(f'value="{name}"', 'value=""')
        for (name, _), answer in zip(tries, answers, strict=True)
    }
    assert len(texts) == 1
    assert not any("set-cookie" in answer.headers for answer in answers)


@pytest.mark.parametrize("name", ["sato", "nobody"])
async def test_after_five_wrong_tries_there_is_a_pause_also_for_a_name_that_nobody_has(
    admin: Colleague, name: str
) -> None:
    await admin.send("/staff/logout")
    answers = [await admin.send("/staff/login", name=name, password="wrong") for _ in range(5)]
    refused = await admin.send("/staff/login", name=name, password=PASSWORD)

    assert {answer.status_code for answer in answers} == {401}
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 60


async def test_the_code_cannot_be_guessed_either(admin: Colleague) -> None:
    await admin.send("/staff/logout")
    await admin.follow(await admin.send("/staff/login", name="sato", password=PASSWORD))
    statuses = [(await admin.send("/staff/login/code", code="000000")).status_code for _ in range(6)]

    assert statuses == [401] * 5 + [429]


async def test_a_form_of_another_site_is_refused(admin: Colleague) -> None:
    for site in ("cross-site", "same-site", "none"):
        assert (await admin.send("/staff/logout", site=site)).status_code == 403
        assert (await admin.send("/staff/login", site=site, name="sato", password="x")).status_code == 403
    old = {"form_token": admin.form_token}
    elsewhere = await admin.client.post("/staff/logout", data=old, headers={"Origin": "https://evil.example"})
    silent = await admin.client.post("/staff/logout", data=old)
    here = await admin.client.post("/staff/logout", data=old, headers={"Origin": "http://127.0.0.1:8000"})

    assert [each.status_code for each in (elsewhere, silent, here)] == [403, 403, 303]


async def test_a_form_needs_the_token_of_its_session(admin: Colleague) -> None:
    token, admin.form_token = admin.form_token, "0" * 64
    refused = await admin.send("/staff/logout")
    by_header = await admin.client.post(
        "/staff/logout", headers={"Sec-Fetch-Site": "same-origin", "X-Form-Token": token}
    )

    assert (refused.status_code, by_header.status_code) == (403, 303)


async def test_after_logging_out_the_cookie_opens_nothing(admin: Colleague) -> None:
    cookie = admin.client.cookies["madoguchi-staff"]
    await admin.send("/staff/logout")
    again = await admin.client.get("/staff/me", headers={"Cookie": f"madoguchi-staff={cookie}"})

    assert again.headers["location"].startswith("/staff/login")


async def test_the_token_is_new_after_each_step(admin: Colleague) -> None:
    await admin.send("/staff/logout")
    await admin.follow(await admin.send("/staff/login", name="sato", password=PASSWORD))
    halfway = admin.client.cookies["madoguchi-staff"]
    await admin.send("/staff/login/code", code=admin.code())

    assert admin.client.cookies["madoguchi-staff"] != halfway


async def test_over_tls_the_cookie_is_tied_to_this_host(app: FastAPI, door: Door, watch: Watch) -> None:
    async with Colleague(app, door, watch, base="https://madoguchi.example") as colleague:
        link = await colleague.link("sato", role="viewer")
        answer = await colleague.send(link, password=PASSWORD, again=PASSWORD)

    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-madoguchi-staff=")
    assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie and "Max-Age" not in cookie


async def test_half_an_hour_without_use_ends_a_session(admin: Colleague, watch: Watch) -> None:
    for _ in range(3):
        watch.turn(minutes=25)
        assert (await admin.read("/staff/me")).status_code == 200
    watch.turn(minutes=31)

    assert (await admin.read("/staff/me")).status_code == 303


async def test_twelve_hours_end_a_session_that_is_in_use(admin: Colleague, watch: Watch) -> None:
    for _ in range(28):
        watch.turn(minutes=25)
        await admin.read("/staff/me")
    assert (await admin.read("/staff/me")).status_code == 200
    watch.turn(minutes=25)

    assert (await admin.read("/staff/me")).status_code == 303


PATHS = [
    ("/staff/people", "/staff/people"),
    ("/staff/audit?act=login&until=2026-01-01", "/staff/audit?act=login&until=2026-01-01"),
    ("https://evil.example/", "/staff"),
    ("//evil.example", "/staff"),
    ("/staff//evil.example", "/staff"),
    ("/staffx", "/staff"),
    ("/staff/../form", "/staff"),
    ("/staff\\evil", "/staff"),
    ("/staff\r\nSet-Cookie: a=b", "/staff"),
    ("/staff/login?to=/staff/login", "/staff"),
    ("/staff/logout", "/staff"),
    ("/", "/staff"),
    ("", "/staff"),
]


@pytest.mark.parametrize(("asked", "given"), PATHS)
def test_only_our_own_pages_are_returned_to(asked: str, given: str) -> None:
    assert safe(asked) == given


async def test_part_of_a_page_is_led_to_the_door_as_a_whole(stranger: Colleague) -> None:
    answer = await stranger.client.get("/staff/me", headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/staff/login?to=/staff/me")


async def test_a_failed_login_is_noted_without_what_was_typed(admin: Colleague, door: Door) -> None:
    await admin.send("/staff/logout")
    await admin.send("/staff/login", name="my-secret-password", password="wrong")
    rows = await door.store.audit(Filter(act="login_failed"), most=10)

    assert [(row.entry.person, row.entry.what) for row in rows] == [(None, "")]
    assert rows[0].entry.address and len(rows[0].entry.address) == 12


@pytest.mark.parametrize("path", ["/staff/login", "/staff/me", "/staff/nothing", "/staff/setup/x", "/staff"])
async def test_every_answer_is_kept_from_caches_and_has_the_strict_policy(
    admin: Colleague, path: str
) -> None:
    answer: httpx2.Response = await admin.read(path)

    assert answer.headers["cache-control"] == "no-store"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert answer.status_code == 303 or answer.headers["content-type"].startswith("text/html")
