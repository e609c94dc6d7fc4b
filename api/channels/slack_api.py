"""Calls of Slack's Web API: what we need of it, with its troubles under our names."""

import re
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from api.channels.slack_piece import Block, Post
from api.errors import NotDelivered, TryLater, Undeliverable

CONNECT, WHOLE = 2.0, 10.0  # seconds that a call may take
DELIVERY = "madoguchi_delivery"
CLOCK_SKEW = timedelta(minutes=2)  # how far Slack's clock may be behind ours
PAGE = 200
MOST_PAGES = 5
CODE = re.compile(r"[a-z0-9_]{1,64}")

# These pass, or an operator can put them right while we try again. Every other error is about this one channel.
PASSING = frozenset(
    {
        "accesslimited",
        "fatal_error",
        "internal_error",
        "invalid_auth",
        "missing_scope",
        "not_authed",
        "org_login_required",
        "rate_limited",
        "ratelimited",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
        "token_expired",
    }
)


@dataclass(frozen=True)
class Place:
    """A channel, or a thread in it."""

    channel: str
    thread: str | None

    @property
    def is_direct(self) -> bool:
        """Whether one person alone reads here."""
        return self.channel.startswith("D")


class SlackApi:
    """Keeps its connections from the first call until it is closed.

    It repeats nothing by itself: a call that was lost on the way may have had its effect.
    """

    def __init__(self, token: str, base: str) -> None:
        self._client = AsyncWebClient(token=token, base_url=base, retry_handlers=[])
        self._client.proxy = None  # the SDK reads the machine's proxy variables; only our settings may

    async def close(self) -> None:
        session, self._client.session = self._client.session, None
        if session:
            await session.close()

    async def post(self, place: Place, post: Post, *, key: str, part: int) -> None:
        """Say it there. The key and the part stand with it, unseen, so that it can be found again."""
        await self._answered(
            self._client.chat_postMessage,
            channel=place.channel,
            thread_ts=place.thread,
            text=post.text,
            blocks=list(post.blocks),
            metadata={"event_type": DELIVERY, "event_payload": {"key": key, "part": part}},
            # For a preview Slack would open the link to somebody's form.
            unfurl_links=False,
            unfurl_media=False,
        )

    async def parts_there(self, place: Place, key: str, *, since: datetime) -> frozenset[int]:
        """The parts that were said under this key."""
        found: set[int] = set()
        oldest, cursor = f"{(since - CLOCK_SKEW).timestamp():.6f}", ""
        for _ in range(MOST_PAGES):
            page = await self._page(place, oldest=oldest, cursor=cursor)
            found.update(_parts(page.get("messages") or (), key))
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return frozenset(found)

    async def open_direct(self, user: str) -> str:
        """The channel of this person's direct messages."""
        answer = await self._answered(self._client.conversations_open, users=user)
        return str(answer["channel"]["id"])

    async def tell_one(self, place: Place, user: str, text: str) -> None:
        """Say something that only this person sees, once."""
        await self._answered(
            self._client.chat_postEphemeral,
            channel=place.channel,
            thread_ts=place.thread,
            user=user,
            text=text,
        )

    async def update(self, channel: str, ts: str, text: str, blocks: Iterable[Block]) -> None:
        """Put something else in the place of a message of ours."""
        await self._answered(self._client.chat_update, channel=channel, ts=ts, text=text, blocks=list(blocks))

    async def publish_home(self, user: str, view: dict[str, Any]) -> None:
        await self._answered(self._client.views_publish, user_id=user, view=view)

    async def _page(self, place: Place, *, oldest: str, cursor: str) -> AsyncSlackResponse:
        options = {"oldest": oldest, "limit": PAGE, "include_all_metadata": True, "cursor": cursor or None}
        if place.thread:
            return await self._answered(
                self._client.conversations_replies, channel=place.channel, ts=place.thread, **options
            )
        return await self._answered(self._client.conversations_history, channel=place.channel, **options)

    async def _answered(self, method: Any, **arguments: Any) -> AsyncSlackResponse:
        """Raises TryLater and Undeliverable. They are not chained: the SDK's errors quote what was sent."""
        self._connect()
        call: Awaitable[AsyncSlackResponse] = method(**arguments)
        try:
            return await call
        except SlackApiError as error:
            raise _trouble(error) from None
        except (aiohttp.ClientError, TimeoutError):
            raise TryLater from None

    def _connect(self) -> None:
        if self._client.session is None:
            timeout = aiohttp.ClientTimeout(total=WHOLE, connect=CONNECT)
            self._client.session = aiohttp.ClientSession(timeout=timeout)


def _parts(messages: Iterable[dict[str, Any]], key: str) -> set[int]:
    payloads = [(message.get("metadata") or {}).get("event_payload") or {} for message in messages]
    return {payload["part"] for payload in payloads if payload.get("key") == key}


def _trouble(error: SlackApiError) -> NotDelivered:
    """What an error means for a delivery. One without a name came from a server in between."""
    response = error.response
    answer = response.data if isinstance(response, AsyncSlackResponse) else None
    code = answer.get("error") if isinstance(answer, dict) else None
    if not isinstance(code, str) or not CODE.fullmatch(code) or code in PASSING:
        return TryLater(_retry_after(response))
    return Undeliverable(code)


def _retry_after(response: Any) -> float | None:
    try:
        return float(response.headers["Retry-After"])
    except (AttributeError, KeyError, ValueError):
        return None
