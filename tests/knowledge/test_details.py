"""A question about a desk is answered from its facts; what is not known is said to be not known."""

import re

import pytest

from knowledge import desks
from knowledge.desks import GRADE_B_WARNING, Desk, find_desk
from knowledge.details import DETAILS, UNKNOWN, detail_text

ALL = tuple(desks.desks().values())


def answer(intent: str, *ids: str, reason: str = "近いからです。") -> str:
    return detail_text(intent, [find_desk(one) for one in ids], reason=reason)


@pytest.mark.parametrize("desk", ALL, ids=lambda desk: desk.id)
def test_every_question_about_every_desk_has_an_answer(desk: Desk) -> None:
    for intent in sorted(DETAILS.keys() - {"ask_why"}):
        name, _, told = answer(intent, desk.id).partition("\n")
        assert name == f"【{desk.name}】"
        assert told.strip()
        assert not re.search(r"None|open_holidays", told)


@pytest.mark.parametrize("desk", [desk for desk in ALL if desk.phones], ids=lambda desk: desk.id)
def test_a_number_of_grade_b_is_never_told_without_its_warning(desk: Desk) -> None:
    for intent in sorted(DETAILS.keys() - {"ask_why"}):
        for phone in desk.phones:
            if phone.grade == "B" and phone.number in answer(intent, desk.id):
                assert f"{phone.number} {GRADE_B_WARNING}" in answer(intent, desk.id)


@pytest.mark.parametrize(
    ("intent", "desk", "told"),
    [
        ("ask_phone", "jfc", "0120-154-505"),
        (
            "ask_phone",
            "torihiki-kakekomi",
            f"相談 0120-418-618 {GRADE_B_WARNING}かけた都道府県の窓口につながります。",
        ),
        ("ask_phone", "ipa-org", "メール cs-support@ipa.go.jp"),
        ("ask_phone", "tokyo-cci-chiyoda", "電話番号は、確認できたものがありません。"),
        ("ask_phone", "tokyo-cci-chiyoda", "ホームページ https://www.tokyo-cci.or.jp/chiyoda/"),
        ("ask_hours", "mpd-cyber", "平日 08:30〜17:15"),
        ("ask_cost", "tokyo-cci-chiyoda", "相談は無料です。"),
        ("ask_booking", "tokyo-cci-chiyoda", "弁護士などの専門相談は予約制です。"),
        ("ask_where", "sst-tama", "昭島市東町3-6-1"),
        ("ask_what", "fire-119", "火事、けが、急な病気、閉じ込めのときの番号です。"),
    ],
)
def test_a_known_fact_is_told(intent: str, desk: str, told: str) -> None:
    assert told in answer(intent, desk)


@pytest.mark.parametrize(
    ("intent", "desk", "told"),
    [
        (
            "ask_hours",
            "tokyo-cci-chiyoda",
            "ホームページでお確かめください。 https://www.tokyo-cci.or.jp/chiyoda/",
        ),
        ("ask_bring", "mpd", "電話でお確かめください。 03-3581-4321"),
        ("ask_hours", "tama-bsc", f"電話でお確かめください。 042-732-3920 {GRADE_B_WARNING}"),
        ("ask_phone", "zeimusho", "名前で検索して、公式のホームページでお確かめください。"),
    ],
)
def test_what_is_not_known_is_said_to_be_not_known_and_where_to_look(
    intent: str, desk: str, told: str
) -> None:
    assert answer(intent, desk) == f"【{find_desk(desk).name}】\n{UNKNOWN}{told}"


def test_each_desk_has_its_own_paragraph() -> None:
    assert answer("ask_phone", "fire-119", "police-110") == "【消防(火事・救急)】\n119\n\n【警察(緊急)】\n110"


def test_the_reason_is_told_for_the_first_desk() -> None:
    assert answer("ask_why", "jfc", "kosha") == (
        "日本政策金融公庫 事業資金相談ダイヤルをご案内した理由です。近いからです。"
    )
