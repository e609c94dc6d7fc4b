"""The calls that say something to a user: reply, push, their trial runs, and the three moving dots."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.platforms.checks import boolean, items, record, string, whole
from tests.platforms.line.answers import Desk, Handle, Refused, require
from tests.platforms.line.chat import Chat, Shown
from tests.platforms.line.chats import Chats
from tests.platforms.line.messages import MESSAGES
from tests.platforms.platform import Clock

TOKEN_LIFETIME = timedelta(minutes=1)
KEY_LIFETIME = timedelta(hours=24)
MONTHLY_LIMIT = "You have reached your monthly limit."
WRONG_RECIPIENT = "The property, 'to', in the request body is invalid"

REPLY = record({"replyToken": string(), "messages": MESSAGES}, {"notificationDisabled": boolean})
PUSH = record(
    {"to": string(), "messages": MESSAGES},
    {"notificationDisabled": boolean, "customAggregationUnits": items(string(1, 30), 0, 1)},
)
VALIDATE = record({"messages": MESSAGES})
LOADING = record({"chatId": string()}, {"loadingSeconds": whole(5, 60, step=5)})


@dataclass(frozen=True)
class Accepted:
    """A push that was accepted under a retry key."""

    body: Any
    request: str
    answer: dict[str, Any]
    at: datetime


class Messaging:
    """`tokens`: the reply tokens that can still be spent, with their chat and birth. `quota`: None is no limit."""

    def __init__(self, chats: Chats, clock: Clock, *, quota: int | None) -> None:
        self.tokens: dict[str, tuple[str, datetime]] = {}
        self._spent: dict[str, Any] = {}
        self.quota = quota
        self.used = 0
        self._chats = chats
        self._clock = clock
        self._accepted: dict[str, Accepted] = {}

    def routes(self, desk: Desk) -> list[Route]:
        posts: dict[str, Handle] = {
            "message/reply": self.reply,
            "message/push": self.push,
            "message/validate/reply": self.validate,
            "message/validate/push": self.validate,
            "chat/loading/start": self.load,
        }
        gets: dict[str, Handle] = {
            "message/quota": self.read_quota,
            "message/quota/consumption": self.read_consumption,
        }
        return [
            *(Route(f"/v2/bot/{path}", desk(handle), methods=["POST"]) for path, handle in posts.items()),
            *(Route(f"/v2/bot/{path}", desk(handle), methods=["GET"]) for path, handle in gets.items()),
        ]

    async def reply(self, request: Request, body: Any) -> dict[str, Any]:
        _without_key(request)
        require(REPLY, body)
        token = body["replyToken"]
        chat, issued = self.tokens.get(token, (None, self._clock()))
        if chat is None or self._clock() - issued > TOKEN_LIFETIME:
            # Who lost the answer cannot but ask the very same thing again.
            raise Refused(400, "Invalid reply token", is_fault=self._spent.get(token) != body)
        del self.tokens[token]
        self._spent[token] = body
        return self._show(self._chats[chat], body["messages"], "reply")

    async def push(self, request: Request, body: Any) -> Response:
        key = _key(request)
        self._refuse_repetition(key, body)
        require(PUSH, body)
        chat = self._recipient(body["to"])
        cost = len(chat.members) or 1
        if self.quota is not None and self.used + cost > self.quota:
            raise Refused(429, MONTHLY_LIMIT, is_fault=False)
        self.used += cost
        answer = self._show(chat, body["messages"], "push")
        name = str(uuid.uuid4())
        if key:
            self._accepted[key] = Accepted(body, name, answer, self._clock())
        return JSONResponse(answer, headers={"X-Line-Request-Id": name})

    async def validate(self, request: Request, body: Any) -> dict[str, Any]:
        _without_key(request)
        require(VALIDATE, body)
        return {}

    async def load(self, request: Request, body: Any) -> Response:
        _without_key(request)
        require(LOADING, body)
        chat = self._chats.find(body["chatId"])
        if chat is None or not chat.id.startswith("U"):
            raise Refused(400, "The property, 'chatId', in the request body is invalid")
        chat.loading.append(body.get("loadingSeconds", 20))
        chat.is_loading = chat.is_friend
        return JSONResponse({}, status_code=202)

    async def read_quota(self, _: Request, __: Any) -> dict[str, Any]:
        return {"type": "none"} if self.quota is None else {"type": "limited", "value": self.quota}

    async def read_consumption(self, _: Request, __: Any) -> dict[str, Any]:
        return {"totalUsage": self.used}

    def _refuse_repetition(self, key: str | None, body: Any) -> None:
        """The same key again is refused within a day; with another body it is the caller's fault."""
        before = self._accepted.get(key) if key else None
        if before is None or self._clock() - before.at > KEY_LIFETIME:
            return
        raise Refused(
            409,
            "The retry key is already accepted",
            more=(("sentMessages", before.answer["sentMessages"]),),
            headers=(("x-line-accepted-request-id", before.request),),
            is_fault=body != before.body,
        )

    def _recipient(self, to: str) -> Chat:
        chat = self._chats.find(to)
        if chat is None:
            raise Refused(400, WRONG_RECIPIENT)
        return chat

    def _show(self, chat: Chat, messages: list[dict[str, Any]], how: Any) -> dict[str, Any]:
        """Put the messages on the screen. Who blocked the account sees nothing, and the call succeeds."""
        ids = [self._chats.new_id() for _ in messages]
        for name, message in zip(ids, messages, strict=True):
            if chat.is_friend:
                chat.show(Shown(name, "bot", how, message, self._clock()))
        return {"sentMessages": [{"id": name, "quoteToken": secrets.token_hex(8)} for name in ids]}


def _key(request: Request) -> str | None:
    key = request.headers.get("x-line-retry-key")
    if key is not None:
        try:
            uuid.UUID(key)
        except ValueError as error:
            raise Refused(400, "The retry key must be a UUID") from error
    return key


def _without_key(request: Request) -> None:
    if "x-line-retry-key" in request.headers:
        raise Refused(400, "The retry key is not supported by this endpoint")
