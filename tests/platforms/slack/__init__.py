"""An imitation of Slack that really listens, and keeps to Slack's limits."""

from tests.platforms.slack.fake import FakeSlack
from tests.platforms.slack.gateway import Sent
from tests.platforms.slack.workspace import Channel, Post

__all__ = ["Channel", "FakeSlack", "Post", "Sent"]
