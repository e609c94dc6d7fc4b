"""What is said when the bot says nothing."""

from api.bot import Answer, Handoff, Reply
from api.phrases import BOT_SILENT
from knowledge.desks import find_desk
from knowledge.emergencies import emergency_text, recognise
from knowledge.referral import GENERAL_DESKS


def prepare() -> None:
    """Read the tables now, so that a broken one stops the start and not the help."""
    recognise("")
    for desk in GENERAL_DESKS:
        find_desk(desk)


def is_emergency(text: str) -> bool:
    """Whether this must not wait for the bot to come back."""
    return recognise(text) is not None


def answer_without_bot(message: str, text: str) -> Answer:
    """The emergency's card if there is one, then the general desks; and a person is called."""
    general = Reply(text=BOT_SILENT, desks=tuple(GENERAL_DESKS))
    return Answer(message=message, replies=(*_card(text), general), handoff=Handoff("bot_failure"))


def _card(text: str) -> tuple[Reply, ...]:
    emergency = recognise(text)
    if emergency is None:
        return ()
    return (Reply(text=emergency_text(emergency), desks=tuple(emergency.desks)),)
