"""A question about a desk is answered from its facts; what is not known is said to be not known."""

import re
from datetime import datetime

import pytest

from knowledge import desks
from knowledge.calendar import TOKYO
from knowledge.desks import GRADE_B_WARNING, Desk, find_desk
from knowledge.details import DETAILS, LOCAL, SEE_A_MAP, TELL_THEM_FIRST, UNKNOWN, Asked, detail_text
from knowledge.plain import plain

ALL = tuple(desks.desks().values())
SUNDAY = datetime(2026, 11, 22, 15, 0, tzinfo=TOKYO)  # Monday is a holiday
TUESDAY = datetime(2026, 11, 24, 10, 30, tzinfo=TOKYO)


def answer(
    intent: str,
    *ids: str,
    text: str = "",
    reason: str = "近いからです。",
    now: datetime = SUNDAY,
    is_plain: bool = False,
) -> str:
    asked = Asked(intent, text, reason, now, is_plain)
    return detail_text(asked, [find_desk(one) for one in ids])


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
    assert answer("ask_why", "jfc", "kosha") == "【日本政策金融公庫 事業資金相談ダイヤル】\n近いからです。"


def test_why_a_further_desk_is_named_is_told_by_what_it_does() -> None:
    assert answer("ask_why", "jfc", reason="") == (f"【{find_desk('jfc').name}】\n{find_desk('jfc').does}")


@pytest.mark.parametrize(
    ("desk", "text", "now", "told"),
    [
        ("mpd-cyber", "何時までですか", SUNDAY, "今は受付時間外です。次は、11月24日(火)の8時30分からです。"),
        ("mpd-cyber", "何時までですか", TUESDAY, "今は受付時間です(17時15分まで)。"),
        ("mpd-cyber", "土曜はやっていますか", TUESDAY, "土曜は休みです。"),
        ("houterasu", "土曜はやっていますか", TUESDAY, "土曜は、9時から17時までです。"),
        ("fire-119", "夜中でもかけられますか", SUNDAY, "24時間"),
    ],
)
def test_what_was_asked_of_the_time_is_answered_before_all_the_hours(
    desk: str, text: str, now: datetime, told: str
) -> None:
    name, first, *rest = answer("ask_hours", desk, text=text, now=now).splitlines()

    assert name == f"【{find_desk(desk).name}】"
    assert told in first
    assert rest == [f"受付時間: {desks.hours_text(find_desk(desk), today=now.date())}"]


@pytest.mark.parametrize("text", ["何時までですか", "今やっていますか", "土曜はやっていますか"])
@pytest.mark.parametrize("now", [SUNDAY, TUESDAY])
@pytest.mark.parametrize(
    "desk",
    [desk for desk in ALL if desk.hours and not desk.main_hours],
    ids=lambda desk: desk.id,
)
def test_where_only_a_further_number_has_hours_nothing_is_said_of_now(
    desk: Desk, now: datetime, text: str
) -> None:
    hours = desks.hours_text(desk, today=now.date())

    assert answer("ask_hours", desk.id, text=text, now=now) == f"【{desk.name}】\n受付時間: {hours}"


@pytest.mark.parametrize("desk", [desk for desk in ALL if desk.languages], ids=lambda desk: desk.id)
def test_languages_are_told_where_they_are_known(desk: Desk) -> None:
    assert answer("ask_language", desk.id) == f"【{desk.name}】\n{desk.languages}"


def test_languages_are_not_made_up() -> None:
    assert UNKNOWN in answer("ask_language", "hellowork")


@pytest.mark.parametrize("desk", ALL, ids=lambda desk: desk.id)
def test_whether_the_other_side_hears_of_it_is_told_or_what_to_say_first(desk: Desk) -> None:
    told = answer("ask_told", desk.id)

    assert (desk.anonymous or UNKNOWN + TELL_THEM_FIRST) in told
    assert (TELL_THEM_FIRST in told) == (not desk.anonymous)


def test_nearness_is_whose_district_it_is_and_never_a_distance() -> None:
    near = answer("ask_nearest", "tokyo-cci-chiyoda")

    assert LOCAL in near
    assert "https://www.tokyo-cci.or.jp/chiyoda/" in near
    assert near.endswith(SEE_A_MAP)
    assert LOCAL not in answer("ask_nearest", "kosha")
    assert UNKNOWN in answer("ask_nearest", "own-bank")


def test_a_reviewed_answer_is_told_in_plain_words_to_who_wants_them() -> None:
    desk = find_desk("tokyo-cci-chiyoda")

    assert plain(desk.cost) in answer("ask_cost", desk.id, is_plain=True)
    assert plain(UNKNOWN) in answer("ask_hours", desk.id, is_plain=True)
