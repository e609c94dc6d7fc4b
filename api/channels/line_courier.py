"""Brings our lines to visitors on LINE: by reply token where there is one, else by push."""

from collections.abc import Callable
from datetime import datetime

from api.channels.line_api import LineApi, Quota
from api.channels.line_messages import MOST_LINES, messages
from api.conversations.channel import Address
from api.conversations.courier import Parcel
from api.conversations.models import Conversation

COLLECT_AFTER = 45.0  # seconds; a reply token lives for a minute


class LineCourier:
    """A courier as conversations want one."""

    most_messages = MOST_LINES
    collect_after = COLLECT_AFTER

    def __init__(self, url: str, token: str, clock: Callable[[], datetime]) -> None:
        self._api = LineApi(url, token)
        self._quota = Quota(self._api, clock)

    async def close(self) -> None:
        await self._api.close()

    async def deliver(self, parcel: Parcel) -> None:
        """Reply, or push as the fallback."""
        content = messages(parcel)
        if not content:
            return
        if parcel.ticket:
            await self._api.reply(parcel.ticket, content)
            return
        # What may have been accepted before is not refused for want of quota: LINE knows its key.
        if not parcel.is_again:
            await self._quota.check()
        await self._api.push(parcel.address["to"], content, key=parcel.key)
        self._quota.spend()

    async def show_typing(self, conversation: Conversation, address: Address) -> None:
        """Only in a chat with one person; LINE has it nowhere else."""
        to = str(address.get("to", ""))
        if to.startswith("U"):
            await self._api.show_loading(to)
