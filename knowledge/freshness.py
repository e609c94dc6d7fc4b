"""How old a fact may become before it is marked: a year since it was last checked."""

from calendar import monthrange
from datetime import date, timedelta

FRESH = timedelta(days=365)


def is_stale(checked: str, today: date) -> bool:
    """Whether a fact checked then (2024, 2025-02 or 2025-02-17; empty: never) needs to be checked again."""
    day = last_day(checked)
    return day is None or today - day > FRESH


def last_day(checked: str) -> date | None:
    """The latest day that a date of that precision may mean; None when it is empty.

    Raises:
        ValueError: it is not a date.
    """
    if not checked:
        return None
    year, month, day = (*map(int, checked.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])
