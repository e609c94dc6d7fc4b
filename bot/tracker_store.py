"""Rasa's SQL tracker store, reading only the end of a conversation.

A turn needs the latest events and what is remembered (slots); Rasa reads, copies
and sends to the action server everything ever said. The whole conversation stays
stored, and ``retrieve_full_tracker`` still reads it.
"""

import itertools
import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import sqlalchemy as sa  # type: ignore[import-untyped, unused-ignore]
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

RECENT = 48  # events: some four turns; rules and typed choices look back one


@lru_cache(maxsize=20_000)
def event(stored: str) -> Event:
    """A stored event; those of running conversations are asked for at every turn."""
    found: Event = Event.from_parameters(json.loads(stored))
    return found


class RecentTrackerStore(SQLTrackerStore):
    """Trackers begin with what is remembered of the events before the recent ones."""

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        row = self.SQLEvent
        by_name = sa.Index("events_by_name", row.sender_id, row.type_name, row.action_name, row.id)
        by_name.create(self.engine, checkfirst=True)

    async def _retrieve(
        self, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> DialogueStateTracker | None:
        if fetch_events_from_all_sessions:
            return await super()._retrieve(sender_id, fetch_events_from_all_sessions)
        with self.session_scope() as session:
            recent = [event(row.data) for row in self._recent(session, sender_id)]
            if not recent:
                return None
            events = [*self._remembered(session, sender_id, recent), *recent]
        tracker = DialogueStateTracker.from_events(sender_id, events, self.domain.slots)
        tracker.events_read = len(tracker.events)
        return tracker

    def _recent(self, session: Any, sender_id: str) -> list[Any]:
        """The last events, in order, of the session that is open."""
        row = self.SQLEvent
        begun = self._newest(session, sender_id, SessionStarted.type_name).first()
        rows = session.query(row).filter(row.sender_id == sender_id, row.id >= (begun.id if begun else 0))
        return list(reversed(rows.order_by(row.id.desc()).limit(RECENT).all()))

    def _remembered(self, session: Any, sender_id: str, recent: list[Event]) -> list[Event]:
        """The last value of each slot that the recent events do not set."""
        set_since = {one.key for one in recent if isinstance(one, SlotSet)}
        rows = (
            self._newest(session, sender_id, SlotSet.type_name)
            .filter(self.SQLEvent.action_name == slot.name)  # Rasa keeps a slot's name there
            .first()
            for slot in self.domain.slots
            if slot.name not in set_since
        )
        return [event(row.data) for row in rows if row]

    def _newest(self, session: Any, sender_id: str, type_name: str) -> Any:
        row = self.SQLEvent
        of_type = session.query(row).filter(row.sender_id == sender_id, row.type_name == type_name)
        return of_type.order_by(row.id.desc())

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Iterator[Event]:
        """What happened since the tracker was read."""
        read = getattr(tracker, "events_read", 0)
        tracker.events_read = len(tracker.events)
        return itertools.islice(list(tracker.events), read, None)
