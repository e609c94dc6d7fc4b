"""Draws the pages of the console, and turns troubles into pages."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.console.paths import LOGIN, START
from api.errors import NotFresh, NotLoggedIn, Trouble
from api.staff.audit import TITLES as AUDITED
from api.staff.people import Preferences
from api.staff.roles import TITLES, Act
from knowledge.calendar import TOKYO

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    # Our own pages are told the Origin of a form; nobody else learns an address.
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


@dataclass(frozen=True)
class Place:
    """An entry of the navigation. Without an act it is for everybody."""

    path: str
    title: str
    act: Act | None = None


# Other parts of the console put theirs in front.
PLACES: tuple[Place, ...] = (
    Place("/staff/people", "アカウント", Act.people),
    Place("/staff/audit", "監査記録", Act.audit),
    Place("/staff/me", "自分の設定"),
)


def moment(at: datetime | None) -> str:
    return at.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M") if at else ""


PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
PAGES.globals |= {"roles": TITLES, "audited": AUDITED}
PAGES.filters["moment"] = moment


def page(
    request: Request, template: str, *, status: HTTPStatus = HTTPStatus.OK, **values: object
) -> Response:
    """A page for whoever is inside, or for a stranger. `trouble` among the values is told at its top."""
    visit: Any = getattr(request.state, "visit", None)
    preferences = visit.person.preferences if visit else Preferences()
    is_inside = bool(visit and visit.is_inside)
    places = [place for place in PLACES if is_inside and (place.act is None or visit.may(place.act))]
    html = PAGES.get_template(template).render(
        {
            "visit": visit,
            "preferences": preferences,
            "is_inside": is_inside,
            "places": places,
            "here": request.url.path,
            "trouble": "",
            **values,
        }
    )
    return Response(html, status, headers=HEADERS, media_type="text/html; charset=utf-8")


def go(path: str) -> Response:
    """To another page, by GET."""
    return RedirectResponse(path, HTTPStatus.SEE_OTHER, headers=HEADERS)


class PageRoute(APIRoute):
    """What goes wrong here is told on a page, or leads to where it can be mended."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_kindly(request: Request) -> Response:
            try:
                return await handle(request)
            except Trouble as trouble:
                return _answer(request, trouble)

        return handle_kindly


def console_router() -> APIRouter:
    """A router for pages under /staff."""
    return APIRouter(prefix="/staff", route_class=PageRoute, include_in_schema=False)


def _answer(request: Request, trouble: Trouble) -> Response:
    """A part of a page (htmx) cannot follow a redirect to another page; it is told in a header."""
    back = _back(request)
    if not isinstance(trouble, NotLoggedIn | NotFresh):
        response = page(request, "trouble.html", status=trouble.status, trouble=str(trouble))
        response.headers.update(trouble.headers)
        return response
    path = f"{LOGIN if isinstance(trouble, NotLoggedIn) else '/staff/again'}?to={quote(back)}"
    if "hx-request" in request.headers:
        return Response(status_code=trouble.status, headers={**HEADERS, "HX-Redirect": path})
    return go(path)


def _back(request: Request) -> str:
    """Where the person wanted to be. What was posted is not sent again by itself."""
    if request.method != "GET":
        return START
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{request.url.path}{query}"
