"""Who may speak now, and how that changes."""

from enum import StrEnum

from api.errors import MoveNotAllowed


class Speaker(StrEnum):
    """Who holds the conversation. Only `staff` silences the bot."""

    bot = "bot"
    nobody = "nobody"
    staff = "staff"


MOVES = {
    ("call", Speaker.bot): Speaker.nobody,  # a person was asked for; no one has come yet
    ("take", Speaker.nobody): Speaker.staff,
    ("take", Speaker.bot): Speaker.staff,
    ("release", Speaker.nobody): Speaker.bot,
    ("release", Speaker.staff): Speaker.bot,
}


def moved(speaker: Speaker, move: str) -> Speaker:
    """Who speaks after the move. Raises MoveNotAllowed."""
    try:
        return MOVES[move, speaker]
    except KeyError as error:
        raise MoveNotAllowed from error
