"""The LINE channel: what happens there comes in as signed calls, and is kept before they are answered."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

import structlog
from fastapi import APIRouter, Request, Response
from linebot.v3.webhook import SignatureValidator  # type: ignore[import-untyped, unused-ignore]

from api import phrases
from api.channels.buttons import place_of, pressed
from api.channels.line_events import BrokenEvent, Event, given_events, read
from api.channels.line_messages import owner
from api.channels.line_place import is_outside, municipality_in
from api.channels.line_remarks import BUTTON_GONE, NOT_READ, PLACE_NOT_READ, PLACE_OUTSIDE, WORDLESS, Said
from api.channels.line_said import said_to_us
from api.channels.line_text import pieces
from api.conversations.channel import Inbound, Notice
from api.conversations.manner import Manner
from api.conversations.service import Conversations
from api.conversations.text import LONGEST, tidy
from api.errors import BrokenCharacter, UnknownButton, WrongSignature

NAME = "line"
MENU = "menu:"  # so begins what the rich menu sends
MOST_PARTS = 3  # of a text of LINE's 5,000 characters, cut between sentences
TAKING_LEAVE = frozenset({"unsend", "unfollow", "leave"})
Handle = Callable[[Event], Awaitable[None]]

log = structlog.get_logger(__name__)

# What the rich menu sends: title and payload by its data. It stands below every chat, so it has no place in one.
CHOICES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        **{MENU + payload[1:]: (title, payload) for title, payload in phrases.GREETING_BUTTONS},
        **{MENU + manner.payload[1:]: (manner.words, manner.payload) for manner in Manner},
    }
)


class LineChannel:
    """Knows a person by LINE's id; the bot never learns it."""

    name = NAME

    def __init__(self, conversations: Conversations, secret: str, clock: Callable[[], datetime]) -> None:
        self._conversations = conversations
        self._clock = clock
        self._validator = SignatureValidator(secret)
        self._handles: Mapping[str, Handle] = {
            "message": self._on_message,
            "postback": self._on_postback,
            "follow": self._on_follow,
            "unfollow": self._on_parting,
            "leave": self._on_parting,
            "unsend": self._on_unsend,
        }
        self.router = APIRouter(tags=[NAME])
        self.router.post("/webhooks/line", include_in_schema=False)(self.take)

    async def take(self, request: Request) -> Response:
        """Keep all events of a call, then say so. What is kept already is kept once.

        A call is answered with an error only where LINE may help by sending it again.
        """
        raw = await request.body()
        self._verify(raw, request.headers.get("x-line-signature", ""))
        # Side by side, so that they share a commit; the order is theirs, by when they were sent.
        outcomes = await asyncio.gather(*map(self._keep, given_events(raw)), return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome
        return Response()

    def _verify(self, raw: bytes, signature: str) -> None:
        """Raises WrongSignature. LINE signs the raw body, and that is UTF-8."""
        try:
            is_ours = self._validator.validate(raw.decode("utf-8"), signature)
        except UnicodeDecodeError as error:
            raise WrongSignature from error
        if not is_ours:
            raise WrongSignature

    async def _keep(self, given: object) -> None:
        """Do what an event asks for. What cannot be read is passed over: it would be no better next time."""
        try:
            event = read(given)
            # On standby another program has the chat, and answers there.
            is_ours = event.is_active or event.kind in TAKING_LEAVE
            handle = self._handles.get(event.kind) if is_ours else None
            if handle is None:
                log.info("line_event_ignored", id=event.id, is_active=event.is_active)
                return
            await handle(event)
        except BrokenEvent as trouble:
            log.warning("line_event_broken", part=str(trouble))

    async def _on_message(self, event: Event) -> None:
        kind = event.word("message", "type")
        if kind == "text":
            await self._on_text(event)
        elif not event.is_private:
            log.info("line_event_ignored", id=event.id, is_active=True)
        elif kind == "location":
            await self._on_location(event)
        else:
            await self._remark(event, *WORDLESS.get(kind, (phrases.UNREADABLE, NOT_READ)))

    async def _on_text(self, event: Event) -> None:
        """In a group only what is said to us is heard."""
        words = said_to_us(event.part("message"), is_private=event.is_private)
        if words is None:
            log.info("line_event_ignored", id=event.id, is_active=True)
            return
        try:
            text = tidy(words)
        except BrokenCharacter:
            text = ""
        if text:
            await self._receive(event, text)
        elif event.is_private:
            await self._remark(event, phrases.UNREADABLE, NOT_READ)
        else:  # our name alone
            await self._on_follow(event)

    async def _receive(self, event: Event, text: str) -> None:
        """Keep a text. LINE takes longer ones than we do: such a one is kept as several messages."""
        message = event.id_in("message", "id")
        for number, piece in enumerate(pieces(text, LONGEST, length=len)):
            inbound = self._inbound(event, piece, reference=_part(message, number))
            await self._conversations.receive(replace(inbound, event=_part(event.id, number)))

    async def _on_location(self, event: Event) -> None:
        """Of a place only the municipality's name is kept: neither coordinates nor street."""
        address = event.part("message").get("address")
        told = address if isinstance(address, str) else ""
        if municipality := municipality_in(told):
            reference = event.id_in("message", "id")
            await self._conversations.receive(self._inbound(event, municipality.name, reference=reference))
        else:
            await self._remark(event, phrases.LOCATION, PLACE_OUTSIDE if is_outside(told) else PLACE_NOT_READ)

    async def _on_postback(self, event: Event) -> None:
        data = event.word("postback", "data")
        if data in CHOICES:
            title, payload = CHOICES[data]
            await self._conversations.receive(self._inbound(event, title, payload))
            return
        conversation = await self._conversations.store.find(NAME, event.sender)
        if conversation and not event.is_private and not data.endswith(f".{owner(conversation.id)}"):
            conversation = None
        await self._press(event, conversation.id if conversation else None, data)

    async def _press(self, event: Event, conversation: str | None, data: str) -> None:
        """Take a button of this conversation. In a group others can press it as well, and are not heard."""
        id = data if event.is_private else data.rpartition(".")[0]
        try:
            place = place_of(id)
            if conversation is None or place is None:
                raise UnknownButton
            button = await pressed(self._conversations.store, conversation, place)
        except UnknownButton:
            log.info("line_button_unknown", id=event.id)
            if event.is_private:
                await self._remark(event, phrases.BUTTON, BUTTON_GONE)
            return
        await self._conversations.receive(self._inbound(event, button.title, button.payload))

    async def _on_follow(self, event: Event) -> None:
        await self._conversations.greet(self._notice(event, event.sender))

    async def _on_parting(self, event: Event) -> None:
        """Who left is a person, or a group with all its members."""
        await self._conversations.part(self._notice(event, event.chat))

    async def _on_unsend(self, event: Event) -> None:
        message = event.id_in("unsend", "messageId")
        for number in range(MOST_PARTS):
            await self._conversations.withdraw(NAME, _part(message, number))

    async def _remark(self, event: Event, text: str, answer: Said) -> None:
        reference = event.id_in("message", "id") if event.kind == "message" else None
        await self._conversations.remark(self._inbound(event, text, reference=reference), answer)

    def _inbound(
        self, event: Event, text: str, payload: str | None = None, *, reference: str | None = None
    ) -> Inbound:
        return Inbound(
            NAME,
            event.sender,
            event.id,
            text,
            payload,
            reference=reference,
            address=event.address,
            ticket=event.ticket(self._clock()),
            sent_at=event.at,
        )

    def _notice(self, event: Event, sender: str) -> Notice:
        ticket = event.ticket(self._clock())
        return Notice(NAME, sender, event.id, address=event.address, ticket=ticket)


def _part(id: str, number: int) -> str:
    """An id for each part of what LINE has under one."""
    return f"{id}.{number + 1}" if number else id
