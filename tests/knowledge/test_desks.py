"""What is shown of a desk: only confirmed numbers, with the warning their grade asks for."""

import csv
import json
import re
import shutil
from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from knowledge import cards, desks, facts, referral
from knowledge.desks import (
    GRADE_B_WARNING,
    OLD,
    Desk,
    DeskKind,
    card_text,
    checked_text,
    desk_card,
    find_desk,
    hours_text,
)
from knowledge.facts import FactError
from knowledge.freshness import is_stale

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=timezone.utc)
ALL = tuple(desks.desks().values())
ROWS = {(row["desk"], row["number"]): row for row in facts.read("phones.csv", desks.PHONE_COLUMNS)}
CHAMBERS = [row["id"] for row in facts.read("chambers.csv", desks.DESK_COLUMNS)]
PHONE = re.compile(r"(?<![\w./-])0\d{1,3}-\d{1,4}-?\d{3,4}(?![\w-])|#\d{4}\b")
# domain_facts §2.0: the numbers that may be shown as they are.
GRADE_A = {
    "fire-119": {"119"},
    "police-110": {"110"},
    "police-9110": {"#9110"},
    "mpd-cyber": {"03-5805-1731"},
    "mpd": {"03-3581-4321"},
    "tcyss": {"03-5320-4773"},
    "kosha": {"03-3251-7881"},
    "kosha-bcp": {"03-3251-7881"},
    "jfc": {"0120-154-505"},
    "houterasu": {"0570-078374"},
    "himawari": {"0570-001-240"},
    "freelance110": {"0120-532-110"},
    "rodo110": {"0570-00-6110"},
    "hatarakikata": {"0120-232-865"},
    "roudoukyoku-chingin": {"03-3512-1614"},
    "chusho-torihiki": {"03-3501-1511"},
    "smrj-kanto": {"03-5470-1620"},
    "smrj-kyosai": {"050-5541-7171"},
    "katsuryoku": {"03-3283-7388"},
    "yorisoi": {"0120-279-338", "050-3655-0279"},
    "kokoro-inochi-sos": {"0120-061-338"},
    "inochi-denwa": {"0120-783-556", "0570-783-556"},
    "kokoro-toitsu": {"0570-064-556"},
    "consumer-188": {"188"},
}


def named(desk: Desk) -> str:
    return desk.id


def shown(desk: Desk) -> str:
    return card_text(desk_card(desk, now=NOW))


def numbers(text: str) -> set[str]:
    return set(PHONE.findall(re.sub(r"https?://\S+", "", text)))


def test_only_the_numbers_of_the_fact_sheet_are_shown_without_a_warning() -> None:
    grade_a = {
        desk.id: {phone.number for phone in desk.phones if phone.grade == "A"} for desk in ALL if desk.phones
    }

    assert {desk: found for desk, found in grade_a.items() if found} == GRADE_A


@pytest.mark.parametrize("desk", ALL, ids=named)
def test_every_phone_on_a_card_has_a_grade_and_a_source(desk: Desk) -> None:
    for phone in desk_card(desk, now=NOW).phones:
        row = ROWS[desk.id, phone.number]
        assert row["grade"] == phone.grade
        assert phone.grade in ("A", "B")
        assert row["source"]


@pytest.mark.parametrize("desk", ALL, ids=named)
def test_a_number_of_grade_b_carries_the_warning_and_one_of_grade_a_does_not(desk: Desk) -> None:
    for phone in desk_card(desk, now=NOW).phones:
        line = next(
            line for line in shown(desk).splitlines() if phone.number in line and line.startswith("電話")
        )
        assert (GRADE_B_WARNING in line) == (GRADE_B_WARNING in phone.wording) == (phone.grade == "B")


@pytest.mark.parametrize("desk", ALL, ids=named)
def test_a_card_never_shows_a_number_that_is_not_a_row_of_that_desk(desk: Desk) -> None:
    rows = {number for owner, number in ROWS if owner == desk.id}

    assert numbers(shown(desk)) == {number for number in rows if len(number) > 3}


