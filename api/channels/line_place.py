"""The municipality of a place that someone shared, out of its address. Nothing else of it is used."""

import re

from knowledge.municipalities import Municipality, municipalities
from knowledge.places import find_place
from knowledge.text import normalise

TOKYO = "東京都"
PREFECTURE = re.compile(rf"{TOKYO}|北海道|京都府|大阪府|[一-龠]{{2,3}}県")


def municipality_in(address: str) -> Municipality | None:
    """The ward, city, town or village in Tokyo. None: it lies elsewhere, or cannot be told."""
    told = normalise(address)
    first = PREFECTURE.search(told)
    if first and first[0] == TOKYO:
        return _named_first(told[first.end() :])
    place = None if first else find_place(told)
    return place.municipality if place else None


def is_outside(address: str) -> bool:
    """Whether it certainly lies outside of Tokyo."""
    told = normalise(address)
    if first := PREFECTURE.search(told):
        return first[0] != TOKYO
    place = find_place(told)
    return place is not None and place.is_outside


def _named_first(told: str) -> Municipality | None:
    """The one whose name stands first; a building may bear another's."""
    found = [(told.find(normalise(name)), one) for name, one in municipalities().items()]
    named = [(at, one) for at, one in found if at >= 0]
    return min(named, key=lambda pair: pair[0])[1] if named else None
