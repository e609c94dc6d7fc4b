"""One normal form of Japanese text for every comparison; the original is kept for people."""

import re
import unicodedata

_SPACES = re.compile(r"[ \t\u3000]+")
_HYPHENS = str.maketrans({"‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "~": "〜"})
_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ"))}


def normalise(text: str) -> str:
    """NFKC, lower case, one kind of hyphen, single spaces.

    ㈱, half-width kana and full-width letters become their usual forms. The
    result may differ in length from the input: offsets are not preserved.
    """
    folded = unicodedata.normalize("NFKC", text).lower().translate(_HYPHENS)
    return _SPACES.sub(" ", folded).strip()


def hiragana(text: str) -> str:
    """Katakana as hiragana; everything else as it is. Length is preserved."""
    return text.translate(_KATAKANA_TO_HIRAGANA)


def without_command(text: str) -> str:
    """Take away what Rasa would read as a command: a leading slash, however wide.

    Rasa trusts ``/intent{...}`` from anyone; only our own buttons may say that.
    """
    return re.sub(r"^(?:[\s\u200b\ufeff]*[/／⁄∕]+)+", "", text)
