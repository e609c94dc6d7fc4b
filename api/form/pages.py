"""The pages of the form: to write into, sent, and a link that no longer opens it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.conversations.models import Author, FormLink
from api.conversations.service import Conversations
from api.errors import DatabaseUnavailable, FormLinkUnknown
from api.form.written import LONGEST, Written
from api.phrases import FORM_NOT_KEPT, FORM_NOT_KEPT_PLAIN, FORM_RECEIVED, FORM_RECEIVED_PLAIN
from knowledge.calendar import TOKYO, clock_text, day_text

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",  # the address is the key
    "X-Robots-Tag": "noindex, nofollow",
}
FROM_HERE = ("same-origin", "none")  # what Sec-Fetch-Site says of our own page, and of a typed address
MOST_FIELDS = 20
PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Opened:
    """A link that works, and how its visitor is spoken to."""

    key: str
    link: FormLink
    is_plain: bool


class Form:
    """Whoever has a link may write one time; we keep only the link's hash. All other links get one answer."""

    def __init__(self, conversations: Conversations, clock: Callable[[], datetime]) -> None:
        self._conversations = conversations
        self._clock = clock
        self.router = APIRouter(prefix="/form", include_in_schema=False)
        self.router.api_route("/thanks", methods=["GET", "HEAD"])(self.thank)
        self.router.api_route("/{token}", methods=["GET", "HEAD"])(self.show)
        self.router.post("/{token}")(self.take)

    async def show(self, request: Request, token: str) -> Response:
        """The empty form. Opening it uses nothing up: messengers open links to preview them."""
        opened = await self._open(request, token)
        return _form(opened, Written.nothing()) if opened else _closed()

    async def take(self, request: Request, token: str) -> Response:
        """Keep what was written, or give it back with what is wrong."""
        opened = await self._open(request, token) if _is_from_here(request) else None
        if opened is None:
            return _closed()
        async with request.form(max_files=0, max_fields=MOST_FIELDS) as sent:
            written = Written.read(sent)
        if written.faults():
            return _form(opened, written, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            await self._keep(opened, written)
        except FormLinkUnknown:  # sent from another window meanwhile
            return _closed()
        except DatabaseUnavailable:
            return _form(opened, written, status=HTTPStatus.SERVICE_UNAVAILABLE)
        await self._tell(opened)
        address = "/form/thanks?plain=1" if opened.is_plain else "/form/thanks"
        return RedirectResponse(address, HTTPStatus.SEE_OTHER, headers=HEADERS)

    async def thank(self, request: Request) -> Response:
        """An address of its own, so that reading it again sends nothing again."""
        return _page("thanks.html", is_plain=request.query_params.get("plain") == "1")

    async def _open(self, request: Request, token: str) -> Opened | None:
        key = sha256(token.encode()).hexdigest()
        link = await self._conversations.store.form_link(key, now=self._clock())
        if link is None:
            return None
        wish = request.query_params.get("plain")
        is_plain = wish == "1" if wish else await self._speaks_plainly(link.conversation)
        return Opened(key, link, is_plain)

    async def _speaks_plainly(self, conversation: str) -> bool:
        messages = await self._conversations.store.messages(conversation, after=0)
        said = [message for message in messages if message.author is Author.bot]
        return bool(said) and said[-1].plain

    async def _keep(self, opened: Opened, written: Written) -> None:
        store, now = self._conversations.store, self._clock()
        conversation = await store.conversation(opened.link.conversation)
        source = conversation.channel if conversation else ""
        await store.submit_details(opened.key, written.details(source=source, now=now), now=now)
        log.info("form_received", conversation=opened.link.conversation)

    async def _tell(self, opened: Opened) -> None:
        """Say in the conversation that it came; not what it says. It was kept, even if this fails."""
        said = FORM_RECEIVED_PLAIN if opened.is_plain else FORM_RECEIVED
        try:
            await self._conversations.say(opened.link.conversation, said, author=Author.system)
        except DatabaseUnavailable:
            log.warning("form_not_told", conversation=opened.link.conversation)


def _form(opened: Opened, written: Written, *, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """`status` other than OK: what was typed stays, and what is wrong stands at the top and beside the field."""
    is_plain = opened.is_plain
    faults = written.faults() if status is HTTPStatus.UNPROCESSABLE_ENTITY else {}
    not_kept = FORM_NOT_KEPT_PLAIN if is_plain else FORM_NOT_KEPT
    return _page(
        "form.html",
        is_plain=is_plain,
        status=status,
        until=_moment(opened.link.expires_at),
        written=written,
        longest=LONGEST,
        faults={name: fault.worded(name, is_plain=is_plain) for name, fault in faults.items()},
        trouble=not_kept if status is HTTPStatus.SERVICE_UNAVAILABLE else "",
    )


def _closed() -> Response:
    """One answer to all links that do not open the form, so that nobody learns which ones there were."""
    return _page("closed.html", is_plain=False, status=FormLinkUnknown.status)


def _page(template: str, *, is_plain: bool, status: HTTPStatus = HTTPStatus.OK, **values: object) -> Response:
    html = PAGES.get_template(template).render(is_plain=is_plain, **values)
    return Response(html, status, headers=HEADERS, media_type="text/html; charset=utf-8")


def _moment(at: datetime) -> str:
    here = at.astimezone(TOKYO)
    return f"{day_text(here.date())}の{clock_text(here)}"


def _is_from_here(request: Request) -> bool:
    """Whether our own page sent it. Where a browser tells no site, its Origin must be ours, or kept back."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in FROM_HERE
    origin = request.headers.get("origin", "null")
    return origin == "null" or urlsplit(origin).netloc == request.headers.get("host")
