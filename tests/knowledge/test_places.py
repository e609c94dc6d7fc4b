"""Where the business is, heard in an owner's words: the rules of domain_facts §1.6, case by case."""

import pytest

from knowledge.municipalities import Area
from knowledge.places import find_place, mentions
from knowledge.text import normalise
from tests.knowledge.told import told


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("田園調布で店をやっています", "大田区"),
        ("調布で店をやっています", "調布市"),
        ("北千住の居酒屋です", "足立区"),
        ("南千住の居酒屋です", "荒川区"),
        ("北品川の工場です", "品川区"),
        ("豊島園の近くの店", "練馬区"),
        ("江戸川橋の印刷会社です", "文京区"),
        ("江戸川区の印刷会社です", "江戸川区"),
        ("花小金井です", "小平市"),
        ("東小金井です", "小金井市"),
        ("東村山です", "東村山市"),
        ("武蔵村山です", "武蔵村山市"),
        ("西葛西です", "江戸川区"),
        ("新小岩です", "葛飾区"),
        ("小岩です", "江戸川区"),
        ("東京都府中市で", "府中市"),
        ("本駒込です", "文京区"),
        ("多摩センターです", "多摩市"),
        ("奥多摩です", "奥多摩町"),
        ("伊豆大島の民宿です", "大島町"),
    ],
)
def test_the_longest_name_wins(text: str, place: str) -> None:
    assert told(text) == place


@pytest.mark.parametrize(
    "text",
    [
        "北です",
        "港です",
        "中央です",
        "北の店",
        "港の近くの店",
        "中央の会社",
        "北側の工場",
        "港の倉庫",
        "中央の席",
    ],
)
def test_a_bare_north_harbour_or_centre_is_no_place(text: str) -> None:
    assert find_place(text) is None


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("府中", "府中市|都外"),
        ("多摩", "多摩市|多摩|都外"),
        ("西東京", "西東京市|多摩"),
        ("日本橋", "中央区|都外"),
        ("京橋", "中央区|都外"),
        ("三田", "港区|目黒区|都外"),
        ("青山", "港区|渋谷区"),
        ("大島", "江東区|大島町|都外"),
        ("としま", "豊島区|利島村"),
        ("飯田橋", "千代田区|新宿区|文京区"),
        ("三鷹駅", "三鷹市|武蔵野市"),
        ("拝島駅", "昭島市|福生市"),
        ("玉川上水駅", "立川市|東大和市"),
        ("秋津駅", "東村山市|清瀬市"),
        ("大塚", "文京区|豊島区"),
        ("江古田", "中野区|練馬区"),
        ("日の出", "日の出町|港区"),
        ("村山", "東村山市|武蔵村山市"),
        ("新宿南口", "新宿区|渋谷区"),
    ],
)
def test_a_name_with_several_meanings_is_asked_back(text: str, choices: str) -> None:
    place = find_place(f"{text}で店をやっています")

    assert told(text) == told(f"{text}で店をやっています") == choices
    assert place and not place.is_certain and place.municipality is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("おうめ", "青梅市"),
        ("青梅", "青梅市"),
        ("青海", "江東区"),
        ("としまく", "豊島区"),
        ("としまむら", "利島村"),
    ],
)
def test_look_alikes_and_sound_alikes_are_told_apart(text: str, place: str) -> None:
    assert told(text) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("品川駅", "港区"),
        ("目黒駅", "品川区"),
        ("東武練馬駅", "板橋区"),
        ("南新宿駅", "渋谷区"),
        ("表参道駅", "港区"),
        ("広尾駅", "港区"),
        ("水道橋駅", "千代田区"),
        ("下板橋駅", "豊島区"),
        ("日の出駅", "港区"),
        ("大塚駅", "豊島区"),
        ("青梅街道駅", "小平市"),
        ("江古田駅", "練馬区"),
        ("多摩川駅", "大田区"),
    ],
)
def test_a_station_is_where_it_stands_and_not_what_it_is_called_after(text: str, place: str) -> None:
    assert told(text) == told(f"{text}の近くで店をやっています") == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("自宅は横浜で、店は町田です", "町田市"),
        ("家は川崎、工場は大田区です", "大田区"),
        ("世田谷に住んでいて、会社は新宿です", "新宿区"),
        ("八王子出身ですが、渋谷で開業しました", "渋谷区"),
        ("店は新宿、本社は大阪です", "新宿区"),
        ("うちは大田区、元請は品川区です", "大田区"),
        ("取引先は横浜です。うちは八王子です", "八王子市"),
        ("立川の工場です。川崎の得意先に切られました", "立川市"),
        ("所在地は渋谷区です", "渋谷区"),
        ("会社の住所は渋谷区です", "渋谷区"),
        ("住所は渋谷区です", "渋谷区"),
        ("住所は横浜ですが、店は町田にあります", "町田市"),
        ("自宅は世田谷です", "-"),
        ("娘が渋谷に住んでいます", "-"),
        ("世田谷の自宅で開業しています", "世田谷区"),
    ],
)
def test_the_business_counts_and_not_the_home_or_the_other_side(text: str, place: str) -> None:
    assert told(text) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("かめありで だがしや", "葛飾区"),
        ("かめありのえきのそばです", "葛飾区"),
        ("しんおおくぼ です", "新宿区"),
        ("シンオオクボです", "新宿区"),
        ("しながわえきちかく", "港区"),
        ("しながわえきまえの みせ", "港区"),
    ],
)
def test_a_name_written_in_kana_is_heard_by_its_reading(text: str, place: str) -> None:
    assert told(text) == place


