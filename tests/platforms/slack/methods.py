"""The methods of the Web API that are imitated: messages, what stands in channels, views, who is who."""

from typing import Any

from tests.platforms.checks import Check, anything, boolean, string, whole
from tests.platforms.slack.answers import Arguments, Method, Refused, require
from tests.platforms.slack.blocks import HOME, MESSAGE_BLOCKS, METADATA, MODAL
from tests.platforms.slack.gateway import Gateway
from tests.platforms.slack.pace import Pace
from tests.platforms.slack.workspace import Channel, Post, Workspace

WORD = string(1, 255)
TEXT = string(0, 40_000)
CONTENT: dict[str, Check] = {"text": TEXT, "blocks": MESSAGE_BLOCKS, "metadata": METADATA, "mrkdwn": boolean}
UNFURL: dict[str, Check] = {"unfurl_links": boolean, "unfurl_media": boolean, "link_names": boolean}
READING: dict[str, Check] = {
    "cursor": string(0),
    "limit": whole(1, 999),
    "oldest": string(),
    "latest": string(),
    "inclusive": boolean,
    "include_all_metadata": boolean,
}
VIEW: dict[str, Check] = {"view": anything}


class Methods:
    """Each does what Slack says of it, within this workspace."""

    def __init__(self, workspace: Workspace, gateway: Gateway, pace: Pace, url: str) -> None:
        self._workspace = workspace
        self._gateway = gateway
        self._pace = pace
        self._url = url
        channel, ts, user = {"channel": WORD}, {"ts": WORD}, {"user": WORD}
        thread: dict[str, Check] = {"thread_ts": WORD}
        self.all: dict[str, Method] = {
            "chat.postMessage": Method(
                self.post, channel, {**CONTENT, **UNFURL, **thread, "reply_broadcast": boolean}
            ),
            "chat.postEphemeral": Method(
                self.post_ephemeral, {**channel, **user}, {**CONTENT, **UNFURL, **thread}
            ),
            "chat.update": Method(self.update, {**channel, **ts}, {**CONTENT, "link_names": boolean}),
            "chat.delete": Method(self.delete, {**channel, **ts}, {}),
            "conversations.history": Method(self.history, channel, READING),
            "conversations.replies": Method(self.replies, {**channel, **ts}, READING),
            "conversations.open": Method(self.open, {"users": WORD}, {"return_im": boolean}),
            "views.publish": Method(self.publish, {"user_id": WORD, **VIEW}, {"hash": WORD}),
            "views.open": Method(self.open_view, {"trigger_id": WORD, **VIEW}, {}),
            "auth.test": Method(self.test_auth, {}, {}),
            "users.info": Method(self.read_user, user, {"include_locale": boolean}),
        }

    async def post(self, given: Arguments) -> dict[str, Any]:
        channel = self._channel(given["channel"])
        text = _text(given)
        thread = given.get("thread_ts")
        if thread and not channel.find(thread):
            raise Refused("thread_not_found")
        self._pace.step(channel.id)
        post = self._workspace.add(
            self._post(given, channel, text, is_broadcast=given.get("reply_broadcast", False))
        )
        self._gateway.echo(channel, post)
        return {"channel": channel.id, "ts": post.ts, "message": post.as_json()}

    async def post_ephemeral(self, given: Arguments) -> dict[str, Any]:
        channel = self._channel(given["channel"])
        if given["user"] not in channel.members:
            raise Refused("user_not_in_channel")
        text = _text(given)
        self._pace.step(channel.id)
        post = self._workspace.add(self._post(given, channel, text, only_for=given["user"]))
        return {"message_ts": post.ts}

    async def update(self, given: Arguments) -> dict[str, Any]:
        channel = self._channel(given["channel"])
        post = self._own(channel, given["ts"])
        text, blocks = _text(given), tuple(given.get("blocks", ()))
        changed = self._workspace.change(
            post, text=text, blocks=blocks, metadata=given.get("metadata", post.metadata)
        )
        self._gateway.tell_change(channel, before=post, after=changed)
        return {"channel": channel.id, "ts": post.ts, "text": text, "message": changed.as_json()}

    async def delete(self, given: Arguments) -> dict[str, Any]:
        channel = self._channel(given["channel"])
        post = self._own(channel, given["ts"])
        self._workspace.remove(post)
        self._gateway.tell_removal(channel, post)
        return {"channel": channel.id, "ts": post.ts}

    async def history(self, given: Arguments) -> dict[str, Any]:
        """Newest first, without what was said in threads."""
        channel = self._channel(given["channel"])
        posts = [post for post in channel.kept if post.thread in (None, post.ts) or post.is_broadcast]
        return _page(list(reversed(posts)), given)

    async def replies(self, given: Arguments) -> dict[str, Any]:
        """A message and its answers, oldest first."""
        thread = self._channel(given["channel"]).thread(given["ts"])
        if not thread:
            raise Refused("thread_not_found")
        return _page(thread, given)

    async def open(self, given: Arguments) -> dict[str, Any]:
        if given["users"] not in self._workspace.people:
            raise Refused("user_not_found")
        return {"channel": {"id": self._workspace.direct(given["users"])}}

    async def publish(self, given: Arguments) -> dict[str, Any]:
        if given["user_id"] not in self._workspace.people:
            raise Refused("user_not_found")
        require(HOME, given["view"], "invalid_arguments", "view")
        self._workspace.homes[given["user_id"]] = given["view"]
        return {"view": {"id": f"V{given['user_id'][1:]}", **given["view"]}}

    async def open_view(self, given: Arguments) -> dict[str, Any]:
        user = self._gateway.spend_trigger(given["trigger_id"])
        require(MODAL, given["view"], "invalid_arguments", "view")
        self._workspace.modals[user] = {"id": f"V{self._workspace.next_ts()}", **given["view"]}
        return {"view": self._workspace.modals[user]}

    async def test_auth(self, _: Arguments) -> dict[str, Any]:
        workspace = self._workspace
        ids = {"team_id": workspace.id, "user_id": workspace.bot_user, "bot_id": workspace.bot}
        return {"url": self._url, "team": "窓口", "user": "madoguchi", **ids}

    async def read_user(self, given: Arguments) -> dict[str, Any]:
        name = self._workspace.people.get(given["user"])
        if name is None:
            raise Refused("user_not_found")
        profile = {"display_name": name, "real_name": name}
        return {"user": {"id": given["user"], "name": name, "is_bot": False, "profile": profile}}

    def _channel(self, name: str) -> Channel:
        """The channel, or a person's direct messages. The bot must be in it."""
        name = self._workspace.direct(name) if name in self._workspace.people else name
        channel = self._workspace.channels.get(name)
        if channel is None:
            raise Refused("channel_not_found")
        if self._workspace.bot_user not in channel.members:
            raise Refused("not_in_channel", is_fault=False)
        if channel.is_archived:
            raise Refused("is_archived", is_fault=False)
        return channel

    def _own(self, channel: Channel, ts: str) -> Post:
        post = channel.find(ts)
        if post is None or post.only_for:
            raise Refused("message_not_found")
        if not post.bot:
            raise Refused("cant_update_message")
        return post

    def _post(self, given: Arguments, channel: Channel, text: str, **more: Any) -> Post:
        return Post(
            ts=self._workspace.next_ts(),
            channel=channel.id,
            user=self._workspace.bot_user,
            text=text,
            blocks=tuple(given.get("blocks", ())),
            thread=given.get("thread_ts"),
            bot=self._workspace.bot,
            metadata=given.get("metadata"),
            **more,
        )


def _text(given: Arguments) -> str:
    """Blocks need words beside them: for notifications, and for those who hear the screen."""
    text = str(given.get("text") or "")
    if not text.strip():
        raise Refused("no_text")
    return text


def _page(posts: list[Post], given: Arguments) -> dict[str, Any]:
    low, high = given.get("oldest", "0"), given.get("latest", "9" * 12)
    is_inclusive, limit = given.get("inclusive", False), given.get("limit", 100)
    found = [
        post
        for post in posts
        if float(low) < float(post.ts) < float(high) or (is_inclusive and post.ts in (low, high))
    ]
    begin = int(given.get("cursor") or 0)
    part = found[begin : begin + limit]
    has_more = begin + limit < len(found)
    more = {"response_metadata": {"next_cursor": str(begin + limit)}} if has_more else {}
    has_metadata = given.get("include_all_metadata", False)
    messages = [post.as_json(has_metadata=has_metadata) for post in part]
    return {"messages": messages, "has_more": has_more, **more}
