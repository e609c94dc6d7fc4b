"""What an event of Slack means for us."""

from typing import Any

import pytest

from api.channels.slack_events import (
    Called,
    Envelope,
    Happening,
    HomeOpened,
    Left,
    Said,
    Unread,
    Withdrawn,
    happenings,
)
from api.errors import BrokenCharacter
from api.phrases import FILE, SLACK_REST

SAID = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "ts": "1790000000.000100"}
FILES = {"subtype": "file_share", "files": [{"id": "F1"}]}


def meaning(event: dict[str, Any]) -> list[Happening]:
    envelope = {
        "type": "event_callback",
        "team_id": "T1",
        "event_id": "Ev1",
        "event": event,
        "authorizations": [{"user_id": "UBOT"}],
    }
    return list(happenings(Envelope.model_validate(envelope)))


NOTHING: dict[str, dict[str, Any]] = {
    "a message of another bot": {**SAID, "text": "a", "bot_id": "B2"},
    "our own message": {**SAID, "text": "a", "user": "UBOT"},
    "an edit": {**SAID, "subtype": "message_changed", "message": {"ts": "1.1", "text": "b"}},
    "a message in a channel": {**SAID, "text": "a", "channel_type": "channel"},
    "somebody who joined": {**SAID, "text": "a", "subtype": "channel_join"},
    "the other tab of the app": {"type": "app_home_opened", "user": "U1", "tab": "messages"},
    "something new": {"type": "reaction_added", "user": "U1"},
    "a message of nobody": {"type": "message", "channel_type": "im", "text": "a"},
}


@pytest.mark.parametrize("event", NOTHING.values(), ids=NOTHING)
def test_what_is_not_said_to_us_means_nothing(event: dict[str, Any]) -> None:
    assert meaning(event) == []


def test_a_direct_message_belongs_to_the_person_and_is_answered_where_it_was_written() -> None:
    (said,) = meaning({**SAID, "text": "助けて"})
    (in_thread,) = meaning({**SAID, "text": "助けて", "thread_ts": "1.1"})

    assert isinstance(said, Said) and isinstance(in_thread, Said)
    assert said.inbound.sender == in_thread.inbound.sender == "T1:U1:dm"
    assert said.inbound.address == {"channel": "D1", "thread": None, "user": "U1"}
    assert in_thread.inbound.address == {"channel": "D1", "thread": "1.1", "user": "U1"}
    assert said.inbound.reference == "D1:1790000000.000100"
    assert said.inbound.sent_at and said.inbound.sent_at.timestamp() == 1790000000.0001


def test_a_mention_begins_a_thread_or_goes_on_in_one() -> None:
    mention = {**SAID, "type": "app_mention", "channel": "C1", "text": "<@UBOT> 助けて"}
    (first,) = meaning(mention)
    (second,) = meaning({**mention, "ts": "1790000009.000100", "thread_ts": SAID["ts"]})

    assert isinstance(first, Said) and isinstance(second, Said)
    assert first.inbound.sender == second.inbound.sender == "T1:C1:1790000000.000100:U1"
    assert first.inbound.text == "助けて"


def test_words_and_files_are_two_things() -> None:
    said, unread = meaning({**SAID, **FILES, "text": "見てください"})
    (alone,) = meaning({**SAID, **FILES, "text": ""})

    assert isinstance(said, Said) and isinstance(unread, Unread) and isinstance(alone, Unread)
    assert (said.inbound.text, unread.inbound.text, alone.inbound.text) == ("見てください", FILE, FILE)
    assert said.inbound.event != unread.inbound.event
    assert said.inbound.reference and alone.inbound.reference and not unread.inbound.reference


def test_of_a_very_long_message_the_rest_is_named() -> None:
    said, rest = meaning({**SAID, "text": "長" * 4001})

    assert isinstance(said, Said) and isinstance(rest, Unread)
    assert (len(said.inbound.text), rest.inbound.text) == (4000, SLACK_REST)


def test_a_message_is_taken_back_also_when_it_had_answers() -> None:
    deleted = {**SAID, "subtype": "message_deleted", "deleted_ts": "1.1", "user": None}
    buried = {**SAID, "subtype": "message_changed", "message": {"subtype": "tombstone", "ts": "1.1"}}

    assert meaning(deleted) == meaning(buried) == [Withdrawn("D1:1.1")]


def test_who_says_nothing_calls_us() -> None:
    (called,) = meaning({**SAID, "type": "app_mention", "channel": "C1", "text": "<@UBOT>\u200b "})

    assert isinstance(called, Called)
    assert called.notice.sender == "T1:C1:1790000000.000100:U1"


def test_a_workspace_that_leaves_is_all_its_people() -> None:
    (left,) = meaning({"type": "app_uninstalled"})

    assert isinstance(left, Left)
    assert left.notice.sender == "T1"


def test_the_home_tab_is_looked_at() -> None:
    assert meaning({"type": "app_home_opened", "user": "U1", "tab": "home"}) == [HomeOpened("U1")]


def test_half_a_character_is_refused() -> None:
    with pytest.raises(BrokenCharacter):
        meaning({**SAID, "text": "\ud800"})
