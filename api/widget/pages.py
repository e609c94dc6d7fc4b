"""Serves our own page, its modules, and the element for other sites."""

from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import FileResponse, Response
from fastapi.staticfiles import StaticFiles

from api.widget.bundle import Served, script, style_sheet

FOLDER = Path(__file__).parent
# Any site may load what every visitor gets anyway; whom the chat answers is decided where a conversation begins.
SHARED = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
ASK_FIRST = {"Cache-Control": "no-cache"}
KEEP_A_WHILE = {"Cache-Control": "public, max-age=300", "Vary": "Accept-Encoding"}


def serve(app: FastAPI, *, with_demo: bool) -> None:
    """Add the pages. The demo is a made-up site that holds the element."""
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/", _page, methods=["GET", "HEAD"])
    for path, served in (("/widget.js", script()), ("/widget.css", style_sheet())):
        router.add_api_route(path, _giver(served), methods=["GET", "HEAD"])
    app.include_router(router)
    app.mount("/static", Static(directory=FOLDER / "static", check_dir=False))
    if with_demo:
        app.mount("/demo", Static(directory=FOLDER / "demo", html=True))


class Static(StaticFiles):
    """The page's modules belong together: a browser must ask before it uses an old one."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers.update(ASK_FIRST | SHARED)
        return response


async def _page() -> FileResponse:
    return FileResponse(FOLDER / "index.html", headers=ASK_FIRST)


def _giver(served: Served) -> Any:
    async def give(request: Request) -> Response:
        headers = {"ETag": served.tag, **KEEP_A_WHILE, **SHARED}
        if served.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(served.body, headers=headers, media_type=served.media_type)
        return Response(
            served.packed, headers=headers | {"Content-Encoding": "gzip"}, media_type=served.media_type
        )

    return give
