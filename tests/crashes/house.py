"""A real house with LINE and Slack imitated beside it, whose processes can be killed."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from scripts.lib.house import House, free_port
from scripts.lib.supervisor import Supervisor
from tests.api.serving import listening
from tests.crashes.log import Log
from tests.crashes.network import Forgetful, Slow
from tests.platforms.line import FakeLine
from tests.platforms.platform import Platform
from tests.platforms.slack import FakeSlack

READY_SECONDS = 180.0
AMID = 1.0  # seconds that we wait for the moment in which a death does most harm
LONGEST_DELAY = 1.0  # seconds before a restart: what is killed again and again is not to blame here
AGAIN = (0.5, 1, 2, 3, 5, 5, 10, 10, 10, 10)  # seconds after which a platform sends once more, each time
ALERTS = "alerts"


class NotReady(Exception):
    """A process of the house did not become ready."""


@dataclass(frozen=True)
class CrashHouse:
    """Its address, its log, both platforms."""

    address: str
    log: Log
    line: FakeLine
    slack: FakeSlack
    supervisor: Supervisor
    networks: tuple[Slow, ...]

    async def ready(self) -> None:
        """Wait until all processes answer. Raises NotReady."""
        late = await self.supervisor.wait_until_ready(READY_SECONDS)
        if late:
            raise NotReady(late)

    async def kill(self, name: str) -> None:
        """Kill this process without a warning, as soon as there is one. Returns when it is gone."""
        if name == "gateway":
            await self._moment()
        while (process := self.supervisor.process(name)) is None:
            await asyncio.sleep(0.05)
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        while self.supervisor.process(name) == process:
            await asyncio.sleep(0.01)

    async def _moment(self) -> None:
        """When a platform has said something and the gateway does not know it yet; if that comes soon."""
        with suppress(TimeoutError):
            async with asyncio.timeout(AMID):
                while not any(network.said for network in self.networks):
                    await asyncio.sleep(0.01)


@asynccontextmanager
async def crash_house(model: Path, folder: Path) -> AsyncIterator[CrashHouse]:
    """Ready when the block begins, gone when it ends."""
    port = free_port()
    async with AsyncExitStack() as stack:
        line, slack = _platforms(f"http://127.0.0.1:{port}/webhooks")
        networks = await _opened((line, slack), stack)
        settings = _settings(line, slack, f"http://127.0.0.1:{port}")
        house = House(folder, model, free_port(), free_port(), port, settings=settings)
        supervisor = Supervisor(house.programs(), say=_say, longest_delay=LONGEST_DELAY)
        supervisor.start()
        stack.push_async_callback(supervisor.ended)
        found = CrashHouse(
            house.address.rstrip("/"),
            Log(folder / "madoguchi.sqlite"),
            line,
            slack,
            supervisor,
            networks,
        )
        await found.ready()
        yield found


def _platforms(webhooks: str) -> tuple[FakeLine, FakeSlack]:
    random = Random(webhooks)
    line = FakeLine(webhook=f"{webhooks}/line", transport=Forgetful(random))
    slack = FakeSlack(gateway=f"{webhooks}/slack", transport=Forgetful(random))
    line.redeliver_after(*AGAIN)
    slack.retry_after(*AGAIN)
    slack.channel(ALERTS)
    return line, slack


async def _opened(platforms: Iterable[Platform], stack: AsyncExitStack) -> tuple[Slow, ...]:
    """They listen, each at the end of its network."""
    networks = []
    for platform in platforms:
        await platform.open()
        stack.push_async_callback(platform.close)
        networks.append(Slow(platform.app, Random(platform.url)))
        await stack.enter_async_context(listening(networks[-1], port=platform.port))
    return tuple(networks)


def _settings(line: FakeLine, slack: FakeSlack, public_url: str) -> dict[str, str]:
    return {
        "DATABASE_URL": "",
        "PUBLIC_URL": public_url,
        "LINE_CHANNEL_SECRET": line.secret,
        "LINE_CHANNEL_ACCESS_TOKEN": line.token,
        "LINE_API_BASE": line.url,
        "SLACK_SIGNING_SECRET": slack.secret,
        "SLACK_BOT_TOKEN": slack.token,
        "SLACK_API_BASE": slack.api,
        "SLACK_ALERTS_CHANNEL": slack.channel(ALERTS),
    }


def _say(line: str) -> None:
    print(f"! {line}", file=sys.stderr, flush=True)
