"""The second proof: six digits of an authenticator, or a recovery code from paper."""

import re
import secrets
import unicodedata
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest

import pyotp
import segno

ISSUER = "Madoguchi"
STEP = 30  # seconds that a code is shown
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
RECOVERY_CODES, GROUPS, LETTERS_A_GROUP = 10, 3, 4
NOT_IN_A_CODE = re.compile(r"[\s\-‐‑–—−ー]+")


def new_secret() -> str:
    return pyotp.random_base32()


def address(secret: str, name: str) -> str:
    """What an authenticator reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def picture(secret: str, name: str) -> str:
    """The address as SVG, to stand in a page. Black on white, whatever the page's colours."""
    made = segno.make(address(secret, name), error="m", micro=False)
    return made.svg_inline(scale=5, border=4, light="#ffffff", title="QR", omitsize=True)


def spaced(secret: str) -> str:
    """The secret as it is typed from the screen."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def step_of(code: str, secret: str, now: datetime, *, after: int) -> int | None:
    """The step of time to which a code belongs: this one, the last or the next. None if it is wrong.

    A code counts once: only steps after the one that was last used.
    """
    here, given, made = int(now.timestamp()) // STEP, clean(code).encode(), pyotp.TOTP(secret)
    for step in (here, here - 1, here + 1):
        if step > after and compare_digest(made.generate_otp(step).encode(), given):
            return step
    return None


def new_recovery_codes() -> tuple[str, ...]:
    return tuple(_recovery_code() for _ in range(RECOVERY_CODES))


def _recovery_code() -> str:
    groups = ("".join(secrets.choice(LETTERS) for _ in range(LETTERS_A_GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def clean(code: str) -> str:
    """A code as people type it: in full width, with spaces or hyphens."""
    return NOT_IN_A_CODE.sub("", unicodedata.normalize("NFKC", code)).lower()


def is_recovery_code(code: str) -> bool:
    return len(clean(code)) == GROUPS * LETTERS_A_GROUP


def hash_of(token: str) -> str:
    """How a long random token or code is kept."""
    return sha256(token.encode()).hexdigest()


def new_token() -> str:
    return secrets.token_urlsafe(32)
