"""The 62 municipalities of Tokyo and the chamber or 商工会 that serves each."""

from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from knowledge import facts

COLUMNS = (
    "id",
    "name",
    "reading",
    "aliases",
    "area",
    "desk",
    "branch_office",
    "source",
    "checked",
    "certainty",
)


class Area(Enum):
    """A part of Tokyo; the value is what people call it."""

    KU = "区部"
    TAMA = "多摩"
    ISLANDS = "島しょ"


AREA_OF = {"ku": Area.KU, "tama": Area.TAMA, "islands": Area.ISLANDS}


@dataclass(frozen=True)
class Municipality:
    """A ward, city, town or village. ``desk`` is the desk id of its chamber or 商工会.

    The four without one of their own point to 東京都商工会連合会.
    """

    name: str
    reading: str
    aliases: tuple[str, ...]
    area: Area
    desk: str
    branch_office: str
    source: str
    checked: str
    certainty: str


def load(folder: Path = facts.FOLDER) -> dict[str, Municipality]:
    """Municipalities by official name, in the order of the table.

    Raises:
        facts.FactError: a row is incomplete, doubled, or names an unknown area.
    """
    rows = facts.read("municipalities.csv", COLUMNS, folder=folder)
    return facts.unique([(row, row.required("name"), _municipality(row)) for row in rows])


def _municipality(row: facts.Row) -> Municipality:
    return Municipality(
        name=row.required("name"),
        reading=row.required("reading"),
        aliases=row.several("aliases"),
        area=AREA_OF[row.one_of("area", AREA_OF)],
        desk=row.required("desk"),
        branch_office=row["branch_office"],
        source=row.required("source"),
        checked=row["checked"],
        certainty=row.required("certainty"),
    )


@cache
def municipalities() -> dict[str, Municipality]:
    """The municipalities of the shipped table, read once."""
    return load()
