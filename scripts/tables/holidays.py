"""Write knowledge/facts/holidays.csv from the library. Runs inside the api environment: see scripts/holidays."""

import csv
from datetime import date
from importlib.metadata import version

import holidays

from knowledge.calendar import HOLIDAY_COLUMNS
from knowledge.facts import FOLDER

YEARS_AHEAD = 10


def rows(today: date) -> list[tuple[str, str, str, str]]:
    """The holidays from last year to ten years ahead, as rows of the table.

    The equinoxes of coming years are computed; the government announces each in the February before.
    """
    years = range(today.year - 1, today.year + YEARS_AHEAD + 1)
    source = f"holidays {version('holidays')} (Japan)"
    named = holidays.country_holidays("JP", years=years, language="ja")
    return [(day.isoformat(), name, source, today.isoformat()) for day, name in sorted(named.items())]


def main() -> None:
    with (FOLDER / "holidays.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([HOLIDAY_COLUMNS, *rows(date.today())])


if __name__ == "__main__":
    main()
