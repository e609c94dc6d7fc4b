"""What we answer ourselves: to what has no words, or cannot be read."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from api import phrases
from api.conversations.manner import Manner
from api.conversations.models import Author, Line

Said = Callable[[Manner], Line]


def said(text: str, plain: str) -> Said:
    """A line of ours, as the visitor wants to be spoken to."""

    def line(manner: Manner) -> Line:
        is_plain = manner is Manner.plainly
        return Line(Author.system, plain if is_plain else text, plain=is_plain)

    return line


NOT_READ = said(phrases.NOT_READ, phrases.NOT_READ_PLAIN)
PLACE_NOT_READ = said(phrases.PLACE_NOT_READ, phrases.PLACE_NOT_READ_PLAIN)
PLACE_OUTSIDE = said(phrases.PLACE_OUTSIDE, phrases.PLACE_OUTSIDE_PLAIN)
BUTTON_GONE = said(phrases.BUTTON_GONE, phrases.BUTTON_GONE_PLAIN)

# By LINE's word for it: how it stands in the record, and what we answer.
WORDLESS: Mapping[str, tuple[str, Said]] = MappingProxyType(
    {
        "sticker": (phrases.STICKER, said(phrases.STICKER_SEEN, phrases.STICKER_SEEN_PLAIN)),
        "image": (phrases.PICTURE, NOT_READ),
        "video": (phrases.VIDEO, NOT_READ),
        "audio": (phrases.SOUND, NOT_READ),
        "file": (phrases.FILE, NOT_READ),
    }
)
