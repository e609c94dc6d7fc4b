"""Joins the console to the application."""

from datetime import timedelta
from typing import Annotated

from fastapi import FastAPI, Request, Response

from api.config import Settings
from api.console import audit, login, me, people, setup
from api.console.door import Door, Visit, access
from api.console.page import console_router, go
from api.db import Database
from api.errors import NotFound
from api.staff.attempts import Attempts
from api.staff.entrance import Clock, Entrance
from api.staff.passwords import Passwords
from api.staff.sessions import Lifetime
from api.staff.store import Store

Inside = Annotated[Visit, access()]

rest = console_router()


def open_console(app: FastAPI, database: Database, settings: Settings, clock: Clock) -> Door:
    """Add the pages. Routers of others under /staff find the door by themselves; they come before this."""
    lifetime = Lifetime(timedelta(seconds=settings.staff_idle), timedelta(seconds=settings.staff_session))
    entrance = Entrance(Store(database), Passwords(), Attempts(), lifetime, clock)
    door = app.state.door = Door(entrance, public_url=settings.public_url)
    for router in (login.router, setup.router, me.router, people.router, audit.router, rest):
        app.include_router(router)
    return door


@rest.get("")
async def start(request: Request, visit: Inside) -> Response:
    return go(me.ME)


@rest.get("/{path:path}")
async def nothing(request: Request, path: str, visit: Inside) -> Response:
    """Only whoever is inside learns which pages there are."""
    raise NotFound
