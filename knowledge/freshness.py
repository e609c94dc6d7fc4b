"""How old a fact may become before it is marked: a year since it was last checked."""

import re
from calendar import monthrange
from datetime import date, timedelta

FRESH = timedelta(days=365)


def is_stale(checked: str, today: date) -> bool:
    """Whether a fact checked then (2024, 2025-02 or 2025-02-17; empty: never) needs to be checked again."""
    day = last_day(checked)
    return day is None or today - day > FRESH


def first_day(text: str) -> date | None:
    """The first day of YYYY, YYYY-MM or YYYY-MM-DD; None for anything else."""
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?", text)
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1)) if match else None
    except ValueError:
        return None


def last_day(text: str) -> date | None:
    """The last day of YYYY, YYYY-MM or YYYY-MM-DD; None for anything else."""
    first = first_day(text)
    if first is None or text.count("-") == 2:
        return first
    month = first.month if "-" in text else 12
    return date(first.year, month, monthrange(first.year, month)[1])
