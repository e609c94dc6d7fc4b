"""Of a shared place the municipality is read, and nothing is guessed."""

import pytest

from api.channels.line_place import is_outside, municipality_in
from knowledge.municipalities import municipalities

INSIDE = {
    "東京都板橋区常盤台1-2-3": "板橋区",
    "日本、〒174-0071 東京都板橋区常盤台１丁目２−３ 港区ビル": "板橋区",
    "東京都府中市宮町1-1": "府中市",
    "東京都西多摩郡瑞穂町大字箱根ケ崎": "瑞穂町",
    "東京都大島町元町": "大島町",
    "東京都新宿区西新宿2-8-1 東京都庁": "新宿区",
    "板橋区常盤台1-2-3": "板橋区",
}
OUTSIDE = [
    "神奈川県横浜市西区みなとみらい1-1",
    "大阪府大阪市北区梅田1",
    "京都府京都市中京区",
    "北海道札幌市中央区北一条西",
    "広島県府中市府川町",
    "神奈川県横浜市都筑区 東京都市大学 横浜キャンパス",
]
UNCLEAR = ["", "Somewhere", "東京都", "35.7,139.7"]


@pytest.mark.parametrize(("address", "name"), INSIDE.items())
def test_an_address_in_tokyo_gives_its_municipality(address: str, name: str) -> None:
    found = municipality_in(address)

    assert found and found.name == name
    assert not is_outside(address)


@pytest.mark.parametrize("name", municipalities())
def test_every_municipality_is_found_by_its_address(name: str) -> None:
    found = municipality_in(f"東京都{name}中央1-1")

    assert found and found.name == name


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_elsewhere_gives_none_and_is_called_so(address: str) -> None:
    assert municipality_in(address) is None
    assert is_outside(address)


@pytest.mark.parametrize("address", UNCLEAR)
def test_what_is_unclear_is_neither(address: str) -> None:
    assert municipality_in(address) is None
    assert not is_outside(address)
