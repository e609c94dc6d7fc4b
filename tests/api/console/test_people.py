"""Accounts are managed by admins, with a password typed lately; and nobody shuts the last one out."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.console.door import Door
from api.staff.roles import MAY, Act, Role, who_may
from tests.api.console.colleague import Colleague, Watch

OPEN = {"/staff/login", "/staff/setup/{link}"}


@pytest_asyncio.fixture
async def viewer(app: FastAPI, door: Door, watch: Watch) -> AsyncIterator[Colleague]:
    async with Colleague(app, door, watch) as colleague:
        await colleague.arrive("suzuki", role="viewer")
        yield colleague


async def test_an_admin_adds_a_colleague_by_a_link_that_is_shown_once(
    admin: Colleague, stranger: Colleague
) -> None:
    await admin.read("/staff/people")
    shown = await admin.send("/staff/people", name="Tanaka", shown="田中", role="counsellor")
    link = re.findall(r"http://127\.0\.0\.1:8000(/staff/setup/[\w-]+)", shown.text)[0]
    done = await stranger.set_up(link)

    assert done.status_code == 200
    assert "田中" in (await stranger.read("/staff/me")).text
    assert link not in (await admin.read("/staff/people")).text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": "sato", "shown": "佐藤", "role": "viewer"}, "もう使われています"),
        ({"name": "佐藤", "shown": "佐藤", "role": "viewer"}, "ログイン名は"),
        ({"name": "tanaka", "shown": " ", "role": "viewer"}, "表示名を"),
        ({"name": "tanaka", "shown": "田中", "role": "owner"}, "はありません"),
    ],
)
async def test_what_cannot_be_added_is_told_on_the_page(
    admin: Colleague, fields: dict[str, str], says: str
) -> None:
    refused = await admin.send("/staff/people", **fields)

    assert refused.status_code == 422
    assert says in refused.text


async def test_a_viewer_learns_who_can_help(viewer: Colleague) -> None:
    refused = await viewer.read("/staff/people")
    audit = await viewer.read("/staff/audit")

    assert (refused.status_code, audit.status_code) == (403, 403)
    assert "この操作をする権限がありません。管理者に頼んでください。" in refused.text
    assert "責任者・管理者に頼んでください。" in audit.text
    assert 'href="/staff/people"' not in refused.text


async def test_a_viewer_changes_nothing_by_a_form_of_their_own_making(
    admin: Colleague, viewer: Colleague
) -> None:
    await viewer.read("/staff/me")
    statuses = [
        (await viewer.send(path, name="x1", shown="x", role="admin")).status_code
        for path in ("/staff/people", "/staff/people/suzuki", "/staff/people/sato/disable")
    ]

    assert statuses == [403, 403, 403]
    assert "利用中" in (await admin.read("/staff/people/sato")).text


async def test_another_role_logs_out_everywhere(admin: Colleague, viewer: Colleague) -> None:
    await admin.send("/staff/people/suzuki", shown="鈴木", role="lead")

    assert (await viewer.read("/staff/me")).status_code == 303
    await viewer.log_in("suzuki")
    assert (await viewer.read("/staff/audit")).status_code == 200


async def test_whoever_is_stopped_is_out_at_once_and_comes_back_when_it_is_lifted(
    admin: Colleague, viewer: Colleague
) -> None:
    await admin.send("/staff/people/suzuki/disable")
    assert (await viewer.read("/staff/me")).status_code == 303
    await admin.send("/staff/people/suzuki/enable")

    assert (await viewer.log_in("suzuki")).status_code == 303


async def test_setting_up_anew_forgets_the_old_proofs(admin: Colleague, viewer: Colleague) -> None:
    shown = await admin.send("/staff/people/suzuki/reset")
    link = re.findall(r"/staff/setup/[\w-]+", shown.text)[0]

    assert (await viewer.read("/staff/me")).status_code == 303
    assert (await viewer.send("/staff/login", name="suzuki", password="wrong")).status_code == 401
    assert (await viewer.set_up(link)).status_code == 200


async def test_nobody_stops_or_demotes_themselves(admin: Colleague) -> None:
    stopped = await admin.send("/staff/people/sato/disable")
    demoted = await admin.send("/staff/people/sato", shown="佐藤", role="viewer")
    renamed = await admin.send("/staff/people/sato", shown="佐藤 花子", role="admin")

    assert (stopped.status_code, demoted.status_code, renamed.status_code) == (409, 409, 303)
    assert "佐藤 花子" in (await admin.read("/staff/me")).text


async def test_dangerous_acts_ask_for_the_password_after_ten_minutes(admin: Colleague, watch: Watch) -> None:
    watch.turn(minutes=11)
    page = await admin.read("/staff/people")
    asked = await admin.send("/staff/people", name="tanaka", shown="田中", role="viewer")
    wrong = await admin.send("/staff/again", password="wrong", to="/staff/people")
    proved = await admin.prove()
    done = await admin.send("/staff/people", name="tanaka", shown="田中", role="viewer")

    assert "パスワードの確認" in page.text and 'name="shown"' not in page.text
    assert asked.headers["location"] == "/staff/again?to=/staff"
    assert (wrong.status_code, proved.headers["location"], done.status_code) == (401, "/staff/people", 200)


async def test_a_person_that_there_is_not_is_told_so(admin: Colleague) -> None:
    answer = await admin.read("/staff/people/nobody")

    assert (answer.status_code, "アカウント「nobody」はありません。" in answer.text) == (404, True)


async def test_what_somebody_is_called_is_no_markup(admin: Colleague) -> None:
    await admin.send("/staff/people", name="tanaka", shown="<b>田中</b>", role="viewer")

    assert "&lt;b&gt;田中&lt;/b&gt;" in (await admin.read("/staff/people")).text


def test_every_page_but_those_before_the_door_asks_who_it_is(app: FastAPI, door: Door) -> None:
    unguarded = {
        route.path
        for route in _routes(app)
        if route.path.startswith("/staff")
        and not any("access" in str(each.call) for each in route.dependant.dependencies)
    }

    assert unguarded == OPEN


def _routes(app: FastAPI) -> list[APIRoute]:
    found: list[APIRoute] = []
    waiting = list(app.routes)
    while waiting:
        route = waiting.pop()
        if isinstance(route, APIRoute):
            found.append(route)
        else:
            waiting.extend(
                getattr(route, "routes", None)
                or getattr(getattr(route, "original_router", None), "routes", [])
            )
    assert len(found) > 20
    return found


def test_each_role_may_all_that_the_one_before_may() -> None:
    for lower, higher in zip(list(Role), list(Role)[1:], strict=False):
        assert MAY[lower] < MAY[higher]
    assert MAY[Role.admin] == frozenset(Act)
    assert who_may(Act.audit) == (Role.lead, Role.admin)
