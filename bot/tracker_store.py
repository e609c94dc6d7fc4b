"""Rasa's SQL tracker store, reading only the end of a conversation.

A turn needs the latest events and what is remembered (slots); Rasa reads, copies
and sends to the action server everything ever said. The whole conversation stays
stored, and ``retrieve_full_tracker`` still reads it.
"""

import itertools
import json
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa  # type: ignore[import-untyped, unused-ignore]
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

RECENT = 48  # events: some four turns; rules and typed choices look back one
CONVERSATIONS = 500  # whose end is held in memory
# The gateway's database is the record; this one may lose its last turns in a power cut, never in a crash.
PRAGMAS = ("journal_mode = WAL", "synchronous = NORMAL")


@lru_cache(maxsize=20_000)
def event(stored: str) -> Event:
    """A stored event; those of running conversations are asked for at every turn."""
    found: Event = Event.from_parameters(json.loads(stored))
    return found


class End(NamedTuple):
    """The end of a conversation as it was when the row of this id was its newest."""

    newest: int
    events: Sequence[Event]


class RecentTrackerStore(SQLTrackerStore):
    """Trackers begin with what is remembered of the events before the recent ones."""

    engine: Any

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        row = self.SQLEvent
        if self.engine.dialect.name == "sqlite":
            self.engine = _lasting(self.engine.url)
            self.sessionmaker.configure(bind=self.engine)
        by_name = sa.Index("events_by_name", row.sender_id, row.type_name, row.action_name, row.id)
        by_name.create(self.engine, checkfirst=True)
        self._ends: OrderedDict[str, End] = OrderedDict()

    async def _retrieve(
        self, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> DialogueStateTracker | None:
        if fetch_events_from_all_sessions:
            return await super()._retrieve(sender_id, fetch_events_from_all_sessions)
        events = self._end(sender_id)
        if not events:
            return None
        tracker = DialogueStateTracker.from_events(sender_id, events, self.domain.slots)
        tracker.events_read = len(tracker.events)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        await super().save(tracker)
        # Rasa lets one turn at a time work on a conversation, so the newest row is this turn's.
        self._hold(tracker.sender_id, End(self._newest_id(tracker.sender_id), ended(list(tracker.events))))

    def _end(self, sender_id: str) -> Sequence[Event]:
        """From memory, unless another process has gone on with the conversation."""
        newest = self._newest_id(sender_id)
        held = self._ends.get(sender_id)
        if held is None or held.newest != newest:
            held = End(newest, self._read(sender_id))
            self._hold(sender_id, held)
        return held.events

    def _hold(self, sender_id: str, end: End) -> None:
        self._ends[sender_id] = end
        self._ends.move_to_end(sender_id)
        if len(self._ends) > CONVERSATIONS:
            self._ends.popitem(last=False)

    def _newest_id(self, sender_id: str) -> int:
        row = self.SQLEvent.__table__.c
        with self.engine.connect() as connection:
            return connection.scalar(sa.select(sa.func.max(row.id)).where(row.sender_id == sender_id)) or 0

    def _read(self, sender_id: str) -> Sequence[Event]:
        with self.session_scope() as session:
            recent = [event(row.data) for row in self._recent(session, sender_id)]
            return [*self._remembered(session, sender_id, recent), *recent] if recent else []

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


def ended(events: Sequence[Event]) -> Sequence[Event]:
    """The recent events of the open session, after the last value of each slot that they do not set."""
    starts = [place for place, one in enumerate(events) if isinstance(one, SessionStarted)]
    begin = max(len(events) - RECENT, starts[-1] if starts else 0)
    recent = events[begin:]
    set_since = {one.key for one in recent if isinstance(one, SlotSet)}
    before = {one.key: one for one in events[:begin] if isinstance(one, SlotSet)}
    return [*(one for key, one in before.items() if key not in set_since), *recent]


def _lasting(url: Any) -> Any:
    """An engine that keeps its connections: when the last one closes SQLite writes its whole log back."""
    engine = sa.create_engine(url, poolclass=sa.pool.QueuePool, connect_args={"check_same_thread": False})
    sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
