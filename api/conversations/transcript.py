"""A conversation of the log, read as turns: what was said, and what the bot reported with its answer.

Nothing is guessed. The log keeps the desks of each referral, but the slots of
the newest answer only: which question stood open is known for the last turn
alone, and of an earlier turn nothing is told.
"""

import asyncio
import json
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from api.conversations.models import Author, Message, Report, State
from api.conversations.store import Store
from api.db import Database, copy
from api.errors import DatabaseUnavailable
from knowledge.desks import find_desk

UNKNOWN = 3  # exit codes, for scripts/add-conversation
NO_LOG = 4
NOTHING_SAID = 5

ENDS = ("municipality", "topics", "urgent")


@dataclass(frozen=True)
class Turn:
    """One message of the visitor; `first` is the name of a first desk that is new.

    `asks` is the question that stands open, "" for none, None where the log does not tell.
    """

    say: str
    first: str | None
    asks: str | None


@dataclass(frozen=True)
class Transcript:
    """The turns that the bot answered, what was known at their end, and which messages are not among them.

    `by_staff`, `by_fallback` and `unanswered` are sequences of messages.
    """

    turns: tuple[Turn, ...]
    ends: Mapping[str, object]
    by_staff: tuple[int, ...] = ()
    by_fallback: tuple[int, ...] = ()
    unanswered: tuple[int, ...] = ()


def transcript(messages: Sequence[Message], reports: Sequence[Report]) -> Transcript:
    """The conversation as turns, in order.

    What staff took, what the gateway answered by itself and what still waits is left out. Messages that were
    answered together are one turn.
    """
    left: dict[str, list[int]] = {"by_staff": [], "by_fallback": [], "unanswered": []}
    reported = {report.sequence: report for report in reports}
    turns: list[Turn] = []
    before: str | None = None
    said = [message for message in messages if message.author is Author.visitor]
    for message in said:
        report = reported.get(message.answered_with or message.sequence)
        if report is None:
            left[_left_out(message, messages)].append(message.sequence)
            continue
        if message.sequence != report.sequence:  # it is told with the last of them
            continue
        first = _first(report)
        turns.append(Turn(_told(message, said), _name(first) if first != before else None, _asks(report)))
        before = first or before
    ends = _ends(reports[-1]) if reports else {}
    return Transcript(tuple(turns), ends, **{name: tuple(kept) for name, kept in left.items()})


def _told(last: Message, said: Iterable[Message]) -> str:
    """The text of the messages that were answered with this one, in the order in which they were sent."""
    together = [each for each in said if each.answered_with == last.sequence] or [last]
    in_order = sorted(together, key=lambda each: (each.sent_at or each.at, each.sequence))
    return "\n".join(each.text for each in in_order)


def _left_out(message: Message, messages: Iterable[Message]) -> str:
    """Why the bot reported nothing on a message."""
    replies = [reply for reply in messages if reply.reply_to == message.sequence]
    if message.state is State.for_staff or any(reply.author is Author.staff for reply in replies):
        return "by_staff"
    return "by_fallback" if message.state is State.answered else "unanswered"


def _first(report: Report) -> str | None:
    """The first desk that stands offered. A referral says so by itself: its desks are the offered ones."""
    desks = report.referral.desks if report.referral else (report.slots or {}).get("offered")
    return desks[0] if desks else None


def _asks(report: Report) -> str | None:
    return (report.slots or {}).get("asking")


def _ends(report: Report) -> dict[str, object]:
    """What is known at the end. Of a call for a person only that there was one: tests know no reasons."""
    slots = report.slots or {}
    known = {key: slots[key] for key in ENDS if key in slots}
    return {**known, **({"handoff": bool(slots["handoff"])} if "handoff" in slots else {})}


def _name(desk: str | None) -> str | None:
    try:
        return find_desk(desk).name if desk else None
    except KeyError:  # it was offered once and has since left the tables
        return None


async def read(store: Store, conversation: str) -> Transcript | None:
    """The conversation of this id. None: there is none."""
    messages = await store.messages(conversation, after=0)
    return transcript(messages, await store.reports(conversation)) if messages else None


def read_log(log: Path, conversation: str) -> Transcript | None:
    """The conversation of this id, out of a copy of the log. None: there is none.

    A copy, because the gateway may be running; nobody else can read it, and it is gone at the end.
    Raises DatabaseUnavailable when there is no log.
    """
    with tempfile.TemporaryDirectory(prefix="madoguchi-log-") as private:
        copied = Path(private) / log.name
        copy(log, copied)
        database = Database(f"sqlite:///{copied}")
        database.open()
        try:
            return asyncio.run(read(Store(database), conversation))
        finally:
            database.close()


def main(log: Path, conversation: str) -> None:
    """Print the transcript as JSON."""
    try:
        found = read_log(log, conversation)
    except DatabaseUnavailable:
        raise SystemExit(NO_LOG) from None
    if found is None:
        raise SystemExit(UNKNOWN)
    if not found.turns:
        raise SystemExit(NOTHING_SAID)
    print(json.dumps(asdict(found), ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
