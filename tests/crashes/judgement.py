"""What was lost, out of order or doubled, from what was sent, what is in the log, and what was seen."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, combinations, groupby

from tests.crashes.log import Line


class Kind(StrEnum):
    lost = "lost"
    out_of_order = "out of order"
    doubled = "doubled"
    refused = "refused"


@dataclass(frozen=True)
class Fault:
    """One thing that went wrong, and where."""

    kind: Kind
    where: str


def faults(sent: Sequence[str], log: Sequence[Line], seen: Sequence[Sequence[int]]) -> list[Fault]:
    """Of one visitor: `sent` are the events, `seen` the sequences of our lines in each place where they stood."""
    return [*_in_keeping(sent, log), *_in_answering(log), *_in_order(log), *in_seeing(log, seen)]


def _in_keeping(sent: Sequence[str], log: Sequence[Line]) -> Iterator[Fault]:
    """Every message is kept once, all in one conversation, and nothing else is."""
    kept = Counter(line.event for line in log if not line.is_ours)
    for event in sent:
        if not kept[event]:
            yield Fault(Kind.lost, f"message {event} is not kept")
    for stored, times in kept.items():
        if times > 1 or stored not in sent:
            yield Fault(Kind.doubled, f"message {stored} is kept {times} times")
    if len({line.conversation for line in log}) > 1:
        yield Fault(Kind.doubled, f"the conversation of {sent[0]}")


def _in_answering(log: Sequence[Line]) -> Iterator[Fault]:
    """Every message is answered, by one answer; one answer is what was kept in one moment."""
    answers = {line.reply_to for line in log if line.is_ours and line.reply_to}
    asked = {line.answered_with for line in log if not line.is_ours}
    for line in log:
        is_answered = line.is_ours or (line.state == "answered" and line.answered_with in answers)
        if not is_answered:
            yield Fault(Kind.lost, f"the answer to {_place(line)}, which is {line.state}")
    for line in log:
        if line.is_ours and line.reply_to and line.reply_to not in asked:
            yield Fault(Kind.doubled, f"{_place(line)} answers what was answered otherwise")
    for number in answers & asked:
        said = [line for line in log if line.is_ours and line.reply_to == number]
        if len({line.at for line in said}) > 1 or len({line.text for line in said}) < len(said):
            yield Fault(Kind.doubled, f"the answer to {said[0].conversation}/{number}")


def _in_order(log: Sequence[Line]) -> Iterator[Fault]:
    """Who was sent and kept before another is not answered after it."""
    first = {line.reply_to: line.sequence for line in reversed(log) if line.reply_to}
    answered = [
        (line, first[line.answered_with]) for line in log if not line.is_ours and line.answered_with in first
    ]
    for (one, answer), (other, answer_to_other) in combinations(answered, 2):
        is_before = (one.sent_at or "") <= (other.sent_at or "")
        if is_before and answer > answer_to_other:
            yield Fault(Kind.out_of_order, f"{_place(other)} was answered before {_place(one)}")


def in_seeing(log: Sequence[Line], seen: Sequence[Sequence[int]]) -> Iterator[Fault]:
    """What was seen is what we said: all of it, once, and in each place in order."""
    said, shown = Counter(line.sequence for line in log if line.is_ours), Counter(chain(*seen))
    where = log[0].conversation if log else "nowhere"
    for number in said - shown:
        yield Fault(Kind.lost, f"{where}/{number} was not seen")
    for number in shown - said:
        yield Fault(Kind.doubled, f"{where}/{number} was seen {shown[number]} times")
    for place in seen:
        if (once := list(dict.fromkeys(place))) != sorted(once):
            yield Fault(Kind.out_of_order, f"{where} was seen in the order {place}")


def recognised(spoken: Iterable[str], log: Sequence[Line]) -> list[int]:
    """The lines that stand in these texts, by their sequences. Several may stand in one. -1: what is none of them."""
    ours = [line for line in log if line.is_ours]
    found: list[int] = []
    for text in spoken:
        rest = text.strip()
        while rest:
            number, length = _next_line(rest, ours, after=found[-1] if found else 0)
            found.append(number)
            rest = rest[length:].lstrip("\n")
    return found


def _next_line(text: str, ours: Sequence[Line], *, after: int) -> tuple[int, int]:
    """With which line the text begins, and how far that goes. Said more than once, it is the next one."""
    for line in sorted(ours, key=lambda line: (line.sequence <= after, line.sequence)):
        said = line.text.strip()
        if text.startswith(said):
            return line.sequence, len(said) + _choices(text[len(said) :], line)
    return -1, len(text)


def _choices(rest: str, line: Line) -> int:
    """How far its choices go, where they are written out below it."""
    if not line.buttons:
        return 0
    last = f"・{line.buttons[-1]}"
    return rest.index(last) + len(last) if last in rest else 0


def bursts(log: Sequence[Line]) -> int:
    """How many answers are to more than one message."""
    together = sorted((line.conversation, line.answered_with or 0) for line in log if not line.is_ours)
    return sum(len(list(some)) > 1 for _, some in groupby(together))


def _place(line: Line) -> str:
    return f"{line.conversation}/{line.sequence}"
