"""How Slack answers calls: ok or an error by name, from forms and from JSON. Every call is remembered."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.platforms.checks import Check, Fault, record
from tests.platforms.platform import Call, Platform

Arguments = dict[str, Any]
Handle = Callable[[Arguments], Awaitable[dict[str, Any]]]

AS_JSON = ("blocks", "metadata", "view", "attachments")
AS_BOOLEAN = (
    "include_all_metadata",
    "inclusive",
    "mrkdwn",
    "unfurl_links",
    "unfurl_media",
    "reply_broadcast",
    "link_names",
    "return_im",
)
AS_NUMBER = ("limit",)


@dataclass(frozen=True)
class Refused(Exception):
    """The error that Slack names. `is_fault`: a careful client would not have asked."""

    error: str
    messages: tuple[str, ...] = ()
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    is_fault: bool = True

    @property
    def reason(self) -> str:
        return "; ".join([self.error, *self.messages])

    def response(self) -> JSONResponse:
        more = {"response_metadata": {"messages": list(self.messages)}} if self.messages else {}
        body = {"ok": False, "error": self.error, **more}
        return JSONResponse(body, status_code=self.status, headers=dict(self.headers))


@dataclass(frozen=True)
class Method:
    """What a method does, and the arguments it takes."""

    handle: Handle
    required: Mapping[str, Check]
    optional: Mapping[str, Check]


class Desk:
    """Lets in whoever has the token, reads the arguments however they come, and writes down how it ended."""

    def __init__(self, platform: Platform, token: str, methods: Mapping[str, Method]) -> None:
        self.is_installed = True
        self._platform = platform
        self._token = token
        self._methods = methods

    async def take(self, request: Request) -> Response:
        """Any method of the Web API."""
        arguments: Arguments = {}
        reason = None
        try:
            arguments = await _arguments(request)
            response: Response = JSONResponse({"ok": True, **await self._call(request, arguments)})
        except Refused as refused:
            response = refused.response()
            reason = refused.reason if refused.is_fault else None
        self.keep(request, response.status_code, arguments, reason)
        return response

    def keep(self, request: Request, status: int, body: Any, reason: str | None) -> None:
        path = request.url.path
        self._platform.keep(
            Call(request.method, path, status, body, self._platform.clock(), request.headers, reason)
        )

    async def _call(self, request: Request, arguments: Arguments) -> dict[str, Any]:
        self._let_in(request, arguments.pop("token", None))
        method = self._methods.get(request.path_params["method"])
        if method is None:
            raise Refused("unknown_method")
        if "blocks" in arguments and "blocks" in method.optional:
            require(method.optional["blocks"], arguments["blocks"], "invalid_blocks", "blocks")
        require(record(method.required, method.optional), arguments, "invalid_arguments")
        return await method.handle(arguments)

    def _let_in(self, request: Request, given: str | None) -> None:
        shown = request.headers.get("authorization", "").removeprefix("Bearer ") or given
        if not shown:
            raise Refused("not_authed")
        if shown != self._token:
            raise Refused("invalid_auth")
        if not self.is_installed:
            raise Refused("account_inactive", is_fault=False)


def require(check: Check, value: Any, error: str, *path: str) -> None:
    """Refuse a value that does not stand the check, with a pointer to each fault."""
    faults = list(check(value, path))
    if faults:
        raise Refused(error, tuple(_told(fault) for fault in faults))


def _told(fault: Fault) -> str:
    return f"[ERROR] {fault.message} [json-pointer:{fault.pointer}]"


async def _arguments(request: Request) -> Arguments:
    """From the address and the body. Slack leaves out what has no value."""
    kind = request.headers.get("content-type", "").partition(";")[0]
    raw = await request.body()
    given: Arguments = dict(request.query_params)
    if kind == "application/json" and raw:
        given |= _decoded(raw, "invalid_json")
    elif raw:
        given |= dict(parse_qsl(raw.decode(), keep_blank_values=True))
    return {name: _read(name, value) for name, value in given.items() if value is not None}


def _read(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in AS_JSON:
        return _decoded(value.encode(), f"invalid_{name}_format")
    if name in AS_BOOLEAN:
        return value.lower() in ("true", "1")
    if name in AS_NUMBER and value.isdigit():
        return int(value)
    return value


def _decoded(raw: bytes, error: str) -> Any:
    try:
        return json.loads(raw)
    except ValueError as broken:
        raise Refused(error) from broken
