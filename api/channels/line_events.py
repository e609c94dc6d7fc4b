"""LINE's webhook calls as events: only what we use of them, whatever else they hold."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from api.conversations.channel import Ticket
from api.errors import Unreadable

ID = re.compile(r"[\w.-]{1,63}", re.ASCII)  # two of them and a colon are one sender
TICKET_LIFE = timedelta(minutes=1)


class BrokenEvent(Exception):
    """An event without what every event has. It says which part, never what stood in it."""


@dataclass(frozen=True)
class Event:
    """One event. `chat` is where it happened: a user, a group or a room; `user` who did it, if LINE tells."""

    id: str
    kind: str
    at: datetime
    chat: str
    user: str | None
    is_active: bool
    is_again: bool
    token: str | None = field(repr=False)
    body: Mapping[str, Any] = field(repr=False)

    @property
    def is_private(self) -> bool:
        """Between one person and us alone."""
        return self.chat == self.user

    @property
    def sender(self) -> str:
        """Whose conversation this is: in a group each member has one with us."""
        return self.chat if self.is_private or self.user is None else f"{self.chat}:{self.user}"

    @property
    def address(self) -> dict[str, str]:
        return {"to": self.chat}

    def ticket(self, now: datetime) -> Ticket | None:
        """The right to answer. Its age is that of the event, unless the clocks cannot both be right."""
        if self.token is None:
            return None
        is_sane = self.at <= now and (self.is_again or now - self.at <= TICKET_LIFE)
        return Ticket(self.token, self.at if is_sane else now)

    def part(self, name: str) -> Mapping[str, Any]:
        """An object of the body. Raises BrokenEvent."""
        return _object(self.body, name)

    def word(self, part: str, name: str) -> str:
        """A text in an object of the body. Raises BrokenEvent."""
        return _word(self.part(part), name)

    def id_in(self, part: str, name: str) -> str:
        """An id in an object of the body. Raises BrokenEvent."""
        return _id(self.part(part), name)


def given_events(raw: bytes) -> list[Any]:
    """The events of a call, none of them read yet. Raises Unreadable."""
    try:
        found = json.loads(raw.decode("utf-8"))["events"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Unreadable from error
    if not isinstance(found, list):
        raise Unreadable
    return found


def read(given: Any) -> Event:
    """Read one event. Raises BrokenEvent."""
    if not isinstance(given, dict):
        raise BrokenEvent("event")
    source = _object(given, "source")
    kind = _word(source, "type")
    token = given.get("replyToken")
    return Event(
        id=_id(given, "webhookEventId"),
        kind=_word(given, "type"),
        at=_moment(given),
        chat=_id(source, f"{kind}Id"),
        user=_id(source, "userId") if source.get("userId") is not None else None,
        is_active=given.get("mode") != "standby",
        is_again=bool(_object(given, "deliveryContext").get("isRedelivery")),
        token=token if isinstance(token, str) and token else None,
        body=given,
    )


def _object(given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = given.get(name)
    if not isinstance(found, dict):
        raise BrokenEvent(name)
    return found


def _word(given: Mapping[str, Any], name: str) -> str:
    found = given.get(name)
    if not isinstance(found, str):
        raise BrokenEvent(name)
    return found


def _id(given: Mapping[str, Any], name: str) -> str:
    found = _word(given, name)
    if not ID.fullmatch(found):
        raise BrokenEvent(name)
    return found


def _moment(given: Mapping[str, Any]) -> datetime:
    try:
        return datetime.fromtimestamp(given["timestamp"] / 1000, UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError) as error:
        raise BrokenEvent("timestamp") from error
