"""The tracker store reads the end of a conversation, remembers all, and loses nothing."""

import asyncio
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.tracker_store import RECENT, RecentTrackerStore

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
intents: [inform]
slots:
  place: {type: any, mappings: [{type: custom}]}
  turns: {type: any, mappings: [{type: custom}]}
"""
)
CONVERSATION = "one"


@pytest.fixture
def store(tmp_path: Path) -> RecentTrackerStore:
    return RecentTrackerStore(DOMAIN, dialect="sqlite", db=str(tmp_path / "tracker.sqlite"))


def turn(number: int) -> list[Event]:
    return [
        UserUttered(f"message {number}", {"name": "inform"}),
        SlotSet("turns", number),
        BotUttered(f"answer {number}"),
        ActionExecuted("action_listen"),
    ]


def play(store: RecentTrackerStore, *turns: list[Event]) -> None:
    """Each turn reads the tracker, adds to it, and saves it, as Rasa does."""

    async def _play() -> None:
        for events in turns:
            tracker = await store.retrieve(CONVERSATION) or DialogueStateTracker(CONVERSATION, DOMAIN.slots)
            tracker.update_with_events(events, DOMAIN)
            await store.save(tracker)

    asyncio.run(_play())


def texts(tracker: DialogueStateTracker) -> list[str]:
    return [event.text for event in tracker.events if isinstance(event, UserUttered) and event.text]


def recent(store: RecentTrackerStore) -> DialogueStateTracker:
    tracker = asyncio.run(store.retrieve(CONVERSATION))
    assert tracker
    return tracker


def whole(store: RecentTrackerStore) -> DialogueStateTracker:
    tracker = asyncio.run(store.retrieve_full_tracker(CONVERSATION))
    assert tracker
    return tracker


def test_a_conversation_nobody_held_is_not_found(store: RecentTrackerStore) -> None:
    assert asyncio.run(store.retrieve("nobody")) is None


def test_every_event_is_stored_once_and_in_order(store: RecentTrackerStore) -> None:
    play(store, *(turn(number) for number in range(30)))

    assert texts(whole(store)) == [f"message {number}" for number in range(30)]


def test_only_the_end_is_read(store: RecentTrackerStore) -> None:
    play(store, *(turn(number) for number in range(30)))

    assert texts(recent(store))[-1] == "message 29"
    assert len(recent(store).events) <= RECENT + len(DOMAIN.slots)


def test_what_was_remembered_long_ago_is_remembered_still(store: RecentTrackerStore) -> None:
    play(store, [SlotSet("place", "北区"), *turn(0)], *(turn(number) for number in range(1, 30)))

    assert recent(store).get_slot("place") == "北区"
    assert recent(store).get_slot("turns") == 29


def test_the_last_of_many_values_counts(store: RecentTrackerStore) -> None:
    play(
        store, [SlotSet("place", "北区")], [SlotSet("place", "港区")], *(turn(number) for number in range(20))
    )

    assert recent(store).get_slot("place") == "港区"


def test_a_tracker_saved_twice_is_stored_once(store: RecentTrackerStore) -> None:
    play(store, *(turn(number) for number in range(10)))
    tracker = recent(store)
    tracker.update_with_events(turn(10), DOMAIN)
    asyncio.run(store.save(tracker))
    asyncio.run(store.save(tracker))

    assert texts(whole(store)) == [f"message {number}" for number in range(11)]


def test_what_is_held_in_memory_is_what_would_be_read(store: RecentTrackerStore, tmp_path: Path) -> None:
    play(store, [SlotSet("place", "北区"), *turn(0)], *(turn(number) for number in range(1, 30)))
    afresh = RecentTrackerStore(DOMAIN, dialect="sqlite", db=str(tmp_path / "tracker.sqlite"))

    assert list(recent(store).events) == list(recent(afresh).events)


def test_only_the_open_session_is_held(store: RecentTrackerStore, tmp_path: Path) -> None:
    play(store, [SlotSet("place", "北区"), *turn(0)], [SessionStarted(), *turn(1)])
    afresh = RecentTrackerStore(DOMAIN, dialect="sqlite", db=str(tmp_path / "tracker.sqlite"))

    assert texts(recent(store)) == texts(recent(afresh)) == ["message 1"]
    # What is carried into a new session Rasa sets again, after its start.
    assert recent(store).get_slot("place") is recent(afresh).get_slot("place") is None


def test_what_another_process_said_is_seen(store: RecentTrackerStore, tmp_path: Path) -> None:
    other = RecentTrackerStore(DOMAIN, dialect="sqlite", db=str(tmp_path / "tracker.sqlite"))
    play(store, turn(0))
    play(other, turn(1))

    assert texts(recent(store)) == ["message 0", "message 1"]


def test_a_turn_that_was_never_saved_leaves_no_trace(store: RecentTrackerStore) -> None:
    play(store, turn(0))
    recent(store).update_with_events(turn(1), DOMAIN)

    assert texts(recent(store)) == ["message 0"]
