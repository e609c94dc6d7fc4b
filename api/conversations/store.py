"""The one door to what is on the disk: each method is one transaction. The SQL stands in stored/."""

import secrets
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from uuid import uuid4

from sqlalchemy import Connection

from api.bot import Answer, Reply
from api.conversations.channel import Address, Inbound, Notice
from api.conversations.handoff import Speaker
from api.conversations.manner import Manner
from api.conversations.models import (
    Conversation,
    Details,
    FormLink,
    Line,
    Message,
    Outcome,
    Receipt,
    Report,
    Turn,
)
from api.conversations.stored import alerts, deliveries, forms, inbox, lines, notices, tickets, turns
from api.conversations.stored.deliveries import FRESH, Attempt
from api.conversations.stored.notices import LineFor
from api.db import Database


class Store:
    """Conversations and messages on the disk. `owner` is this process, in leases.

    `most_messages` is how many lines one call of the channel's courier takes; None where it has no courier.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.owner = uuid4().hex

    async def open(self, channel: str, sender: str, greeting: Reply, *, now: datetime) -> str:
        """Begin a conversation with our greeting. Returns its id."""
        return await self._database.write(
            partial(lines.open_conversation, channel=channel, sender=sender, greeting=greeting, now=now)
        )

    async def find(self, channel: str, sender: str) -> Conversation | None:
        """The conversation of this person on this channel."""
        return await self._database.read(partial(lines.find, channel=channel, sender=sender))

    async def append(
        self,
        inbound: Inbound,
        greeting: Reply,
        *,
        now: datetime,
        original: str | None = None,
        is_alone: bool = True,
        most_messages: int | None = None,
    ) -> Receipt:
        """Keep a message as waiting, unless this event was kept before. Opens the conversation if need be.

        `original` is its text before it was masked, if it was.
        """
        return await self._database.write(
            partial(
                inbox.append,
                inbound=inbound,
                greeting=greeting,
                now=now,
                original=original,
                is_alone=is_alone,
                most_messages=most_messages,
            )
        )

    async def withdraw(self, channel: str, reference: str, *, now: datetime) -> str | None:
        """Forget what the visitor took back, now or when it comes. Returns its conversation, if it is here."""
        return await self._database.write(
            partial(inbox.withdraw, channel=channel, reference=reference, now=now)
        )

    async def put(
        self, conversation: str, line: Line, *, now: datetime, most_messages: int | None = None
    ) -> int:
        """Add a line of ours. Returns its sequence."""
        return await self._database.write(
            partial(_put, conversation=conversation, line=line, now=now, most_messages=most_messages)
        )

    async def manner(self, conversation: str) -> Manner:
        """How we speak to this visitor."""
        return await self._database.read(partial(lines.manner, conversation=conversation))

    async def untold_calls(self, channel: str, *, now: datetime) -> list[str]:
        """The conversations with calls for a person that staff were not told of on this channel."""
        return await self._database.read(partial(alerts.untold, channel=channel, now=now))

    async def tell_of_calls(
        self,
        conversation: str,
        *,
        channel: str,
        address: Address,
        says: alerts.Tell,
        most_messages: int,
        now: datetime,
    ) -> None:
        """Tell staff of the calls of this conversation, each once."""
        await self._database.write(
            partial(
                alerts.tell,
                conversation=conversation,
                channel=channel,
                address=address,
                says=says,
                most_messages=most_messages,
                now=now,
            )
        )

    async def conversation(self, id: str) -> Conversation | None:
        """The conversation of this id."""
        return await self._database.read(partial(lines.by_id, conversation=id))

    async def messages(self, conversation: str, *, after: int, with_internal: bool = False) -> list[Message]:
        """The messages that follow this sequence, in order. What is internal only staff may see."""
        return await self._database.read(
            partial(lines.read, conversation=conversation, after=after, with_internal=with_internal)
        )

    async def message(self, conversation: str, sequence: int) -> Message | None:
        """One message of this conversation."""
        found = await self._database.read(
            partial(lines.read, conversation=conversation, after=sequence - 1, most=1)
        )
        return next((message for message in found if message.sequence == sequence), None)

    async def reports(self, conversation: str) -> list[Report]:
        """A report for each message that the bot answered, in order. What we answered in its stead has none."""
        return await self._database.read(partial(lines.reports, conversation=conversation))

    async def waiting(self, *, bursts_before: datetime | None = None) -> list[str]:
        """The conversations with messages that nobody has answered; of bursts only those kept before this time."""
        return await self._database.read(partial(turns.waiting, bursts_before=bursts_before))

    async def take_turn(self, conversation: str, *, now: datetime, lease: timedelta) -> Turn | None:
        """Take the right to answer the oldest that waits. None: nothing waits, or another process has it.

        While staff speaks, what waits is left to them.
        """
        return await self._database.write(
            partial(turns.take, conversation=conversation, owner=self.owner, now=now, until=now + lease)
        )

    async def finish_turn(
        self,
        turn: Turn,
        answer: Answer,
        *,
        now: datetime,
        added: Line | None = None,
        most_messages: int | None = None,
    ) -> Outcome:
        """Keep the answer, with a line added, and mark the messages answered, if the turn is still ours."""
        return await self._database.write(
            partial(
                turns.finish,
                turn=turn,
                answer=answer,
                added=added,
                most_messages=most_messages,
                owner=self.owner,
                now=now,
            )
        )

    async def move(self, conversation: str, move: str) -> Speaker:
        """Change who speaks. Raises MoveNotAllowed."""
        return await self._database.write(partial(turns.move, conversation=conversation, move=move))

    async def let_go(self) -> None:
        """End the leases of this process; on SQLite, where it is the only one, those of the dead too."""
        await self._database.write(
            partial(turns.let_go, owner=None if self._database.is_sqlite else self.owner)
        )

    async def greet(
        self, notice: Notice, greeting: Reply, *, now: datetime, most_messages: int | None
    ) -> Receipt:
        """Somebody came, or came back: they can be reached, and are greeted."""
        return await self._database.write(
            partial(notices.greet, notice=notice, greeting=greeting, most_messages=most_messages, now=now)
        )

    async def remark(
        self,
        inbound: Inbound,
        line: LineFor,
        greeting: Reply,
        *,
        now: datetime,
        most_messages: int | None,
    ) -> Receipt:
        """Keep a message that is not for the bot, and answer it with this line unless staff speaks."""
        return await self._database.write(
            partial(
                notices.remark,
                inbound=inbound,
                line=line,
                greeting=greeting,
                most_messages=most_messages,
                now=now,
            )
        )

    async def part(self, notice: Notice, *, now: datetime) -> list[str]:
        """Somebody left: nothing more is delivered. Returns the conversations."""
        return await self._database.write(partial(notices.part, notice=notice, now=now))

    async def collect(
        self,
        notice: Notice,
        *,
        not_ready: LineFor,
        nothing: LineFor,
        now: datetime,
        most_messages: int | None,
    ) -> Receipt | None:
        """The collector's button was pressed. None: by nobody we know."""
        return await self._database.write(
            partial(
                notices.collect,
                notice=notice,
                not_ready=not_ready,
                nothing=nothing,
                most_messages=most_messages,
                now=now,
            )
        )

    async def stale_tickets(self, channel: str, *, now: datetime, after: timedelta) -> list[str]:
        """The conversations in which a ticket is that old, and still fresh, while the visitor waits for the bot."""
        return await self._database.read(
            partial(tickets.stale, channel=channel, issued_after=now - FRESH, issued_before=now - after)
        )

    async def offer_collector(
        self, conversation: str, line: LineFor, *, now: datetime, most_messages: int
    ) -> bool:
        """Spend a ticket that goes stale on a line with the collector's button. False: there is no need."""
        return await self._database.write(
            partial(
                notices.offer_collector,
                conversation=conversation,
                line=line,
                most_messages=most_messages,
                now=now,
            )
        )

    async def due_deliveries(self, *, now: datetime) -> list[str]:
        """The conversations with something to be delivered now."""
        return await self._database.read(partial(deliveries.due, now=now))

    async def begin_delivery(
        self, conversation: str, *, now: datetime, lease: timedelta, most_messages: int
    ) -> Attempt | None:
        """Note that the next lines are being delivered. None: nothing is due, or another process is at it."""
        return await self._database.write(
            partial(
                deliveries.take,
                conversation=conversation,
                most_messages=most_messages,
                owner=self.owner,
                now=now,
                until=now + lease,
            )
        )

    async def delivered(self, attempt: Attempt, *, now: datetime) -> bool:
        """The platform has accepted it. This and the next four return False if the attempt is no longer ours."""
        return await self._database.write(
            partial(deliveries.arrive, attempt=attempt, owner=self.owner, now=now)
        )

    async def postpone_delivery(self, attempt: Attempt, code: str, *, until: datetime, now: datetime) -> bool:
        """It may have arrived or not; the same attempt is repeated later."""
        return await self._database.write(
            partial(deliveries.postpone, attempt=attempt, code=code, until=until, owner=self.owner, now=now)
        )

    async def deliver_without_ticket(self, attempt: Attempt, *, now: datetime) -> bool:
        """It has not arrived; it goes the other way, at once."""
        return await self._database.write(
            partial(deliveries.go_without_ticket, attempt=attempt, owner=self.owner, now=now)
        )

    async def hold_delivery(self, attempt: Attempt, code: str, *, until: datetime, now: datetime) -> bool:
        """It has not arrived; it is tried again then, or with the next ticket."""
        return await self._database.write(
            partial(deliveries.hold, attempt=attempt, code=code, until=until, owner=self.owner, now=now)
        )

    async def fail_delivery(self, attempt: Attempt, code: str, notice: Line, *, now: datetime) -> bool:
        """It cannot be delivered; the notice is kept for staff."""
        return await self._database.write(
            partial(deliveries.fail, attempt=attempt, notice=notice, code=code, owner=self.owner, now=now)
        )

    async def make_form_link(self, conversation: str, *, now: datetime, lifetime: timedelta) -> str:
        """A token that opens our form once. Only its hash is kept."""
        token = secrets.token_urlsafe(32)
        await self._database.write(
            partial(
                forms.make_link,
                token_hash=sha256(token.encode()).hexdigest(),
                conversation=conversation,
                now=now,
                until=now + lifetime,
            )
        )
        return token

    async def has_form_link(self, conversation: str, *, since: datetime) -> bool:
        """Whether a link that was made since then can still be used."""
        return await self._database.read(partial(forms.has_link, conversation=conversation, since=since))

    async def form_link(self, token_hash: str, *, now: datetime) -> FormLink | None:
        """The link, if it is neither used up nor over."""
        return await self._database.read(partial(forms.link, token_hash=token_hash, now=now))

    async def submit_details(self, token_hash: str, given: Details, *, now: datetime) -> str:
        """Keep what was written into the form, and use up its link. Raises FormLinkUnknown."""
        return await self._database.write(partial(forms.submit, token_hash=token_hash, given=given, now=now))

    async def original(self, conversation: str, sequence: int) -> str | None:
        """What stood where we masked; only if the visitor agreed. The caller sees to it who reads it."""
        return await self._database.read(
            partial(forms.original, conversation=conversation, sequence=sequence)
        )

    async def probe(self) -> None:
        """Write, and change nothing. Raises DatabaseUnavailable."""
        await self._database.write(partial(lines.change_conversation, conversation="", last_sequence=0))


def _put(
    connection: Connection, *, conversation: str, line: Line, now: datetime, most_messages: int | None
) -> int:
    sequence = lines.put(connection, conversation, line, now=now)
    held = lines.locked(connection, conversation)
    if not line.internal:
        deliveries.make(connection, held, most_messages=most_messages, now=now)
    return sequence
