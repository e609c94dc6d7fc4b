"""Who may open which page: the cookie, where a form was sent from, and what the role allows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response

from api.errors import Forged, NotAllowed, NotFresh
from api.staff.audit import Entry
from api.staff.entrance import Entrance, Present
from api.staff.people import Person
from api.staff.roles import TITLES, Act, who_may
from api.staff.sessions import Origin, Stage, form_token, is_form_token
from api.staff.setup import Setup
from api.staff.store import Store, changes

SECURE_COOKIE = (
    "__Host-madoguchi-staff"  # a browser takes it from nobody but us, and gives it to nobody but us
)
COOKIE = "madoguchi-staff"  # without TLS, that is on the machine itself
FIELD, HEADER = "form_token", "X-Form-Token"
LONGEST_AGENT = 200
MOST_FIELDS = 50


@dataclass(frozen=True)
class Sent:
    """A request of somebody we need not know: what was typed, and where it comes from."""

    form: Mapping[str, str]
    origin: Origin


@dataclass(frozen=True)
class Visit:
    """A request of somebody who is inside, or halfway in."""

    present: Present
    origin: Origin
    form: Mapping[str, str]
    is_fresh: bool
    by: changes.By

    @property
    def person(self) -> Person:
        return self.present.person

    @property
    def form_token(self) -> str:
        """To stand in each form as `form_token`, or in the header X-Form-Token."""
        return form_token(self.present.token)

    @property
    def is_inside(self) -> bool:
        return self.present.session.stage is Stage.inside

    def may(self, act: Act | str) -> bool:
        return self.person.may(act)


class Door:
    """Stands before every page under /staff."""

    def __init__(self, entrance: Entrance, *, public_url: str | None) -> None:
        self.entrance = entrance
        self.setup = Setup(entrance)
        self.public_url = public_url

    @property
    def store(self) -> Store:
        return self.entrance.store

    async def enter(self, request: Request, act: Act | None, *, is_fresh: bool, stage: Stage) -> Visit:
        """Raises NotLoggedIn, Forged, NotAllowed or NotFresh."""
        present = await self.entrance.present(self.token(request), stage=stage)
        sent = await self.sent(request)
        if request.method != "GET" and not _is_from_its_form(request, sent.form, present.token):
            raise Forged
        now = self.entrance.clock()
        by = changes.By(now, present.person.id, sent.origin.address)
        visit = Visit(present, sent.origin, sent.form, present.session.is_fresh(now), by)
        request.state.visit = visit
        await self._allow(request, visit, act)
        if is_fresh and not visit.is_fresh:
            raise NotFresh
        return visit

    async def sent(self, request: Request) -> Sent:
        """Raises Forged where another site sent it."""
        origin = await self.origin(request)
        if request.method == "GET":
            return Sent({}, origin)
        if not is_from_here(request):
            raise Forged
        form = await request.form(max_files=0, max_fields=MOST_FIELDS)
        return Sent({name: value for name, value in form.items() if isinstance(value, str)}, origin)

    async def origin(self, request: Request) -> Origin:
        address = request.client.host if request.client else ""
        agent = request.headers.get("user-agent", "")[:LONGEST_AGENT]
        return Origin(agent, await self.store.address_hash(address))

    def token(self, request: Request) -> str:
        return request.cookies.get(self._cookie(request), "")

    def give(self, request: Request, response: Response, token: str) -> Response:
        """Let the browser keep the session until it is closed."""
        response.set_cookie(
            self._cookie(request),
            token,
            path="/",
            secure=self.is_secure(request),
            httponly=True,
            samesite="lax",
        )
        return response

    def take(self, request: Request, response: Response) -> Response:
        """Let the browser forget the session."""
        response.delete_cookie(
            self._cookie(request),
            path="/",
            secure=self.is_secure(request),
            httponly=True,
            samesite="lax",
        )
        return response

    def is_secure(self, request: Request) -> bool:
        """Whether browsers reach us by TLS. A proxy that does not tell is known by PUBLIC_URL."""
        return request.url.scheme == "https" or (self.public_url or "").startswith("https:")

    def address(self, request: Request, path: str) -> str:
        """The full address of a page of ours."""
        return (self.public_url or str(request.base_url).rstrip("/")) + path

    def _cookie(self, request: Request) -> str:
        return SECURE_COOKIE if self.is_secure(request) else COOKIE

    async def _allow(self, request: Request, visit: Visit, act: Act | None) -> None:
        if act is None or visit.may(act):
            return
        entry = Entry("denied", act.value, person=visit.person.id, address=visit.origin.address)
        await self.store.record(entry, now=visit.by.now)
        raise NotAllowed(who="・".join(TITLES[role] for role in who_may(act)))


def access(act: Act | None = None, *, fresh: bool = False, stage: Stage = Stage.inside) -> Any:
    """A dependency that gives the Visit: somebody who is inside and may do this.

    Without an act it is for everybody inside. `fresh` asks for a password typed within the last ten minutes.
    """

    async def enter(request: Request) -> Visit:
        return await door_of(request).enter(request, act, is_fresh=fresh, stage=stage)

    return Depends(enter)


def anybody() -> Any:
    """A dependency that gives what was Sent: for the few pages before the door."""

    async def hear(request: Request) -> Sent:
        return await door_of(request).sent(request)

    return Depends(hear)


def door_of(request: Request) -> Door:
    return cast(Door, request.app.state.door)


def is_from_here(request: Request) -> bool:
    """Whether a page of ours sent it. A browser that does not tell the site tells the origin."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return urlsplit(request.headers.get("origin", "")).netloc == request.headers.get("host")


def _is_from_its_form(request: Request, form: Mapping[str, str], token: str) -> bool:
    return is_form_token(form.get(FIELD) or request.headers.get(HEADER, ""), token)
