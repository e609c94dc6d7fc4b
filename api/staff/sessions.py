"""A session: one browser that proved who sits before it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest

FRESH = timedelta(minutes=10)  # after the password was typed, dangerous acts are allowed
HALFWAY = timedelta(minutes=10)  # for the second proof, or for setting up
TOUCH = timedelta(minutes=1)  # how exactly we know when a session was last used


class Stage(StrEnum):
    """How far the person has come: the password was right, all is to be set up, or in."""

    code = "code"
    setup = "setup"
    inside = "inside"


@dataclass(frozen=True)
class Lifetime:
    """How long a session holds: without being used, and at most."""

    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=12)


@dataclass(frozen=True)
class Session:
    """`proved_at` is when the password was last typed; `agent` and `address` help to tell sessions apart."""

    id: int
    person: int
    stage: Stage
    made_at: datetime
    seen_at: datetime
    proved_at: datetime
    agent: str
    address: str

    def is_over(self, lifetime: Lifetime, now: datetime) -> bool:
        longest = lifetime.longest if self.stage is Stage.inside else HALFWAY
        return now - self.made_at > longest or now - self.seen_at > lifetime.idle

    def is_fresh(self, now: datetime) -> bool:
        return self.stage is Stage.inside and now - self.proved_at <= FRESH


@dataclass(frozen=True)
class Origin:
    """Where a request comes from, as far as it is kept: the browser's own words, and a keyed hash of the address."""

    agent: str
    address: str


def form_token(token: str) -> str:
    """What forms of this session carry. It can be made from the session's token, but not the other way."""
    return sha256(f"form:{token}".encode()).hexdigest()


def is_form_token(given: str, token: str) -> bool:
    return compare_digest(given.encode(), form_token(token).encode())
