"""The imitation of Slack: its interface on a port, and what people do in their workspace."""

import json
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx2
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from tests.platforms.platform import Call, Clock, Platform, now
from tests.platforms.slack.answers import Desk, Refused
from tests.platforms.slack.gateway import COMMANDS, EVENTS, INTERACTIONS, PATIENCE, Gateway, Sent
from tests.platforms.slack.methods import Methods
from tests.platforms.slack.pace import Pace
from tests.platforms.slack.page import Page
from tests.platforms.slack.payloads import Payloads
from tests.platforms.slack.response_urls import ResponseUrls
from tests.platforms.slack.typed import typed
from tests.platforms.slack.workspace import Channel, Json, Post, Workspace, buttons


class FakeSlack(Platform):
    """Slack's servers and the people of one workspace.

    `api` is the base of its interface. Whatever a person does is awaited until the gateway has answered; what
    the bot says then stands in `chats[channel]`, by itself in `chats[slack.direct(user)]`. `refused` holds
    every call that broke a rule of Slack's; so a test ends with `assert slack.refused == []`.
    """

    def __init__(
        self,
        *,
        gateway: str = "",
        secret: str = "slack-secret",
        token: str = "xoxb-slack-token",
        clock: Clock = now,
        port: int | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        """`gateway`: the address under which /events, /interactions and /commands are."""
        trouble = {"ok": False, "error": "internal_error"}
        super().__init__(clock=clock, port=port, transport=transport, patience=PATIENCE, trouble_body=trouble)
        self.api = f"{self.url}/api"
        self.secret = secret
        self.token = token
        self.workspace = Workspace(clock)
        self.gateway = Gateway(self, self.workspace, gateway, secret)
        self.pace = Pace(clock)
        self.response_urls = ResponseUrls(self.workspace, clock, self.url)
        self._payloads = Payloads(self.workspace, self.gateway, self.response_urls)
        methods = Methods(self.workspace, self.gateway, self.pace, self.url)
        self._desk = Desk(self, token, methods.all)
        routes: list[BaseRoute] = [
            Route("/api/{method}", self._desk.take, methods=["GET", "POST"]),
            Route("/response/{name}", self._answered, methods=["POST"]),
            *Page(self).routes(),
        ]
        self._serve(routes)

    @property
    def chats(self) -> Mapping[str, Channel]:
        """All channels and direct messages by their ids."""
        return self.workspace.channels

    def person(self, name: str) -> str:
        """The id of a person, who comes into the workspace if need be."""
        return self.workspace.person(name)

    def direct(self, user: str) -> str:
        """The id of the direct messages between a person and the bot."""
        return self.workspace.direct(user)

    def channel(self, name: str, *members: str, has_bot: bool = True) -> str:
        """The id of a channel, which is made if need be."""
        return self.workspace.channel(name, *members, has_bot=has_bot)

    @property
    def mention(self) -> str:
        """What stands in a text that mentions the bot."""
        return f"<@{self.workspace.bot_user}>"

    async def say(
        self, user: str, text: str, *, channel: str | None = None, thread: str | None = None
    ) -> Sent | None:
        """Write a message, by default to the bot itself. None: the bot does not hear this one.

        It arrives as Slack writes it down: `&` as `&amp;`, addresses in `<>`.
        """
        where = self.chats[channel or self.direct(user)]
        ts = self.workspace.next_ts()
        post = self.workspace.add(Post(ts, where.id, user, typed(text, self.mention), thread=thread))
        event = self.gateway.message(where, post) | {"client_msg_id": secrets.token_hex(16)}
        self.changed()
        if where.is_direct:
            return await self._heard("message.im", event)
        sent = None
        if self.workspace.bot_user in where.members:
            if self.mention in text:
                mentioned = {name: part for name, part in event.items() if name != "channel_type"}
                sent = await self._heard("app_mention", mentioned | {"type": "app_mention"})
            sent = await self._heard("message.channels", event) or sent
        return sent

    async def edit(self, user: str, ts: str, text: str, *, channel: str | None = None) -> Sent | None:
        """Write something else instead."""
        where, post = self._own(user, ts, channel)
        after = self.workspace.change(post, text=typed(text, self.mention))
        return await self._heard(_kind(where), self.gateway.change(where, before=post, after=after))

    async def delete(self, user: str, ts: str, *, channel: str | None = None) -> Sent | None:
        """Take a message back."""
        where, post = self._own(user, ts, channel)
        self.workspace.remove(post)
        return await self._heard(_kind(where), self.gateway.removal(where, post))

    async def let_another_bot_say(self, channel: str, text: str) -> Sent | None:
        where = self.chats[channel]
        post = self.workspace.add(Post(self.workspace.next_ts(), channel, "", text))
        event = self.gateway.message(where, post) | {"subtype": "bot_message", "bot_id": "B0000000002"}
        return await self._heard(_kind(where), event)

    async def open_home(self, user: str, *, tab: str = "home") -> Sent | None:
        """Look at the bot's own tab, or at its messages."""
        ts = self.workspace.next_ts()
        event = {"type": "app_home_opened", "user": user, "channel": self.direct(user), "tab": tab}
        return await self._heard("app_home_opened", event | {"event_ts": ts})

    async def uninstall(self) -> Sent | None:
        """Take the bot out of the workspace: from now on its token is worth nothing."""
        self._desk.is_installed = False
        return await self._heard("app_uninstalled", {"type": "app_uninstalled"})

    async def press(self, user: str, wanted: str, *, channel: str | None = None) -> Sent:
        """Press the newest button with this text, value or action_id. Buttons with an address are told as well."""
        where = self.chats[channel or self.direct(user)]
        post, button = where.button(wanted)
        return await self._interact(self._payloads.press(user, where, post, button))

    async def press_at_home(self, user: str, wanted: str) -> Sent:
        """Press a button of the home tab."""
        view = self.workspace.homes[user]
        for button in buttons(view["blocks"]):
            if wanted in (button["text"]["text"], button.get("value"), button.get("action_id")):
                return await self._interact(self._payloads.press_at_home(user, view, button))
        raise AssertionError(f"{wanted} cannot be pressed at home.")

    async def submit(self, user: str, values: Json) -> Sent:
        """Send off the modal that is open before this person."""
        view = self.workspace.modals.pop(user)
        return await self._interact(self._payloads.submission(user, view, values))

    async def command(self, user: str, command: str, text: str = "", *, channel: str | None = None) -> Sent:
        """Give a slash command. What the gateway answers at once is seen by this person alone."""
        where = self.chats[channel or self.direct(user)]
        fields = self._payloads.command(user, where, command, text)
        sent = await self.gateway.post(COMMANDS, fields, is_form=True)
        if sent.is_taken and sent.answer.strip():
            self._show_at_once(where.id, user, sent.answer)
        return sent

    async def verify_url(self) -> bool:
        """Whether the gateway gives the challenge back, as Slack asks when the address is entered."""
        challenge = secrets.token_hex(20)
        body = {"token": "unused", "challenge": challenge, "type": "url_verification"}
        sent = await self.gateway.post(EVENTS, body)
        return sent.status == 200 and challenge in sent.answer

    async def redeliver(self, sent: Sent, *, number: int = 1, reason: str = "http_timeout") -> Sent:
        """Send an event once more, marked as a repetition."""
        headers = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        return await self.gateway.post(sent.path, sent.body, headers=headers)

    async def deliver(self, body: Json, *, headers: Mapping[str, str] | None = None) -> Sent:
        """Send an event as it is, with forged headers if need be."""
        return await self.gateway.post(EVENTS, body, headers=headers)

    def retry_after(self, *seconds: float) -> None:
        """From now on, send events that were not taken again after these pauses. None: not at all."""
        self.gateway.retries = seconds

    @asynccontextmanager
    async def holding(self) -> AsyncIterator[list[Json]]:
        """Meanwhile events are collected and not sent: for `deliver`, in any order, or never."""
        held: list[Json] = []
        self.gateway.held = held
        try:
            yield held
        finally:
            self.gateway.held = None

    async def answers(self, channel: str, count: int) -> list[Post]:
        """Wait until the bot has said so many messages here. Raises TimeoutError."""
        await self.until(lambda: len(self.chats[channel].answers) >= count)
        return self.chats[channel].answers

    async def _heard(self, kind: str, event: Json) -> Sent | None:
        self.changed()
        return await self.gateway.send_event(event) if kind in self.gateway.hears else None

    async def _interact(self, payload: Json) -> Sent:
        fields = {"payload": json.dumps(payload, ensure_ascii=False)}
        return await self.gateway.post(INTERACTIONS, fields, is_form=True)

    async def _answered(self, request: Request) -> Response:
        try:
            response, reason = await self.response_urls.take(request), None
        except Refused as refused:
            response, reason = refused.response(), refused.reason
        self._desk.keep(request, response.status_code, None, reason)
        return response

    def _show_at_once(self, channel: str, user: str, answer: str) -> None:
        reason = None
        try:
            self.response_urls.answer_to(channel, user, _immediate(answer))
        except Refused as refused:
            reason = refused.reason
        self.keep(Call("ANSWER", COMMANDS, 200, answer, self.clock(), {}, reason))

    def _own(self, user: str, ts: str, channel: str | None) -> tuple[Channel, Post]:
        where = self.chats[channel or self.direct(user)]
        post = where.find(ts)
        assert post and post.user == user, f"{user} wrote nothing at {ts}"
        return where, post


def _kind(channel: Channel) -> str:
    return "message.im" if channel.is_direct else "message.channels"


def _immediate(answer: str) -> dict[str, Any]:
    """Text, or JSON of the form of any answer."""
    try:
        given = json.loads(answer)
    except ValueError:
        return {"text": answer}
    return given if isinstance(given, dict) else {"text": answer}
