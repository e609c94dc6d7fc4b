"""What was written into the form: tidied, checked, and given back where something is wrong."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from api import phrases
from api.conversations.models import Details
from api.conversations.text import tidy
from knowledge.redaction import Kind, Span, find

LONGEST = {"company": 100, "name": 100, "phone": 40, "mail": 254, "hours": 200, "text": 2000}  # characters
CONSENT = "consent"
_TYPED_IN_FULL_WIDTH = frozenset({"phone", "mail"})
_PHONE = re.compile(r"[+]?[\d\s()./ー-]+")
_EXTENSION = re.compile(r"\s*(内線|ext\.?)\s*\d{1,6}$", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
_HYPHENS = str.maketrans("‐‑‒–—―−", "-------")
_SECRET_LENGTHS = frozenset({12, 14, 15, 16})  # digits of a My Number or a card, mistyped or not
_ACCOUNT = re.compile(r"口座|暗証|パスワード")


class Fault(Enum):
    """What may be wrong with a field: as it is said, and in やさしい日本語."""

    no_name = (phrases.FORM_NO_NAME, phrases.FORM_NO_NAME_PLAIN)
    no_way = (phrases.FORM_NO_WAY, phrases.FORM_NO_WAY_PLAIN)
    no_phone = (phrases.FORM_NO_PHONE, phrases.FORM_NO_PHONE_PLAIN)
    no_mail = (phrases.FORM_NO_MAIL, phrases.FORM_NO_MAIL_PLAIN)
    too_long = (phrases.FORM_TOO_LONG, phrases.FORM_TOO_LONG_PLAIN)
    secret = (phrases.FORM_SECRET, phrases.FORM_SECRET_PLAIN)
    no_consent = (phrases.FORM_NO_CONSENT, phrases.FORM_NO_CONSENT_PLAIN)

    def worded(self, field: str, *, is_plain: bool) -> str:
        normal, plain = self.value
        return str(plain if is_plain else normal).format(longest=f"{LONGEST.get(field, 0):,}")


@dataclass(frozen=True)
class Written:
    """The text of each field, and whether the box of consent was ticked."""

    texts: Mapping[str, str]
    has_consented: bool = False

    @classmethod
    def nothing(cls) -> "Written":
        return cls(dict.fromkeys(LONGEST, ""))

    @classmethod
    def read(cls, sent: Mapping[str, object]) -> "Written":
        """What a browser sent; files and unknown fields are left out."""
        return cls({name: _tidied(name, sent.get(name)) for name in LONGEST}, sent.get(CONSENT) == "yes")

    def faults(self) -> dict[str, Fault]:
        """What is wrong, by field and in the order of the page."""
        found = {name: _fault(name, text) for name, text in self.texts.items()}
        if not self.texts["phone"] and not self.texts["mail"]:
            found["phone"] = Fault.no_way
        found[CONSENT] = None if self.has_consented else Fault.no_consent
        return {name: fault for name, fault in found.items() if fault}

    def details(self, *, source: str, now: datetime) -> Details:
        """As it is kept. Only of what has no faults."""
        texts = {name: text or None for name, text in self.texts.items()}
        return Details(**texts, consented_at=now, source=source)


def _tidied(name: str, sent: object) -> str:
    text = tidy(sent) if isinstance(sent, str) else ""
    return unicodedata.normalize("NFKC", text).translate(_HYPHENS) if name in _TYPED_IN_FULL_WIDTH else text


def _fault(name: str, text: str) -> Fault | None:
    if len(text) > LONGEST[name]:
        return Fault.too_long
    if _has_secret(text):
        return Fault.secret
    if name == "name" and not text:
        return Fault.no_name
    if name == "phone" and text and not _is_phone(text):
        return Fault.no_phone
    if name == "mail" and text and not _MAIL.fullmatch(text):
        return Fault.no_mail
    return None


def _is_phone(text: str) -> bool:
    number = _EXTENSION.sub("", text)
    return _PHONE.fullmatch(number) is not None and 9 <= _digits(number) <= 15


def _has_secret(text: str) -> bool:
    return any(_is_secret(span, text) for span in find(text))


def _is_secret(span: Span, text: str) -> bool:
    """A My Number, a card, or a long number that looks like one or stands beside the word for an account."""
    if span.kind is not Kind.LONG_NUMBER:
        return span.kind in (Kind.MY_NUMBER, Kind.CREDIT_CARD)
    return _digits(text[span.start : span.end]) in _SECRET_LENGTHS or _ACCOUNT.search(text) is not None


def _digits(text: str) -> int:
    return sum(sign.isdecimal() for sign in text)
