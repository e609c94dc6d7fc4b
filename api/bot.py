"""The client of the bot's one channel: a question goes out, an answer comes back as data."""

import asyncio
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import Annotated, Any, Self

import httpx2
from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from api.errors import BotUnavailable, BotUnreachable

ANSWER = "/webhooks/madoguchi/answer"
HEALTH = "/webhooks/madoguchi/health"
HEALTH_TIMEOUT = 2.0

Said = Annotated[str, StringConstraints(pattern=r"\S")]


@dataclass(frozen=True)
class Question:
    """One message of a visitor, as the bot sees it. `again` says that it may have been asked before."""

    conversation: str
    message: str
    text: str
    payload: str | None
    channel: str
    again: bool


@dataclass(frozen=True)
class Button:
    """A choice: what the visitor reads, and the command that only we may send."""

    title: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """One bubble of the bot, with the ids of the desks it shows; in やさしい日本語 if `plain`."""

    text: Said
    buttons: tuple[Button, ...] = ()
    desks: tuple[str, ...] = ()
    plain: bool = False


@dataclass(frozen=True)
class Understood:
    """What the bot took the message to be."""

    kind: str
    intent: str | None
    topics: tuple[str, ...] = ()
    subtopic: str | None = None
    urgent: bool = False
    municipality: str | None = None
    confidence: float = 0.0
    why: tuple[tuple[str, float], ...] = ()  # the visitor's words that decided, each with its share


@dataclass(frozen=True)
class Referral:
    """The desks the bot sent the visitor to, and the rule that chose them."""

    desks: tuple[str, ...]
    reason: str
    rule: str


@dataclass(frozen=True)
class Handoff:
    """A person is asked for, and why."""

    reason: str


@dataclass(frozen=True)
class Answer:
    """All that the bot says to one message."""

    message: str
    replies: Annotated[tuple[Reply, ...], Field(min_length=1)]
    understood: Understood | None = None
    slots: dict[str, Any] | None = None
    referral: Referral | None = None
    handoff: Handoff | None = None

    @property
    def is_plain(self) -> bool:
        """Whether the bot now speaks やさしい日本語 to this visitor; it tells so only in its slots."""
        return speaks_plainly(self.slots)


def speaks_plainly(slots: dict[str, Any] | None) -> bool:
    """Whether a bot that remembers these slots speaks やさしい日本語."""
    return bool(slots and slots.get("plain") is True)


_ANSWER = TypeAdapter(Answer)


class Bot:
    """Asks the bot over HTTP. Use it as a context manager; it keeps its connections."""

    def __init__(self, url: str) -> None:
        # The proxy variables of the machine are for the internet, not for our neighbour.
        self._client = httpx2.AsyncClient(base_url=url, timeout=None, trust_env=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def ask(self, question: Question, *, timeout: float) -> Answer:
        """Ask once, for at most `timeout` seconds.

        Raises BotUnreachable when asking again soon may help (nobody listens, it is
        restarting), BotUnavailable when it may not (late, empty, not of the agreed shape).
        """
        response = await self._send("POST", ANSWER, timeout=timeout, content=asdict(question))
        answer = _parsed(response.content)
        if answer.message != question.message:
            raise BotUnavailable
        return answer

    async def is_ready(self) -> bool:
        """Whether the bot says that it can answer."""
        try:
            await self._send("GET", HEALTH, timeout=HEALTH_TIMEOUT)
        except BotUnavailable:
            return False
        return True

    async def _send(
        self, method: str, path: str, *, timeout: float, content: dict[str, Any] | None = None
    ) -> httpx2.Response:
        try:
            async with asyncio.timeout(timeout):
                response = await self._client.request(method, path, json=content)
        except TimeoutError as error:
            raise BotUnavailable from error
        except httpx2.TransportError as error:
            raise BotUnreachable from error
        except httpx2.RequestError as error:
            raise BotUnavailable from error
        _check(response)
        return response


def _check(response: httpx2.Response) -> None:
    if response.status_code == httpx2.codes.SERVICE_UNAVAILABLE:
        raise BotUnreachable
    if response.status_code != httpx2.codes.OK:
        raise BotUnavailable


def _parsed(content: bytes) -> Answer:
    try:
        return _ANSWER.validate_json(content)
    except ValidationError:
        # Not chained: the error quotes what it read, and that may be what a visitor wrote.
        raise BotUnavailable from None
