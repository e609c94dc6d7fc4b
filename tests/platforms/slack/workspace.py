"""A workspace: its people, its channels, and what stands in them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tests.platforms.platform import Clock

Json = dict[str, Any]


@dataclass(frozen=True)
class Post:
    """One message. `only_for`: a message that nobody else sees, and that leaves no trace."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    thread: str | None = None
    bot: str | None = None
    metadata: Json | None = None
    only_for: str | None = None
    is_edited: bool = False
    is_broadcast: bool = False

    @property
    def buttons(self) -> list[Json]:
        """What can be pressed in it."""
        return list(buttons(self.blocks))

    def as_json(self, *, has_metadata: bool = False) -> Json:
        """As Slack gives it."""
        thread = {"thread_ts": self.thread} if self.thread else {}
        bot = {"bot_id": self.bot, "app_id": "A0000000001"} if self.bot else {}
        metadata = {"metadata": self.metadata} if has_metadata and self.metadata else {}
        edited = {"edited": {"user": self.user, "ts": self.ts}} if self.is_edited else {}
        blocks = {"blocks": list(self.blocks)} if self.blocks else {}
        base = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts}
        return {**base, **thread, **bot, **metadata, **edited, **blocks}


def buttons(blocks: Any) -> Iterator[Json]:
    """All buttons of blocks, each with the block it stands in."""
    for block in blocks:
        for element in [*block.get("elements", []), block.get("accessory") or {}]:
            if element.get("type") == "button":
                yield {"block_id": block.get("block_id", "b"), **element}


@dataclass
class Channel:
    """A channel, or the direct messages between one person and the bot."""

    id: str
    name: str
    members: list[str]
    is_direct: bool = False
    is_archived: bool = False
    posts: list[Post] = field(default_factory=list)

    @property
    def answers(self) -> list[Post]:
        """What the bot said."""
        return [post for post in self.posts if post.bot]

    @property
    def texts(self) -> list[str]:
        return [post.text for post in self.answers]

    @property
    def kept(self) -> list[Post]:
        """Without what only one person ever saw."""
        return [post for post in self.posts if post.only_for is None]

    def thread(self, ts: str) -> list[Post]:
        """A message and its answers."""
        return [post for post in self.kept if ts in (post.ts, post.thread)]

    def find(self, ts: str) -> Post | None:
        return next((post for post in self.posts if post.ts == ts), None)

    def button(self, wanted: str) -> tuple[Post, Json]:
        """The newest button with this text, value or action_id, and the message it stands in."""
        for post in reversed(self.posts):
            for button in post.buttons:
                if wanted in (button["text"]["text"], button.get("value"), button.get("action_id")):
                    return post, button
        raise AssertionError(f"{wanted} cannot be pressed here.")


class Workspace:
    """`homes`: the home tab of each person, as the bot published it; `modals`: what was opened before them."""

    id = "T0000000001"
    app = "A0000000001"
    bot = "B0000000001"
    bot_user = "U0000000BOT"

    def __init__(self, clock: Clock) -> None:
        self.people: dict[str, str] = {}
        self.channels: dict[str, Channel] = {}
        self.homes: dict[str, Json] = {}
        self.modals: dict[str, Json] = {}
        self._clock = clock
        self._count = 0

    def person(self, name: str) -> str:
        """The id of the person of this name, who comes into the workspace if need be."""
        user = _id("U", name)
        self.people.setdefault(user, name)
        return user

    def channel(self, name: str, *members: str, has_bot: bool = True) -> str:
        """The id of the channel of this name, which is made if need be."""
        channel = _id("C", name)
        everybody = [*members, *([self.bot_user] if has_bot else [])]
        self.channels.setdefault(channel, Channel(channel, name, everybody))
        return channel

    def direct(self, user: str) -> str:
        """The id of the direct messages between this person and the bot."""
        channel = _id("D", user)
        self.channels.setdefault(channel, Channel(channel, "", [user, self.bot_user], is_direct=True))
        return channel

    def next_ts(self) -> str:
        """A time that no other message has."""
        self._count += 1
        return f"{int(self._clock().timestamp())}.{self._count:06d}"

    def add(self, post: Post) -> Post:
        self.channels[post.channel].posts.append(post)
        return post

    def change(self, post: Post, **changes: Any) -> Post:
        """Put a changed message where the old one stood."""
        changed = replace(post, is_edited=True, **changes)
        posts = self.channels[post.channel].posts
        posts[posts.index(post)] = changed
        return changed

    def remove(self, post: Post) -> None:
        self.channels[post.channel].posts.remove(post)


def _id(letter: str, name: str) -> str:
    return letter + hashlib.sha256(name.encode()).hexdigest()[:10].upper()
