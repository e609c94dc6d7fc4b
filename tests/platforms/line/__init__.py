"""An imitation of LINE that really listens, and keeps to LINE's limits."""

from tests.platforms.line.chat import Chat, Shown
from tests.platforms.line.events import Event, group_id, room_id, user_id
from tests.platforms.line.fake import FakeLine

__all__ = ["Chat", "Event", "FakeLine", "Shown", "group_id", "room_id", "user_id"]
