"""Reads what a page posted: a text, the id of a button, or how it wants to be spoken to."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from api.channels.buttons import PATTERN as BUTTON
from api.channels.buttons import ButtonPlace, place_of
from api.conversations.manner import Manner
from api.conversations.text import clean
from api.errors import NotJson, Unreadable, WrongEncoding, WrongField, WrongShape

EVENT = re.compile(r"[A-Za-z0-9_-]{1,64}")

# For the OpenAPI document; the reading below gives finer errors than a model could.
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "pattern": f"^{EVENT.pattern}$"},
        "text": {"type": "string", "maxLength": 4000},
        "button": {"type": "string", "pattern": f"^{BUTTON.pattern}$"},
        "speak": {"type": "string", "enum": [manner.value for manner in Manner]},
    },
    "oneOf": [{"required": ["text"]}, {"required": ["button"]}, {"required": ["speak"]}],
}
SESSION_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"plain": {"type": "boolean", "default": False}},
}


@dataclass(frozen=True)
class Posted:
    """A message of the page: `event` is the id that the page made for it."""

    event: str
    content: str | ButtonPlace | Manner


async def read(request: Request) -> Posted:
    """Read a posted message. Raises a Trouble that names what is wrong with it."""
    body = await _body(request)
    given = {name: value for name in CONTENTS if (value := _string(body, name)) is not None}
    event = _string(body, "id")
    if event is None or len(given) != 1:
        raise WrongShape
    if not EVENT.fullmatch(event):
        raise WrongField(name="id")
    ((name, value),) = given.items()
    return Posted(event, CONTENTS[name](value))


async def read_session(request: Request) -> bool:
    """Whether a page that begins a conversation wants やさしい日本語; without a body it does not."""
    if not await request.body():
        return False
    is_plain = (await _body(request)).get("plain", False)
    if not isinstance(is_plain, bool):
        raise WrongField(name="plain")
    return is_plain


async def _body(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise NotJson
    return _decoded(await request.body())


def _decoded(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise WrongEncoding from error
    # Thousands of nested brackets end in a RecursionError.
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    if not isinstance(body, dict):
        raise WrongShape
    return body


def _string(body: dict[str, Any], name: str) -> str | None:
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise WrongField(name=name)
    return value


def _place(button: str) -> ButtonPlace:
    place = place_of(button)
    if place is None:
        raise WrongField(name="button")
    return place


def _manner(speak: str) -> Manner:
    try:
        return Manner(speak)
    except ValueError as error:
        raise WrongField(name="speak") from error


# What a message may be, and how each is read. Exactly one of them is given.
CONTENTS: dict[str, Callable[[str], str | ButtonPlace | Manner]] = {
    "text": clean,
    "button": _place,
    "speak": _manner,
}
