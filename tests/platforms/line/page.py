"""The page on which one tries out the bot as a LINE user would meet it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.routing import BaseRoute

from tests.platforms.line.chat import Shown
from tests.platforms.line.events import Event, group_id, user_id
from tests.platforms.page import Act, DemoPage

if TYPE_CHECKING:
    from tests.platforms.line.fake import FakeLine

FOLDER = Path(__file__).parent / "static"
USERS = {"hanako": user_id("hanako"), "taro": user_id("taro")}
GROUP = group_id("the group")


class Page:
    """Two users, each alone with the bot, and a group with both."""

    def __init__(self, line: "FakeLine") -> None:
        self._line = line
        acts: dict[str, Act] = {
            "say": self._say,
            "press": self._press,
            "tap": self._tap,
            "sticker": self._sticker,
            "media": self._media,
            "location": self._location,
            "follow": self._follow,
            "unfollow": self._unfollow,
            "unsend": self._unsend,
        }
        self._page = DemoPage(line, FOLDER, acts=acts, view=self._view)

    def routes(self) -> list[BaseRoute]:
        return self._page.routes()

    async def _say(self, given: Mapping[str, Any]) -> bool:
        user, chat = _where(given)
        if chat == GROUP and not self._line.chats[GROUP].members:
            await self._line.join(GROUP, *USERS.values())
        return (await self._line.say(user, str(given["text"]), chat=chat)).is_kept

    async def _press(self, given: Mapping[str, Any]) -> bool:
        user, chat = _where(given)
        event = await self._line.press(user, str(given["wanted"]), chat=chat)
        return event is None or event.is_kept

    async def _tap(self, given: Mapping[str, Any]) -> bool:
        """An area of the rich menu."""
        user, _ = _where(given)
        menu = self._line.rich_menus.shown or {"areas": []}
        action = menu["areas"][int(given["area"])]["action"]
        if action["type"] == "message":
            return (await self._line.say(user, action["text"])).is_kept
        return (await self._line.post_back(user, action["data"])).is_kept

    async def _sticker(self, given: Mapping[str, Any]) -> bool:
        user, chat = _where(given)
        return (await self._line.send_sticker(user, chat=chat)).is_kept

    async def _media(self, given: Mapping[str, Any]) -> bool:
        user, chat = _where(given)
        return (await self._line.send_media(user, str(given["kind"]), chat=chat)).is_kept

    async def _location(self, given: Mapping[str, Any]) -> bool:
        user, chat = _where(given)
        return (await self._line.share_location(user, str(given["address"]), chat=chat)).is_kept

    async def _follow(self, given: Mapping[str, Any]) -> bool:
        return (await self._line.follow(_where(given)[0])).is_kept

    async def _unfollow(self, given: Mapping[str, Any]) -> bool:
        return (await self._line.unfollow(_where(given)[0])).is_kept

    async def _unsend(self, given: Mapping[str, Any]) -> bool:
        messages = {event.message: event for event in self._messages}
        return (await self._line.unsend(messages[str(given["id"])])).is_kept

    @property
    def _messages(self) -> list[Event]:
        return [event for event in self._line.webhook.sent if event.body["type"] == "message"]

    def _view(self, place: str) -> dict[str, Any]:
        user, chat = _where({"user": place})
        seen = self._line.chats[chat or user]
        mine = {event.message for event in self._messages if event.body["source"].get("userId") == user}
        menu = self._line.rich_menus.shown
        return {
            "bot": self._line.name,
            "friend": seen.is_friend,
            "loading": seen.is_loading,
            "shown": [_as_json(shown, is_mine=shown.id in mine) for shown in seen.shown],
            "quick": seen.quick_replies,
            "menu": menu
            and {"text": menu["chatBarText"], "areas": [area["action"] for area in menu["areas"]]},
        }


def _where(given: Mapping[str, Any]) -> tuple[str, str | None]:
    """The user, and the group if it is meant."""
    name, _, place = str(given.get("user", "")).partition("@")
    return USERS.get(name, USERS["hanako"]), GROUP if place else None


def _as_json(shown: Shown, *, is_mine: bool) -> dict[str, Any]:
    return {
        "id": shown.id,
        "by": shown.by,
        "how": shown.how,
        "sender": shown.sender,
        "mine": is_mine and not shown.is_unsent,
        "at": shown.at.isoformat(timespec="seconds"),
        "message": {"type": "unsent"} if shown.is_unsent else shown.message,
    }