@pytest.mark.parametrize(
    "text", ["かめありさんに聞きました", "そのかめありがとう", "おいしながわえき", "かめありがとうございます"]
)
def test_a_reading_inside_other_words_is_no_place(text: str) -> None:
    assert find_place(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "横浜の会社です",
        "川崎で飲食店をやっています",
        "大宮です",
        "浦安です",
        "所沢の工場です",
        "太田市の工場です",
        "三田市の会社です",
        "綾瀬市です",
        "府中町です",
        "広島の府中です",
        "大阪の日本橋です",
        "兵庫の三田で店をやっています",
        "大阪市北区の会社です",
        "名古屋市港区で店をやっています",
        "名古屋の北区です",
        "相模原市中央区の工場です",
        "神戸の中央区です",
        "川崎市多摩区です",
        "瑞穂区です",
        "京都で旅館をやっています",
        "県外です",
    ],
)
def test_a_business_outside_tokyo_is_known_to_be_outside(text: str) -> None:
    place = find_place(text)

    assert place and place.is_outside and place.municipality is None


@pytest.mark.parametrize(
    ("text", "place"),
    [("東京の北区です", "北区"), ("東京都港区の会社です", "港区"), ("中央区で店をやっています", "中央区")],
)
def test_a_ward_whose_name_is_shared_is_tokyos_unless_another_city_is_named(text: str, place: str) -> None:
    assert told(text) == place


@pytest.mark.parametrize("text", ["東京都です", "東京都で店をやっています", "東京です", "東京都内の会社です"])
def test_tokyo_alone_is_no_place_and_never_kyoto(text: str) -> None:
    assert find_place(text) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [("東京の府中です", "府中市"), ("東京の日本橋の店", "中央区"), ("東京都三鷹駅前の店", "三鷹市|武蔵野市")],
)
def test_tokyo_beside_a_name_rules_out_the_other_prefectures(text: str, place: str) -> None:
    assert told(text) == place


@pytest.mark.parametrize(
    "text",
    [
        "さっき板橋と言いましたが町田でした",
        "板橋ではなく町田です",
        "板橋区じゃなくて町田市です",
        "先ほど板橋区と書きましたが、町田市です",
        "板橋と言いましたが、正しくは町田です",
        "やっぱり町田でした、板橋は間違いです",
        "板橋から町田に移転しました",
    ],
)
def test_a_place_taken_back_gives_way_to_the_right_one(text: str) -> None:
    assert told(text) == "町田市"


@pytest.mark.parametrize(
    "text",
    [
        "渋谷さんに聞きました",
        "目黒社長の紹介です",
        "三宅さんです",
        "三宅様",
        "中野部長",
        "日野課長",
        "青山先生",
        "立川君",
        "小平ちゃん",
        "荒川専務",
        "足立常務",
        "大塚氏",
        "村山さん",
        "大島さん",
        "大島社長",
        "新島先生",
        "府中さん",
        "多摩さん",
        "千代田工業",
        "品川商事に切られました",
        "板橋製作所から",
    ],
)
def test_a_surname_or_a_companys_name_is_no_place(text: str) -> None:
    assert find_place(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "荒川が氾濫しました",
        "荒川の堤防が切れた",
        "荒川の水位が上がっています",
        "荒川沿いの工場です",
        "江戸川が決壊しました",
        "江戸川の土手の店",
        "多摩川が氾濫しました",
        "隅田川が増水しています",
        "目黒川があふれました",
        "神田川の近く",
    ],
)
def test_a_river_in_flood_is_no_ward(text: str) -> None:
    assert find_place(text) is None


