"""The first time: a password by the link, then the authenticator and the recovery codes."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Request, Response

from api.console.door import Sent, Visit, access, anybody, door_of
from api.console.page import console_router, go, page
from api.errors import NotAccepted, TooManyAttempts, Trouble, WrongCode
from api.staff import codes
from api.staff.people import SHORTEST, Person
from api.staff.sessions import Stage

router = console_router()
Anybody = Annotated[Sent, anybody()]
SettingUp = Annotated[Visit, access(stage=Stage.setup)]


@router.get("/setup/{link}")
async def begin(request: Request, link: str, sent: Anybody) -> Response:
    return _begin(request, await door_of(request).setup.owner(link))


@router.post("/setup/{link}")
async def choose(request: Request, link: str, sent: Anybody) -> Response:
    door, form = door_of(request), sent.form
    try:
        token = await door.setup.begin(link, form.get("password", ""), form.get("again", ""), sent.origin)
    except (NotAccepted, TooManyAttempts) as trouble:
        return _begin(request, await door.setup.owner(link), trouble)
    return door.give(request, go("/staff/setup"), token)


@router.get("/setup")
async def show(request: Request, visit: SettingUp) -> Response:
    return await _authenticator(request, visit)


@router.post("/setup")
async def confirm(request: Request, visit: SettingUp) -> Response:
    """The recovery codes come with the answer: they are in no other place."""
    door = door_of(request)
    try:
        made = await door.setup.confirm(visit.present, visit.form.get("code", ""), visit.origin)
    except (WrongCode, TooManyAttempts) as trouble:
        return await _authenticator(request, visit, trouble)
    token = await door.setup.finish(visit.present, visit.origin)
    return door.give(request, page(request, "recovery.html", made=made, name=visit.person.name), token)


def _begin(request: Request, person: Person, trouble: Trouble | None = None) -> Response:
    status = trouble.status if trouble else HTTPStatus.OK
    return page(
        request, "setup.html", status=status, person=person, least=SHORTEST, trouble=str(trouble or "")
    )


async def _authenticator(request: Request, visit: Visit, trouble: Trouble | None = None) -> Response:
    secret = await door_of(request).setup.secret(visit.person)
    return page(
        request,
        "authenticator.html",
        status=trouble.status if trouble else HTTPStatus.OK,
        action="/staff/setup",
        picture=codes.picture(secret, visit.person.name),
        secret=codes.spaced(secret),
        trouble=str(trouble or ""),
    )
