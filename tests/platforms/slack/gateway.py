"""Sends to the gateway as Slack does: signed, given up after three seconds, and events once more if need be."""

import asyncio
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

import httpx2

from tests.platforms.platform import Platform
from tests.platforms.slack.answers import Refused
from tests.platforms.slack.workspace import Channel, Json, Post, Workspace

PATIENCE = 3.0  # seconds that Slack waits for an answer
TRIGGER_LIFETIME = timedelta(seconds=3)
EVENTS, INTERACTIONS, COMMANDS = "/events", "/interactions", "/commands"


@dataclass(frozen=True)
class Sent:
    """What was sent, and what came back: a status, or None if nobody answered in time."""

    path: str
    body: Json
    status: int | None
    answer: str = ""
    is_final: bool = False

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def ts(self) -> str:
        """Of the message that an event brought."""
        return str(self.body["event"]["ts"])

    @property
    def id(self) -> str:
        """The event_id."""
        return str(self.body["event_id"])


class Gateway:
    """`retries`: after how many seconds an event that was not taken comes again. `hears`: what is subscribed to."""

    def __init__(self, platform: Platform, workspace: Workspace, url: str, secret: str) -> None:
        self.url = url
        self.retries: Sequence[float] = (0, 60, 300)
        self.hears = {"message.im", "app_mention", "app_home_opened", "app_uninstalled"}
        self.sent: list[Sent] = []
        self.held: list[Json] | None = None
        self._platform = platform
        self._workspace = workspace
        self._secret = secret
        self._triggers: dict[str, tuple[str, datetime]] = {}

    def envelope(self, event: Json) -> Json:
        """An event as it is wrapped."""
        who = {"team_id": self._workspace.id, "user_id": self._workspace.bot_user, "is_bot": True}
        return {
            "token": "unused",
            "team_id": self._workspace.id,
            "api_app_id": self._workspace.app,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{secrets.token_hex(5).upper()}",
            "event_time": int(self._platform.clock().timestamp()),
            "authorizations": [who],
            "is_ext_shared_channel": False,
        }

    async def send_event(self, event: Json) -> Sent:
        """Send an event, or put it aside while events are held. What is not taken comes again later."""
        body = self.envelope(event)
        if self.held is not None:
            self.held.append(body)
            return Sent(EVENTS, body, None)
        sent = await self.post(EVENTS, body)
        if not sent.is_taken and not sent.is_final:
            self._platform.later(self._retry(sent))
        return sent

    async def post(
        self, path: str, body: Json, *, headers: Mapping[str, str] | None = None, is_form: bool = False
    ) -> Sent:
        """Send this, signed. `headers` come on top of Slack's own, so that a test can forge them."""
        raw = urlencode(body).encode() if is_form else json.dumps(body, ensure_ascii=False).encode()
        kind = "application/x-www-form-urlencoded" if is_form else "application/json"
        all_headers = {"Content-Type": kind, **self._signed(raw), **(headers or {})}
        sent = await self._posted(path, body, raw, all_headers)
        self.sent.append(sent)
        self._platform.changed()
        return sent

    def echo(self, channel: Channel, post: Post) -> None:
        """The bot hears itself, as Slack has it."""
        if channel.is_direct and "message.im" in self.hears:
            self._platform.later(self.send_event(self.message(channel, post)))

    def tell_change(self, channel: Channel, *, before: Post, after: Post) -> None:
        if channel.is_direct and "message.im" in self.hears:
            self._platform.later(self.send_event(self.change(channel, before=before, after=after)))

    def tell_removal(self, channel: Channel, post: Post) -> None:
        if channel.is_direct and "message.im" in self.hears:
            self._platform.later(self.send_event(self.removal(channel, post)))

    def message(self, channel: Channel, post: Post) -> Json:
        """The event of a message."""
        kind = "im" if channel.is_direct else "channel"
        body = {**post.as_json(has_metadata=True), "channel": channel.id, "channel_type": kind}
        return {**body, "event_ts": post.ts, "team": self._workspace.id}

    def change(self, channel: Channel, *, before: Post, after: Post) -> Json:
        messages = {"message": after.as_json(), "previous_message": before.as_json()}
        return {**self._hidden(channel, "message_changed"), **messages}

    def removal(self, channel: Channel, post: Post) -> Json:
        gone = {"deleted_ts": post.ts, "previous_message": post.as_json()}
        return {**self._hidden(channel, "message_deleted"), **gone}

    def new_trigger(self, user: str) -> str:
        """The right to open something before this person, once and soon."""
        trigger = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._triggers[trigger] = (user, self._platform.clock())
        return trigger

    def spend_trigger(self, trigger: str) -> str:
        """Whose it was. Raises Refused."""
        if trigger not in self._triggers:
            raise Refused("exchanged_trigger_id")
        user, at = self._triggers.pop(trigger)
        if self._platform.clock() - at > TRIGGER_LIFETIME:
            raise Refused("expired_trigger_id")
        return user

    def _hidden(self, channel: Channel, subtype: str) -> Json:
        ts = self._workspace.next_ts()
        kind = "im" if channel.is_direct else "channel"
        body = {"type": "message", "subtype": subtype, "hidden": True, "channel": channel.id}
        return {**body, "channel_type": kind, "ts": ts, "event_ts": ts}

    async def _retry(self, sent: Sent) -> None:
        for number, pause in enumerate(self.retries, start=1):
            await asyncio.sleep(pause)
            reason = "http_timeout" if sent.status is None else "http_error"
            headers = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
            sent = await self.post(EVENTS, sent.body, headers=headers)
            if sent.is_taken or sent.is_final:
                return

    def _signed(self, raw: bytes) -> dict[str, str]:
        at = str(int(self._platform.clock().timestamp()))
        digest = hmac.new(self._secret.encode(), b"v0:" + at.encode() + b":" + raw, hashlib.sha256)
        return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={digest.hexdigest()}"}

    async def _posted(self, path: str, body: Json, raw: bytes, headers: Mapping[str, str]) -> Sent:
        try:
            async with asyncio.timeout(PATIENCE):
                url = f"{self.url}{path}"
                answer = await self._platform.client.post(url, content=raw, headers=dict(headers))
        except (httpx2.HTTPError, TimeoutError):
            return Sent(path, body, None)
        is_final = answer.headers.get("x-slack-no-retry") == "1"
        return Sent(path, body, answer.status_code, answer.text, is_final)
