"""How a desk is found by what the staff call it."""

import pytest

from knowledge.desks import desks
from scripts.lib.facts_card import SeveralDesks, choose, nearest
from scripts.lib.steps import Trouble

KNOWN = list(desks().values())


@pytest.mark.parametrize(
    ("word", "desk"),
    [
        ("kosha", "kosha"),
        ("KOSHA", "kosha"),
        ("公社", "kosha"),  # a short name, though many names begin with it
        ("東京都よろず支援拠点", "yorozu"),
        ("東京都 よろず支援拠点", "yorozu"),
        ("E-SODAN", "smrj-esodan"),
        ("e-sodan", "smrj-esodan"),
        ("活性化協議会", "kasseika"),
        ("中小企業再生支援協議会", "kasseika"),  # its former name
        ("団体中央会", "chuokai"),
    ],
)
def test_a_desk_is_found_by_id_name_or_part_of_a_name(word: str, desk: str) -> None:
    assert choose(word, KNOWN).id == desk


def test_a_part_that_fits_several_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SeveralDesks) as ended:
        choose("支部", KNOWN)

    assert ended.value.code == 2
    assert "  tokyo-cci-chiyoda  東京商工会議所 千代田支部\n" in capsys.readouterr().err


def test_a_name_nobody_has_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Trouble) as ended:
        choose("取引かけこみ時", KNOWN)

    assert ended.value.code == 1
    assert capsys.readouterr().err.startswith(
        "✗ 「取引かけこみ時」という窓口はありません。近い名前: 取引かけこみ寺(torihiki-kakekomi)"
    )


@pytest.mark.parametrize("word", ["", " ", "zzzzz"])
def test_nothing_like_a_name_says_where_the_names_stand(
    word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Trouble):
        choose(word, KNOWN)

    assert capsys.readouterr().err.endswith("desks.csv か chambers.csv の id か名前を書いてください。\n")


def test_the_nearest_names_are_few_and_each_desk_comes_once() -> None:
    near = nearest("商工会議所", KNOWN)

    assert 0 < len(near) <= 5
    assert len({desk.id for desk in near}) == len(near)
