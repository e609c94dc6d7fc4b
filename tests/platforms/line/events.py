"""Webhook events as LINE writes them."""

import hashlib
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def user_id(name: str) -> str:
    """An id of LINE's form for a user of this name."""
    return "U" + hashlib.sha256(name.encode()).hexdigest()[:32]


def group_id(name: str) -> str:
    return "C" + hashlib.sha256(name.encode()).hexdigest()[:32]


def room_id(name: str) -> str:
    return "R" + hashlib.sha256(name.encode()).hexdigest()[:32]


def ulid(at: datetime) -> str:
    """A ULID: the time in milliseconds, then chance."""
    number = int(at.timestamp() * 1000) << 80 | secrets.randbits(80)
    return "".join(CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))


def source(chat: str, user: str | None) -> dict[str, Any]:
    """Where an event comes from, by the first letter of the chat's id."""
    kind = {"U": "user", "C": "group", "R": "room"}[chat[0]]
    ids = {"userId": user} if user else {}
    return {"type": kind, **({} if kind == "user" else {f"{kind}Id": chat}), **ids}


@dataclass(frozen=True)
class Event:
    """An event that was made, and what the webhook answered: a status, or None if it did not in time."""

    chat: str
    body: dict[str, Any] = field(repr=False)
    status: int | None = None

    @property
    def id(self) -> str:
        """The webhookEventId."""
        return str(self.body["webhookEventId"])

    @property
    def message(self) -> str:
        """The id of the message it brought."""
        return str(self.body["message"]["id"])

    @property
    def reply_token(self) -> str:
        return str(self.body["replyToken"])

    @property
    def is_kept(self) -> bool:
        """Whether the webhook took it."""
        return self.status is not None and 200 <= self.status < 300

    def again(self) -> "Event":
        """The same event as it is sent once more."""
        return replace(self, body={**self.body, "deliveryContext": {"isRedelivery": True}})


# These leave nothing to answer to.
WITHOUT_TOKEN = {"unfollow", "unsend", "leave", "memberLeft"}


def make(kind: str, *, chat: str, user: str | None, at: datetime, mode: str, **more: Any) -> Event:
    """An event of this kind, with a fresh reply token if LINE gives one."""
    token = {} if kind in WITHOUT_TOKEN or mode == "standby" else {"replyToken": secrets.token_hex(16)}
    return Event(
        chat,
        {
            "type": kind,
            **more,
            "webhookEventId": ulid(at),
            "deliveryContext": {"isRedelivery": False},
            "timestamp": int(at.timestamp() * 1000),
            "source": source(chat, user),
            **token,
            "mode": mode,
        },
    )


def mention(text: str, name: str, bot: str) -> dict[str, Any]:
    """How the text mentions the bot: where its name stands, counted as LINE counts."""
    index = len(text[: text.index(name)].encode("utf-16-le")) // 2
    length = len(name.encode("utf-16-le")) // 2
    mentionee = {"index": index, "length": length, "type": "user", "userId": bot, "isSelf": True}
    return {"mention": {"mentionees": [mentionee]}}


def provided_by_line() -> dict[str, Any]:
    """Where a picture or a sound is kept."""
    return {"contentProvider": {"type": "line"}, "quoteToken": secrets.token_hex(8)}
