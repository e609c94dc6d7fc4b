"""What staff read in their Slack channel when a person is asked for: where to look, never what was written."""

from collections.abc import Callable

from api import phrases
from api.conversations.alerts import Board, Call
from api.conversations.courier import Courier
from knowledge.municipalities import municipalities
from knowledge.topics import TITLES, Topic

NAME = "slack-alerts"  # the channel's; what is told there is delivered like everything else


def board(channel: str, public_url: str, courier: Courier) -> Board:
    """The channel of this id or name in Slack, as a place where staff look."""
    return Board(NAME, {"channel": channel, "thread": None}, courier, says(public_url))


def says(public_url: str) -> Callable[[Call], str]:
    """The words for a call, with a link under this address."""

    def said(call: Call) -> str:
        link = f"{public_url}/staff/conversations/{call.conversation}"
        return f"{phrases.ALERT}\n{_line(call)}\n{link}"

    return said


def _line(call: Call) -> str:
    """Only words of our own tables: whatever else stands there is not told."""
    topics = [TITLES[topic] for topic in Topic if topic.value in call.topics]
    area = call.municipality if call.municipality in municipalities() else None
    return phrases.ALERT_LINE.format(
        reason=phrases.ALERT_REASONS.get(call.reason, phrases.ALERT_UNKNOWN),
        topic="・".join(topics) or phrases.ALERT_UNKNOWN,
        area=area or phrases.ALERT_UNKNOWN,
        channel=phrases.ALERT_CHANNELS.get(call.channel, phrases.ALERT_UNKNOWN),
    )