@pytest.mark.parametrize(
    ("desk", "days"),
    [
        ("kosha", ["mon-fri"]),  # of the whole desk
        ("inochi-denwa", ["daily"]),  # of its first number
        ("ipa-anshin", ["mon-fri", "mon-fri"]),  # it has no number
        ("torihiki-kakekomi", []),  # of a further number alone
        ("ipa-org", []),
    ],
)
def test_the_hours_of_a_further_number_say_nothing_of_the_whole_desk(desk: str, days: list[str]) -> None:
    assert [hours.days for hours in find_desk(desk).main_hours] == days


@pytest.mark.parametrize("desk", ALL, ids=named)
def test_a_card_without_a_number_says_so(desk: Desk) -> None:
    assert ("確認できた番号がありません" in shown(desk)) == (not desk.phones)


@pytest.mark.parametrize("desk", ALL, ids=named)
def test_a_number_can_be_dialled(desk: Desk) -> None:
    for phone in desk_card(desk, now=NOW).phones:
        assert phone.tel == phone.number.replace("-", "")
        assert re.fullmatch(r"#?\d+", phone.tel)


@pytest.mark.parametrize("desk", CHAMBERS)
def test_no_number_of_a_chamber_branch_or_shokokai_is_kept(desk: str) -> None:
    assert find_desk(desk).phones == ()


@pytest.mark.parametrize("card", cards.cards())
def test_an_emergency_card_shows_only_numbers_of_the_desks_it_names(card: str) -> None:
    allowed = {phone.number for desk in cards.cards()[card].desks for phone in find_desk(desk).phones}

    assert numbers(cards.card_text(card)) <= allowed


@pytest.mark.parametrize("card", cards.cards())
def test_an_emergency_card_shows_no_number_of_grade_b(card: str) -> None:
    assert all(
        number in {phone for phones in GRADE_A.values() for phone in phones}
        for number in numbers(cards.card_text(card))
    )


def test_a_reason_never_holds_a_number() -> None:
    assert not any(numbers(route.reason) for route in referral.routes())


@pytest.mark.parametrize("desk", ALL, ids=named)
def test_a_desk_has_a_name_a_source_and_a_stated_certainty(desk: Desk) -> None:
    assert desk.name
    assert desk.source
    assert desk.certainty in desks.CERTAINTIES
    assert all(phone.source for phone in desk.phones)


@pytest.mark.parametrize("desk", ALL, ids=named)
def test_a_card_shows_all_that_is_known_and_no_empty_line(desk: Desk) -> None:
    text = shown(desk)

    assert all(line.strip() for line in text.splitlines())
    for fact in (
        desk.name,
        desk.former_name,
        desk.does,
        desk.audience,
        desk.cost,
        desk.url,
        desk.mail,
        desk.address,
    ):
        assert fact in text


@pytest.mark.parametrize("desk", ALL, ids=named)
def test_a_card_goes_over_the_wire(desk: Desk) -> None:
    card = desk_card(desk, now=NOW)
    sent = json.loads(json.dumps(card.as_json(), ensure_ascii=False))

    assert sent["id"] == desk.id
    assert sent["kind"] == desk.kind.value
    assert [phone["number"] for phone in sent["phones"]] == [phone.number for phone in desk.phones]


@pytest.mark.parametrize("desk", ALL, ids=named)
def test_no_word_meant_for_the_program_is_shown(desk: Desk) -> None:
    assert not re.search(r"open_holidays|mon-fri|\bM-[高中低]|None|domain_facts", shown(desk))


