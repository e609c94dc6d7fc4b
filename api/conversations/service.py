"""What a conversation can do: be opened, receive, answer, be read, change hands."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from api.bot import Answer, Bot, Button, Question, Reply
from api.conversations.channel import Inbound
from api.conversations.fallback import answer_without_bot, is_emergency, prepare
from api.conversations.handoff import Speaker
from api.conversations.live import Live, Typing
from api.conversations.manner import Manner
from api.conversations.models import Message, Outcome, Receipt, Turn
from api.conversations.store import Store
from api.conversations.turns import Turns
from api.errors import BotUnavailable, BotUnreachable
from api.phrases import GREETING, GREETING_BUTTONS, GREETING_BUTTONS_PLAIN, GREETING_PLAIN

EMERGENCY_TIMEOUT = 4.0  # seconds the bot has for one, before we give the card ourselves
BACK_OFF = (0.25, 0.5, 1.0, 2.0)  # seconds between attempts, the last one again and again
LEASE_MARGIN = 5.0  # seconds a turn is ours beyond the bot's time
QUESTIONS_AT_ONCE = 32

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Patience:
    """How long the bot may take for one answer, and how long we ask a bot that is not there. Seconds."""

    timeout: float
    unreachable: float


class Conversations:
    """The one door to conversations for channels and, later, for staff."""

    def __init__(self, store: Store, bot: Bot, patience: Patience, clock: Callable[[], datetime]) -> None:
        self.store = store
        self.live = Live()
        self._bot = bot
        self._patience = patience
        self._clock = clock
        self._started = clock()
        self._room = asyncio.Semaphore(QUESTIONS_AT_ONCE)
        self._turns = Turns(self.answer, store.waiting)

    async def start(self) -> None:
        """Clear the leases of the dead and begin to answer what waits."""
        prepare()
        self._started = self._clock()
        await self.store.let_go()
        self._turns.start()

    async def stop(self) -> None:
        """Stop answering. What waits is kept."""
        await self._turns.stop()
        await self.store.let_go()

    async def open(self, channel: str, sender: str, *, is_plain: bool = False) -> str:
        """Begin a conversation with the greeting, in やさしい日本語 if wanted. Returns its id.

        The bot is told of the wish before the first message.
        """
        return await self.store.open(channel, sender, greeting(is_plain=is_plain), now=self._clock())

    async def receive(self, inbound: Inbound) -> Receipt:
        """Keep a message; when this returns it is on the disk and will be answered.

        The same event again changes nothing: the receipt is that of the first.
        """
        receipt = await self.store.append(inbound, greeting(), now=self._clock())
        if receipt.is_new:
            self.live.tell(receipt.conversation)
            self._turns.wake(receipt.conversation)
        return receipt

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
        """Answer all that waits in this conversation, oldest first."""
        try:
            while (pause := await self._attempt(conversation)) is not None:
                await asyncio.sleep(pause)
        finally:
            self.live.type(conversation, False)

    async def _attempt(self, conversation: str) -> float | None:
        """Ask the bot once. Returns the seconds until the next attempt, or None if nothing is left to do."""
        async with self._room:
            lease = timedelta(seconds=self._patience.timeout + LEASE_MARGIN)
            turn = await self.store.take_turn(conversation, now=self._clock(), lease=lease)
            if turn is None:
                return None
            self.live.type(conversation, True)
            answer = await self._answer_to(turn)
            if answer is None:
                return BACK_OFF[min(turn.message.attempts, len(BACK_OFF)) - 1]
            return await self._finish(turn, answer)

    async def _answer_to(self, turn: Turn) -> Answer | None:
        """The bot's answer, or ours in its stead; None while it may still come back."""
        question = _question(turn)
        timeout = self._patience.timeout
        if is_emergency(question.text):
            timeout = min(timeout, EMERGENCY_TIMEOUT)
        try:
            return await self._ask(turn, question, timeout=timeout)
        except BotUnavailable as trouble:
            _note(turn, trouble)
            if isinstance(trouble, BotUnreachable) and self._may_wait(turn):
                return None
        is_plain = turn.manner is Manner.plainly
        return answer_without_bot(question.message, question.text, is_plain=is_plain)

    async def _ask(self, turn: Turn, question: Question, *, timeout: float) -> Answer:
        """Ask the bot, after telling it how this visitor is to be spoken to if it does not know.

        What it says to being told is dropped: the visitor did not ask for it now. The time is for both.
        """
        clock = asyncio.get_running_loop().time
        end = clock() + timeout
        if not turn.is_told:
            await self._bot.ask(_telling(turn, question), timeout=timeout)
        return await self._bot.ask(question, timeout=end - clock())

    def _may_wait(self, turn: Turn) -> bool:
        """Whether all who wait here can wait for the bot a little longer. An emergency cannot."""
        since = max(turn.message.at, self._started)
        is_over = self._clock() - since > timedelta(seconds=self._patience.unreachable)
        return not is_over and not any(is_emergency(text) for text in turn.waiting)

    async def _finish(self, turn: Turn, answer: Answer) -> float | None:
        outcome = await self.store.finish_turn(turn, answer, now=self._clock())
        log.info("turn", conversation=turn.conversation.id, sequence=turn.message.sequence, outcome=outcome)
        self.live.tell(turn.conversation.id)
        return 0 if outcome is Outcome.more else None


def greeting(*, is_plain: bool = False) -> Reply:
    """The first bubble of every conversation."""
    text = GREETING_PLAIN if is_plain else GREETING
    choices = GREETING_BUTTONS_PLAIN if is_plain else GREETING_BUTTONS
    buttons = tuple(Button(title, payload) for title, payload in choices)
    return Reply(text=text, buttons=buttons, plain=is_plain)


def _question(turn: Turn) -> Question:
    conversation, message = turn.conversation, turn.message
    return Question(
        conversation=conversation.id,
        message=f"{conversation.id}-{message.sequence}",
        text=message.text,
        payload=message.payload,
        channel=conversation.channel,
        again=message.attempts > 1,
    )


def _telling(turn: Turn, question: Question) -> Question:
    """The visitor's manner as a question of its own, before this one."""
    message = f"{question.message}-{turn.manner}"
    return replace(question, message=message, text=turn.manner.words, payload=turn.manner.payload)


def _note(turn: Turn, trouble: BotUnavailable) -> None:
    log.warning(
        "bot_failed",
        conversation=turn.conversation.id,
        sequence=turn.message.sequence,
        attempts=turn.message.attempts,
        code=trouble.code,
    )
