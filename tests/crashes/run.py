"""One run: visitors talk, processes die, and then everything is counted."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from tests.crashes.house import ALERTS, CrashHouse
from tests.crashes.judgement import Fault, Kind, bursts, faults, in_seeing, recognised
from tests.crashes.plan import Kill, Plan, Remark
from tests.crashes.visitors import VISITORS, Visitor, slack_texts
from tests.platforms.platform import Call

PATIENCE = 90.0  # seconds until what has not come is lost
AFTERWARDS = 1.0  # seconds in which something might come once too often


@dataclass(frozen=True)
class Run:
    """What a run came to."""

    channel: str
    seed: str
    kills: Counter[str]
    messages: int
    bursts: int
    seconds: float
    faults: tuple[Fault, ...]

    def count(self, kind: Kind) -> int:
        return sum(fault.kind is kind for fault in self.faults)


async def run(house: CrashHouse, channel: str, seed: str) -> Run:
    """Play the plan of this seed."""
    await house.ready()
    began, plan = time.monotonic(), Plan.of(seed)
    refused, told = len(_all_refused(house)), len(house.log.of_alerts())
    names = [f"{channel} {seed} {number}" for number in range(len(plan.talks))]
    visitors = [VISITORS[channel](house, name) for name in names]
    try:
        talks = [_talk(visitor, talk) for visitor, talk in zip(visitors, plan.talks, strict=True)]
        await asyncio.gather(_kill(house, plan.kills), *talks)
        await _until_quiet(house, visitors)
    finally:
        await asyncio.gather(*(visitor.leave() for visitor in visitors))
    logs = [(visitor, house.log.of(visitor.sent)) for visitor in visitors]
    found = [fault for visitor, log in logs for fault in faults(visitor.sent, log, visitor.seen(log))]
    return Run(
        channel,
        seed,
        Counter(kill.process for kill in plan.kills),
        sum(len(visitor.sent) for visitor in visitors),
        sum(bursts(log) for _, log in logs),
        time.monotonic() - began,
        (*found, *_among_alerts(house, before=told), *_refused(house, before=refused)),
    )


async def _talk(visitor: Visitor, talk: Sequence[Remark]) -> None:
    """Nobody waits for an answer, nor for the platform."""
    async with asyncio.TaskGroup() as saying:
        for remark in talk:
            await asyncio.sleep(remark.pause)
            saying.create_task(visitor.say(remark.text))


async def _kill(house: CrashHouse, kills: Iterable[Kill]) -> None:
    clock = asyncio.get_running_loop().time
    began = clock()
    for kill in kills:
        await asyncio.sleep(began + kill.at - clock())
        await house.kill(kill.process)


async def _until_quiet(house: CrashHouse, visitors: Sequence[Visitor]) -> None:
    """Wait until nothing is on its way any more, but not for ever: what is missing then is counted."""
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while _is_busy(house, visitors):
                await asyncio.sleep(0.3)
            await asyncio.sleep(AFTERWARDS)


def _is_busy(house: CrashHouse, visitors: Sequence[Visitor]) -> bool:
    sent = [event for visitor in visitors for event in visitor.sent]
    return (
        any(visitor.is_waiting() for visitor in visitors)
        or house.log.unanswered(sent) > 0
        or house.log.untold() > 0
        or house.log.undelivered() > 0
    )


def _among_alerts(house: CrashHouse, *, before: int) -> Iterable[Fault]:
    """What staff were told since, on whichever channel somebody called."""
    log = house.log.of_alerts()
    posts = house.slack.chats[house.slack.channel(ALERTS)].kept
    seen = recognised(slack_texts(posts, log), log)
    return in_seeing(log[before:], [[number for number in seen if number > before]])


def _refused(house: CrashHouse, *, before: int) -> Iterable[Fault]:
    return [Fault(Kind.refused, f"{call.path}: {call.reason}") for call in _all_refused(house)[before:]]


def _all_refused(house: CrashHouse) -> list[Call]:
    return sorted([*house.line.refused, *house.slack.refused], key=lambda call: call.at)