@pytest.mark.parametrize(
    ("desk", "hours"),
    [
        ("fire-119", "毎日 24時間"),
        ("kokoro-inochi-sos", "毎日 24時間"),
        ("mpd-cyber", "平日 08:30〜17:15(祝日・年末年始は休み)"),
        ("tcyss", "平日 09:00〜12:00、平日 13:00〜17:00(祝日・年末年始は休み) 都庁が開いている日だけです。"),
        ("houterasu", "平日 09:00〜21:00、土曜 09:00〜17:00(祝日・年末年始は休み)"),
        (
            "inochi-denwa",
            "フリーダイヤル 毎日 16:00〜21:00、ナビダイヤル 毎日 10:00〜22:00 毎月10日は8時から翌朝8時までです。",
        ),
        ("himawari", ""),
    ],
)
def test_opening_times_are_one_line(desk: str, hours: str) -> None:
    assert hours_text(find_desk(desk), today=NOW.date()) == hours


@pytest.mark.parametrize(
    ("desk", "said"),
    [
        ("fire-119", ""),
        ("jfc", "2026年10月の資料によります。"),
        ("mpd-cyber", "2025年2月の資料によります。1年以上前の資料なので、先にお確かめください。"),
        ("freelance110", "2026年の資料によります。"),
        ("hellowork", "公式ページでの確認がまだです。お出かけの前にお確かめください。"),
        ("mitaka-shokokai", "公式ページでの確認がまだです。お出かけの前にお確かめください。"),
    ],
)
def test_it_is_said_when_and_how_well_the_facts_were_confirmed(desk: str, said: str) -> None:
    assert checked_text(find_desk(desk), now=NOW) == said


@pytest.mark.parametrize(
    ("checked", "today", "is_old"),
    [
        ("2025-11-22", date(2026, 11, 22), False),
        ("2025-11-21", date(2026, 11, 22), True),
        ("2025-11", date(2026, 11, 30), False),
        ("2025-11", date(2026, 12, 1), True),
        ("2025", date(2026, 12, 31), False),
        ("2025", date(2027, 1, 1), True),
        ("2024-02", date(2025, 2, 28), False),
        ("2024-02", date(2025, 3, 1), True),
        ("", date(2026, 11, 22), True),
    ],
)
def test_a_fact_grows_old_a_year_after_the_last_day_it_may_have_been_checked(
    checked: str, today: date, is_old: bool
) -> None:
    assert is_stale(checked, today) == is_old


def test_a_desk_whose_facts_grew_old_says_so() -> None:
    desk = find_desk("jfc")

    assert checked_text(desk, now=NOW) == "2026年10月の資料によります。"
    assert checked_text(desk, now=NOW.replace(year=2027)) == f"2026年10月の資料によります。{OLD}"


def test_a_former_name_is_said_once_beside_the_new_one() -> None:
    assert shown(find_desk("torihiki-kakekomi")).startswith("■ 取引かけこみ寺(旧 下請かけこみ寺)\n")


def test_a_desk_that_is_not_there_is_not_found() -> None:
    with pytest.raises(KeyError):
        find_desk("nobody")


