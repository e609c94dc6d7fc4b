"""What is said when the bot says nothing."""

from api.bot import Answer, Handoff, Reply
from api.phrases import BOT_SILENT
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


def answer_without_bot(message: str, text: str) -> Answer:
    """The emergency's card if there is one, then the general desks; and a person is called.

    Where a person is in danger the card stands alone: desks for business would lead away from it.
    """
    return Answer(message=message, replies=_replies(recognise(text)), handoff=Handoff("bot_failure"))


def _replies(emergency: Emergency | None) -> tuple[Reply, ...]:
    general = Reply(text=BOT_SILENT, desks=GENERAL_DESKS)
    if emergency is None:
        return (general,)
    card = Reply(text=emergency_text(emergency), desks=cards()[emergency.card].desks)
    return (card,) if emergency.is_crisis else (card, general)
