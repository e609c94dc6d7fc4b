"""The addresses that Slack gives with a press or a command, to answer there a few times within half an hour."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from tests.platforms.checks import Check, anything, boolean, one_of, record, string
from tests.platforms.platform import Clock
from tests.platforms.slack.answers import Refused, require
from tests.platforms.slack.blocks import MESSAGE_BLOCKS
from tests.platforms.slack.workspace import Post, Workspace

LIFETIME = timedelta(minutes=30)
MOST_USES = 5
OPTIONAL: dict[str, Check] = {
    "text": string(0, 40_000),
    "blocks": MESSAGE_BLOCKS,
    "response_type": one_of("ephemeral", "in_channel"),
    "replace_original": boolean,
    "delete_original": boolean,
    "thread_ts": string(),
    "metadata": anything,
}
ANSWER = record({}, OPTIONAL)


@dataclass
class Place:
    """Where an answer goes, and how often one came already."""

    channel: str
    user: str
    original: str | None
    at: datetime
    uses: int = 0


class ResponseUrls:
    def __init__(self, workspace: Workspace, clock: Clock, url: str) -> None:
        self._workspace = workspace
        self._clock = clock
        self._url = url
        self._places: dict[str, Place] = {}

    def make(self, channel: str, user: str, original: str | None = None) -> str:
        name = secrets.token_hex(12)
        self._places[name] = Place(channel, user, original, self._clock())
        return f"{self._url}/response/{name}"

    async def take(self, request: Request) -> Response:
        """Raises Refused."""
        place = self._places.get(request.path_params["name"])
        if place is None:
            raise Refused("no_such_url", status=404)
        if self._clock() - place.at > LIFETIME:
            raise Refused("expired_url", status=404)
        if place.uses == MOST_USES:
            raise Refused("used_url", status=404)
        body = json.loads(await request.body())
        require(ANSWER, body, "invalid_payload")
        place.uses += 1
        self.answer(place, body)
        return PlainTextResponse("ok")

    def answer_to(self, channel: str, user: str, body: dict[str, Any]) -> None:
        """What was said at once, in the answer to the request itself."""
        require(ANSWER, body, "invalid_payload")
        self.answer(Place(channel, user, None, self._clock()), body)

    def answer(self, place: Place, body: dict[str, Any]) -> None:
        original = place.original and self._workspace.channels[place.channel].find(place.original)
        text, blocks = body.get("text", ""), tuple(body.get("blocks", ()))
        if original and body.get("delete_original"):
            self._workspace.remove(original)
        elif original and body.get("replace_original"):
            self._workspace.change(original, text=text, blocks=blocks)
        elif not text.strip():
            raise Refused("no_text")
        else:
            is_open = body.get("response_type") == "in_channel"
            self._workspace.add(
                Post(
                    ts=self._workspace.next_ts(),
                    channel=place.channel,
                    user=self._workspace.bot_user,
                    text=text,
                    blocks=blocks,
                    thread=body.get("thread_ts"),
                    bot=self._workspace.bot,
                    only_for=None if is_open else place.user,
                )
            )
