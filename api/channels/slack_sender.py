"""Whose conversation it is in Slack, and how it is reached."""

from dataclasses import dataclass

from api.channels.slack_api import Place
from api.conversations.channel import Address

NAME = "slack"


@dataclass(frozen=True)
class Sender:
    """A person in their direct messages with us, or in a thread in which they addressed us."""

    team: str
    user: str
    channel: str | None = None
    thread: str | None = None

    @property
    def is_direct(self) -> bool:
        return self.channel is None or self.channel.startswith("D")

    @property
    def id(self) -> str:
        """One conversation for all of a person's direct messages, and one for each thread."""
        if self.is_direct:
            return f"{self.team}:{self.user}:dm"
        return f"{self.team}:{self.channel}:{self.thread}:{self.user}"

    @property
    def address(self) -> Address:
        return {"channel": self.channel, "thread": self.thread, "user": self.user}

    @property
    def place(self) -> Place:
        """Where they are. Only where the channel is known."""
        assert self.channel
        return Place(self.channel, self.thread)
