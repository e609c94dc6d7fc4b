"""The collector: a button that brings a new right to answer, where the old one goes stale before the answer is made."""

from api import phrases
from api.bot import Button
from api.conversations.courier import COLLECT
from api.conversations.manner import Manner
from api.conversations.models import Author, Line


def offer(manner: Manner) -> Line:
    """We are still at it."""
    return _line(manner, phrases.COLLECT, phrases.COLLECT_PLAIN, has_button=True)


def not_ready(manner: Manner) -> Line:
    """It was pressed, and we are still at it."""
    return _line(manner, phrases.COLLECT_NOT_READY, phrases.COLLECT_NOT_READY_PLAIN, has_button=True)


def nothing(manner: Manner) -> Line:
    """It was pressed, and everything has been delivered."""
    return _line(manner, phrases.COLLECT_NOTHING, phrases.COLLECT_NOTHING_PLAIN, has_button=False)


def _line(manner: Manner, text: str, plain: str, *, has_button: bool) -> Line:
    is_plain = manner is Manner.plainly
    title = phrases.COLLECT_BUTTON_PLAIN if is_plain else phrases.COLLECT_BUTTON
    buttons = (Button(title, COLLECT),) if has_button else ()
    return Line(Author.system, plain if is_plain else text, buttons=buttons, plain=is_plain)
