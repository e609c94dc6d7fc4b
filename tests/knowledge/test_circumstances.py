"""What changes the desk besides topic and place is heard in the owner's own words."""

from pathlib import Path

import pytest

from knowledge import circumstances as table
from knowledge.circumstances import DIMENSIONS, circumstances, hear, joined, of_dimension, one_of_each
from knowledge.facts import FactError


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("フリーランスのデザイナーです", {"freelancer"}),
        ("一人で請けている仕事です", {"freelancer"}),
        ("ひとりでやっている会社です", {"freelancer"}),
        ("一人親方です。工事代金が入りません", {"freelancer", "construction"}),
        ("従業員はいません", {"freelancer"}),
        ("従業員0人です", {"freelancer", "small"}),
        ("業務委託で働いています", {"freelancer"}),
        ("個人で仕事を受けています", {"freelancer"}),
        ("建設業です", {"construction"}),
        ("工務店をやっています", {"construction"}),
        ("内装の下請です", {"construction"}),
        ("足場を組んでいます", {"construction"}),
        ("電気工事の会社です", {"construction"}),
        ("塗装屋です", {"construction"}),
        ("発注する側として確認したい", {"ordering"}),
        ("うちが発注している会社との契約", {"ordering"}),
        ("委託事業者として", {"ordering"}),
        ("上場企業です", {"large"}),
        ("大企業の総務です", {"large"}),
        ("資本金５億の会社です", {"large"}),
        ("従業員1,200人です", {"large"}),
        ("上場企業ですが、発注する側の決まりを知りたい", {"ordering", "large"}),
    ],
)
def test_a_circumstance_is_heard(text: str, heard: set[str]) -> None:
    assert hear(text) == heard


@pytest.mark.parametrize(
    "text",
    [
        "",
        "客が来ません",
        "道路工事で客が減りました",
        "近くの工事の影響で売上が落ちた",
        "建設ではなく製造です",
        "従業員が3人辞めました",
        "パートがあと2人足りません",
        "社員を5人採用したい",
        "一人辞めました",
        "金属の加工をしています",
        "取引先が代金を払いません",
    ],
)
def test_what_only_sounds_alike_is_not_heard(text: str) -> None:
    assert hear(text) == frozenset()


@pytest.mark.parametrize("text", ["ﾌﾘｰﾗﾝｽです", "フリーランスです"])
def test_the_width_of_a_letter_does_not_matter(text: str) -> None:
    assert hear(text) == {"freelancer"}


def test_of_one_dimension_a_single_word_is_heard() -> None:
    everything = "フリーランスで建設業、発注する側で上場企業です"

    assert hear(everything) == {"construction", "ordering", "large"}


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("従業員は5人です", "small"),
        ("従業員は20人です", "small"),
        ("従業員は21人です", "medium"),
        ("従業員５名の居酒屋です", "small"),
        ("スタッフ6人の美容室をやっています", "medium"),
        ("社員が300人います", "medium"),
        ("社員が301人います", "large"),
        ("従業員1,200人です", "large"),
        ("従業員は12000人です", "large"),
        ("8人の会社です", "small"),
        ("15人で回しています", "small"),
        ("50人規模の会社です", "medium"),
        ("夫婦だけでやっています", "small"),
        ("家族経営の店です", "small"),
        ("小規模事業者です", "small"),
        ("中堅企業です", "medium"),
    ],
)
def test_the_size_is_heard_from_a_head_count_or_a_word(text: str, size: str) -> None:
    assert hear(text) == {size}


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("運送業です", {"transport"}),
        ("軽貨物の仕事です", {"transport"}),
        ("町工場です", {"manufacturing"}),
        ("金属加工の会社です", {"manufacturing"}),
        ("システム開発の会社です", {"it"}),
        ("組合として備えたい", {"association"}),
        ("商店街全体で取り組みたい", {"association"}),
        ("私はパートです", {"worker"}),
        ("勤務先が残業代を払ってくれません", {"worker"}),
        ("消費者として契約しました", {"consumer"}),
        ("これから創業する予定です", {"founding"}),
        ("これから独立したい", {"founding"}),
    ],
)
def test_industry_and_role_are_heard(text: str, heard: set[str]) -> None:
    assert hear(text) == heard


@pytest.mark.parametrize(
    "text",
    [
        "運送会社に値上げを言われました",
        "取引先の工場で火事がありました",
        "パートが辞めました",
        "客が店で使う物を買いました",
        "労働組合に入っています",
    ],
)
def test_talk_of_others_is_not_heard_of_the_asker(text: str) -> None:
    assert hear(text) == frozenset()


@pytest.mark.parametrize(
    ("known", "heard", "now"),
    [
        (set(), set(), set()),
        ({"small"}, set(), {"small"}),
        (set(), {"small"}, {"small"}),
        ({"small"}, {"medium"}, {"medium"}),
        ({"small", "freelancer"}, {"ordering"}, {"small", "ordering"}),
        ({"small", "freelancer"}, {"construction"}, {"small", "freelancer", "construction"}),
        ({"urgent", "insolvency"}, {"over"}, {"over", "insolvency"}),
    ],
)
def test_a_new_word_takes_the_place_of_the_old_one_of_its_dimension(
    known: set[str], heard: set[str], now: set[str]
) -> None:
    assert joined(frozenset(known), frozenset(heard)) == now


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_at_most_one_word_of_a_dimension_is_kept(dimension: str) -> None:
    words = of_dimension(dimension)

    assert one_of_each(set(words)) == {words[0]}
    assert all(one_of_each({word}) == {word} for word in words)


def test_one_word_of_each_dimension_may_be_kept() -> None:
    assert one_of_each(set(circumstances())) == {of_dimension(dimension)[0] for dimension in DIMENSIONS}


def test_every_word_completes_a_sentence() -> None:
    assert all(one.phrase and not one.phrase.endswith("。") for one in circumstances().values())


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (",size,小さな会社,,,docs", "「word」が空です"),
        ("small,size,小さな会社,,,docs", "「small」が二度出てきます"),
        ("tiny,weight,小さな会社,,,docs", "「dimension」の値「weight」は使えません"),
        ("tiny,size,,,,docs", "「phrase」が空です"),
        ("tiny,size,小さな会社,小さ(い,,docs", "「sign」が正規表現として読めません"),
        ("tiny,size,小さな会社,小さい,大きい|,docs", "「unless」がどんな文にも一致します"),
    ],
)
def test_a_faulty_circumstance_is_named_with_its_row_and_what_to_do(
    tmp_path: Path, row: str, fault: str
) -> None:
    good = "small,size,少人数の会社,,,docs"
    (tmp_path / "circumstances.csv").write_text(
        ",".join(table.COLUMNS) + f"\n{good}\n{row}\n", encoding="utf-8"
    )

    with pytest.raises(FactError) as error:
        table.load(tmp_path)

    assert str(error.value).startswith(f"circumstances.csv 3行目: {fault}")
    assert " → " in str(error.value)
