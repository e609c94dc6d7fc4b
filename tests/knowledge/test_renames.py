"""An old name is understood, and its new one told: once, and not to who uses it already."""

from pathlib import Path

import pytest

from knowledge import renames as table
from knowledge.facts import FactError
from knowledge.renames import renamed_in, renames
from tests.knowledge import wordings

OLD_NAMES = [
    ("下請法に違反していると思います", "取適法"),
    ("下請け法のことで相談したい", "取適法"),
    ("下請代金支払遅延等防止法", "取適法"),
    ("下請かけこみ寺に電話したい", "取引かけこみ寺"),
    ("下請け駆け込み寺はどこ", "取引かけこみ寺"),
    ("下請Gメンに来てほしい", "取引Gメン"),
    ("下請センター東京の電話番号", "東京都中小企業振興公社 取引相談"),
    ("下請取引紛争解決センターはまだありますか", "東京都中小企業振興公社 取引相談"),
    ("親事業者が払ってくれません", "委託事業者"),
    ("うちは下請事業者です", "中小受託事業者"),
    ("下請代金が入りません", "製造委託等代金"),
    ("下請振興法とは", "受託中小企業振興法"),
    ("IT導入補助金はありますか", "デジタル化・AI導入補助金"),
    ("ＩＴ導入補助金を使いたい", "デジタル化・AI導入補助金"),
    ("再生支援協議会に相談したい", "中小企業活性化協議会"),
    ("J-CRATに連絡したい", "IPA 企業組織向けサイバーセキュリティ相談窓口"),
    ("技能実習生を雇いたい", "育成就労"),
    ("地域資源活用事業の募集は", "TOKYO地域資源等を活用したイノベーション創出事業"),
    ("危機管理対策の助成はありますか", "BCP実践促進助成金・サイバーセキュリティ対策促進助成金"),
    ("八王子の産業交流拠点", "東京たま未来メッセ"),
    ("東京都信用保証協会の保証", "東京信用保証協会"),
    ("府中商工会議所に行きたい", "むさし府中商工会議所"),
    ("倒産防止共済に入っています", "経営セーフティ共済"),
]
HEADER = ",".join(table.COLUMNS) + "\n"


@pytest.mark.parametrize(("text", "new"), OLD_NAMES)
def test_an_old_name_leads_to_the_new_one(text: str, new: str) -> None:
    rename = renamed_in(text)

    assert rename and rename.new == new
    assert rename.says.endswith("。")


@pytest.mark.parametrize(("text", "new"), OLD_NAMES)
def test_a_new_name_is_told_once(text: str, new: str) -> None:
    again = renamed_in(text, told=[new])

    assert again is None or again.new != new


@pytest.mark.parametrize(("text", "new"), OLD_NAMES)
def test_who_uses_the_new_name_too_is_told_nothing_of_it(text: str, new: str) -> None:
    both = renamed_in(f"{text}。{new}のことですよね")

    assert both is None or both.new != new


@pytest.mark.parametrize(("text", "new"), OLD_NAMES)
def test_the_new_name_alone_is_no_old_name(text: str, new: str) -> None:
    del text
    assert renamed_in(f"{new}について教えてください") is None


@pytest.mark.parametrize(
    "text",
    [
        *wordings.TROUBLES,
        "下請の仕事をしています",
        "下請法人の社長です",
        "むさし府中商工会議所に行きました",
        "武蔵府中商工会議所の会員です",
        "東京信用保証協会の保証を使っています",
        "",
    ],
)
def test_ordinary_words_are_no_old_names(text: str) -> None:
    assert renamed_in(text) is None


def test_of_two_old_names_the_second_is_told_when_the_first_was() -> None:
    text = "下請法のことを下請かけこみ寺に相談したい"

    assert [one.new for one in (renamed_in(text), renamed_in(text, told=["取適法"])) if one] == [
        "取適法",
        "取引かけこみ寺",
    ]


def test_every_rename_has_its_sentence() -> None:
    assert all(one.new and one.says.endswith("。") for one in renames())


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (",新名,,新しい名前です。,docs,", "「old」が空です"),
        ("旧名,,,新しい名前です。,docs,", "「new」が空です"),
        ("旧名,新名,,,docs,", "「says」が空です"),
        ("旧(名,新名,,新しい名前です。,docs,", "「old」が正規表現として読めません"),
        ("旧NAME,新名,,新しい名前です。,docs,", "「old」に大文字・全角英数・空白があり"),
    ],
)
def test_a_faulty_rename_is_named_with_its_row_and_what_to_do(tmp_path: Path, row: str, fault: str) -> None:
    (tmp_path / "renames.csv").write_text(HEADER + row + "\n", encoding="utf-8")

    with pytest.raises(FactError) as error:
        table.load(tmp_path)

    assert str(error.value).startswith(f"renames.csv 2行目: {fault}")
    assert " → " in str(error.value)
