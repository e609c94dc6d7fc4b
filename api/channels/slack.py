"""The Slack channel: direct messages, mentions, a command, buttons and the home tab."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from api import phrases
from api.channels.slack_asides import Asides
from api.channels.slack_events import (
    Called,
    Happening,
    HomeOpened,
    Left,
    Said,
    Unread,
    Withdrawn,
    happenings,
)
from api.channels.slack_presses import Presses, press_of
from api.channels.slack_requests import Command, Seal, read_command, read_envelope, read_interaction
from api.channels.slack_sender import NAME, Sender
from api.channels.slack_text import read
from api.conversations.channel import Inbound, Notice
from api.conversations.manner import Manner
from api.conversations.models import Author, Line
from api.conversations.service import Conversations
from api.conversations.text import LONGEST, tidy


class Slack:
    """What is heard is kept before Slack is told so. Whatever may fail without harm comes after."""

    name = NAME

    def __init__(
        self, conversations: Conversations, asides: Asides, secret: str, clock: Callable[[], datetime]
    ) -> None:
        self._conversations = conversations
        self._seal = Seal(secret, clock)
        self._asides = asides
        self._presses = Presses(conversations, asides)
        self.router = APIRouter(prefix="/webhooks/slack", include_in_schema=False)
        self.router.post("/events")(self.take_event)
        self.router.post("/interactions")(self.take_interaction)
        self.router.post("/commands")(self.take_command)

    async def take_event(self, request: Request) -> Response:
        """Something happened. A repetition is taken like the first: it may be the only one that came."""
        envelope = read_envelope(await self._seal.opened(request))
        if envelope.challenge is not None:
            return JSONResponse({"challenge": envelope.challenge})
        for each in happenings(envelope):
            await self._heed(each)
        return Response()

    async def take_interaction(self, request: Request) -> Response:
        """Something was pressed."""
        interaction = read_interaction(await self._seal.opened(request))
        for action in interaction.actions if interaction.type == "block_actions" else ():
            if press := press_of(interaction, action):
                await self._presses.take(press)
        return Response()

    async def take_command(self, request: Request) -> Response:
        """A command, from wherever. It goes on in the direct messages."""
        command = read_command(await self._seal.opened(request))
        if command is None:
            return Response()
        conversation = await self._begin(command)
        manner = await self._conversations.store.manner(conversation)
        text = phrases.SLACK_COMMAND_PLAIN if manner is Manner.plainly else phrases.SLACK_COMMAND
        return JSONResponse({"response_type": "ephemeral", "text": text})

    async def _begin(self, command: Command) -> str:
        sender = Sender(command.team_id, command.user_id)
        event = f"command:{command.trigger_id}"[:128]
        text = tidy(read(command.text, us=None))[:LONGEST].rstrip()
        if text:
            inbound = Inbound(NAME, sender.id, event, text, address=sender.address)
            return (await self._conversations.receive(inbound)).conversation
        notice = Notice(NAME, sender.id, event, address=sender.address)
        return (await self._conversations.greet(notice)).conversation

    async def _heed(self, happening: Happening) -> None:
        match happening:
            case Said(inbound):
                await self._conversations.receive(inbound)
            case Unread(inbound):
                await self._conversations.remark(inbound, _told_of(inbound))
            case Called(notice):
                await self._conversations.greet(notice)
            case Withdrawn(reference):
                await self._conversations.withdraw(NAME, reference)
            case Left(notice):
                await self._conversations.part(notice)
            case HomeOpened(user):
                self._asides.show_home(user)


def _told_of(unread: Inbound) -> Callable[[Manner], Line]:
    """What we answer to what we cannot read."""
    text, plain = (
        (phrases.NOT_READ, phrases.NOT_READ_PLAIN)
        if unread.text == phrases.FILE
        else (phrases.SLACK_CUT, phrases.SLACK_CUT_PLAIN)
    )

    def told(manner: Manner) -> Line:
        is_plain = manner is Manner.plainly
        said = (plain if is_plain else text).format(longest=LONGEST)
        return Line(Author.system, said, plain=is_plain)

    return told
