"""Buttons that were pressed: whose they are, and what they say."""

from dataclasses import dataclass

from api import phrases
from api.bot import Button
from api.channels.buttons import place_of, pressed
from api.channels.slack_asides import Asides
from api.channels.slack_blocks import CHOICE, chosen
from api.channels.slack_home import home_button
from api.channels.slack_piece import Block
from api.channels.slack_requests import Action, Interaction
from api.channels.slack_sender import NAME, Sender
from api.conversations.channel import Inbound
from api.conversations.manner import Manner
from api.conversations.models import Receipt
from api.conversations.service import Conversations
from api.errors import UnknownButton

LONGEST_EVENT = 128


@dataclass(frozen=True)
class Press:
    """Somebody pressed a choice. Without a `ts` it stands on the home tab, else in that message."""

    sender: Sender
    event: str
    value: str
    block_id: str
    ts: str | None
    text: str
    blocks: tuple[Block, ...]

    @property
    def conversation(self) -> str:
        """Whose choice it is, as we wrote it into the block."""
        return self.block_id.removeprefix(f"{CHOICE}.").partition(".")[0]


def press_of(interaction: Interaction, action: Action) -> Press | None:
    """None: a link was opened, or something that is not ours."""
    if not (action.value and action.action_id.startswith(f"{CHOICE}.")):
        return None
    where, message = interaction.container, interaction.message
    ts = where.message_ts if where else None
    return Press(
        sender=_sender(interaction),
        event=f"action:{ts}:{action.action_id}:{interaction.trigger_id or action.action_ts}"[:LONGEST_EVENT],
        value=action.value,
        block_id=action.block_id,
        ts=ts,
        text=message.text if message else "",
        blocks=tuple(message.blocks) if message else (),
    )


def _sender(interaction: Interaction) -> Sender:
    where, message = interaction.container, interaction.message
    channel = where.channel_id if where else None
    thread = (where.thread_ts if where else None) or (message.thread_ts if message else None)
    return Sender(interaction.team_id, interaction.user.id, channel, thread)


class Presses:
    """Takes presses into the conversations they belong to."""

    def __init__(self, conversations: Conversations, asides: Asides) -> None:
        self._conversations = conversations
        self._asides = asides

    async def take(self, press: Press) -> None:
        """Keep what the button says as the person's message, and show that it was chosen."""
        if button := home_button(press.value):
            await self._keep(press, button)
        elif not await self._is_theirs(press):
            self._tell(press, phrases.SLACK_NOT_YOURS)
        else:
            await self._take_choice(press)

    async def _take_choice(self, press: Press) -> None:
        place = place_of(press.value)
        try:
            if place is None:
                raise UnknownButton
            button = await pressed(self._conversations.store, press.conversation, place)
        except UnknownButton as trouble:
            self._tell(press, str(trouble))
            return
        receipt = await self._keep(press, button)
        if receipt.is_new:
            await self._show(press, button)

    async def _keep(self, press: Press, button: Button) -> Receipt:
        inbound = Inbound(
            NAME,
            press.sender.id,
            press.event,
            button.title,
            button.payload,
            address=press.sender.address,
        )
        return await self._conversations.receive(inbound)

    async def _is_theirs(self, press: Press) -> bool:
        """In a thread everybody sees the choices of the one who asks, and can press them."""
        found = await self._conversations.store.find(NAME, press.sender.id)
        return found is not None and found.id == press.conversation

    async def _show(self, press: Press, button: Button) -> None:
        if press.sender.channel and press.ts:
            manner = await self._conversations.store.manner(press.conversation)
            is_plain = manner is Manner.plainly
            blocks = chosen(press.blocks, press.block_id, button.title, is_plain=is_plain)
            self._asides.show_choice(press.sender.channel, press.ts, press.text, blocks)

    def _tell(self, press: Press, text: str) -> None:
        if press.sender.channel:
            self._asides.tell_one(press.sender.place, press.sender.user, text)
