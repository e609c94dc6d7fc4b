"""A place as the table writes it, for the tests of places."""

from knowledge.places import AREAS, OUTSIDE, find_place


def told(text: str) -> str:
    """The place as the column ``means`` writes it; ``-`` for none."""
    place = find_place(text)
    if place is None:
        return "-"
    names = [municipality.name for municipality in place.municipalities]
    names += [name for name in AREAS if AREAS[name] is place.area][:1]
    return "|".join([*names, OUTSIDE] if place.may_be_outside else names)