def test_every_kind_of_desk_has_a_desk() -> None:
    assert {desk.kind for desk in ALL} == set(DeskKind)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped tables, to be spoiled."""
    for file in ("desks.csv", "chambers.csv", "phones.csv", "hours.csv"):
        shutil.copy(facts.FOLDER / file, tmp_path)
    return tmp_path


def add(folder: Path, file: str, columns: tuple[str, ...], **values: str) -> int:
    """Append a row to a table; returns its line."""
    with (folder / file).open("a", encoding="utf-8", newline="") as handle:
        csv.DictWriter(handle, columns, restval="").writerow(values)
    with (folder / file).open(encoding="utf-8", newline="") as handle:
        return len(list(csv.reader(handle)))


DESK = {
    "id": "new",
    "name": "新しい窓口",
    "kind": "other",
    "serves": "tokyo",
    "source": "docs",
    "certainty": "P",
}
NUMBER = {"desk": "jfc", "number": "03-1234-5678", "grade": "A", "source": "docs"}
BLOCK = {"desk": "jfc", "days": "mon-fri", "opens": "09:00", "closes": "17:00"}


def test_a_new_desk_is_a_row_with_its_phones_and_hours(folder: Path) -> None:
    add(folder, "desks.csv", desks.DESK_COLUMNS, **DESK)
    add(folder, "phones.csv", desks.PHONE_COLUMNS, **{**NUMBER, "desk": "new"})
    add(folder, "hours.csv", desks.HOUR_COLUMNS, **{**BLOCK, "desk": "new", "phone": "03-1234-5678"})

    desk = desks.load(folder)["new"]

    assert [phone.number for phone in desk.phones] == ["03-1234-5678"]
    assert [str(hours) for hours in desk.hours] == ["平日 09:00〜17:00"]


@pytest.mark.parametrize(
    ("file", "columns", "row", "fault"),
    [
        ("desks.csv", desks.DESK_COLUMNS, {**DESK, "id": ""}, "「id」が空です"),
        ("desks.csv", desks.DESK_COLUMNS, {**DESK, "name": ""}, "「name」が空です"),
        ("desks.csv", desks.DESK_COLUMNS, {**DESK, "source": ""}, "「source」が空です"),
        ("desks.csv", desks.DESK_COLUMNS, {**DESK, "kind": "shop"}, "「kind」の値「shop」は使えません"),
        ("desks.csv", desks.DESK_COLUMNS, {**DESK, "serves": "osaka"}, "「serves」の値「osaka」は使えません"),
        ("desks.csv", desks.DESK_COLUMNS, {**DESK, "certainty": "?"}, "「certainty」の値「?」は使えません"),
        ("chambers.csv", desks.DESK_COLUMNS, {**DESK, "id": "jfc"}, "「jfc」が二度出てきます"),
        ("phones.csv", desks.PHONE_COLUMNS, {**NUMBER, "desk": "nobody"}, "「nobody」という窓口はありません"),
        ("phones.csv", desks.PHONE_COLUMNS, {**NUMBER, "number": ""}, "「number」が空です"),
        (
            "phones.csv",
            desks.PHONE_COLUMNS,
            {**NUMBER, "number": "(03)1234"},
            "電話番号「(03)1234」の形が違います",
        ),
        (
            "phones.csv",
            desks.PHONE_COLUMNS,
            {**NUMBER, "number": "03ー1234"},
            "電話番号「03ー1234」の形が違います",
        ),
        ("phones.csv", desks.PHONE_COLUMNS, {**NUMBER, "grade": "C"}, "等級「C」は使えません"),
        ("phones.csv", desks.PHONE_COLUMNS, {**NUMBER, "grade": ""}, "等級「」は使えません"),
        ("phones.csv", desks.PHONE_COLUMNS, {**NUMBER, "source": ""}, "「source」が空です"),
        ("hours.csv", desks.HOUR_COLUMNS, {**BLOCK, "desk": "nobody"}, "「nobody」という窓口はありません"),
        ("hours.csv", desks.HOUR_COLUMNS, {**BLOCK, "days": "monday"}, "「days」の値「monday」は使えません"),
        ("hours.csv", desks.HOUR_COLUMNS, {**BLOCK, "opens": "9時"}, "時刻「9時」の形が違います"),
        ("hours.csv", desks.HOUR_COLUMNS, {**BLOCK, "closes": ""}, "「closes」が空です"),
        ("hours.csv", desks.HOUR_COLUMNS, {**BLOCK, "closes": "08:00"}, "終わりの時刻が始まりより前です"),
        (
            "hours.csv",
            desks.HOUR_COLUMNS,
            {**BLOCK, "phone": "03-0000-0000"},
            "「phone」の値「03-0000-0000」は使えません",
        ),
    ],
)
def test_a_faulty_row_is_named_with_its_file_and_what_to_do(
    folder: Path, file: str, columns: tuple[str, ...], row: dict[str, str], fault: str
) -> None:
    line = add(folder, file, columns, **row)

    with pytest.raises(FactError) as error:
        desks.load(folder)

    assert str(error.value).startswith(f"{file} {line}行目: {fault} → ")
    assert not str(error.value).endswith(" → ")
