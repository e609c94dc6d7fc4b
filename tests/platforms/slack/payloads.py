"""What Slack sends of presses, forms and commands."""

from tests.platforms.slack.gateway import Gateway
from tests.platforms.slack.response_urls import ResponseUrls
from tests.platforms.slack.workspace import Channel, Json, Post, Workspace


class Payloads:
    """Each with a fresh trigger, and an address to answer to where Slack gives one."""

    def __init__(self, workspace: Workspace, gateway: Gateway, response_urls: ResponseUrls) -> None:
        self._workspace = workspace
        self._gateway = gateway
        self._response_urls = response_urls

    def press(self, user: str, channel: Channel, post: Post, button: Json) -> Json:
        """Of a button in a message."""
        container = {"type": "message", "message_ts": post.ts, "channel_id": channel.id}
        thread = {"thread_ts": post.thread} if post.thread else {}
        return {
            **self._pressed(user, button),
            "container": {**container, **thread, "is_ephemeral": post.only_for is not None},
            "channel": {"id": channel.id, "name": _name(channel)},
            "message": post.as_json(),
            "response_url": self._response_urls.make(channel.id, user, post.ts),
        }

    def press_at_home(self, user: str, view: Json, button: Json) -> Json:
        """Of a button in the home tab."""
        view = {"id": f"V{user[1:]}", **view}
        container = {"type": "view", "view_id": view["id"]}
        return {**self._pressed(user, button), "container": container, "view": view}

    def submission(self, user: str, view: Json, values: Json) -> Json:
        """Of a modal that was sent off."""
        filled = {**view, "state": {"values": values}}
        return {"type": "view_submission", **self._who(user), "view": filled}

    def command(self, user: str, channel: Channel, command: str, text: str) -> dict[str, str]:
        """Of a slash command: the fields of a form."""
        return {
            "token": "unused",
            "team_id": self._workspace.id,
            "team_domain": "madoguchi",
            "channel_id": channel.id,
            "channel_name": _name(channel),
            "user_id": user,
            "user_name": self._workspace.people[user],
            "command": command,
            "text": text,
            "api_app_id": self._workspace.app,
            "is_enterprise_install": "false",
            "response_url": self._response_urls.make(channel.id, user),
            "trigger_id": self._gateway.new_trigger(user),
        }

    def _pressed(self, user: str, button: Json) -> Json:
        kept = ("type", "block_id", "action_id", "text", "value")
        action = {name: button[name] for name in kept if name in button}
        actions = [{"action_id": "a", **action, "action_ts": self._workspace.next_ts()}]
        return {"type": "block_actions", **self._who(user), "actions": actions}

    def _who(self, user: str) -> Json:
        name = self._workspace.people[user]
        return {
            "user": {"id": user, "username": name, "name": name, "team_id": self._workspace.id},
            "team": {"id": self._workspace.id, "domain": "madoguchi"},
            "api_app_id": self._workspace.app,
            "token": "unused",
            "trigger_id": self._gateway.new_trigger(user),
        }


def _name(channel: Channel) -> str:
    return "directmessage" if channel.is_direct else channel.name
