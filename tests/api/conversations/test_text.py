"""Whatever is typed becomes safe to keep, or is refused."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.conversations.text import LONGEST, clean
from api.errors import BrokenCharacter, EmptyText, TextTooLong

ANYTHING = st.text(st.characters(), max_size=60)


# In a fresh checkout hypothesis first builds its table of characters, which takes longer than it allows.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANYTHING)
def test_what_is_kept_has_no_hidden_characters_and_stays_as_it_is(text: str) -> None:
    try:
        kept = clean(text)
    except (EmptyText, BrokenCharacter):
        return

    assert kept == clean(kept)
    assert unicodedata.is_normalized("NFC", kept)
    assert not [c for c in kept if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in "\n\t"]
    kept.encode("utf-8")


def test_the_longest_text_is_counted_after_joining_marks() -> None:
    assert len(clean("か\u3099" * LONGEST)) == LONGEST
    with pytest.raises(TextTooLong):
        clean("か\u3099" * (LONGEST + 1))


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(BrokenCharacter):
        clean("こんにちは\ud83d")


def test_hidden_characters_alone_are_nothing() -> None:
    with pytest.raises(EmptyText):
        clean("\u200b\u200d\ufeff\u202e\u2066\x00\x1b\x7f\x9f \u3000")
