"""Whether all that a visitor reads has a source: no number, address or name that is not in the tables.

Everything that is said is either a cell of a fact table, a sentence of
domain.yml, or put together from both. What matters in it – telephone numbers,
addresses on the web and in the city, other numbers, names of offices – must
stand in a row that has a source, in the visitor's own words, or on the clock.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from knowledge.text import normalise

FACTS = Path(__file__).parents[1] / "knowledge" / "facts"
# Tables that are read by the program and never said.
UNSAID = {"signs.csv", "places.csv", "hard_words.csv", "holidays.csv"}
PHONE = re.compile(
    r"#[0-9]{4}|(?<![0-9-])0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}(?![0-9-])|(?<![0-9])0[0-9]{9,10}(?![0-9])"
)
WEB = re.compile(r"https?://[^\s)）「」]+|[\w.+-]+@[\w-]+\.[\w.-]+", re.ASCII)
STREET = re.compile(r"[一-龠ァ-ヶ]{1,12}[0-9]+(?:-[0-9]+)+")
NUMBER = re.compile(r"[0-9][0-9,]*")
OFFICE = re.compile(
    r"[一-龠ァ-ヶーA-Za-z・]{1,20}?(?:商工会議所|商工会(?!議所)|連合会|公社|センター|機構|財団|信用保証協会|協議会|委員会|中央会|監督署|事務所|"
    r"ダイヤル|ホットライン|110番|デスク|支援拠点|金融公庫|ステーション|かけこみ寺)"
)
# Words that name a kind of office and no office, as they stand in the sentences of domain.yml and of the gateway.
KINDS = {"商工会議所", "商工会", "商工会連合会", "公社", "区市町村"}


@cache
def sourced() -> str:
    """All cells of rows that have a source, and the plain versions of them."""
    cells: list[str] = []
    for file in sorted(FACTS.glob("*.csv")):
        if file.name not in UNSAID:
            with file.open(encoding="utf-8-sig", newline="") as table:
                for row in csv.DictReader(table):
                    assert file.name == "plain.csv" or row["source"], f"{file.name}: {row} has no source"
                    cells += row.values()
    return normalise("\n".join(cells))


@cache
def _numbers() -> frozenset[str]:
    return frozenset(NUMBER.findall(sourced()))


@cache
def _phones() -> frozenset[str]:
    with (FACTS / "phones.csv").open(encoding="utf-8-sig", newline="") as table:
        return frozenset(row["number"] for row in csv.DictReader(table))


def unsourced(said: str, *, heard: Iterable[str], now: datetime) -> Iterator[str]:
    """What in ``said`` has no source, given what the visitor wrote and the time of the answer."""
    text = normalise(said)
    told = normalise("\n".join(heard))
    for phone in PHONE.findall(text):
        if phone not in _phones():
            yield f"telephone number {phone}"
    text = PHONE.sub(" ", text)
    for address in WEB.findall(text):
        if address.rstrip("/.") not in sourced():
            yield f"address {address}"
    text = WEB.sub(" ", text)
    for street in STREET.findall(text):
        if street not in sourced():
            yield f"place {street}"
    allowed = _numbers() | set(NUMBER.findall(told)) | _clock(now)
    for number in NUMBER.findall(STREET.sub(" ", text)):
        if number not in allowed:
            yield f"number {number}"
    for name in OFFICE.findall(text):
        if name not in KINDS and not any(
            name[start:] in sourced() for start in range(min(len(name) - 2, 12))
        ):
            yield f"name {name}"


def _clock(now: datetime) -> set[str]:
    """Years, months, days and hours that an answer of this moment may speak of."""
    days = [now + timedelta(days=number) for number in range(-1, 20)]
    numbers = {str(part) for day in days for part in (day.year, day.month, day.day)}
    return numbers | {str(hour) for hour in range(25)} | {"30", "00"}
