"""Who may speak, move by move."""

import pytest

from api.conversations.handoff import MOVES, Speaker, moved
from api.errors import MoveNotAllowed


def test_a_call_silences_nobody() -> None:
    assert moved(Speaker.bot, "call") is Speaker.nobody


@pytest.mark.parametrize("speaker", [Speaker.bot, Speaker.nobody])
def test_staff_may_take_what_no_colleague_holds(speaker: Speaker) -> None:
    assert moved(speaker, "take") is Speaker.staff


@pytest.mark.parametrize("speaker", [Speaker.staff, Speaker.nobody])
def test_a_release_gives_the_word_back_to_the_bot(speaker: Speaker) -> None:
    assert moved(speaker, "release") is Speaker.bot


FORBIDDEN = [
    (move, speaker)
    for move in ("call", "take", "release", "shout")
    for speaker in Speaker
    if (move, speaker) not in MOVES
]


@pytest.mark.parametrize(("move", "speaker"), FORBIDDEN)
def test_every_other_move_is_refused(move: str, speaker: Speaker) -> None:
    with pytest.raises(MoveNotAllowed):
        moved(speaker, move)
