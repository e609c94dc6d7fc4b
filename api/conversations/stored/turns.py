"""Turns on the disk: which messages are answered next, by whom, and with what."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from itertools import accumulate, takewhile
from typing import Any

from sqlalchemy import Connection, Row, and_, insert, literal_column, or_, select, update

from api.bot import Answer, Handoff, speaks_plainly
from api.conversations.handoff import MOVES, Speaker, moved
from api.conversations.manner import Manner, wished
from api.conversations.models import Line, Message, Outcome, State, Turn
from api.conversations.stored import deliveries, lines
from api.conversations.tables import conversations, handoffs, messages
from api.conversations.text import LONGEST

# Written out, not bound: only so do the engines see that the partial index fits.
WAITING = messages.c.state == literal_column("'waiting'")


def waiting(connection: Connection, *, bursts_before: datetime | None) -> list[str]:
    query = select(messages.c.conversation).where(WAITING).distinct()
    if bursts_before is not None:
        query = query.where(or_(messages.c.alone, messages.c.at <= bursts_before))
    return list(connection.scalars(query))


def take(
    connection: Connection, *, conversation: str, owner: str, now: datetime, until: datetime
) -> Turn | None:
    held = lines.locked(connection, conversation)
    if held.owner not in (None, owner) and held.until > now:
        return None
    left = _left_to_bot(connection, held)
    if not left:
        _lease(connection, conversation, owner=None, until=None)
        return None
    _lease(connection, conversation, owner=owner, until=until)
    taken = tuple(replace(each, attempts=each.attempts + 1) for each in together(left))
    lines.change(connection, conversation, *_sequences(taken), attempts=messages.c.attempts + 1)
    return _turn(connection, held, taken, tuple(each.text for each in left))


def together(left: Sequence[Message]) -> tuple[Message, ...]:
    """Those of the waiting that are answered next, with one answer.

    What was asked together once stays together, so that the bot can give the answer that it has already.
    A burst may not become longer than one message may be.
    """
    if begun := tuple(each for each in left if each.attempts):
        return begun
    run = list(takewhile(lambda each: not each.alone, left))
    lengths = accumulate(len(each.text) + 1 for each in run)
    fitting = sum(length <= LONGEST + 1 for length in lengths)
    return tuple(left[: max(fitting, 1)])


def finish(
    connection: Connection,
    *,
    turn: Turn,
    answer: Answer,
    added: Line | None,
    most_messages: int | None,
    owner: str,
    now: datetime,
) -> Outcome:
    held = lines.locked(connection, turn.conversation.id)
    left = _left_to_bot(connection, held)
    if held.owner != owner or _sequences(together(left)) != _sequences(turn.messages):
        return Outcome.lost
    _keep_answer(connection, turn, answer, now=now)
    if added:
        lines.put(connection, held.id, added, now=now, reply_to=turn.message.sequence)
    if answer.handoff:
        _call(connection, turn, answer.handoff, Speaker(held.speaker), now=now)
    deliveries.make(connection, held, most_messages=most_messages, now=now)
    if len(left) > len(turn.messages):
        return Outcome.more
    _lease(connection, held.id, owner=None, until=None)
    return Outcome.done


def move(connection: Connection, *, conversation: str, move: str) -> Speaker:
    speaker = moved(Speaker(lines.locked(connection, conversation).speaker), move)
    lines.change_conversation(connection, conversation, speaker=speaker)
    return speaker


def let_go(connection: Connection, *, owner: str | None) -> None:
    whose = conversations.c.owner == owner if owner else conversations.c.owner.is_not(None)
    connection.execute(update(conversations).where(whose).values(owner=None, until=None))
    deliveries.let_go(connection, owner=owner)


def _turn(connection: Connection, held: Row[Any], taken: tuple[Message, ...], texts: tuple[str, ...]) -> Turn:
    wish = wished(taken[-1].payload)
    manner = wish or lines.manner(connection, held.id)
    is_told = wish is not None or manner is Manner.of(is_plain=speaks_plainly(held.slots))
    return Turn(lines.as_conversation(held), taken, texts, manner, is_told, held.address)


def _left_to_bot(connection: Connection, held: Row[Any]) -> list[Message]:
    """What waits in a conversation, after what is not the bot's has been marked as the staff's.

    In the order in which it was sent, but what we have begun to answer comes first.
    """
    here = and_(messages.c.conversation == held.id, WAITING)
    if held.speaker == Speaker.staff:
        connection.execute(update(messages).where(here).values(state=State.for_staff))
        return []
    order = (messages.c.attempts == 0, messages.c.sent_at, messages.c.sequence)
    rows = connection.execute(select(messages).where(here).order_by(*order))
    return [lines.as_message(row) for row in rows]


def _keep_answer(connection: Connection, turn: Turn, answer: Answer, *, now: datetime) -> None:
    conversation, sequence = turn.conversation.id, turn.message.sequence
    for reply in answer.replies:
        said = replace(reply, plain=reply.plain or answer.is_plain)
        lines.say(connection, conversation, said, reply_to=sequence, now=now)
    answered = {"state": State.answered, "answered_with": sequence}
    if others := _sequences(turn.messages[:-1]):
        lines.change(connection, conversation, *others, **answered)
    understood = answer.understood and asdict(answer.understood)
    referral = answer.referral and asdict(answer.referral)
    lines.change(connection, conversation, sequence, **answered, understood=understood, referral=referral)
    if answer.slots is not None:
        lines.change_conversation(connection, conversation, slots=answer.slots)


def _call(connection: Connection, turn: Turn, handoff: Handoff, speaker: Speaker, *, now: datetime) -> None:
    """Note that a person is asked for. Each call is kept, though only the first moves the conversation."""
    conversation = turn.conversation.id
    connection.execute(
        insert(handoffs).values(
            conversation=conversation, sequence=turn.message.sequence, reason=handoff.reason, at=now
        )
    )
    if ("call", speaker) in MOVES:
        move(connection, conversation=conversation, move="call")


def _sequences(some: Sequence[Message]) -> tuple[int, ...]:
    return tuple(each.sequence for each in some)


def _lease(connection: Connection, conversation: str, *, owner: str | None, until: datetime | None) -> None:
    lines.change_conversation(connection, conversation, owner=owner, until=until)
