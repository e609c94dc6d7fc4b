"""Support programmes: found however they are asked for, and told with what is uncertain about them."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from knowledge import programmes as table
from knowledge.calendar import TOKYO, day_text
from knowledge.desks import desks, find_desk
from knowledge.facts import FactError
from knowledge.municipalities import Area
from knowledge.places import Place
from knowledge.programmes import (
    MEASURES,
    MONEY,
    MOST_SHOWN,
    Programme,
    asks_for_all,
    asks_for_any,
    asks_for_detail,
    desks_of,
    fitting,
    measures_text,
    named_in,
    programme_detail,
    programme_text,
    programmes,
)
from knowledge.referral import LOCAL, RENGOKAI
from knowledge.topics import sub_topics
from tests.knowledge import wordings
from tests.knowledge.cases import at

ALL = tuple(programmes().values())
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=TOKYO)
NAMED = [(measure, text) for measure, texts in wordings.MEASURES.items() for text in texts]


def spoken(one: Programme) -> str:
    return one.id


def told(one: str, place: Place | None = None, now: datetime = NOW) -> str:
    return programme_text(programmes()[one], now=now, place=place)


def detail(one: str, text: str, place: Place | None = None) -> str:
    return programme_detail(programmes()[one], text, now=NOW, place=place)


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_of_the_slides_is_known_and_has_wordings(measure: int) -> None:
    assert any(one.measure == measure for one in ALL)
    assert len(wordings.MEASURES[measure]) >= 4


@pytest.mark.parametrize(("measure", "text"), NAMED)
def test_a_measure_of_the_slides_is_found_as_owners_ask_for_it(measure: int, text: str) -> None:
    assert measure in [one.measure for one in named_in(text)]


@pytest.mark.parametrize("one", ALL, ids=spoken)
def test_a_programme_is_found_by_its_own_name(one: Programme) -> None:
    bare = one.name.split("(")[0].replace("東京都中小企業振興公社 ", "公社の")

    assert one in named_in(f"{bare}について教えてください") or one in named_in(f"{one.name}はありますか")


@pytest.mark.parametrize("text", wordings.TROUBLES)
def test_a_trouble_asks_for_no_programme(text: str) -> None:
    assert named_in(text) == []
    assert not asks_for_any(text)


@pytest.mark.parametrize(
    "text",
    [
        "補助金はありますか",
        "使える助成金を教えてください",
        "何か支援策はないですか",
        "うちで使える制度が知りたい",
        "奨励金はもらえますか",
        "給付金って出るんですか",
        "補助金",
        "お金が出る制度はありますか",
    ],
)
def test_programmes_may_be_asked_for_without_a_name(text: str) -> None:
    assert asks_for_any(text)


@pytest.mark.parametrize("text", [text for _, text in NAMED])
def test_at_most_a_screenful_is_named_each_once(text: str) -> None:
    found = named_in(text)

    assert len(found) <= MOST_SHOWN
    assert len({one.id for one in found}) == len(found)


# §3.6 and §3.8: what the fact sheet knows of the money.
@pytest.mark.parametrize(
    ("one", "ceiling"),
    [
        ("juchu-kyosoryoku", "2,000万円"),
        ("juchu-kyosoryoku", "1,000万円"),
        ("dantai-shien", "200万円"),
        ("bcp-josei", "1,500万円"),
        ("bcp-josei", "450万円"),
        ("cyber-josei", "1,500万円"),
        ("cyber-josei", "50万円"),
        ("chiiki-shigen", "1,500万円"),
        ("tama-monozukuri", "300万円"),
        ("shichoson-keikaku", "1億円"),
        ("digital-ai", "450万円"),
        ("digital-ai", "150万円"),
        ("jizokuka", "50万円"),
        ("shoryokuka", "1億円"),
        ("soikufu", "1,000万円"),
        ("shogakukin", "75万円"),
    ],
)
def test_a_known_ceiling_is_told(one: str, ceiling: str) -> None:
    assert ceiling in programmes()[one].ceiling
    assert f"金額: {programmes()[one].ceiling}" in told(one)
    assert ceiling in detail(one, "上限はいくらですか")


@pytest.mark.parametrize("one", [one for one in ALL if one.measure in (13, 14)], ids=spoken)
def test_what_is_for_municipalities_is_told_as_such(one: Programme) -> None:
    text = told(one.id, at("町田市"))

    assert one.kind == one.state == "municipal"
    assert "市町村" in text
    assert "申し込むものではありません" in text
    assert "会社の方は" in text


def test_only_13_and_14_are_for_municipalities() -> None:
    assert {one.measure for one in ALL if one.state == "municipal"} == {13, 14}


@pytest.mark.parametrize("one", [one for one in ALL if one.former_names], ids=spoken)
def test_a_former_name_is_shown_beside_the_new_one(one: Programme) -> None:
    assert told(one.id).splitlines()[0] == f"■ {one.name}(旧 {'・'.join(one.former_names)})"


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("IT導入補助金はまだありますか", "digital-ai"),
        ("下請かけこみ寺に相談したい", "torihiki-kakekomi"),
        ("下請センター東京はどこですか", "torihiki-sodan"),
        ("産業交流拠点の整備はどうなりましたか", "mirai-messe"),
        ("倒産防止共済は使えますか", "keiei-safety-kyosai"),
        ("TOKYO地域資源等活用推進事業の募集は", "chiiki-shigen"),
        ("下請企業対策はありますか", "torihiki-shinko"),
    ],
)
def test_a_programme_is_found_by_its_former_name(text: str, one: str) -> None:
    assert one in [found.id for found in named_in(text)]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-11-22 15:00", "受付: 2026年12月17日(木)までです。"),
        ("2026-12-17 10:00", "受付: 2026年12月17日(木)までです。"),
        ("2026-12-18 00:00", "受付: 2026年12月17日(木)で終わりました。"),
        ("2027-04-01 09:00", "受付: 2026年12月17日(木)で終わりました。"),
    ],
)
def test_a_closing_date_is_told_as_ahead_or_past(now: str, said: str) -> None:
    assert said in told("shogakukin", now=datetime.fromisoformat(now).replace(tzinfo=TOKYO)).splitlines()


@pytest.mark.parametrize("one", ALL, ids=spoken)
def test_all_that_is_known_is_told_with_no_empty_line(one: Programme) -> None:
    text = told(one.id)

    assert all(line.strip() for line in text.splitlines())
    assert all(
        fact in text
        for fact in (one.name, one.what, one.audience, one.ceiling, one.conditions, one.status, one.url)
    )
    assert "None" not in text
    assert (f"{day_text(one.closes)}" in text) if one.closes else "受付: " not in text


@pytest.mark.parametrize("one", ALL, ids=spoken)
def test_a_programme_names_desks_that_are_there_and_a_source(one: Programme) -> None:
    assert one.source
    assert one.status
    assert one.desks and set(one.desks) <= {*desks(), LOCAL}
    assert set(one.subtopics) <= set(sub_topics())


@pytest.mark.parametrize("one", [one for one in ALL if one.state == "unconfirmed"], ids=spoken)
def test_what_is_unconfirmed_is_said_to_be(one: Programme) -> None:
    assert re.search("確認できていません|確かめてください|尋ねてください", one.status)


def test_the_local_desk_of_a_programme_is_that_of_the_place() -> None:
    assert f"相談先: {find_desk('tokyo-cci-itabashi').name}、" in told("keiei-sodan", at("板橋区"))
    assert f"相談先: {find_desk(RENGOKAI).name}、" in told("keiei-sodan", at("利島村"))


@pytest.mark.parametrize(
    ("ids", "place", "named"),
    [
        (["keiei-sodan"], "板橋区", ["tokyo-cci-itabashi", "tokyo-cci"]),
        (["bcp-josei", "bcp-sakutei"], "板橋区", ["kosha-josei", "kosha-bcp", "tokyo-cci-itabashi"]),
        (["marukei"], "町田市", ["machida-cci", "jfc"]),
    ],
)
def test_the_desks_of_several_programmes_are_named_once(ids: list[str], place: str, named: list[str]) -> None:
    assert desks_of([programmes()[one] for one in ids], at(place)) == named


@pytest.mark.parametrize(
    ("one", "text", "said"),
    [
        ("bcp-josei", "上限は?", "1,500万円"),
        ("bcp-josei", "いくら出ますか", "3分の2"),
        ("bcp-josei", "条件はありますか", "事業継続力強化計画"),
        ("bcp-josei", "締切はいつですか", "令和8年度の日程は確認できていません"),
        ("cyber-josei", "先に何をすればいいですか", "二つ星"),
        ("shogakukin", "いつまで申し込めますか", "2026年12月17日(木)までです。"),
        ("shogakukin", "うちでも使えますか", "会社の登録が必要です"),
        ("mirai-messe", "いくらですか", "金額は、確認できた情報がありません。"),
        ("tama-innovation", "条件は?", "条件は、確認できた情報がありません。"),
        ("yorozu-sodan", "次の募集はいつ?", "受付は、確認できた情報がありません。"),
    ],
)
def test_a_question_about_a_programme_already_shown_is_answered(one: str, text: str, said: str) -> None:
    answer = detail(one, text)

    assert answer.startswith(f"【{programmes()[one].name}】\n")
    assert said in answer
    assert programmes()[one].url in answer


@pytest.mark.parametrize(
    "text", ["今応募できますか", "上限は?", "締切はいつ?", "条件は?", "どこに聞けばいいですか"]
)
def test_a_question_about_a_programme_is_known_as_one(text: str) -> None:
    assert asks_for_detail(text)


@pytest.mark.parametrize("text", ["", "客が来ません", "人手が足りません", "電話は?", "ありがとうございます"])
def test_what_asks_nothing_of_a_programme_is_no_question_about_one(text: str) -> None:
    assert not asks_for_detail(text)


@pytest.mark.parametrize("text", ["支援策の一覧", "補助金ぜんぶ教えて", "16の施策", "すべての助成金を見たい"])
def test_all_programmes_may_be_asked_for(text: str) -> None:
    assert asks_for_all(text)


@pytest.mark.parametrize("text", ["", "補助金はありますか", "一覧", "全部だめでした", *wordings.TROUBLES])
def test_who_does_not_ask_for_all_programmes_gets_no_list(text: str) -> None:
    assert not asks_for_all(text)


def test_the_list_of_all_names_every_measure_with_its_programmes_of_today() -> None:
    lines = measures_text().splitlines()

    assert [line.partition(". ")[0] for line in lines] == [str(number) for number in MEASURES]
    for one in ALL:
        assert one.measure is None or one.name in lines[one.measure - 1]


def test_where_to_ask_about_a_programme_goes_by_the_place() -> None:
    assert find_desk("machida-cci").name in detail("marukei", "どこに聞けばいいですか", at("町田市"))
    assert find_desk("tokyo-cci-itabashi").name in detail("marukei", "窓口はどこですか", at("板橋区"))


@pytest.mark.parametrize(
    "text", ["", "ありがとうございます", "店は板橋区です", "ほかにもありますか", "電話番号は?"]
)
def test_without_a_question_about_it_nothing_is_answered(text: str) -> None:
    assert detail("bcp-josei", text) == ""


@pytest.mark.parametrize("one", ALL, ids=spoken)
def test_every_question_about_every_programme_has_an_answer(one: Programme) -> None:
    for text in ("上限は?", "締切は?", "条件は?", "どこに聞けばいいですか"):
        name, *rest = detail(one.id, text).splitlines()
        assert name == f"【{one.name}】"
        assert any(line.strip() and not line.startswith("公式ページ") for line in rest)


@pytest.mark.parametrize("place", ["板橋区", "町田市", "大島町"])
@pytest.mark.parametrize("code", [*sub_topics()])
def test_what_fits_is_for_the_trouble_and_for_the_place(place: str, code: str) -> None:
    where = at(place)
    found = fitting([code], where)

    assert len(found) <= MOST_SHOWN
    assert all(code in one.subtopics for one in found)
    assert all(not one.areas or where.known_area in one.areas for one in found)
    assert all(one.state not in ("ended", "municipal") for one in found)
    kinds = [one.kind in MONEY for one in found]
    assert kinds == sorted(kinds, reverse=True)


def test_what_is_for_tama_fits_in_tama_alone() -> None:
    in_tama = {one.id for one in ALL if one.areas == (Area.TAMA,)}

    assert in_tama & {one.id for one in fitting(["founding"], at("町田市"))}
    for place in (at("板橋区"), at("大島町"), Place("区部", area=Area.KU)):
        assert not any(in_tama & {one.id for one in fitting([code], place)} for code in sub_topics())


def test_nothing_fits_a_trouble_that_is_not_known() -> None:
    assert fitting([], at("板橋区")) == []


GOOD = {
    "id": "new", "name": "新しい補助金", "kind": "subsidy", "what": "費用を助けます。", "status": "募集中です。",
    "state": "continues", "asked": "新しい補助金", "source": "docs",
}  # fmt: skip


def load(folder: Path, **changed: str) -> dict[str, Programme]:
    row = {**dict.fromkeys(table.COLUMNS, ""), **GOOD, **changed}
    lines = [",".join(table.COLUMNS), ",".join(row[column] for column in table.COLUMNS)]
    (folder / "programmes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return table.load(folder)


def test_a_new_programme_is_a_row(tmp_path: Path) -> None:
    one = load(tmp_path, closes="2027-01-31", areas="tama", subtopics="S4|S7", measure="16")["new"]

    assert (one.closes, one.areas, one.subtopics, one.measure) == (
        date(2027, 1, 31),
        (Area.TAMA,),
        ("S4", "S7"),
        16,
    )


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"id": ""}, "「id」が空です"),
        ({"name": ""}, "「name」が空です"),
        ({"what": ""}, "「what」が空です"),
        ({"status": ""}, "「status」が空です"),
        ({"source": ""}, "「source」が空です"),
        ({"asked": ""}, "「asked」が空です"),
        ({"asked": "新しい("}, "「asked」が正規表現として読めません"),
        ({"asked": "BCP"}, "「asked」に大文字・全角英数・空白があり"),
        ({"kind": "gift"}, "「kind」の値「gift」は使えません"),
        ({"state": "soon"}, "「state」の値「soon」は使えません"),
        ({"measure": "17"}, "「measure」の値「17」は使えません"),
        ({"areas": "osaka"}, "「areas」の「osaka」は知らない値です"),
        ({"subtopics": "S99"}, "「subtopics」の「S99」は知らない値です"),
        ({"desk": "nobody"}, "「desk」の「nobody」は知らない値です"),
        ({"closes": "12/17"}, "「closes」の日付「12/17」の形が違います"),
    ],
)
def test_a_faulty_programme_is_named_with_its_row_and_what_to_do(
    tmp_path: Path, changed: dict[str, str], fault: str
) -> None:
    with pytest.raises(FactError) as error:
        load(tmp_path, **changed)

    assert str(error.value).startswith(f"programmes.csv 2行目: {fault}")
    assert " → " in str(error.value)
