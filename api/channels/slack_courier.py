"""Delivers to Slack, which knows no idempotency key: who is not sure looks first."""

from api.channels.slack_api import Place, SlackApi
from api.channels.slack_blocks import as_posts
from api.channels.slack_piece import Post
from api.conversations.channel import Address
from api.conversations.courier import Parcel
from api.conversations.models import Author, Conversation, Message
from api.errors import Undeliverable


class SlackCourier:
    """An address is `{"channel", "thread", "user"}`; without a channel it is the person's direct messages."""

    most_messages = 20
    collect_after: float | None = None

    def __init__(self, api: SlackApi) -> None:
        self._api = api
        self._directs: dict[str, str] = {}

    async def deliver(self, parcel: Parcel) -> None:
        """Say what is not there yet. Raises TryLater and Undeliverable."""
        posts = await self._posts(parcel)
        there = await self._parts_there(parcel, posts) if parcel.is_again else set()
        for part, (place, post) in enumerate(posts):
            if part not in there:
                await self._api.post(place, post, key=parcel.key, part=part)

    async def show_typing(self, conversation: Conversation, address: Address) -> None:
        """Slack has no sign for it outside of its assistant, which is not everywhere."""

    async def _posts(self, parcel: Parcel) -> list[tuple[Place, Post]]:
        return [
            (place, post)
            for place, lines in await self._addressed(parcel)
            for post in as_posts(parcel.conversation.id, lines, now=parcel.made_at)
        ]

    async def _addressed(self, parcel: Parcel) -> list[tuple[Place, list[Message]]]:
        """Where each line goes. A thread is read by many: what the system says, a link to our form among it, is not for them."""
        place = await self._place(parcel.address)
        user = parcel.address.get("user")
        if not user or place.is_direct:
            return [(place, list(parcel.messages))]
        private = [line for line in parcel.messages if line.author is Author.system]
        open_to_all = [line for line in parcel.messages if line.author is not Author.system]
        return [(place, open_to_all), *([(await self._direct(user), private)] if private else [])]

    async def _parts_there(self, parcel: Parcel, posts: list[tuple[Place, Post]]) -> set[int]:
        found: set[int] = set()
        for place in {place for place, _ in posts}:
            found |= await self._api.parts_there(place, parcel.key, since=parcel.made_at)
        return found

    async def _place(self, address: Address) -> Place:
        if channel := address.get("channel"):
            return Place(channel, address.get("thread"))
        user = address.get("user")
        if not user:
            raise Undeliverable("no_address")
        return await self._direct(user)

    async def _direct(self, user: str) -> Place:
        if user not in self._directs:
            self._directs[user] = await self._api.open_direct(user)
        return Place(self._directs[user], None)
