"""One's own settings."""

from fastapi import FastAPI

from api.console.agents import browser
from api.console.door import Door
from tests.api.console.colleague import PASSWORD, Colleague, Watch

NEW = "新しい傘と古い池の月あかり"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"


async def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(
    admin: Colleague, app: FastAPI, door: Door, watch: Watch
) -> None:
    async with Colleague(app, door, watch) as other:
        other.secret = admin.secret
        await other.log_in()
        await admin.read("/staff/me")
        changed = await admin.send("/staff/me/password", old=PASSWORD, password=NEW, again=NEW)
        after = await other.read("/staff/me")

    assert changed.headers["location"] == "/staff/me?done=password"
    assert (await admin.read("/staff/me?done=password")).status_code == 200
    assert after.status_code == 303
    await admin.send("/staff/logout")
    assert (await admin.send("/staff/login", name="sato", password=PASSWORD)).status_code == 401
    assert (await admin.log_in(password=NEW)).status_code == 303


async def test_without_the_old_password_there_is_no_new_one(admin: Colleague) -> None:
    refused = await admin.send("/staff/me/password", old="wrong", password=NEW, again=NEW)

    assert refused.status_code == 401
    assert "今のパスワードが違います。" in refused.text


async def test_one_of_two_sessions_is_ended_from_the_other(
    admin: Colleague, app: FastAPI, door: Door, watch: Watch
) -> None:
    async with Colleague(app, door, watch) as other:
        other.secret = admin.secret
        other.client.headers["User-Agent"] = EDGE
        await other.log_in()
        page = await admin.read("/staff/me")
        number = page.text.split('name="session" value="')[1].split('"')[0]
        await admin.send("/staff/me/sessions/end", session=number)
        after = await other.read("/staff/me")
        await other.log_in()
        await admin.read("/staff/me")
        await admin.send("/staff/me/sessions/end")
        at_last = await other.read("/staff/me")

    assert "Edge(Windows)" in page.text
    assert (after.status_code, at_last.status_code) == (303, 303)
    assert (await admin.read("/staff/me")).status_code == 200


async def test_nobody_ends_a_session_of_somebody_else(
    admin: Colleague, app: FastAPI, door: Door, watch: Watch
) -> None:
    async with Colleague(app, door, watch) as other:
        await other.arrive("suzuki", role="viewer")
        for number in range(1, 9):
            await other.read("/staff/me")
            await other.send("/staff/me/sessions/end", session=str(number))

    assert (await admin.read("/staff/me")).status_code == 200


async def test_a_new_authenticator_counts_from_its_first_code_on(admin: Colleague) -> None:
    old = admin.secret
    await admin.follow(await admin.send("/staff/me/authenticator/new"))
    shown = await admin.confirm("/staff/me/authenticator")

    assert shown.status_code == 200
    assert admin.secret != old
    await admin.read("/staff/me")
    await admin.send("/staff/logout")
    assert (await admin.log_in()).status_code == 303


async def test_new_recovery_codes_replace_the_old_ones(admin: Colleague) -> None:
    await admin.send("/staff/me/recovery")
    await admin.read("/staff/me")
    await admin.send("/staff/logout")
    await admin.follow(await admin.send("/staff/login", name="sato", password=PASSWORD))

    assert (await admin.send("/staff/login/code", code=admin.recovery_codes[0])).status_code == 401


async def test_proofs_are_changed_only_with_a_password_typed_lately(admin: Colleague, watch: Watch) -> None:
    watch.turn(minutes=11)
    for path in ("/staff/me/recovery", "/staff/me/authenticator/new", "/staff/me/authenticator"):
        assert (await admin.send(path)).headers["location"].startswith("/staff/again")


async def test_the_look_and_the_shortcuts_are_remembered(admin: Colleague) -> None:
    before = await admin.read("/staff/me")
    await admin.send("/staff/me/preferences", look="dark")
    after = await admin.read("/staff/me")
    await admin.send("/staff/me/preferences", look="javascript:", shortcuts="on")
    at_last = await admin.read("/staff/me")

    assert 'data-look="auto"' in before.text and "data-shortcuts" not in before.text
    assert 'data-look="dark"' in after.text and 'data-shortcuts="off"' in after.text
    assert 'data-look="auto"' in at_last.text


def test_browsers_are_told_apart() -> None:
    assert browser(EDGE) == "Edge(Windows)"
    assert (
        browser("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1")
        == "Safari(iPhone)"
    )
    assert browser("curl/8") == "不明なブラウザー"
