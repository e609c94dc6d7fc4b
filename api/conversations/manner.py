"""How a visitor wants to be spoken to, and how this is said to the bot."""

from enum import StrEnum

from api.phrases import SPEAK_NORMALLY, SPEAK_PLAINLY


class Manner(StrEnum):
    """A wish that a page may send by its name: やさしい日本語, or back."""

    plainly = "plainly"
    normally = "normally"

    @classmethod
    def of(cls, *, is_plain: bool) -> "Manner":
        return cls.plainly if is_plain else cls.normally

    @property
    def words(self) -> str:
        """The wish in the visitor's words, as it stands in the record."""
        return SPEAK_PLAINLY if self is Manner.plainly else SPEAK_NORMALLY

    @property
    def payload(self) -> str:
        return f"/speak_{self}"


def wished(payload: str | None) -> Manner | None:
    """The manner that this payload asks for, if it asks for one; the bot's own buttons may do so too."""
    return next((manner for manner in Manner if manner.payload == payload), None)
