"""The page on which one tries out the bot as a Slack user would meet it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.routing import BaseRoute

from tests.platforms.page import Act, DemoPage
from tests.platforms.slack.gateway import Sent
from tests.platforms.slack.typed import untyped
from tests.platforms.slack.workspace import Post

if TYPE_CHECKING:
    from tests.platforms.slack.fake import FakeSlack

FOLDER = Path(__file__).parent / "static"
NAMES = {"hanako": "花子", "taro": "太郎"}
CHANNEL = "相談"


class Page:
    """Two people, each with the bot alone, and a channel with all of them."""

    def __init__(self, slack: "FakeSlack") -> None:
        self._slack = slack
        acts: dict[str, Act] = {
            "say": self._say,
            "press": self._press,
            "home": self._home,
            "edit": self._edit,
            "delete": self._delete,
        }
        self._page = DemoPage(slack, FOLDER, acts=acts, view=self._view)

    def routes(self) -> list[BaseRoute]:
        return self._page.routes()

    async def _say(self, given: Mapping[str, Any]) -> bool:
        """A text, or a slash command. The bot's name after an @ mentions it."""
        user, channel = self._where(given)
        text, thread = str(given["text"]), given.get("thread") or None
        if text.startswith("/"):
            command, _, rest = text.partition(" ")
            return _is_taken(await self._slack.command(user, command, rest.strip(), channel=channel))
        words = text.replace("@窓口", self._slack.mention)
        return _is_taken(await self._slack.say(user, words, channel=channel, thread=thread))

    async def _press(self, given: Mapping[str, Any]) -> bool:
        user, channel = self._where(given)
        wanted = str(given["wanted"])
        if given.get("home"):
            return _is_taken(await self._slack.press_at_home(user, wanted))
        return _is_taken(await self._slack.press(user, wanted, channel=channel))

    async def _home(self, given: Mapping[str, Any]) -> bool:
        return _is_taken(await self._slack.open_home(self._where(given)[0]))

    async def _edit(self, given: Mapping[str, Any]) -> bool:
        user, channel = self._where(given)
        words = untyped(str(given["text"])).replace("@窓口", self._slack.mention)
        return _is_taken(await self._slack.edit(user, given["ts"], words, channel=channel))

    async def _delete(self, given: Mapping[str, Any]) -> bool:
        user, channel = self._where(given)
        return _is_taken(await self._slack.delete(user, given["ts"], channel=channel))

    def _view(self, place: str) -> dict[str, Any]:
        user, channel = self._where({"user": place})
        posts = [post for post in self._slack.chats[channel].posts if post.only_for in (None, user)]
        return {
            "user": user,
            "posts": [self._as_json(post) for post in posts],
            "home": self._slack.workspace.homes.get(user),
        }

    def _as_json(self, post: Post) -> dict[str, Any]:
        name = "窓口" if post.bot else self._slack.workspace.people.get(post.user, "?")
        shown = {"name": name, "bot": bool(post.bot), "alone": post.only_for is not None}
        words = post.text.replace(self._slack.mention, "@窓口")
        return {**post.as_json(), **shown, "text": words, "edited": post.is_edited}

    def _where(self, given: Mapping[str, Any]) -> tuple[str, str]:
        """The person, and their direct messages or the channel."""
        name, _, place = str(given.get("user", "")).partition("@")
        user = self._slack.person(NAMES.get(name, NAMES["hanako"]))
        if not place:
            return user, self._slack.direct(user)
        people = [self._slack.person(each) for each in NAMES.values()]
        return user, self._slack.channel(CHANNEL, *people)


def _is_taken(sent: Sent | None) -> bool:
    """What the bot does not hear has gone well."""
    return sent is None or sent.is_taken
