"""Answers what waits in a conversation: by the bot, or in its stead."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from api.bot import Answer, Bot, Question
from api.conversations.deliveries import Deliveries
from api.conversations.fallback import answer_without_bot, is_crisis, is_emergency
from api.conversations.live import Live
from api.conversations.manner import Manner
from api.conversations.models import Author, Line, Outcome, Turn
from api.conversations.store import Store
from api.errors import BotUnavailable, BotUnreachable
from api.phrases import FORM, FORM_PLAIN

EMERGENCY_TIMEOUT = 4.0  # seconds the bot has for one, before we give the card ourselves
BACK_OFF = (0.25, 0.5, 1.0, 2.0)  # seconds between attempts, the last one again and again
LEASE_MARGIN = 5.0  # seconds a turn is ours beyond the bot's time
QUESTIONS_AT_ONCE = 32

FormLinks = Callable[[str], Awaitable[str | None]]

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Patience:
    """How long the bot may take for one answer, and how long we ask a bot that is not there. Seconds."""

    timeout: float
    unreachable: float


class Answering:
    """Takes the turns of this process, one at a time per conversation."""

    def __init__(
        self,
        store: Store,
        bot: Bot,
        live: Live,
        patience: Patience,
        clock: Callable[[], datetime],
        deliveries: Deliveries,
        form_link: FormLinks | None,
    ) -> None:
        self._store = store
        self._bot = bot
        self._live = live
        self._patience = patience
        self._clock = clock
        self._deliveries = deliveries
        self._form_link = form_link
        self._started = clock()
        self._room = asyncio.Semaphore(QUESTIONS_AT_ONCE)
        self._typing: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """The bot's time to come back begins now."""
        self._started = self._clock()

    async def stop(self) -> None:
        for task in self._typing:
            task.cancel()
        await asyncio.gather(*self._typing, return_exceptions=True)

    async def attempt(self, conversation: str) -> float | None:
        """Ask the bot once. Returns the seconds until the next attempt, or None if nothing is left to do."""
        async with self._room:
            lease = timedelta(seconds=self._patience.timeout + LEASE_MARGIN)
            turn = await self._store.take_turn(conversation, now=self._clock(), lease=lease)
            if turn is None:
                return None
            self._show_typing(turn)
            answer = await self._answer_to(turn)
            if answer is None:
                return BACK_OFF[min(turn.message.attempts, len(BACK_OFF)) - 1]
            return await self._finish(turn, answer)

    def _show_typing(self, turn: Turn) -> None:
        """Here at every attempt; on a platform, where it costs a call, at the first, and without waiting for it."""
        self._live.type(turn.conversation.id, True)
        courier = self._deliveries.courier(turn.conversation.channel)
        if courier and turn.message.attempts == 1:
            task = asyncio.create_task(courier.show_typing(turn.conversation, turn.address or {}))
            self._typing.add(task)
            task.add_done_callback(self._typing.discard)

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
        since = max(turn.messages[0].at, self._started)
        is_over = self._clock() - since > timedelta(seconds=self._patience.unreachable)
        return not is_over and not any(is_emergency(text) for text in turn.waiting)

    async def _finish(self, turn: Turn, answer: Answer) -> float | None:
        outcome = await self._store.finish_turn(
            turn,
            answer,
            now=self._clock(),
            added=await self._form_line(turn, answer),
            most_messages=self._deliveries.most_messages(turn.conversation.channel),
        )
        log.info("turn", conversation=turn.conversation.id, sequence=turn.message.sequence, outcome=outcome)
        self._live.tell(turn.conversation.id)
        if self._deliveries.courier(turn.conversation.channel):
            self._deliveries.wake(turn.conversation.id)
        return 0 if outcome is Outcome.more else None

    async def _form_line(self, turn: Turn, answer: Answer) -> Line | None:
        """Where a person is called, the way to our own form. Not in a crisis: its card stands alone."""
        if not (self._form_link and answer.handoff) or _is_crisis(turn, answer):
            return None
        link = await self._form_link(turn.conversation.id)
        if link is None:
            return None
        is_plain = answer.is_plain or turn.manner is Manner.plainly
        return Line(Author.system, (FORM_PLAIN if is_plain else FORM).format(link=link), plain=is_plain)


def _is_crisis(turn: Turn, answer: Answer) -> bool:
    is_called_for = answer.handoff is not None and answer.handoff.reason == "crisis"
    return is_called_for or is_crisis(turn.text)


def _question(turn: Turn) -> Question:
    conversation, message = turn.conversation, turn.message
    return Question(
        conversation=conversation.id,
        message=f"{conversation.id}-{message.sequence}",
        text=turn.text,
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
