"""Delivers what is due: one task per conversation, in order, and once as far as the platform lets us."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from random import uniform

import structlog

from api.conversations.collector import offer
from api.conversations.courier import Courier, Couriers
from api.conversations.models import Author, Conversation, Line
from api.conversations.store import Store
from api.conversations.stored.deliveries import Attempt
from api.conversations.turns import Turns
from api.errors import NotDelivered, OutOfQuota, TicketRefused, TryLater, Undeliverable
from api.phrases import UNDELIVERED

CALL = 20.0  # seconds one call may take
LEASE = timedelta(seconds=CALL + 10)
CALLS_AT_ONCE = 32  # on one channel; a platform that hangs does not hold up another
LONGEST_PAUSE = 60.0  # seconds between attempts, where the platform names no time
GIVE_UP = timedelta(hours=24)  # after the first attempt; platforms know our key for as long
QUOTA_PAUSE = timedelta(hours=1)
TICKET_LIFE = timedelta(minutes=1)

log = structlog.get_logger(__name__)


class Deliveries:
    """The way out to visitors who have no page open. `tell` says that staff have something new to read."""

    def __init__(
        self, store: Store, couriers: Couriers, clock: Callable[[], datetime], tell: Callable[[str], None]
    ) -> None:
        self._store = store
        self._couriers = couriers
        self._clock = clock
        self._tell = tell
        self._rooms = {channel: asyncio.Semaphore(CALLS_AT_ONCE) for channel in couriers}
        self._turns = Turns(self._deliver, self._due)

    def start(self) -> None:
        if self._couriers:
            self._turns.start()

    async def stop(self) -> None:
        """Stop at once. What was under way is repeated after the next start."""
        await self._turns.stop()

    def courier(self, channel: str) -> Courier | None:
        """Who delivers on this channel. None: its visitors fetch what is new."""
        return self._couriers.get(channel)

    def most_messages(self, channel: str) -> int | None:
        """How many lines one call of the channel's courier takes. None: it has none."""
        courier = self.courier(channel)
        return courier.most_messages if courier else None

    def wake(self, conversation: str) -> None:
        """See what is to be delivered here."""
        if self._couriers:
            self._turns.wake(conversation)

    async def _deliver(self, conversation: str) -> None:
        found = await self._store.conversation(conversation)
        while found and found.channel in self._couriers:
            if not await self._attempt(found):
                return

    async def _attempt(self, conversation: Conversation) -> bool:
        """Deliver once. False: nothing is due."""
        courier = self._couriers[conversation.channel]
        async with self._rooms[conversation.channel]:
            attempt = await self._store.begin_delivery(
                conversation.id, now=self._clock(), lease=LEASE, most_messages=courier.most_messages
            )
            if attempt is None:
                return False
            trouble = TryLater() if self._is_over(attempt) else await _call(courier, attempt)
            await self._settle(attempt, trouble)
            return True

    async def _settle(self, attempt: Attempt, trouble: NotDelivered | None) -> None:
        """Write down what became of an attempt. If it is no longer ours, nothing is written."""
        now = self._clock()
        match trouble:
            case None:
                await self._store.delivered(attempt, now=now)
            case TicketRefused() if attempt.ticket:
                await self._after_refusal(attempt, now=now)
            case OutOfQuota():
                await self._store.hold_delivery(attempt, trouble.code, until=now + QUOTA_PAUSE, now=now)
            case Undeliverable():
                await self._fail(attempt, trouble, now=now)
            case _:
                await self._after_trouble(attempt, trouble, now=now)
        _note(attempt, trouble)

    async def _after_refusal(self, attempt: Attempt, *, now: datetime) -> None:
        """A ticket that is refused though it lives still was spent: by our own attempt before."""
        assert attempt.ticket
        lives = now - attempt.ticket.issued_at <= TICKET_LIFE
        if attempt.parcel.is_again and lives:
            await self._store.delivered(attempt, now=now)
        else:
            await self._store.deliver_without_ticket(attempt, now=now)

    async def _after_trouble(self, attempt: Attempt, trouble: NotDelivered, *, now: datetime) -> None:
        if self._is_over(attempt):
            await self._fail(attempt, trouble, now=now)
            return
        pause = timedelta(seconds=_pause(attempt, trouble))
        await self._store.postpone_delivery(attempt, trouble.code, until=now + pause, now=now)

    def _is_over(self, attempt: Attempt) -> bool:
        """Whether it is too late to repeat it: the platform would take it for a new one."""
        return attempt.parcel.is_again and self._clock() - attempt.began_at >= GIVE_UP

    async def _fail(self, attempt: Attempt, trouble: NotDelivered, *, now: datetime) -> None:
        notice = Line(Author.system, UNDELIVERED, internal=True)
        if await self._store.fail_delivery(attempt, trouble.code, notice, now=now):
            log.error("delivery_failed", **_ids(attempt), code=trouble.code)
            self._tell(attempt.parcel.conversation.id)

    async def _due(self) -> list[str]:
        """Where something is due, after tickets that go stale have been spent."""
        for channel, courier in self._couriers.items():
            if courier.collect_after is not None:
                await self._collect(channel, courier, timedelta(seconds=courier.collect_after))
        return await self._store.due_deliveries(now=self._clock())

    async def _collect(self, channel: str, courier: Courier, after: timedelta) -> None:
        now = self._clock()
        for conversation in await self._store.stale_tickets(channel, now=now, after=after):
            await self._store.offer_collector(
                conversation, offer, now=now, most_messages=courier.most_messages
            )


async def _call(courier: Courier, attempt: Attempt) -> NotDelivered | None:
    try:
        async with asyncio.timeout(CALL):
            await courier.deliver(attempt.parcel)
    except NotDelivered as trouble:
        return trouble
    except TimeoutError:
        return TryLater()
    except Exception:
        log.exception("courier_broke", **_ids(attempt))
        return TryLater()
    return None


def _pause(attempt: Attempt, trouble: NotDelivered) -> float:
    """Seconds until the next attempt: what the platform asks for, else 1, 2, 4 … with some chance in it."""
    if isinstance(trouble, TryLater) and trouble.after is not None:
        return trouble.after
    return min(2.0 ** min(attempt.attempts - 1, 10), LONGEST_PAUSE) * uniform(0.75, 1.25)


def _ids(attempt: Attempt) -> dict[str, object]:
    return {"conversation": attempt.parcel.conversation.id, "deliveries": attempt.deliveries}


def _note(attempt: Attempt, trouble: NotDelivered | None) -> None:
    code = trouble.code if trouble else "accepted"
    log.info("delivery", **_ids(attempt), attempts=attempt.attempts, code=code)
