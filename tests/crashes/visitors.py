"""Visitors on each channel. What they send comes again until it is taken, as each platform has it."""

import asyncio
import json
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from random import Random
from typing import Any, Protocol
from uuid import uuid4

import httpx2

from tests.crashes.house import CrashHouse
from tests.crashes.judgement import recognised
from tests.crashes.log import Line
from tests.crashes.network import Forgetful
from tests.platforms.line import group_id, user_id

LINK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
PAUSE = 0.3  # seconds after which the page tries again


class Visitor(Protocol):
    """`sent`: what they sent, by the ids that the gateway keeps."""

    sent: list[str]

    async def say(self, text: str) -> None:
        """Return when it is sent for good, or left to the platform."""

    def is_waiting(self) -> bool:
        """Whether the channel still tries to get something through."""

    def seen(self, log: Sequence[Line]) -> list[list[int]]:
        """Our lines as they stand on the screen, by their sequences: for each place where they see some."""

    async def leave(self) -> None:
        """Close what is open."""


class WebVisitor:
    """A page: it posts in order, and follows the stream of events."""

    def __init__(self, house: CrashHouse, name: str) -> None:
        self.sent: list[str] = []
        self._shown: list[tuple[int, str]] = []
        self._last = 0
        network = Forgetful(Random(name))
        self._client = httpx2.AsyncClient(base_url=house.address, timeout=30, transport=network)
        self._turn = asyncio.Lock()
        self._stream: asyncio.Task[None] | None = None

    async def say(self, text: str) -> None:
        body = {"id": uuid4().hex, "text": text}
        self.sent.append(body["id"])
        async with self._turn:
            if self._stream is None:
                token = (await self._post("/api/chat/sessions", {}))["token"]
                self._client.headers["Authorization"] = f"Bearer {token}"
                self._stream = asyncio.create_task(self._follow())
            await self._post("/api/chat/messages", body)

    def is_waiting(self) -> bool:
        return False

    def seen(self, log: Sequence[Line]) -> list[list[int]]:
        return [[sequence for sequence, author in self._shown if author != "visitor"]]

    async def leave(self) -> None:
        if self._stream:
            self._stream.cancel()
            await asyncio.gather(self._stream, return_exceptions=True)
        await self._client.aclose()

    async def _post(self, path: str, body: dict[str, str]) -> dict[str, Any]:
        while True:
            with suppress(httpx2.TransportError):
                answer = await self._client.post(path, json=body)
                if answer.is_success:
                    taken: dict[str, Any] = answer.json()
                    return taken
                assert answer.is_server_error, answer.text
            await asyncio.sleep(PAUSE)

    async def _follow(self) -> None:
        while True:
            with suppress(httpx2.TransportError):
                await self._read()
            await asyncio.sleep(PAUSE)

    async def _read(self) -> None:
        """The stream from where it broke off."""
        path = f"/api/chat/events?after={self._last}"
        async with self._client.stream("GET", path, timeout=None) as stream:
            async for line in stream.aiter_lines():
                name, _, value = line.partition(": ")
                if name == "data" and "sequence" in (message := json.loads(value)):
                    self._last = message["sequence"]
                    self._shown.append((self._last, message["author"]))


class LineVisitor:
    """A user of LINE, some of them in a group."""

    def __init__(self, house: CrashHouse, name: str) -> None:
        self.sent: list[str] = []
        self._line = house.line
        self._user = user_id(name)
        self._chat = group_id(name) if is_in_company(name) else self._user
        self._words = f"@{self._line.name} " if is_in_company(name) else ""

    async def say(self, text: str) -> None:
        event = await self._line.say(self._user, f"{self._words}{text}", chat=self._chat)
        self.sent.append(event.id)

    def is_waiting(self) -> bool:
        taken = {event.id for event in self._line.webhook.sent if event.is_kept}
        return not taken.issuperset(self.sent)

    def seen(self, log: Sequence[Line]) -> list[list[int]]:
        texts = [shown.text for shown in self._line.chats[self._chat].answers if "text" in shown.message]
        return [recognised(texts, log)]

    async def leave(self) -> None:
        """There is nothing open."""


class SlackVisitor:
    """A person in a workspace, with the bot alone or in a thread."""

    def __init__(self, house: CrashHouse, name: str) -> None:
        self.sent: list[str] = []
        self._slack = house.slack
        self._user = self._slack.person(name)
        self._is_alone = not is_in_company(name)
        self._channel = (
            self._slack.direct(self._user) if self._is_alone else self._slack.channel(name, self._user)
        )
        self._thread: str | None = None

    async def say(self, text: str) -> None:
        if self._is_alone:
            sent = await self._slack.say(self._user, text)
        else:
            where, thread = self._channel, await self._begun_thread()
            sent = await self._slack.say(
                self._user, f"{self._slack.mention} {text}", channel=where, thread=thread
            )
        assert sent
        self.sent.append(sent.id)

    async def _begun_thread(self) -> str:
        """The thread that they talk in, below something that was not said to the bot."""
        if self._thread is None:
            await self._slack.say(self._user, "どうしましょう", channel=self._channel)
            self._thread = self._slack.chats[self._channel].posts[-1].ts
        return self._thread

    def is_waiting(self) -> bool:
        taken = {sent.id for sent in self._slack.gateway.sent if "event_id" in sent.body and sent.is_taken}
        return not taken.issuperset(self.sent)

    def seen(self, log: Sequence[Line]) -> list[list[int]]:
        """What is not for everybody in a channel comes as a direct message."""
        places = dict.fromkeys((self._channel, self._slack.direct(self._user)))
        return [recognised(slack_texts(self._slack.chats[place].kept, log), log) for place in places]

    async def leave(self) -> None:
        """There is nothing open."""


def slack_texts(posts: Sequence[Any], log: Sequence[Line]) -> list[str]:
    """The paragraphs of the bot's posts that are lines of the log; cards and choices are not."""
    ours = {line.text.strip() for line in log if line.is_ours}
    read = (
        _as_read(block["text"]["text"])
        for post in posts
        if post.bot
        for block in post.blocks
        if block["type"] == "section" and "text" in block
    )
    return [text for text in read if text in ours]


def is_in_company(name: str) -> bool:
    """Some of them: in a group, or in a thread of a channel."""
    return name.endswith(("0", "4", "8"))


def _as_read(marked: str) -> str:
    """What a person sees of a text with Slack's marks."""
    said = LINK.sub(lambda found: str(found[2] or found[1]), marked)
    return said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


VISITORS: dict[str, Callable[[CrashHouse, str], Visitor]] = {
    "web": WebVisitor,
    "line": LineVisitor,
    "slack": SlackVisitor,
}
