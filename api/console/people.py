"""The accounts: who there is, adding, roles, stopping, and setting up anew. For admins."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Request, Response

from api.console.door import Visit, access, door_of
from api.console.page import console_router, go, page
from api.errors import BadRole, LastAdmin, NotAccepted, NotYourself, Trouble, UnknownPerson
from api.staff.people import Person, clean_shown
from api.staff.roles import Act, Role
from api.staff.setup import LINK_HOLDS
from api.staff.store import changes

PEOPLE = "/staff/people"
NEVER = (NotAccepted, LastAdmin, NotYourself)

router = console_router()
Admin = Annotated[Visit, access(Act.people)]
FreshAdmin = Annotated[Visit, access(Act.people, fresh=True)]


@router.get("/people")
async def show(request: Request, visit: Admin) -> Response:
    return await _show(request)


@router.post("/people")
async def add(request: Request, visit: FreshAdmin) -> Response:
    form, setup = visit.form, door_of(request).setup
    try:
        role = _role(form.get("role", ""))
        person, token = await setup.add(form.get("name", ""), form.get("shown", ""), role, visit.by)
    except NotAccepted as trouble:
        return await _show(request, trouble=trouble)
    return _link(request, person, token)


@router.get("/people/{name}")
async def one(request: Request, name: str, visit: Admin) -> Response:
    return _one(request, await _named(request, name))


@router.post("/people/{name}")
async def change(request: Request, name: str, visit: FreshAdmin) -> Response:
    """The role and the shown name."""
    form, store = visit.form, door_of(request).store
    try:
        shown, role = clean_shown(form.get("shown", "")), _role(form.get("role", ""))
        if role is not (await _named(request, name)).role:
            await store.change(changes.give_role, name=name, role=role, by=visit.by)
        await store.change(changes.show_as, name=name, shown=shown, by=visit.by)
    except NEVER as trouble:
        return _one(request, await _named(request, name), trouble)
    return go(f"{PEOPLE}?done=changed")


@router.post("/people/{name}/disable")
async def disable(request: Request, name: str, visit: FreshAdmin) -> Response:
    try:
        await door_of(request).store.change(changes.disable, name=name, by=visit.by)
    except NEVER as trouble:
        return _one(request, await _named(request, name), trouble)
    return go(f"{PEOPLE}?done=disabled")


@router.post("/people/{name}/enable")
async def enable(request: Request, name: str, visit: FreshAdmin) -> Response:
    await door_of(request).store.change(changes.enable, name=name, by=visit.by)
    return go(f"{PEOPLE}?done=enabled")


@router.post("/people/{name}/reset")
async def reset(request: Request, name: str, visit: FreshAdmin) -> Response:
    try:
        person, token = await door_of(request).setup.reset(name, visit.by)
    except NEVER as trouble:
        return _one(request, await _named(request, name), trouble)
    return _link(request, person, token)


async def _show(request: Request, trouble: Trouble | None = None) -> Response:
    return page(
        request,
        "people.html",
        status=trouble.status if trouble else HTTPStatus.OK,
        people=await door_of(request).store.people(),
        done=request.query_params.get("done", ""),
        trouble=str(trouble or ""),
    )


def _one(request: Request, person: Person, trouble: Trouble | None = None) -> Response:
    status = trouble.status if trouble else HTTPStatus.OK
    return page(request, "person.html", status=status, person=person, trouble=str(trouble or ""))


def _link(request: Request, person: Person, token: str) -> Response:
    """Shown once: only its hash is kept."""
    link = door_of(request).address(request, f"/staff/setup/{token}")
    hours = int(LINK_HOLDS.total_seconds() // 3600)
    return page(request, "link.html", person=person, link=link, hours=hours)


async def _named(request: Request, name: str) -> Person:
    found = await door_of(request).store.find(name)
    if found is None:
        raise UnknownPerson(given=name)
    return found[0]


def _role(given: str) -> Role:
    if given not in list(Role):
        raise BadRole(given=given[:20])
    return Role(given)
