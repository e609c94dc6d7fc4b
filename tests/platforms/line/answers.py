"""How LINE answers calls: its JSON, its request ids, its way of naming faults. Every call is remembered."""

import json
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.platforms.checks import Check, Fault
from tests.platforms.platform import Call, Platform


@dataclass(frozen=True)
class Refused(Exception):
    """What LINE says instead of doing it. `is_fault`: a careful client would not have asked."""

    status: int
    message: str
    details: tuple[tuple[str, str], ...] = ()
    more: tuple[tuple[str, Any], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    is_fault: bool = True

    @property
    def reason(self) -> str:
        return "; ".join([self.message, *(f"{property}: {message}" for message, property in self.details)])

    def response(self) -> JSONResponse:
        details = [{"message": message, "property": property} for message, property in self.details]
        body = {"message": self.message, **({"details": details} if details else {}), **dict(self.more)}
        return JSONResponse(body, status_code=self.status, headers=dict(self.headers))


Handle = Callable[[Request, Any], Awaitable[dict[str, Any] | Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


class Desk:
    """Lets in whoever has the token, reads the body, and writes down how it ended."""

    def __init__(self, platform: Platform, token: str) -> None:
        self._platform = platform
        self._token = token

    def __call__(self, handle: Handle) -> Endpoint:
        """An endpoint that answers with what `handle` gives for the request and its body."""

        async def endpoint(request: Request) -> Response:
            body: Any = None
            reason = None
            try:
                body = await self._body(request)
                given = await handle(request, body)
                response = given if isinstance(given, Response) else JSONResponse(given)
            except Refused as refused:
                response = refused.response()
                reason = refused.reason if refused.is_fault else None
            response.headers.setdefault("X-Line-Request-Id", str(uuid.uuid4()))
            self._keep(request, response.status_code, body, reason)
            return response

        return endpoint

    async def unknown(self, request: Request) -> Response:
        """What is not imitated, or does not exist."""
        response = Refused(404, "Not found").response()
        self._keep(request, 404, None, "not an endpoint of this imitation")
        return response

    async def _body(self, request: Request) -> Any:
        if request.headers.get("authorization") != f"Bearer {self._token}":
            raise Refused(401, "Authentication failed. Confirm that the access token is valid.")
        raw = await request.body()
        kind = request.headers.get("content-type", "").partition(";")[0]
        if request.method == "GET" or not raw:
            return None
        if kind.startswith("image/"):
            return raw
        if kind != "application/json":
            raise Refused(415, "Unsupported media type")
        try:
            return json.loads(raw)
        except ValueError as error:
            raise Refused(400, "The request body could not be parsed as JSON") from error

    def _keep(self, request: Request, status: int, body: Any, reason: str | None) -> None:
        path = request.url.path
        self._platform.keep(
            Call(request.method, path, status, body, self._platform.clock(), request.headers, reason)
        )


def require(check: Check, body: Any) -> None:
    """Refuse a body that does not stand the check, as LINE words it."""
    faults = list(check(body, ()))
    in_flex = [fault for fault in faults if "contents" in fault.path[2:3]]
    if faults and len(in_flex) == len(faults):
        index = faults[0].path[1]
        raise Refused(400, f"A message (messages[{index}]) in the request body is invalid", _in_flex(in_flex))
    if faults:
        details = tuple((fault.message, fault.name) for fault in faults)
        raise Refused(400, f"The request body has {len(faults)} error(s)", details)


def _in_flex(faults: list[Fault]) -> tuple[tuple[str, str], ...]:
    return tuple((fault.message, Fault(fault.path[3:], "").pointer or "/") for fault in faults)
