"""All 62 municipalities of Tokyo, each with the chamber or 商工会 that serves it."""

import re
from collections import Counter
from pathlib import Path

import pytest

from knowledge import municipalities as table
from knowledge.desks import DeskKind, find_desk
from knowledge.facts import FactError
from knowledge.municipalities import Area, Municipality, municipalities

WARDS = [
    "千代田区",
    "中央区",
    "港区",
    "新宿区",
    "文京区",
    "台東区",
    "墨田区",
    "江東区",
    "品川区",
    "目黒区",
    "大田区",
    "世田谷区",
    "渋谷区",
    "中野区",
    "杉並区",
    "豊島区",
    "北区",
    "荒川区",
    "板橋区",
    "練馬区",
    "足立区",
    "葛飾区",
    "江戸川区",
]
TAMA = [
    "八王子市",
    "立川市",
    "武蔵野市",
    "三鷹市",
    "青梅市",
    "府中市",
    "昭島市",
    "調布市",
    "町田市",
    "小金井市",
    "小平市",
    "日野市",
    "東村山市",
    "国分寺市",
    "国立市",
    "福生市",
    "狛江市",
    "東大和市",
    "清瀬市",
    "東久留米市",
    "武蔵村山市",
    "多摩市",
    "稲城市",
    "羽村市",
    "あきる野市",
    "西東京市",
    "瑞穂町",
    "日の出町",
    "檜原村",
    "奥多摩町",
]
ISLANDS = ["大島町", "利島村", "新島村", "神津島村", "三宅村", "御蔵島村", "八丈町", "青ヶ島村", "小笠原村"]
CHAMBERS = {
    "八王子市": "八王子商工会議所",
    "立川市": "立川商工会議所",
    "武蔵野市": "武蔵野商工会議所",
    "青梅市": "青梅商工会議所",
    "奥多摩町": "青梅商工会議所",
    "府中市": "むさし府中商工会議所",
    "町田市": "町田商工会議所",
    "多摩市": "多摩商工会議所",
}
WITHOUT_ONE = ("檜原村", "利島村", "御蔵島村", "青ヶ島村")
BRANCH_OFFICES = {
    "大島町": "大島支庁",
    "利島村": "大島支庁",
    "新島村": "大島支庁",
    "神津島村": "大島支庁",
    "三宅村": "三宅支庁",
    "御蔵島村": "三宅支庁",
    "八丈町": "八丈支庁",
    "青ヶ島村": "八丈支庁",
    "小笠原村": "小笠原支庁",
}
ALL = tuple(municipalities().values())
READING_ENDS = {"区": "く", "市": "し", "町": "まち", "村": "むら"}
HEADER = ",".join(table.COLUMNS) + "\n"
GOOD = "itabashi,板橋区,いたばしく,,ku,tokyo-cci-itabashi,,docs,2026-11,P"


def desk_name(name: str) -> str:
    return find_desk(municipalities()[name].desk).name


def test_tokyo_has_23_wards_30_in_tama_and_9_on_the_islands() -> None:
    assert Counter(municipality.area for municipality in ALL) == {
        Area.KU: 23,
        Area.TAMA: 30,
        Area.ISLANDS: 9,
    }


@pytest.mark.parametrize(
    ("area", "names"), [(Area.KU, WARDS), (Area.TAMA, TAMA), (Area.ISLANDS, ISLANDS)], ids=lambda value: ""
)
def test_every_municipality_stands_in_its_part_of_tokyo(area: Area, names: list[str]) -> None:
    assert [municipality.name for municipality in ALL if municipality.area is area] == names


@pytest.mark.parametrize("municipality", ALL, ids=lambda municipality: municipality.name)
def test_a_municipality_has_a_reading_a_desk_and_a_source(municipality: Municipality) -> None:
    assert re.fullmatch("[ぁ-ん]+", municipality.reading)
    assert municipality.reading.endswith(READING_ENDS[municipality.name[-1]])
    assert find_desk(municipality.desk)
    assert municipality.source
    assert municipality.certainty


def test_readings_are_all_different() -> None:
    assert len({municipality.reading for municipality in ALL}) == 62


@pytest.mark.parametrize("name", WARDS)
def test_a_ward_is_served_by_its_own_branch_of_the_tokyo_chamber(name: str) -> None:
    assert desk_name(name) == f"東京商工会議所 {name.removesuffix('区')}支部"


@pytest.mark.parametrize(("name", "chamber"), CHAMBERS.items())
def test_seven_chambers_serve_eight_municipalities_of_tama(name: str, chamber: str) -> None:
    assert desk_name(name) == chamber


@pytest.mark.parametrize("name", WITHOUT_ONE)
def test_the_four_without_one_of_their_own_go_to_the_federation(name: str) -> None:
    assert desk_name(name) == "東京都商工会連合会"


@pytest.mark.parametrize("name", sorted({*TAMA, *ISLANDS} - {*CHAMBERS, *WITHOUT_ONE}))
def test_every_other_municipality_has_its_own_shokokai(name: str) -> None:
    desk = find_desk(municipalities()[name].desk)

    assert desk.kind is DeskKind.SHOKOKAI
    assert desk.name in (f"{name}商工会", f"{name[:-1]}商工会")


def test_there_are_27_shokokai_and_no_two_municipalities_share_one() -> None:
    shokokai = Counter(
        municipality.desk
        for municipality in ALL
        if municipality.name not in WITHOUT_ONE and find_desk(municipality.desk).kind is DeskKind.SHOKOKAI
    )

    assert len(shokokai) == 27
    assert set(shokokai.values()) == {1}


def test_the_islands_have_a_branch_office_of_the_metropolis_and_nobody_else_has() -> None:
    offices = {
        municipality.name: municipality.branch_office for municipality in ALL if municipality.branch_office
    }

    assert offices == BRANCH_OFFICES


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (GOOD, "「板橋区」が二度出てきます"),
        (GOOD.replace("板橋区", ""), "「name」が空です"),
        (GOOD.replace("板橋区", "練馬区").replace("いたばしく", ""), "「reading」が空です"),
        (GOOD.replace("板橋区", "練馬区").replace("tokyo-cci-itabashi", ""), "「desk」が空です"),
        (GOOD.replace("板橋区", "練馬区").replace("docs", ""), "「source」が空です"),
        (GOOD.replace("板橋区", "練馬区").replace(",ku,", ",kyoto,"), "「area」の値「kyoto」は使えません"),
    ],
)
def test_a_faulty_municipality_is_named_with_its_row_and_what_to_do(
    tmp_path: Path, row: str, fault: str
) -> None:
    (tmp_path / "municipalities.csv").write_text(HEADER + GOOD + "\n" + row + "\n", encoding="utf-8")

    with pytest.raises(FactError, match=rf"^municipalities\.csv 3行目: {fault} → .+"):
        table.load(tmp_path)