def test_a_ward_is_heard_beside_its_river() -> None:
    assert told("荒川区の工場です。荒川が氾濫して水が来ました") == "荒川区"


@pytest.mark.parametrize(
    "text",
    [
        "国立大学に納めています",
        "国立病院との取引です",
        "国立競技場の仕事",
        "青梅街道沿いの店",
        "中央線の遅れ",
        "多摩信用金庫に断られた",
        "みずほ銀行です",
        "品川ナンバーの車",
        "大島紬の店",
        "奄美大島で",
    ],
)
def test_a_name_inside_another_word_is_no_place(text: str) -> None:
    assert find_place(text) is None


def test_the_city_of_kunitachi_is_heard_beside_a_national_university() -> None:
    assert told("国立で店をやっています") == "国立市"
    assert told("国立大学の近くの店、立川です") == "立川市"


@pytest.mark.parametrize(
    "text",
    [
        "高騰で苦しい",
        "対等な取引",
        "帰宅困難者",
        "魂を込めて",
        "こうとうしています",
        "みたかったです",
        "きたくない",
    ],
)
def test_everyday_words_are_no_places(text: str) -> None:
    assert find_place(text) is None


@pytest.mark.parametrize(
    ("spellings", "place"),
    [
        (("青ヶ島", "青ケ島", "青が島", "青ヶ島村"), "青ヶ島村"),
        (("霞が関", "霞ヶ関", "霞ケ関"), "千代田区"),
        (("阿佐ヶ谷", "阿佐ケ谷", "阿佐が谷"), "杉並区"),
        (("自由が丘", "自由ヶ丘", "自由ケ丘"), "目黒区"),
        (("光が丘", "光ヶ丘", "光ケ丘"), "練馬区"),
        (("雪が谷", "雪ヶ谷", "雪ケ谷"), "大田区"),
        (("市ヶ谷", "市ケ谷"), "千代田区|新宿区"),
        (("太田区", "東京都太田区", "大田区"), "大田区"),
        (("大東区", "台東区"), "台東区"),
        (("隅田区", "墨田区"), "墨田区"),
        (("桧原村", "檜原村"), "檜原村"),
        (("ﾊﾁｵｳｼﾞ", "ハチオウジ", "はちおうじ", "ハチオウジシ", "八王子"), "八王子市"),
        (("秋留野", "五日市", "あきるの", "アキル野", "あきる野市"), "あきる野市"),
        (("２３区", "23区"), "区部"),
    ],
)
def test_a_name_is_found_however_it_is_spelled(spellings: tuple[str, ...], place: str) -> None:
    assert {spelling: told(spelling) for spelling in spellings} == dict.fromkeys(spellings, place)


@pytest.mark.parametrize(
    ("text", "area"),
    [("多摩地域です", Area.TAMA), ("23区です", Area.KU), ("島しょです", Area.ISLANDS)],
)
def test_a_part_of_tokyo_is_understood(text: str, area: Area) -> None:
    place = find_place(text)

    assert place and place.is_certain
    assert place.area is place.known_area is area
    assert place.municipality is None


def test_the_area_of_a_municipality_is_known() -> None:
    place = find_place("三宅島です")

    assert place and place.known_area is Area.ISLANDS


def test_mentions_stand_where_the_normalised_text_has_them() -> None:
    text = "㈱板橋の店と、町田市。ﾊﾁｵｳｼﾞｼ"
    normal = normalise(text)

    assert [(normal[one.start : one.end], one.place.name) for one in mentions(text)] == [
        ("板橋", "板橋区"),
        ("町田市", "町田市"),
        ("ハチオウジシ", "八王子市"),
    ]


@pytest.mark.parametrize("text", ["", " ", "客が来ません", "😊", "/restart", "あ" * 5000])
def test_a_message_without_a_place_has_none(text: str) -> None:
    assert find_place(text) is None
