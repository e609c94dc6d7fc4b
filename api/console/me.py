"""One's own settings: the look, the password, the second proof, and where one is logged in."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Request, Response

from api.console.agents import browser
from api.console.door import Visit, access, door_of
from api.console.page import console_router, go, page
from api.errors import NotAccepted, TooManyAttempts, Trouble, WrongCode, WrongPassword
from api.staff import codes
from api.staff.people import LOOKS, SHORTEST, Preferences

ME = "/staff/me"
LOOK_TITLES = dict(zip(LOOKS, ("端末に合わせる", "明るい", "暗い", "はっきり(高コントラスト)"), strict=True))

router = console_router()
Inside = Annotated[Visit, access()]
Fresh = Annotated[Visit, access(fresh=True)]


@router.get("/me")
async def show(request: Request, visit: Inside) -> Response:
    return await _show(request, visit)


@router.post("/me/preferences")
async def prefer(request: Request, visit: Inside) -> Response:
    wished = {"look": visit.form.get("look"), "has_shortcuts": visit.form.get("shortcuts") == "on"}
    await door_of(request).store.prefer(visit.person.id, Preferences.read(wished))
    return go(f"{ME}?done=preferences")


@router.post("/me/password")
async def change_password(request: Request, visit: Inside) -> Response:
    door, form = door_of(request), visit.form
    given = (form.get("old", ""), form.get("password", ""), form.get("again", ""))
    try:
        token = await door.setup.change_password(visit.present, *given, visit.origin)
    except (WrongPassword, NotAccepted, TooManyAttempts) as trouble:
        return await _show(request, visit, trouble)
    return door.give(request, go(f"{ME}?done=password"), token)


@router.post("/me/authenticator/new")
async def renew(request: Request, visit: Fresh) -> Response:
    """A new secret. The old one counts until the new one is confirmed."""
    await door_of(request).store.forget_next_secret(visit.person.id)
    return go(f"{ME}/authenticator")


@router.get("/me/authenticator")
async def authenticator(request: Request, visit: Fresh) -> Response:
    return await _authenticator(request, visit)


@router.post("/me/authenticator")
async def confirm(request: Request, visit: Fresh) -> Response:
    try:
        made = await door_of(request).setup.confirm(visit.present, visit.form.get("code", ""), visit.origin)
    except (WrongCode, TooManyAttempts) as trouble:
        return await _authenticator(request, visit, trouble)
    return page(request, "recovery.html", made=made, name=visit.person.name)


@router.post("/me/recovery")
async def make_recovery_codes(request: Request, visit: Fresh) -> Response:
    made = await door_of(request).setup.make_recovery_codes(visit.present, visit.origin)
    return page(request, "recovery.html", made=made, name=visit.person.name)


@router.post("/me/sessions/end")
async def end_session(request: Request, visit: Inside) -> Response:
    """One of one's own; without a number all but this one."""
    door, wanted = door_of(request), visit.form.get("session", "")
    if wanted.isdecimal() and len(wanted) < 19:
        await door.entrance.end(visit.present, int(wanted), visit.origin)
    else:
        await door.entrance.end_others(visit.present, visit.origin)
    return go(f"{ME}?done=session")


async def _show(request: Request, visit: Visit, trouble: Trouble | None = None) -> Response:
    door = door_of(request)
    sessions = await door.entrance.sessions(visit.person)
    return page(
        request,
        "me.html",
        status=trouble.status if trouble else HTTPStatus.OK,
        sessions=[(each, browser(each.agent)) for each in sessions],
        codes_left=await door.store.recovery_codes_left(visit.person.id),
        looks=LOOK_TITLES,
        least=SHORTEST,
        done=request.query_params.get("done", ""),
        trouble=str(trouble or ""),
    )


async def _authenticator(request: Request, visit: Visit, trouble: Trouble | None = None) -> Response:
    secret = await door_of(request).setup.secret(visit.person)
    return page(
        request,
        "authenticator.html",
        status=trouble.status if trouble else HTTPStatus.OK,
        action=f"{ME}/authenticator",
        picture=codes.picture(secret, visit.person.name),
        secret=codes.spaced(secret),
        trouble=str(trouble or ""),
    )
