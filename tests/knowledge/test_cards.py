"""The emergency cards say what to do first, and name only desks that are there."""

import shutil
from pathlib import Path

import pytest

from knowledge import cards, facts, urgency
from knowledge.cards import card_text, emergency_text
from knowledge.urgency import Emergency

HEADER = ",".join(cards.COLUMNS) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in ("desks.csv", "chambers.csv"):
        shutil.copy(facts.FOLDER / file, tmp_path)
    return tmp_path


def write(folder: Path, *rows: str) -> None:
    (folder / "cards.csv").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")


def test_a_card_is_a_headline_and_numbered_steps(folder: Path) -> None:
    write(
        folder,
        "life,0,命が先です。,,,,記憶,,P",
        "life,1,電話してください。,,,,記憶,,P",
        "life,2,待ってください。,,,,記憶,,P",
    )

    card = cards.load(folder=folder)["life"]

    assert card.headline == "命が先です。"
    assert [step.text for step in card.steps] == ["電話してください。", "待ってください。"]


def test_a_card_names_each_desk_once_in_its_order(folder: Path) -> None:
    write(
        folder,
        "life,0,命が先です。,,,fire-119,記憶,,P",
        "life,1,電話してください。,,,police-110|fire-119,記憶,,P",
        "life,2,相談してください。,,,yorisoi|police-110,記憶,,P",
    )

    assert cards.load(folder=folder)["life"].desks == ("fire-119", "police-110", "yorisoi")


@pytest.mark.parametrize(
    ("rows", "line", "complaint"),
    [
        (["life,1,電話してください。,,,,記憶,,P"], 2, "「life」の見出しがありません"),
        (["life,0,命が先です。,,,,記憶,,P"], 2, "「life」に手順がありません"),
        (["life,0,命が先です。,,,,記憶,,P", "life,2,電話してください。,,,,記憶,,P"], 3, "次は1のはず"),
        (
            ["life,0,命が先です。,,,,記憶,,P", "life,1,一。,,,,記憶,,P", "life,1,二。,,,,記憶,,P"],
            4,
            "次は2のはず",
        ),
        (
            ["life,0,命が先です。,,,,記憶,,P", "life,1,電話してください。,,,nobody,記憶,,P"],
            3,
            "「nobody」という窓口はありません",
        ),
        (["life,0,命が先です。,,,,記憶,,P", "life,1,,,,,記憶,,P"], 3, "「text」が空です"),
        (["life,0,命が先です。,,,,,,P", "life,1,電話してください。,,,,記憶,,P"], 2, "「source」が空です"),
    ],
)
def test_a_faulty_card_is_named_with_its_row_and_what_to_do(
    folder: Path, rows: list[str], line: int, complaint: str
) -> None:
    write(folder, *rows)

    with pytest.raises(facts.FactError, match=rf"cards\.csv {line}行目: .+ → .+") as error:
        cards.load(folder=folder)

    assert complaint in str(error.value)


@pytest.mark.parametrize("card", urgency.ORDER)
def test_every_emergency_has_a_card(card: str) -> None:
    headline, *steps = emergency_text(Emergency(card)).splitlines()

    assert headline == cards.cards()[card].headline
    assert [step.partition(". ")[0] for step in steps] == [str(number) for number in range(1, len(steps) + 1)]


@pytest.mark.parametrize("card", urgency.CRISES)
def test_a_person_in_danger_is_given_a_number_to_call(card: str) -> None:
    assert {"fire-119", "police-110"} & set(cards.cards()[card].desks)


def test_a_card_that_is_not_there_has_no_text() -> None:
    with pytest.raises(KeyError):
        card_text("flood")
