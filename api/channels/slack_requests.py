"""Requests as Slack posts them: signed, and read into what we need of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs

from pydantic import BaseModel, ValidationError
from slack_sdk.signature import Clock, SignatureVerifier
from starlette.requests import Request

from api.channels.slack_events import Envelope
from api.channels.slack_piece import Block
from api.errors import Unreadable, WrongSignature


class _Clock(Clock):
    """Our clock, as the verifier wants to see it."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def now(self) -> float:
        return self._now().timestamp()


class Seal:
    """Whether a request comes from Slack, and not from more than five minutes ago or ahead."""

    def __init__(self, secret: str, clock: Callable[[], datetime]) -> None:
        self._verifier = SignatureVerifier(secret, _Clock(clock))

    async def opened(self, request: Request) -> bytes:
        """The body. Raises WrongSignature: nothing of it may be read before."""
        raw = await request.body()
        if not self._is_right(raw, request.headers):
            raise WrongSignature
        return raw

    def _is_right(self, raw: bytes, headers: Mapping[str, str]) -> bool:
        try:
            return self._verifier.is_valid_request(raw, dict(headers))
        except (ValueError, TypeError):  # a time that is no number, a body or a signature of odd characters
            return False


class Named(BaseModel):
    id: str


class Person(BaseModel):
    id: str
    team_id: str | None = None


class Container(BaseModel):
    """Where something was pressed: a message, or the home tab."""

    type: str
    channel_id: str | None = None
    message_ts: str | None = None
    thread_ts: str | None = None


class Shown(BaseModel):
    """The message in which it was pressed."""

    text: str = ""
    thread_ts: str | None = None
    blocks: list[Block] = []


class Action(BaseModel):
    action_id: str
    action_ts: str = ""
    block_id: str = ""
    value: str | None = None


class Interaction(BaseModel):
    """Something was pressed."""

    type: str
    user: Person
    trigger_id: str = ""
    team: Named | None = None
    container: Container | None = None
    message: Shown | None = None
    actions: list[Action] = []

    @property
    def team_id(self) -> str:
        return self.team.id if self.team else self.user.team_id or ""


@dataclass(frozen=True)
class Command:
    """A slash command with what stood behind it."""

    team_id: str
    user_id: str
    trigger_id: str
    text: str = ""


def read_interaction(raw: bytes) -> Interaction:
    """Raises Unreadable."""
    try:
        return Interaction.model_validate_json(_fields(raw)["payload"])
    except (KeyError, ValidationError):
        raise Unreadable from None


def read_command(raw: bytes) -> Command | None:
    """None: Slack only looks whether our certificate holds. Raises Unreadable."""
    fields = _fields(raw)
    if "ssl_check" in fields:
        return None
    try:
        return Command(fields["team_id"], fields["user_id"], fields["trigger_id"], fields.get("text", ""))
    except KeyError:
        raise Unreadable from None


def read_envelope(raw: bytes) -> Envelope:
    """Raises Unreadable. Not chained: the error quotes what it read, and that may be what a person wrote."""
    try:
        return Envelope.model_validate_json(raw)
    except ValidationError:
        raise Unreadable from None


def _fields(raw: bytes) -> dict[str, str]:
    try:
        return {name: values[0] for name, values in parse_qs(raw.decode()).items()}
    except ValueError:
        raise Unreadable from None
