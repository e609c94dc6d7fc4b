"""Texts are cut to LINE's measures, between sentences where that can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.channels.line_text import CUT, pieces, shortened, units

TEXTS = st.text(alphabet=st.sampled_from("あい。\n！😀a」 "), max_size=60)


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [
        ("一つ。二つ。", 20, ["一つ。二つ。"]),
        ("一つ。二つ。三つ。", 6, ["一つ。二つ。", "三つ。"]),
        ("「一つ。」二つ。", 6, ["「一つ。」", "二つ。"]),
        ("一\n二\n三", 4, ["一\n二", "三"]),
        ("ああああああ", 4, ["ああああ", "ああ"]),
        ("😀😀😀", 4, ["😀😀", "😀"]),
        (" \n ", 4, []),
    ],
)
def test_a_text_is_cut_between_sentences(text: str, most: int, cut: list[str]) -> None:
    assert pieces(text, most) == cut


@given(TEXTS, st.integers(2, 12))
def test_no_piece_is_too_long_and_nothing_is_lost(text: str, most: int) -> None:
    found = pieces(text, most)

    assert all(units(piece) <= most for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())


@given(TEXTS, st.integers(1, 12))
def test_what_is_shortened_fits_and_says_so(text: str, most: int) -> None:
    short = shortened(text, most)

    assert units(short) <= most
    assert short == text or short.endswith(CUT)
