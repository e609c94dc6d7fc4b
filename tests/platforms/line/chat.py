"""What stands on the screen of a LINE user, and what can be tapped there."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

Action = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """One bubble. `how`: by which right the bot said it; None for what the user did."""

    id: str
    by: Literal["bot", "user"]
    how: Literal["reply", "push"] | None
    message: dict[str, Any]
    at: datetime
    is_unsent: bool = False

    @property
    def text(self) -> str:
        """The words, or of what is no text those that a screen reader says."""
        spoken = self.message.get("text") or self.message.get("altText") or f"[{self.message['type']}]"
        return str(spoken)

    @property
    def sender(self) -> str | None:
        """The name that the bot gave itself."""
        name: str | None = self.message.get("sender", {}).get("name")
        return name

    @property
    def quick_replies(self) -> list[Action]:
        """The actions of its quick replies, seen or not."""
        return [item["action"] for item in self.message.get("quickReply", {}).get("items", [])]

    @property
    def buttons(self) -> list[Action]:
        """Whatever can be tapped inside a card."""
        return list(_actions(self.message.get("contents", {})))


def _actions(part: Any) -> Iterator[Action]:
    if isinstance(part, list):
        for each in part:
            yield from _actions(each)
    elif isinstance(part, dict):
        if isinstance(action := part.get("action"), dict):
            yield action
        for name, value in part.items():
            if name != "action":
                yield from _actions(value)


@dataclass
class Chat:
    """One chat of the account: with a user, or with a group. `loading_until` is the three moving dots."""

    id: str
    shown: list[Shown] = field(default_factory=list)
    is_friend: bool = True
    members: list[str] = field(default_factory=list)
    loading: list[int] = field(default_factory=list)
    is_loading: bool = False

    @property
    def answers(self) -> list[Shown]:
        """What the bot said."""
        return [shown for shown in self.shown if shown.by == "bot"]

    @property
    def texts(self) -> list[str]:
        """What the bot said, in words."""
        return [shown.text for shown in self.answers]

    @property
    def quick_replies(self) -> list[Action]:
        """Those one can tap now: only the last bubble's are on the screen."""
        return self.shown[-1].quick_replies if self.shown else []

    @property
    def actions(self) -> list[Action]:
        """All that can be tapped now: quick replies, and the buttons of every card, newest first."""
        return self.quick_replies + [action for shown in reversed(self.shown) for action in shown.buttons]

    def action(self, wanted: str) -> Action:
        """What can be tapped under this label, or with this postback data."""
        for action in self.actions:
            if wanted in (action.get("label"), action.get("data")):
                return action
        can = [action.get("label") for action in self.actions]
        raise AssertionError(f"{wanted} cannot be tapped. What can: {can}")

    def show(self, shown: Shown) -> None:
        self.shown.append(shown)
        self.is_loading = False

    def unsend(self, message: str) -> None:
        """Take a bubble of the user's away."""
        self.shown = [replace(each, is_unsent=True) if each.id == message else each for each in self.shown]
