"""The platforms that are switched on. Each is loaded only then: what it stands on is heavy."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from api.config import Settings, SlackSettings
from api.conversations.alerts import Board
from api.conversations.channel import Channel
from api.conversations.courier import Courier, Couriers
from api.conversations.service import Conversations


@dataclass(frozen=True)
class Platform:
    """A way in and out of one name. `close` gives its connections back. On its `board` staff read who asks for them."""

    name: str
    courier: Courier
    channel: Callable[[Conversations], Channel]
    close: Callable[[], Awaitable[None]]
    board: Board | None = None


def platforms(settings: Settings, clock: Callable[[], datetime]) -> list[Platform]:
    """Those whose keys are set."""
    return list(_platforms(settings, clock))


def _platforms(settings: Settings, clock: Callable[[], datetime]) -> Iterator[Platform]:
    if line := settings.line:
        from api.channels.line import LineChannel
        from api.channels.line_courier import LineCourier

        secret = line.secret
        courier = LineCourier(line.api, line.token, clock)
        yield Platform("line", courier, lambda to: LineChannel(to, secret, clock), courier.close)

    if slack := settings.slack:
        yield _slack(slack, settings.public_url, clock)


def _slack(slack: SlackSettings, public_url: str | None, clock: Callable[[], datetime]) -> Platform:
    from api.channels import slack_alerts
    from api.channels.slack import Slack
    from api.channels.slack_api import SlackApi
    from api.channels.slack_asides import Asides
    from api.channels.slack_courier import SlackCourier

    api = SlackApi(slack.token, slack.api)
    asides, courier = Asides(api), SlackCourier(api)

    async def close() -> None:
        await asides.close()
        await api.close()

    board = slack_alerts.board(slack.alerts, public_url, courier) if slack.alerts and public_url else None
    return Platform("slack", courier, lambda to: Slack(to, asides, slack.secret, clock), close, board)


def couriers(joined: Iterable[Platform]) -> Couriers:
    """Who delivers on which channel; a board is a channel too."""
    visitors = {platform.name: platform.courier for platform in joined}
    return visitors | {board.channel: board.courier for board in boards(joined)}


def boards(joined: Iterable[Platform]) -> list[Board]:
    """Where staff read who asks for them."""
    return [platform.board for platform in joined if platform.board]


@asynccontextmanager
async def opened(joined: list[Platform]) -> AsyncIterator[None]:
    """Close them all at the end."""
    async with AsyncExitStack() as stack:
        for platform in joined:
            stack.push_async_callback(platform.close)
        yield
