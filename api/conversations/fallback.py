"""What is said when the bot says nothing."""

from api.bot import Answer, Handoff, Reply
from api.phrases import BOT_SILENT, BOT_SILENT_PLAIN
from knowledge.cards import cards, emergency_text
from knowledge.desks import find_desk
from knowledge.referral import GENERAL_DESKS
from knowledge.urgency import Emergency, recognise


def prepare() -> None:
    """Read the tables now, so that a broken one stops the start and not the help."""
    recognise("")
    cards()
    for desk in GENERAL_DESKS:
        find_desk(desk)


def is_emergency(text: str) -> bool:
    """Whether this must not wait for the bot to come back."""
    return recognise(text) is not None


def is_crisis(text: str) -> bool:
    """Whether a person is in danger."""
    emergency = recognise(text)
    return emergency is not None and emergency.is_crisis


def answer_without_bot(message: str, text: str, *, is_plain: bool) -> Answer:
    """The emergency's card if there is one, then the general desks; and a person is called.

    All of it in やさしい日本語 if `is_plain`. Where a person is in danger the card stands alone:
    desks for business would lead away from it.
    """
    replies = _replies(recognise(text), is_plain=is_plain)
    return Answer(message=message, replies=replies, handoff=Handoff("bot_failure"))


def _replies(emergency: Emergency | None, *, is_plain: bool) -> tuple[Reply, ...]:
    silent = BOT_SILENT_PLAIN if is_plain else BOT_SILENT
    general = Reply(text=silent, desks=GENERAL_DESKS, plain=is_plain)
    if emergency is None:
        return (general,)
    text = emergency_text(emergency, is_plain=is_plain)
    card = Reply(text=text, desks=cards()[emergency.card].desks, plain=is_plain)
    return (card,) if emergency.is_crisis else (card, general)
