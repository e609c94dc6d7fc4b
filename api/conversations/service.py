"""What a conversation can do: be opened, receive, answer, be delivered, be read, change hands."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from api.bot import Bot, Button, Reply
from api.conversations import collector
from api.conversations.answering import Answering, FormLinks, Patience
from api.conversations.bursts import LONGEST, Bursts
from api.conversations.channel import Inbound, Notice
from api.conversations.courier import COLLECT, Couriers
from api.conversations.deliveries import Deliveries
from api.conversations.fallback import is_emergency, prepare
from api.conversations.handoff import Speaker
from api.conversations.live import Live, Typing
from api.conversations.manner import Manner
from api.conversations.masking import masked
from api.conversations.models import Author, Line, Message, Receipt
from api.conversations.store import Store
from api.conversations.turns import Turns
from api.errors import NotFound
from api.phrases import GREETING, GREETING_BUTTONS, GREETING_BUTTONS_PLAIN, GREETING_PLAIN

__all__ = ["Conversations", "Patience"]


class Conversations:
    """The one door to conversations for channels and, later, for staff.

    `couriers` deliver on the channels of these names; visitors of the others fetch what is new. `form_link` gives
    the address of our own form for a conversation.
    """

    def __init__(
        self,
        store: Store,
        bot: Bot,
        patience: Patience,
        clock: Callable[[], datetime],
        couriers: Couriers = MappingProxyType({}),
        *,
        form_link: FormLinks | None = None,
    ) -> None:
        self.store = store
        self.live = Live()
        self._clock = clock
        self._deliveries = Deliveries(store, couriers, clock, self.live.tell)
        self._answering = Answering(store, bot, self.live, patience, clock, self._deliveries, form_link)
        self._bursts = Bursts()
        self._turns = Turns(self.answer, self._waiting)

    async def start(self) -> None:
        """Clear the leases of the dead and begin to answer what waits, and to deliver what is due."""
        prepare()
        self._answering.start()
        await self.store.let_go()
        self._turns.start()
        self._deliveries.start()

    async def stop(self) -> None:
        """Stop answering and delivering. What waits is kept."""
        await self._turns.stop()
        await self._answering.stop()
        await self._deliveries.stop()
        await self.store.let_go()

    async def open(self, channel: str, sender: str, *, is_plain: bool = False) -> str:
        """Begin a conversation with the greeting, in やさしい日本語 if wanted. Returns its id.

        The bot is told of the wish before the first message.
        """
        return await self.store.open(channel, sender, greeting(is_plain=is_plain), now=self._clock())

    async def receive(self, inbound: Inbound) -> Receipt:
        """Keep a message; when this returns it is on the disk and will be answered.

        The same event again changes nothing: the receipt is that of the first. The collector's
        button is no message.
        """
        if inbound.payload == COLLECT:
            return await self.collect(_notice(inbound))
        kept = replace(inbound, text=inbound.text if inbound.payload else masked(inbound.text))
        is_alone = self._is_alone(kept)
        receipt = await self.store.append(
            kept,
            greeting(),
            now=self._clock(),
            original=inbound.text if kept.text != inbound.text else None,
            is_alone=is_alone,
            most_messages=self._deliveries.most_messages(inbound.channel),
        )
        if receipt.is_new:
            self._bursts.heard(receipt.conversation, is_end=is_alone)
            self._turns.wake(receipt.conversation)
        self._tell(receipt)
        return receipt

    async def greet(self, notice: Notice) -> Receipt:
        """Somebody came, or came back: they can be reached, and are greeted."""
        most_messages = self._deliveries.most_messages(notice.channel)
        receipt = await self.store.greet(notice, greeting(), now=self._clock(), most_messages=most_messages)
        self._tell(receipt)
        return receipt

    async def remark(self, inbound: Inbound, said: Callable[[Manner], Line]) -> Receipt:
        """Keep a message that the bot cannot read, and answer it ourselves; while staff speaks it is left to them.

        The text is ours, a name for what came. The same event again changes nothing.
        """
        receipt = await self.store.remark(
            inbound,
            said,
            greeting(),
            now=self._clock(),
            most_messages=self._deliveries.most_messages(inbound.channel),
        )
        self._tell(receipt)
        return receipt

    async def part(self, notice: Notice) -> None:
        """Somebody blocked us, or removed us from a group: nothing more is delivered until they write again."""
        for conversation in await self.store.part(notice, now=self._clock()):
            self.live.tell(conversation)

    async def collect(self, notice: Notice) -> Receipt:
        """The collector's button was pressed: deliver what is ready, or say that it is not."""
        receipt = await self.store.collect(
            notice,
            not_ready=collector.not_ready,
            nothing=collector.nothing,
            now=self._clock(),
            most_messages=self._deliveries.most_messages(notice.channel),
        )
        if receipt is None:
            return await self.greet(notice)
        self._tell(receipt)
        return receipt

    async def withdraw(self, channel: str, reference: str) -> None:
        """The visitor took a message back: forget what it said. It may come after this."""
        conversation = await self.store.withdraw(channel, reference, now=self._clock())
        if conversation:
            self.live.tell(conversation)
            self._turns.wake(conversation)

    async def say(self, conversation: str, text: str, *, author: Author, name: str | None = None) -> int:
        """A line by staff or by the system, which is delivered. Returns its sequence. Raises NotFound."""
        found = await self.store.conversation(conversation)
        if found is None:
            raise NotFound
        most_messages = self._deliveries.most_messages(found.channel)
        line = Line(author, text, name)
        sequence = await self.store.put(conversation, line, now=self._clock(), most_messages=most_messages)
        self._tell(Receipt(conversation, sequence, is_new=True, is_owed=most_messages is not None))
        return sequence

    async def follow(self, conversation: str, *, after: int) -> AsyncGenerator[Message | Typing, None]:
        """Each message after this sequence, once and in order, as it comes; and the bot's typing."""
        is_typing = False
        with self.live.watch(conversation) as watch:
            while True:
                for message in await self.store.messages(conversation, after=after):
                    after = message.sequence
                    yield message
                if watch.is_typing != is_typing:
                    is_typing = watch.is_typing
                    yield Typing(is_typing)
                await watch.wait()

    async def move(self, conversation: str, move: str) -> Speaker:
        """Let someone else speak: `take` for staff, `release` for the bot. Raises MoveNotAllowed."""
        return await self.store.move(conversation, move)

    async def answer(self, conversation: str) -> None:
        """Answer all that waits in this conversation, oldest first; a burst when it is over."""
        try:
            await self._bursts.over(conversation)
            while (pause := await self._answering.attempt(conversation)) is not None:
                await asyncio.sleep(pause)
                await self._bursts.over(conversation)
        finally:
            self.live.type(conversation, False)

    async def _waiting(self) -> list[str]:
        return await self.store.waiting(bursts_before=self._clock() - timedelta(seconds=LONGEST))

    def _is_alone(self, inbound: Inbound) -> bool:
        """Whether it ends a burst and is answered by itself. On a page each message is."""
        has_courier = self._deliveries.courier(inbound.channel) is not None
        is_bursty = has_courier and inbound.is_bursty and inbound.payload is None
        return not is_bursty or is_emergency(inbound.text)

    def _tell(self, receipt: Receipt) -> None:
        if receipt.is_new:
            self.live.tell(receipt.conversation)
        if receipt.is_owed:
            self._deliveries.wake(receipt.conversation)


def greeting(*, is_plain: bool = False) -> Reply:
    """The first bubble of every conversation."""
    text = GREETING_PLAIN if is_plain else GREETING
    choices = GREETING_BUTTONS_PLAIN if is_plain else GREETING_BUTTONS
    buttons = tuple(Button(title, payload) for title, payload in choices)
    return Reply(text=text, buttons=buttons, plain=is_plain)


def _notice(inbound: Inbound) -> Notice:
    return Notice(
        inbound.channel, inbound.sender, inbound.event, address=inbound.address, ticket=inbound.ticket
    )
