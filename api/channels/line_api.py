"""LINE's Messaging API, as far as we use it.

Not through the SDK's client: that one reads the proxy variables of the machine whatever it is told, and
has no time limit for connecting of its own.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import httpx2
import structlog

from api.errors import NotDelivered, OutOfQuota, TicketRefused, TryLater, Undeliverable

CONNECT = 2.0  # seconds
WHOLE = 10.0
LOADING = 20  # seconds that the moving dots stay, if no answer comes; 5 to 60 in steps of 5
QUOTA_AGE = timedelta(hours=1)
MONTHLY = "monthly limit"

log = structlog.get_logger(__name__)


class LineApi:
    """Every call ends in time: with an answer that says yes, or with a NotDelivered."""

    def __init__(self, url: str, token: str) -> None:
        self._client = httpx2.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx2.Timeout(WHOLE, connect=CONNECT),
            trust_env=False,
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def reply(self, ticket: str, messages: list[dict[str, Any]]) -> None:
        """Answer with a reply token, which costs nothing. It takes no retry key: LINE refuses one here."""
        response = await self._post("/v2/bot/message/reply", {"replyToken": ticket, "messages": messages})
        if response.status_code == httpx2.codes.BAD_REQUEST:
            raise TicketRefused
        _check(response)

    async def push(self, to: str, messages: list[dict[str, Any]], *, key: str) -> None:
        """Send without having been asked, which counts. With the same key it is sent once."""
        body = {"to": to, "messages": messages}
        response = await self._post("/v2/bot/message/push", body, headers={"X-Line-Retry-Key": key})
        if response.status_code != httpx2.codes.CONFLICT:  # that one says: accepted before
            _check(response)

    async def show_loading(self, user: str) -> None:
        """Let the three dots move. Whether they do is not important."""
        try:
            _check(
                await self._post("/v2/bot/chat/loading/start", {"chatId": user, "loadingSeconds": LOADING})
            )
        except NotDelivered as trouble:
            log.info("line_loading_failed", code=trouble.code)

    async def pushes_left(self) -> int | None:
        """How many pushes this month still has. None: there is no limit."""
        quota = _object(await self._send("GET", "/v2/bot/message/quota"))
        if quota.get("type") != "limited":
            return None
        used = _object(await self._send("GET", "/v2/bot/message/quota/consumption"))
        return int(quota.get("value", 0)) - int(used.get("totalUsage", 0))

    async def _post(
        self, path: str, body: dict[str, Any], headers: dict[str, str] | None = None
    ) -> httpx2.Response:
        return await self._send("POST", path, json=body, headers=headers)

    async def _send(self, method: str, path: str, **more: Any) -> httpx2.Response:
        try:
            async with asyncio.timeout(WHOLE):
                return await self._client.request(method, path, **more)
        except (TimeoutError, httpx2.RequestError) as error:
            raise TryLater from error


class Quota:
    """What is left of this month's pushes, asked once an hour and counted down between."""

    def __init__(self, api: LineApi, clock: Callable[[], datetime]) -> None:
        self._api = api
        self._clock = clock
        self._left: int | None = None
        self._read_at: datetime | None = None

    async def check(self) -> None:
        """Raises OutOfQuota. While LINE does not tell, there is some: the push itself will show."""
        await self._refresh()
        if self._left is not None and self._left < 1:
            raise OutOfQuota

    def spend(self) -> None:
        """A push was accepted."""
        if self._left is not None:
            self._left -= 1

    async def _refresh(self) -> None:
        now = self._clock()
        if self._read_at and now - self._read_at < QUOTA_AGE:
            return
        try:
            self._left, self._read_at = await self._api.pushes_left(), now
        except NotDelivered as trouble:
            log.warning("line_quota_unknown", code=trouble.code)


def _check(response: httpx2.Response) -> None:
    """Raises what a refusal means for the delivery."""
    status = response.status_code
    if response.is_success:
        return
    if status == httpx2.codes.TOO_MANY_REQUESTS:
        raise OutOfQuota if MONTHLY in response.text else TryLater(_retry_after(response))
    # A wrong token is the operator's to mend; until then nothing is lost.
    if status in (httpx2.codes.UNAUTHORIZED, httpx2.codes.FORBIDDEN) or response.is_server_error:
        raise TryLater(_retry_after(response))
    raise Undeliverable(f"line_{status}")


def _retry_after(response: httpx2.Response) -> float | None:
    given = response.headers.get("Retry-After", "")
    return float(given) if given.isascii() and given.isdigit() else None


def _object(response: httpx2.Response) -> dict[str, Any]:
    _check(response)
    try:
        found = response.json()
    except ValueError as error:
        raise TryLater from error
    return found if isinstance(found, dict) else {}
