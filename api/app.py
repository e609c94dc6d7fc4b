"""Joins the parts into one application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import Lifespan

from api.bot import Bot
from api.channels.platforms import boards, couriers, opened, platforms
from api.channels.web import Web
from api.config import Settings
from api.console.joined import open_console
from api.conversations.alerts import Alerts
from api.conversations.channel import Channel
from api.conversations.service import Conversations, Patience
from api.conversations.store import Store
from api.db import Database
from api.errors import MethodNotAllowed, NotFound, Trouble, WrongField, as_response
from api.form.links import links
from api.form.pages import Form
from api.health import Health
from api.middleware import SECURITY, BodyLimit, OtherSites, SecurityHeaders
from api.widget.pages import Static, serve

FORM = Path(__file__).parent / "form"
CONSOLE = Path(__file__).parent / "console"
BY_STATUS: dict[int, type[Trouble]] = {404: NotFound, 405: MethodNotAllowed}


def create_app(settings: Settings) -> FastAPI:
    """The gateway. Nothing is opened before its lifespan begins."""
    database, bot = Database(settings.database), Bot(settings.bot_url)
    store = Store(database)
    patience = Patience(timeout=settings.bot_timeout, unreachable=settings.bot_patience)
    joined = platforms(settings, _now)
    conversations = Conversations(
        store,
        bot,
        patience,
        _now,
        couriers(joined),
        form_link=links(store, settings.public_url, _now),
    )
    channels: list[Channel] = [
        Web(conversations, _now, origins=settings.widget_origins),
        *(platform.channel(conversations) for platform in joined),
    ]
    alerts = [Alerts(store, board, _now) for board in boards(joined)]

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        database.open()
        try:
            async with bot, opened(joined):
                await conversations.start()
                for each in alerts:
                    each.start()
                yield
                for each in alerts:
                    await each.stop()
                await conversations.stop()
        finally:
            database.close()

    app = _application(lifespan, settings)
    form = Form(conversations, _now)
    for router in (Health(store, bot).router, form.router, *(channel.router for channel in channels)):
        app.include_router(router)
    app.mount("/form/static", Static(directory=FORM / "static"))
    app.mount("/staff/static", Static(directory=CONSOLE / "static"))
    open_console(app, database, settings, _now)
    serve(app, with_demo=settings.has_demo)
    return app


def _application(lifespan: Lifespan[FastAPI], settings: Settings) -> FastAPI:
    app = FastAPI(
        title="Madoguchi",
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,  # both pages load their scripts from elsewhere
        redoc_url=None,
        telemetry={"auto_configure": False, "logs": False},
    )
    app.add_middleware(BodyLimit)
    app.add_middleware(OtherSites, origins=settings.widget_origins)
    app.add_middleware(SecurityHeaders)
    app.add_exception_handler(Trouble, _on_trouble)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(RequestValidationError, _on_wrong_field)
    app.add_exception_handler(Exception, _on_bug)
    return app


async def _on_trouble(_: Request, trouble: Exception) -> JSONResponse:
    assert isinstance(trouble, Trouble)
    return as_response(trouble)


async def _on_http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    response = as_response(BY_STATUS.get(error.status_code, Trouble)())
    response.status_code = error.status_code
    response.headers.update(error.headers or {})
    return response


async def _on_wrong_field(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    return as_response(WrongField(name=str(error.errors()[0]["loc"][-1])))


async def _on_bug(_: Request, error: Exception) -> JSONResponse:
    """This answer is given outside our middleware, so it brings the headers itself."""
    response = as_response(Trouble())
    response.headers.update(SECURITY)
    return response


def _now() -> datetime:
    return datetime.now(UTC)
