"""A member of staff, and what may be a name or a password."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from api.errors import BadName, BadShownName, PasswordTooEasy, PasswordTooLong, PasswordTooShort
from api.staff.roles import Act, Role, may

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
LONGEST_SHOWN = 40
SHORTEST, LONGEST = 12, 128  # characters of a password
FEWEST_DIFFERENT = 5
EASY = ("password", "madoguchi", "qwerty", "123456", "abcdef", "asdfgh")
LOOKS = ("auto", "light", "dark", "contrast")


@dataclass(frozen=True)
class Preferences:
    """How the console looks and behaves for one person."""

    look: str = "auto"
    has_shortcuts: bool = True

    @classmethod
    def read(cls, kept: Mapping[str, object] | None) -> "Preferences":
        look = (kept or {}).get("look")
        return cls(
            look=str(look) if look in LOOKS else cls.look,
            has_shortcuts=(kept or {}).get("has_shortcuts") is not False,
        )


@dataclass(frozen=True)
class Person:
    """An account. `name` is typed at the door, `shown` is what colleagues and visitors read."""

    id: int
    name: str
    shown: str
    role: Role
    made_at: datetime
    is_disabled: bool = False
    has_password: bool = False
    has_codes: bool = False
    seen_at: datetime | None = None
    preferences: Preferences = field(default_factory=Preferences)

    @property
    def is_ready(self) -> bool:
        """Password and authenticator are set."""
        return self.has_password and self.has_codes

    def may(self, act: Act | str) -> bool:
        return may(self.role, Act(act))


@dataclass(frozen=True)
class Secrets:
    """What an account is proved with. Never shown, never logged."""

    password: str | None = field(repr=False)
    totp: str | None = field(repr=False)
    totp_next: str | None = field(repr=False)
    totp_step: int


NOBODY = Secrets(None, None, None, 0)
NOTHING: Mapping[str, str] = MappingProxyType({})


def clean_name(given: str) -> str:
    """The name as it is kept: small letters, half width. Raises BadName."""
    name = plain_name(given)
    if not NAME.fullmatch(name):
        raise BadName
    return name


def plain_name(given: str) -> str:
    return unicodedata.normalize("NFKC", given).strip().lower()


def clean_shown(given: str) -> str:
    """Raises BadShownName."""
    shown = " ".join(unicodedata.normalize("NFC", given).split())
    if not shown or len(shown) > LONGEST_SHOWN or not shown.isprintable():
        raise BadShownName(most=str(LONGEST_SHOWN))
    return shown


def clean_password(given: str, *, name: str) -> str:
    """A new password as it is hashed. Raises PasswordTooShort, PasswordTooLong or PasswordTooEasy."""
    password = same_form(given)
    if len(password) < SHORTEST:
        raise PasswordTooShort(least=str(SHORTEST))
    if len(password) > LONGEST:
        raise PasswordTooLong(most=str(LONGEST))
    small = password.lower()
    if name in small or len(set(small)) < FEWEST_DIFFERENT or any(easy in small for easy in EASY):
        raise PasswordTooEasy
    return password


def same_form(password: str) -> str:
    """However a keyboard composes the characters, they are the same password."""
    return unicodedata.normalize("NFKC", password)
