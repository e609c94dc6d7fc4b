"""What changes the desk besides topic and place is heard in the owner's own words."""

import pytest

from knowledge.circumstances import hear
from knowledge.referral import CIRCUMSTANCES


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("フリーランスのデザイナーです", {"sole"}),
        ("一人で請けている仕事です", {"sole"}),
        ("ひとりでやっている会社です", {"sole"}),
        ("一人親方です。工事代金が入りません", {"sole", "construction"}),
        ("従業員はいません", {"sole"}),
        ("従業員0人です", {"sole"}),
        ("業務委託で働いています", {"sole"}),
        ("個人で仕事を受けています", {"sole"}),
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
        "従業員は5人です",
        "一人辞めました",
        "金属の加工をしています",
        "取引先が代金を払いません",
    ],
)
def test_what_only_sounds_alike_is_not_heard(text: str) -> None:
    assert hear(text) == frozenset()


@pytest.mark.parametrize("text", ["ﾌﾘｰﾗﾝｽです", "フリーランスです"])
def test_the_width_of_a_letter_does_not_matter(text: str) -> None:
    assert hear(text) == {"sole"}


def test_only_what_routes_know_is_heard() -> None:
    everything = "フリーランスで建設業、発注する側で上場企業です"

    assert hear(everything) == {"sole", "construction", "ordering", "large"}
    assert hear(everything) < CIRCUMSTANCES
