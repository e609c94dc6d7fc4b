"""Serves a page for trying out a platform: its files, its acts, and what is on its screen as it changes."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from tests.platforms.platform import Platform

SHARED = Path(__file__).parent / "shared"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SECURITY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

Act = Callable[[Mapping[str, Any]], Awaitable[bool]]
View = Callable[[str], dict[str, Any]]


class DemoPage:
    """`acts`: what the page can do, each saying whether the gateway took it; `view`: what a user then sees."""

    def __init__(self, platform: Platform, folder: Path, *, acts: Mapping[str, Act], view: View) -> None:
        self._platform = platform
        self._files = {path.name: path for place in (SHARED, folder) for path in place.iterdir()}
        self._acts = acts
        self._view = view

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/", self._index),
            Route("/demo/files/{name}", self._file),
            Route("/demo/events", self._events),
            Route("/demo/acts/{name}", self._act, methods=["POST"]),
        ]

    async def _index(self, _: Request) -> Response:
        return FileResponse(self._files["index.html"], headers=SECURITY)

    async def _file(self, request: Request) -> Response:
        path = self._files.get(request.path_params["name"])
        if path is None or path.suffix not in KINDS:
            return Response(status_code=404, headers=SECURITY)
        return FileResponse(path, media_type=KINDS[path.suffix], headers=SECURITY)

    async def _act(self, request: Request) -> Response:
        """Only JSON is taken: a form on another site cannot send it."""
        act = self._acts.get(request.path_params["name"])
        if act is None or request.headers.get("content-type", "").partition(";")[0] != "application/json":
            return JSONResponse({"error": "unknown"}, status_code=404, headers=SECURITY)
        try:
            is_taken = await act(dict(await request.json()))
        except (ValueError, TypeError, LookupError, AssertionError):
            return JSONResponse({"error": "impossible"}, status_code=400, headers=SECURITY)
        return JSONResponse({"taken": is_taken}, headers=SECURITY)

    async def _events(self, request: Request) -> Response:
        user = request.query_params.get("user", "")
        return EventSourceResponse(self._views(user), headers={"X-Content-Type-Options": "nosniff"})

    async def _views(self, user: str) -> AsyncIterator[ServerSentEvent]:
        """What the user sees, now and after every change."""
        before = ""
        while True:
            view = json.dumps(self._view(user), ensure_ascii=False)
            if view != before:
                yield ServerSentEvent(data=view)
                before = view
            else:
                await self._platform.next_change()
