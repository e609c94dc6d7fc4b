"""The pages of the door: name and password, the code, the password once more, out."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import Request, Response

from api.console.door import Sent, Visit, access, anybody, door_of
from api.console.page import console_router, go, page
from api.console.paths import LOGIN, START, safe
from api.errors import NotLoggedIn, TooManyAttempts, Trouble, WrongCode, WrongLogin, WrongPassword
from api.staff.sessions import Stage

LOOPBACK = ("127.0.0.1", "localhost", "::1")

router = console_router()
Anybody = Annotated[Sent, anybody()]
Halfway = Annotated[Visit, access(stage=Stage.code)]
Inside = Annotated[Visit, access()]


@router.get("/login")
async def login(request: Request, sent: Anybody) -> Response:
    """Whoever is inside already goes on to where they wanted to be."""
    door, to = door_of(request), safe(request.query_params.get("to", START))
    try:
        await door.entrance.present(door.token(request))
    except NotLoggedIn:
        return _login(request, to=to)
    return go(to)


@router.post("/login")
async def knock(request: Request, sent: Anybody) -> Response:
    door, form, to = door_of(request), sent.form, safe(sent.form.get("to", START))
    try:
        token, stage = await door.entrance.knock(form.get("name", ""), form.get("password", ""), sent.origin)
    except (WrongLogin, TooManyAttempts) as trouble:
        return _with(trouble, _login(request, to=to, name=form.get("name", "")[:64], trouble=trouble))
    path = "/staff/setup" if stage is Stage.setup else f"{LOGIN}/code?to={quote(to)}"
    return door.give(request, go(path), token)


@router.get("/login/code")
async def code(request: Request, visit: Halfway) -> Response:
    return _code(request, to=safe(request.query_params.get("to", START)))


@router.post("/login/code")
async def enter(request: Request, visit: Halfway) -> Response:
    door, to = door_of(request), safe(visit.form.get("to", START))
    try:
        token = await door.entrance.enter(visit.present, visit.form.get("code", ""), visit.origin)
    except (WrongCode, TooManyAttempts) as trouble:
        return _with(trouble, _code(request, to=to, trouble=trouble))
    return door.give(request, go(to), token)


@router.get("/again")
async def again(request: Request, visit: Inside) -> Response:
    return _again(request, to=safe(request.query_params.get("to", START)))


@router.post("/again")
async def prove(request: Request, visit: Inside) -> Response:
    to = safe(visit.form.get("to", START))
    try:
        await door_of(request).entrance.prove(visit.present, visit.form.get("password", ""), visit.origin)
    except (WrongPassword, TooManyAttempts) as trouble:
        return _with(trouble, _again(request, to=to, trouble=trouble))
    return go(to)


@router.post("/logout")
async def leave(request: Request, visit: Inside) -> Response:
    door = door_of(request)
    await door.entrance.leave(visit.present, visit.origin)
    return door.take(request, go(f"{LOGIN}?out=1"))


def _login(request: Request, *, to: str, name: str = "", trouble: Trouble | None = None) -> Response:
    is_open = not door_of(request).is_secure(request) and request.url.hostname not in LOOPBACK
    return page(
        request,
        "login.html",
        status=trouble.status if trouble else HTTPStatus.OK,
        to=to,
        name=name,
        is_out=request.query_params.get("out") == "1",
        is_open=is_open,
        trouble=str(trouble or ""),
    )


def _code(request: Request, *, to: str, trouble: Trouble | None = None) -> Response:
    status = trouble.status if trouble else HTTPStatus.OK
    return page(request, "code.html", status=status, to=to, trouble=str(trouble or ""))


def _again(request: Request, *, to: str, trouble: Trouble | None = None) -> Response:
    status = trouble.status if trouble else HTTPStatus.OK
    return page(request, "again.html", status=status, to=to, trouble=str(trouble or ""))


def _with(trouble: Trouble, response: Response) -> Response:
    response.headers.update(trouble.headers)
    return response
