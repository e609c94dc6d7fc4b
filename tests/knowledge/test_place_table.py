"""Every name of the tables is found, travels as JSON, and a faulty row is named."""

import json
import re
from pathlib import Path

import pytest

from knowledge import facts, places
from knowledge.facts import FactError
from knowledge.municipalities import Area, Municipality, municipalities
from knowledge.places import OUTSIDE, Place, find_place, place_from_json
from tests.knowledge.told import told

ALL = tuple(municipalities().values())
# Kana that is another word far more often: 帰宅, 日の氏 …
READINGS_NOT_HEARD = {"きたく", "ひのし", "たまし"}
# Readings of a municipality, which means itself and nothing beside it.
READINGS_OF_A_CITY = {"にしとうきょう"}
# Names that mean more than the ward or city of that name, or nothing without 区.
BARE_NAMES_ASKED_BACK = {"府中", "多摩", "西東京"}
BARE_NAMES_NOT_HEARD = {"北", "港", "中央"}
HEADER = ",".join(places.COLUMNS) + "\n"
ROWS = [(row["name"], row["means"]) for row in facts.read("places.csv", places.COLUMNS)]


@pytest.mark.parametrize("municipality", ALL, ids=lambda municipality: municipality.name)
def test_an_official_name_is_that_municipality(municipality: Municipality) -> None:
    for text in (municipality.name, f"東京都{municipality.name}", f"店は{municipality.name}にあります"):
        assert told(text) == municipality.name


@pytest.mark.parametrize("municipality", ALL, ids=lambda municipality: municipality.name)
def test_a_reading_with_its_ending_is_that_municipality(municipality: Municipality) -> None:
    expected = "-" if municipality.reading in READINGS_NOT_HEARD else municipality.name

    assert told(municipality.reading) == expected


@pytest.mark.parametrize("municipality", ALL, ids=lambda municipality: municipality.name)
def test_an_alias_is_that_municipality_or_asked_back(municipality: Municipality) -> None:
    assert all(municipality.name in told(alias).split("|") for alias in municipality.aliases)


@pytest.mark.parametrize("name", [one.name for one in ALL if one.name[-1] in "区市"])
def test_the_ending_of_a_ward_or_city_may_be_left_away(name: str) -> None:
    bare = name[:-1]
    if bare in BARE_NAMES_NOT_HEARD:
        assert told(f"{bare}で店をやっています") == "-"
    elif bare in BARE_NAMES_ASKED_BACK:
        place = find_place(f"{bare}で店をやっています")
        assert place and not place.is_certain and municipalities()[name] in place.municipalities
    else:
        assert told(f"{bare}で店をやっています") == name


def test_every_name_of_the_table_is_found_as_it_is_written_there() -> None:
    assert [(name, told(name)) for name, _ in ROWS] == ROWS


def test_a_reading_of_the_table_is_heard_where_it_stands_alone() -> None:
    readings: dict[str, set[str]] = {}
    for row in facts.read("places.csv", places.COLUMNS):
        readings.setdefault(row["reading"], set()).add(told(row["name"]))
    heard = {
        reading: told(f"{reading} です")
        for reading in readings.keys() - READINGS_OF_A_CITY
        if len(reading) >= places.SHORTEST_READING
        and reading not in places.NEVER_IN_KANA
        and len(readings[reading]) == 1
    }

    assert len(heard) > 900
    assert {reading: place for reading, place in heard.items() if place not in readings[reading]} == {}


@pytest.mark.parametrize("reading", ["めじろだい", "つるまき", "ほりのうち"])
def test_a_reading_that_two_places_share_is_not_taken_for_either(reading: str) -> None:
    assert find_place(f"{reading} です") is None


def test_readings_are_written_in_kana() -> None:
    readings = [row["reading"] for row in facts.read("places.csv", places.COLUMNS)]

    assert [reading for reading in readings if not re.fullmatch("[ぁ-んー]*", reading)] == []


def test_no_name_stands_twice_in_the_table() -> None:
    assert len({name for name, _ in ROWS}) == len(ROWS)


def test_every_place_comes_back_from_json() -> None:
    named = [Place(one.name, (one,)) for one in ALL]
    areas = [Place(area.value, area=area) for area in Area]
    asked = [place for name, _ in ROWS if (place := find_place(name))]

    for place in (*named, *areas, *asked, Place(OUTSIDE, may_be_outside=True)):
        assert place_from_json(json.loads(json.dumps(place.as_json()))) == place


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"name": "板橋", "municipalities": None},
        {"municipalities": ["なくなった市"], "area": "東北", "may_be_outside": False},
    ],
)
def test_a_place_that_is_no_longer_known_is_an_open_place(value: dict[str, object]) -> None:
    place = place_from_json(value)

    assert not place.is_certain
    assert place.municipality is None


@pytest.mark.parametrize(
    ("row", "line", "fault"),
    [
        ("成増,なります,板橋町,,docs,2026-11,P", 3, "「板橋町」という市区町村はありません"),
        ("成増,なります,板橋区|板橋町,,docs,2026-11,P", 3, "「板橋町」という市区町村はありません"),
        ("成増,なります,,,docs,2026-11,P", 3, "「means」が空です"),
        (",なります,板橋区,,docs,2026-11,P", 3, "「name」が空です"),
        ("蕨,わらび,都外,,docs,2026-11,P", 3, "「蕨」は1文字で、見つけられません"),
        ("赤羽,あかばね,北区,,docs,2026-11,P", 3, "「赤羽」が二度出てきます"),
        ("成増,なります,板橋区,docs,2026-11,P", 3, "列が6個あります"),
    ],
)
def test_a_faulty_place_is_named_with_its_row_and_what_to_do(
    tmp_path: Path, row: str, line: int, fault: str
) -> None:
    (tmp_path / "places.csv").write_text(
        HEADER + "赤羽,あかばね,北区,,docs,2026-11,P\n" + row + "\n", encoding="utf-8"
    )

    with pytest.raises(FactError) as error:
        places.load(tmp_path)

    assert str(error.value).startswith(f"places.csv {line}行目: {fault}")
    assert " → " in str(error.value)
