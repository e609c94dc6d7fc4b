"""Guides answer what owners ask, in steps; an ordinary tale of trouble asks for none."""

import shutil
from pathlib import Path

import pytest

from knowledge import cards, facts
from knowledge.cards import GUIDES, asked_in, card_text, find_card, guides
from knowledge.desks import desks
from knowledge.plain import plain
from knowledge.topics import sub_topics
from tests.knowledge import wordings

MOST_ASKED = (
    "payment_60_days", "transfer_fee", "evidence", "anonymous", "toritekiho", "leak_deadline", "ransom_payment",
    "power_off", "subsidy_principles", "free_of_charge",
)  # fmt: skip
ASKED = [(guide, text) for guide, texts in wordings.GUIDES.items() for text in texts]
GOOD = (
    "bills,0,手形は禁止です。,手形…(禁止|違法),T1,,docs,,P\nbills,1,窓口に聞いてください。,,,jftc,docs,,P\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in ("desks.csv", "chambers.csv"):
        shutil.copy(facts.FOLDER / file, tmp_path)
    return tmp_path


def load(folder: Path, rows: str) -> dict[str, cards.Card]:
    (folder / GUIDES).write_text(",".join(cards.COLUMNS) + "\n" + rows, encoding="utf-8")
    return cards.load(GUIDES, folder)


@pytest.mark.parametrize("guide", MOST_ASKED)
def test_the_most_asked_guides_have_wordings(guide: str) -> None:
    assert len(wordings.GUIDES[guide]) >= 4


@pytest.mark.parametrize(("guide", "text"), ASKED)
def test_a_guide_is_found_as_owners_ask_for_it(guide: str, text: str) -> None:
    card = asked_in(text)

    assert card and card.id == guide


@pytest.mark.parametrize(
    "text", [*wordings.TROUBLES, "", "こんにちは", "板橋区です", "ありがとうございました"]
)
def test_a_trouble_asks_for_no_guide(text: str) -> None:
    assert asked_in(text) is None


def test_of_several_guides_the_one_for_the_trouble_at_hand_answers() -> None:
    assert asked_in("身代金は払ったほうがいいですか", ["C1"]) == guides()["ransom_payment"]


@pytest.mark.parametrize(("guide", "text"), ASKED)
def test_a_guide_for_another_trouble_does_not_hide_the_one_for_this(guide: str, text: str) -> None:
    for code in guides()[guide].subtopics:
        card = asked_in(text, [code])
        assert card and code in card.subtopics


@pytest.mark.parametrize("guide", guides())
def test_a_guide_is_a_headline_and_numbered_steps_with_desks_that_are_there(guide: str) -> None:
    card = guides()[guide]
    headline, *steps = card_text(guide).splitlines()

    assert headline == card.headline
    assert [step.partition(". ")[0] for step in steps] == [str(number) for number in range(1, len(steps) + 1)]
    assert set(card.desks) <= set(desks())
    assert set(card.subtopics) <= set(sub_topics())
    assert card.asked
    assert all(step.source and step.text.endswith(("。", ")", "?")) for step in card.steps)


@pytest.mark.parametrize("guide", guides())
def test_a_guide_is_told_in_plain_words_to_who_wants_them(guide: str) -> None:
    card, text = guides()[guide], card_text(guide, is_plain=True)

    assert text.splitlines()[0] == plain(card.headline)
    assert all(plain(step.text) in text for step in card.steps)


def test_no_guide_has_the_name_of_an_emergency_card() -> None:
    assert not set(guides()) & set(cards.cards())
    assert find_card("evidence") == guides()["evidence"]
    assert find_card("life") == cards.cards()["life"]


@pytest.mark.parametrize("guide", ["saitei", "flood", ""])
def test_a_guide_that_is_not_there_is_not_found(guide: str) -> None:
    with pytest.raises(KeyError):
        find_card(guide)


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("台風の直後はどう対応すればいいですか", "disaster"),
        ("社長を名乗るメールにはどう対応すればいいですか", "bec"),
        ("警告画面が出たときの手順を教えて", "fake_support"),
        ("誤送信したときの対処は", "leak"),
        ("サイトが改ざんされたらどうしたらいいですか", "defacement"),
        ("DDoSの対応手順を知りたい", "ddos"),
        ("アカウントを乗っ取られたときの対処法", "account"),
        ("支払いができないときはどうすればいいですか", "insolvency"),
        ("取引先が倒産したらどうすればいいですか", "customer_bankrupt"),
        ("ランサムウェアに感染したらどうすればいいですか", "ransomware"),
        ("フィッシングに入力したらどうすればいいですか", "phishing"),
    ],
)
def test_an_emergency_card_may_be_asked_for_in_calm(text: str, card: str) -> None:
    found = asked_in(text)

    assert found and found.id == card


def test_a_guide_knows_what_it_answers_and_for_which_troubles(folder: Path) -> None:
    card = load(folder, GOOD)["bills"]

    assert card.asked and card.asked.search("手形はもう禁止ですか")
    assert (card.subtopics, card.desks) == (("T1",), ("jftc",))


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (GOOD.replace("違法)", "違法"), "guides.csv 2行目: 「asked」が正規表現として読めません"),
        (GOOD.replace("T1", "T99"), "guides.csv 2行目: 「T99」という下位分類はありません"),
        (GOOD.replace("jftc", "nobody"), "guides.csv 3行目: 「nobody」という窓口はありません"),
        (GOOD.replace("bills,0", "bills,1"), "guides.csv 2行目: 「bills」の見出しがありません"),
        (GOOD.replace("docs,,P\n", ",,P\n", 1), "guides.csv 2行目: 「source」が空です"),
    ],
)
def test_a_faulty_guide_is_named_with_its_row_and_what_to_do(folder: Path, rows: str, fault: str) -> None:
    with pytest.raises(facts.FactError) as error:
        load(folder, rows)

    assert str(error.value).startswith(fault)
    assert " → " in str(error.value)
