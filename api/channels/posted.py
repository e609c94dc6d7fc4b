"""Reads what a page posted: a text, or the id of a button."""

import json
import re
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from api.conversations.text import clean
from api.errors import NotJson, Unreadable, WrongEncoding, WrongField, WrongShape

EVENT = re.compile(r"[A-Za-z0-9_-]{1,64}")
BUTTON = re.compile(r"([1-9][0-9]{0,8})\.([0-9]{1,3})")

# For the OpenAPI document; the reading below gives finer errors than a model could.
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "pattern": f"^{EVENT.pattern}$"},
        "text": {"type": "string", "maxLength": 4000},
        "button": {"type": "string", "pattern": f"^{BUTTON.pattern}$"},
    },
    "oneOf": [{"required": ["text"]}, {"required": ["button"]}],
}


@dataclass(frozen=True)
class ButtonPlace:
    """Where a button stands: the message that shows it, and which of its buttons it is."""

    sequence: int
    index: int


@dataclass(frozen=True)
class Posted:
    """A message of the page: `event` is the id that the page made for it."""

    event: str
    content: str | ButtonPlace


async def read(request: Request) -> Posted:
    """Read a posted message. Raises a Trouble that names what is wrong with it."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise NotJson
    body = _decoded(await request.body())
    text, button = _string(body, "text"), _string(body, "button")
    event = _string(body, "id")
    if event is None or (text is None) == (button is None):
        raise WrongShape
    if not EVENT.fullmatch(event):
        raise WrongField(name="id")
    return Posted(event, clean(text) if text is not None else _place(button or ""))


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
    found = BUTTON.fullmatch(button)
    if not found:
        raise WrongField(name="button")
    return ButtonPlace(int(found[1]), int(found[2]))
