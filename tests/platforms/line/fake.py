"""The imitation of LINE: its interface on a port, and what its users do."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import httpx2
from starlette.routing import BaseRoute, Route

from tests.platforms.line.account import Account
from tests.platforms.line.answers import Desk
from tests.platforms.line.chat import Shown
from tests.platforms.line.chats import Chats
from tests.platforms.line.events import Event, make, mention, provided_by_line, user_id
from tests.platforms.line.messaging import Messaging
from tests.platforms.line.page import Page
from tests.platforms.line.rich_menu import RichMenus
from tests.platforms.line.webhook import PATIENCE, Webhook
from tests.platforms.platform import Clock, Platform, now

METHODS = ["GET", "POST", "PUT", "DELETE"]


class FakeLine(Platform):
    """LINE's servers and LINE's users.

    `url` is the base of both its interfaces. Whatever a user does is awaited until the webhook has answered,
    and gives the event; what the bot says then stands in `chats[user]`. `refused` holds every call that broke
    a rule of LINE's; so a test ends with `assert line.refused == []`. What the caller could not know, or what
    a test arranged, is no fault: a repetition of the very same call, a spent quota, a trouble on command.
    """

    def __init__(
        self,
        *,
        webhook: str = "",
        secret: str = "line-secret",
        token: str = "line-token",
        clock: Clock = now,
        port: int | None = None,
        quota: int | None = None,
        name: str = "窓口",
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        """`quota`: how many pushes a month; None is no limit. `transport`: to the webhook without a socket."""
        trouble = {"message": "The API rate limit has been exceeded or the server is in trouble."}
        super().__init__(clock=clock, port=port, transport=transport, patience=PATIENCE, trouble_body=trouble)
        self.id = user_id("the bot itself")
        self.name = name
        self.mode = "active"
        self.secret = secret
        self.token = token
        self.chats = Chats()
        self.webhook = Webhook(self, webhook, secret, bot=self.id)
        self.messaging = Messaging(self.chats, clock, quota=quota)
        self.account = Account(self.chats, self.webhook, clock, id=self.id, name=name)
        self.rich_menus = RichMenus()
        desk = Desk(self, token)
        routes: list[BaseRoute] = [
            *self.messaging.routes(desk),
            *self.account.routes(desk),
            *self.rich_menus.routes(desk),
            *Page(self).routes(),
            Route("/{path:path}", desk.unknown, methods=METHODS),
        ]
        self._serve(routes)

    async def say(
        self, user: str, text: str, *, chat: str | None = None, at: datetime | None = None
    ) -> Event:
        """Write a text, in a group if `chat` names one. The bot's name after an @ mentions the bot."""
        content: dict[str, Any] = {"type": "text", "text": text, "quoteToken": "q"}
        if f"@{self.name}" in text:
            content |= mention(text, f"@{self.name}", self.id)
        return await self.send(user, content, chat=chat, at=at)

    async def send_sticker(self, user: str, *, chat: str | None = None) -> Event:
        sticker = {
            "packageId": "446",
            "stickerId": "1988",
            "stickerResourceType": "STATIC",
            "quoteToken": "q",
        }
        return await self.send(user, {"type": "sticker", **sticker}, chat=chat)

    async def send_media(self, user: str, kind: str, *, chat: str | None = None) -> Event:
        """An image, a video, an audio or a file."""
        more = {
            "image": provided_by_line(),
            "video": {"duration": 60_000, **provided_by_line()},
            "audio": {"duration": 60_000, "contentProvider": {"type": "line"}},
            "file": {"fileName": "file.pdf", "fileSize": 2138},
        }[kind]
        return await self.send(user, {"type": kind, **more}, chat=chat)

    async def share_location(
        self,
        user: str,
        address: str,
        *,
        title: str | None = None,
        latitude: float = 35.7512,
        longitude: float = 139.7093,
        chat: str | None = None,
    ) -> Event:
        """Send a place. LINE gives the title only where a known one was chosen."""
        place = {"address": address, "latitude": latitude, "longitude": longitude}
        named = {"title": title} if title else {}
        return await self.send(user, {"type": "location", **named, **place}, chat=chat)

    async def send(
        self, user: str, content: dict[str, Any], *, chat: str | None = None, at: datetime | None = None
    ) -> Event:
        """Send any message; its id is given by LINE."""
        where, moment = chat or user, at or self.clock()
        message = {"id": self.chats.new_id(), **content}
        self.chats[where].show(Shown(message["id"], "user", None, message, moment))
        return await self._send("message", where, user, at=moment, message=message)

    async def press(self, user: str, wanted: str, *, chat: str | None = None) -> Event | None:
        """Tap what stands there under this label, or with this postback data. None: it only opened an address."""
        where = chat or user
        action = self.chats[where].action(wanted)
        if words := action.get("text"):
            said = await self.say(user, words, chat=chat)
            if action["type"] == "message":
                return said
        elif words := action.get("displayText"):
            message = {"type": "text", "text": words}
            self.chats[where].show(Shown(self.chats.new_id(), "user", None, message, self.clock()))
        if action["type"] != "postback":
            return None
        return await self._send("postback", where, user, postback={"data": action["data"]})

    async def post_back(self, user: str, data: str, *, chat: str | None = None) -> Event:
        """A postback of whatever data, on the screen or not: of an old card, of the rich menu, of a forger."""
        return await self._send("postback", chat or user, user, postback={"data": data})

    async def follow(self, user: str) -> Event:
        """Add the account as a friend, or stop blocking it."""
        is_again = self.chats.find(user) is not None and not self.chats[user].is_friend
        self.chats[user].is_friend = True
        return await self._send("follow", user, user, follow={"isUnblocked": is_again})

    async def unfollow(self, user: str) -> Event:
        """Block the account."""
        self.chats[user].is_friend = False
        return await self._send("unfollow", user, user)

    async def unsend(self, event: Event) -> Event:
        """Take a message back."""
        self.chats[event.chat].unsend(event.message)
        user = event.body["source"].get("userId")
        return await self._send("unsend", event.chat, user, unsend={"messageId": event.message})

    async def join(self, chat: str, *members: str) -> Event:
        """Invite the account into a group or a room that has these members."""
        self.chats[chat].is_friend = True
        self.chats[chat].members = list(members)
        return await self._send("join", chat, None)

    async def leave(self, chat: str) -> Event:
        """Remove the account from a group or a room."""
        self.chats[chat].is_friend = False
        return await self._send("leave", chat, None)

    async def let_in(self, chat: str, user: str) -> Event:
        """Somebody joins a group."""
        self.chats[chat].members.append(user)
        joined = {"members": [{"type": "user", "userId": user}]}
        return await self._send("memberJoined", chat, None, joined=joined)

    async def send_nothing(self) -> int | None:
        """A call without events, as LINE makes it to see whether somebody is there. Gives the status."""
        return await self.webhook.post([])

    async def deliver(self, *events: Event, signature: str | None = None) -> list[Event]:
        """Send these events (once more) exactly as they are, in one call, in this order."""
        return await self.webhook.deliver(*events, signature=signature)

    async def redeliver(self, event: Event) -> Event:
        """Send an event once more, marked as a repetition."""
        (sent,) = await self.webhook.deliver(event.again())
        return sent

    def redeliver_after(self, *seconds: float) -> None:
        """From now on, send what the webhook did not take again after these pauses. None: not at all."""
        self.webhook.redelivery = seconds

    @asynccontextmanager
    async def holding(self) -> AsyncIterator[list[Event]]:
        """Meanwhile events are collected and not sent: for `deliver`, in any order, or never."""
        held: list[Event] = []
        self.webhook.held = held
        try:
            yield held
        finally:
            self.webhook.held = None

    async def answers(self, chat: str, count: int) -> Sequence[Shown]:
        """Wait until the bot has said so many bubbles in this chat. Raises TimeoutError."""
        await self.until(lambda: len(self.chats[chat].answers) >= count)
        return self.chats[chat].answers

    async def _send(
        self, kind: str, chat: str, user: str | None, *, at: datetime | None = None, **more: Any
    ) -> Event:
        self.chats[chat]
        moment = at or self.clock()
        event = make(kind, chat=chat, user=user, at=moment, mode=self.mode, **more)
        if "replyToken" in event.body:
            self.messaging.tokens[event.reply_token] = (chat, moment)
        self.changed()
        return await self.webhook.send(event)
