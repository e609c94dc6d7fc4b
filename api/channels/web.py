"""The web channel: a page posts messages and reads the answers as server-sent events."""

import secrets
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import aclosing
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel
from sse_starlette import EventSourceResponse, ServerSentEvent

from api.channels.buttons import ButtonPlace, pressed
from api.channels.posted import SCHEMA, SESSION_SCHEMA, read, read_session
from api.channels.shown import ShownMessage, shown
from api.conversations.channel import Inbound
from api.conversations.live import Typing
from api.conversations.manner import Manner
from api.conversations.models import Message
from api.conversations.service import Conversations
from api.errors import OriginRefused, UnknownConversation

PING = 15  # seconds
MOST = 2**31 - 1

Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))]
After = Annotated[int, Query(ge=0, le=MOST)]
LastEventId = Annotated[int | None, Header(ge=0, le=MOST)]


class Session(BaseModel):
    """A new conversation: its only key, and what it begins with."""

    token: str
    messages: list[ShownMessage]


class Kept(BaseModel):
    """The message is on the disk."""

    id: str
    sequence: int


class Messages(BaseModel):
    """Messages in order."""

    messages: list[ShownMessage]


class Web:
    """Knows a visitor by a token that only the visitor's page has; we keep its hash."""

    name = "web"

    def __init__(
        self, conversations: Conversations, clock: Callable[[], datetime], *, origins: Collection[str] = ()
    ) -> None:
        """`origins`: the other sites whose pages may begin a conversation."""
        self._conversations = conversations
        self._clock = clock
        self._origins = origins
        self.router = APIRouter(prefix="/api/chat", tags=["chat"])
        self.router.post(
            "/sessions", status_code=HTTPStatus.CREATED, openapi_extra=_json(SESSION_SCHEMA, required=False)
        )(self.open_session)
        self.router.post(
            "/messages", status_code=HTTPStatus.ACCEPTED, openapi_extra=_json(SCHEMA, required=True)
        )(self.post_message)
        self.router.get("/messages")(self.list_messages)
        self.router.get("/events", response_class=EventSourceResponse)(self.stream_events)

    async def open_session(self, request: Request) -> Session:
        """Begin a conversation, in やさしい日本語 if the body says `plain`."""
        self._admit(request)
        is_plain = await read_session(request)
        token = secrets.token_urlsafe(32)
        conversation = await self._conversations.open(self.name, _hashed(token), is_plain=is_plain)
        return Session(token=token, messages=await self._shown(conversation, after=0))

    async def post_message(self, request: Request, response: Response, credentials: Credentials) -> Kept:
        """Keep a message. 202 says that it is stored and will be answered; 200 that it was stored before."""
        sender, conversation = await self._visitor(credentials)
        posted = await read(request)
        text, payload = await self._content(conversation, posted.content)
        receipt = await self._conversations.receive(Inbound(self.name, sender, posted.event, text, payload))
        if not receipt.is_new:
            response.status_code = HTTPStatus.OK
        return Kept(id=posted.event, sequence=receipt.sequence)

    async def list_messages(self, credentials: Credentials, after: After = 0) -> Messages:
        """The messages after this sequence."""
        _, conversation = await self._visitor(credentials)
        return Messages(messages=await self._shown(conversation, after=after))

    async def stream_events(
        self, credentials: Credentials, after: After = 0, last_event_id: LastEventId = None
    ) -> EventSourceResponse:
        """The messages after this sequence, and each further one as it comes."""
        _, conversation = await self._visitor(credentials)
        begin = after if last_event_id is None else last_event_id
        return EventSourceResponse(
            self._events(conversation, begin),
            ping=PING,
            ping_message_factory=lambda: ServerSentEvent(comment="ping"),
        )

    async def _events(self, conversation: str, after: int) -> AsyncIterator[ServerSentEvent]:
        async with aclosing(self._conversations.follow(conversation, after=after)) as stream:
            async for news in stream:
                yield self._event(news)

    def _event(self, news: Message | Typing) -> ServerSentEvent:
        if isinstance(news, Typing):
            return ServerSentEvent(event="typing", data='{"on":true}' if news.on else '{"on":false}')
        data = shown(news, now=self._clock()).model_dump_json()
        return ServerSentEvent(event="message", id=str(news.sequence), data=data)

    def _admit(self, request: Request) -> None:
        """Raises OriginRefused for a page of a site that is neither ours nor allowed."""
        origin = request.headers.get("origin")
        is_ours = origin is None or urlsplit(origin).netloc == request.headers.get("host")
        # Behind a proxy that changes the host, the browser still knows.
        if is_ours or request.headers.get("sec-fetch-site") == "same-origin" or origin in self._origins:
            return
        raise OriginRefused

    async def _visitor(self, credentials: HTTPAuthorizationCredentials | None) -> tuple[str, str]:
        """The sender and the conversation that the token opens. Raises UnknownConversation."""
        sender = _hashed(credentials.credentials if credentials else "")
        conversation = await self._conversations.store.find(self.name, sender)
        if conversation is None:
            raise UnknownConversation
        return sender, conversation.id

    async def _content(
        self, conversation: str, content: str | ButtonPlace | Manner
    ) -> tuple[str, str | None]:
        """The text of a message and its payload: of a button the one that we stored with it."""
        if isinstance(content, Manner):
            return content.words, content.payload
        if isinstance(content, str):
            return content, None
        button = await pressed(self._conversations.store, conversation, content)
        return button.title, button.payload

    async def _shown(self, conversation: str, *, after: int) -> list[ShownMessage]:
        messages = await self._conversations.store.messages(conversation, after=after)
        return [shown(message, now=self._clock()) for message in messages]


def _json(schema: dict[str, Any], *, required: bool) -> dict[str, Any]:
    """A body that we read ourselves, for the OpenAPI document."""
    return {"requestBody": {"required": required, "content": {"application/json": {"schema": schema}}}}


def _hashed(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
