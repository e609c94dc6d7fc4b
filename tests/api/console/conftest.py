"""The console with a clock that can be turned, and staff who log in."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from fastapi import FastAPI

from api.config import Settings
from api.console.door import Door
from api.console.joined import open_console
from api.db import Database
from tests.api.console.colleague import Colleague, Watch

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture
def watch() -> Watch:
    return Watch(NOW)


@pytest.fixture
def app() -> FastAPI:
    return FastAPI()


@pytest_asyncio.fixture
async def door(tmp_path: Path, watch: Watch, app: FastAPI) -> AsyncIterator[Door]:
    settings = Settings(folder=tmp_path)
    database = Database(settings.database)
    database.open()
    yield open_console(app, database, settings, watch)
    database.close()


@pytest_asyncio.fixture
async def admin(app: FastAPI, door: Door, watch: Watch) -> AsyncIterator[Colleague]:
    """Somebody who has set everything up and is inside, since less than ten minutes."""
    async with Colleague(app, door, watch) as colleague:
        await colleague.arrive("sato", role="admin")
        yield colleague


@pytest_asyncio.fixture
async def stranger(app: FastAPI, door: Door, watch: Watch) -> AsyncIterator[Colleague]:
    async with Colleague(app, door, watch) as colleague:
        yield colleague
