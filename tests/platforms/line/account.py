"""What the account knows: itself, its users and groups, and where its webhook is."""

from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.routing import Route

from tests.platforms.checks import address, record
from tests.platforms.line.answers import Desk, Refused, require
from tests.platforms.line.chats import Chats
from tests.platforms.line.webhook import Webhook
from tests.platforms.platform import Clock

ENDPOINT = record({"endpoint": address(("https", "http"), 500)})
TEST = record({}, {"endpoint": address(("https", "http"), 500)})
LOOPBACK = ("127.0.0.1", "localhost")


class Account:
    """`name` is what users see and mention."""

    def __init__(self, chats: Chats, webhook: Webhook, clock: Clock, *, id: str, name: str) -> None:
        self.id = id
        self.name = name
        self._chats = chats
        self._webhook = webhook
        self._clock = clock

    def routes(self, desk: Desk) -> list[Route]:
        table = [
            ("GET", "info", self.read_info),
            ("GET", "profile/{user}", self.read_profile),
            ("GET", "group/{chat}/member/{user}", self.read_member),
            ("GET", "room/{chat}/member/{user}", self.read_member),
            ("POST", "group/{chat}/leave", self.leave),
            ("POST", "room/{chat}/leave", self.leave),
            ("GET", "channel/webhook/endpoint", self.read_endpoint),
            ("PUT", "channel/webhook/endpoint", self.set_endpoint),
            ("POST", "channel/webhook/test", self.test_endpoint),
        ]
        return [Route(f"/v2/bot/{path}", desk(handle), methods=[method]) for method, path, handle in table]

    async def read_info(self, _: Request, __: Any) -> dict[str, Any]:
        return {
            "userId": self.id,
            "basicId": "@000aaaaa",
            "displayName": self.name,
            "chatMode": "bot",
            "markAsReadMode": "auto",
        }

    async def read_profile(self, request: Request, _: Any) -> dict[str, Any]:
        """Only of those who have the account as a friend."""
        chat = self._chats.find(request.path_params["user"])
        if chat is None or not chat.is_friend:
            raise Refused(404, "Not found", is_fault=False)
        return {"userId": chat.id, "displayName": self._chats.display_name(chat.id), "language": "ja"}

    async def read_member(self, request: Request, _: Any) -> dict[str, Any]:
        chat, user = self._chats.find(request.path_params["chat"]), request.path_params["user"]
        if chat is None or user not in chat.members:
            raise Refused(404, "Not found", is_fault=False)
        return {"userId": user, "displayName": self._chats.display_name(user)}

    async def leave(self, request: Request, _: Any) -> dict[str, Any]:
        chat = self._chats.find(request.path_params["chat"])
        if chat is None or not chat.is_friend:
            raise Refused(404, "Not found")
        chat.is_friend = False
        return {}

    async def read_endpoint(self, _: Request, __: Any) -> dict[str, Any]:
        if not self._webhook.url:
            raise Refused(404, "Webhook endpoint not found", is_fault=False)
        return {"endpoint": self._webhook.url, "active": self._webhook.is_active}

    async def set_endpoint(self, _: Request, body: Any) -> dict[str, Any]:
        require(ENDPOINT, body)
        self._webhook.url = _secure(body["endpoint"])
        return {}

    async def test_endpoint(self, _: Request, body: Any) -> dict[str, Any]:
        """Send no event at all, and say what came back."""
        require(TEST, body or {})
        before = self._webhook.url
        self._webhook.url = _secure((body or {}).get("endpoint") or before)
        status = await self._webhook.post([])
        self._webhook.url = before
        is_good = status == 200
        return {
            "success": is_good,
            "timestamp": self._clock().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "statusCode": status or 0,
            "reason": "OK" if is_good else "ERROR_STATUS_CODE" if status else "COULD_NOT_CONNECT",
            "detail": str(status or "Connection failed"),
        }


def _secure(url: str) -> str:
    """LINE only takes https; an address of this machine is let through, for trying out."""
    if urlsplit(url).scheme != "https" and urlsplit(url).hostname not in LOOPBACK:
        raise Refused(400, "Invalid webhook endpoint URL")
    return url
