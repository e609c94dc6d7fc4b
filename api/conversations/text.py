"""What a visitor wrote, made safe to store and to show."""

import unicodedata

from api.errors import BrokenCharacter, EmptyText, TextTooLong

LONGEST = 4000
LINE_ENDS = str.maketrans({"\r": "\n", "\u2028": "\n", "\u2029": "\n"})


def clean(text: str) -> str:
    """A message that can be kept. Raises EmptyText, TextTooLong and BrokenCharacter."""
    cleaned = tidy(text)
    if not cleaned:
        raise EmptyText
    if len(cleaned) > LONGEST:
        raise TextTooLong
    return cleaned


def tidy(text: str) -> str:
    """The text in NFC, without the characters that nobody sees.

    Removed are control characters (but newline and tab) and format characters:
    zero-width ones, byte order marks, overrides of the writing direction.
    Raises BrokenCharacter (half of a surrogate pair).
    """
    visible = "".join(filter(_is_kept, text.replace("\r\n", "\n").translate(LINE_ENDS)))
    return unicodedata.normalize("NFC", visible).strip()


def _is_kept(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Cs":
        raise BrokenCharacter
    return category not in ("Cc", "Cf") or character in "\n\t"
