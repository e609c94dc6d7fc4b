"""Support programmes: asked for in general, by name, with a button, and what is asked about those shown."""

import pytest

from knowledge.programmes import measures_text, programme_line, programmes
from tests.actions.messages import (
    NO_CUSTOMERS,
    NO_CUSTOMERS_IN_ITABASHI,
    NO_STAFF,
    NO_STAFF_IN_ITABASHI,
    UNPAID_IN_ITABASHI,
    WISH_TO_DIE,
)
from tests.actions.visitor import Answer, Visitor

ANY = "補助金はある?"


def shown(answer: Answer) -> list[str]:
    programmes_shown: list[str] = answer.report["slots"]["programmes"]
    return programmes_shown


def codes(answer: Answer) -> set[str]:
    """The sub-topics for which all the programmes shown are meant."""
    return set.intersection(*(set(programmes()[one].subtopics) for one in shown(answer)))


# In general.


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (NO_CUSTOMERS_IN_ITABASHI, "S4"),
        (NO_STAFF_IN_ITABASHI, "H1"),
        (("板橋区です。BCPを作りたい", "bcp", "B1"), "B1"),
        (("板橋区です。セキュリティ対策を始めたい", "cyber", "C9"), "C9"),
    ],
)
def test_after_a_trouble_the_programmes_for_it_are_shown(
    visitor: Visitor, message: tuple[str, str, str], code: str
) -> None:
    visitor.writes(*message)
    answer = visitor.is_not_understood(ANY)

    number = len(shown(answer))
    assert 1 <= number <= 3
    assert answer.said == ["programme_list", "programme_caution", "anything_else"]
    assert code in codes(answer)
    for one in shown(answer):
        assert programmes()[one].name in answer.text


def test_several_programmes_come_as_one_short_list(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    answer = visitor.is_not_understood(ANY)

    assert len(shown(answer)) > 1
    for one in shown(answer):
        assert programme_line(programmes()[one]) in answer.bubbles[0].text
        assert programmes()[one].conditions not in answer.text or not programmes()[one].conditions


def test_who_names_a_programme_of_the_list_is_told_it_in_full(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    visitor.is_not_understood(ANY)
    answer = visitor.is_not_understood("持続化補助金について教えて")

    assert answer.said == ["programme", "programme_caution", "anything_else"]
    assert shown(answer) == ["jizokuka"]
    assert programmes()["jizokuka"].url in answer.text


def test_who_asks_for_help_and_tells_the_place_gets_the_desks_and_is_asked_for_more(visitor: Visitor) -> None:
    answer = visitor.writes("板橋です。使える補助金はありますか", "sales_decline", "S7")

    assert answer.said[0] == "programme_which"
    assert answer.desks == ["tokyo-cci-itabashi", "kosha"]


def test_nothing_is_promised(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    answer = visitor.is_not_understood(ANY)

    assert "必ず受けられるとは限りません。審査があります。" in answer.bubbles[-2].text


def test_asking_for_programmes_leaves_trouble_and_desks_as_they_are(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    answer = visitor.is_not_understood(ANY)

    assert answer.report["referral"] is None
    assert answer.desks == []
    assert visitor.offered == ["tokyo-cci-itabashi", "yorozu"]
    assert visitor.troubles == [("sales_decline", "S4")]


@pytest.mark.parametrize(
    "heard_as", [("sales_decline", "S7"), ("out_of_scope", ""), ("ask_cost", ""), ("thank", "")]
)
def test_whatever_the_classifier_makes_of_it_the_question_for_programmes_is_answered(
    visitor: Visitor, heard_as: tuple[str, str]
) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    answer = visitor.writes("使える補助金はありますか", *heard_as)

    assert "S4" in codes(answer)
    assert "programme_caution" in answer.said


def test_a_trouble_and_the_question_for_programmes_in_one_message_are_both_answered(visitor: Visitor) -> None:
    answer = visitor.writes("板橋です。客が来ません。使える補助金はありますか", "sales_decline", "S4")

    assert "S4" in codes(answer)
    assert answer.said[-3:] == ["referral", "caution", "after_referral"]
    assert answer.desks == ["tokyo-cci-itabashi", "yorozu"]


def test_before_any_trouble_the_trouble_is_asked(visitor: Visitor) -> None:
    understood = visitor.writes(ANY, "sales_decline", "S7")
    not_understood = Visitor().is_not_understood(ANY)

    assert understood.said == ["programme_which", "ask_place"]
    assert not_understood.said == ["programme_which", "ask_topic"]
    assert "/sales_decline" in not_understood.payloads


@pytest.mark.parametrize(("place", "is_shown"), [("板橋区", False), ("町田市", True), ("八丈町", False)])
def test_a_programme_for_one_part_of_tokyo_is_shown_only_there(
    visitor: Visitor, place: str, is_shown: bool
) -> None:
    answer = visitor.writes(f"{place}で起業したい。使える補助金はありますか", "neighbour", "founding")

    assert ("tama-monozukuri" in shown(answer)) is is_shown


def test_where_no_programme_fits_it_says_so(visitor: Visitor) -> None:
    covered = {code for one in programmes().values() for code in one.subtopics}
    assert "C11" not in covered
    visitor.writes("板橋区です。悪い口コミを書かれました", "cyber", "C11")
    answer = visitor.presses("/ask_programme")

    assert answer.said == ["no_programme", "anything_else"]
    assert shown(answer) == []


# By name.


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("IT導入補助金って今もありますか", "デジタル化・AI導入補助金"),
        ("BCPの助成の上限は?", "BCP実践促進助成金"),
        ("持続化補助金のことを知りたい", "小規模事業者持続化補助金"),
    ],
)
def test_a_programme_that_is_named_is_shown_with_the_desks_that_know_it(
    visitor: Visitor, text: str, name: str
) -> None:
    answer = visitor.is_not_understood(text)
    (one,) = shown(answer)

    assert programmes()[one].name.startswith(name)
    assert answer.said[-4:] == ["programme", "programme_caution", "programme_desks", "anything_else"]
    assert answer.desks == visitor.offered
    assert answer.report["referral"]["rule"] == "programmes"


def test_who_has_desks_already_keeps_them_when_a_programme_is_named(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    answer = visitor.is_not_understood("IT導入補助金って今もありますか")

    assert answer.said == ["renamed", "programme", "programme_caution", "anything_else"]
    assert visitor.offered == ["tokyo-cci-itabashi", "yorozu"]


def test_a_programme_that_is_named_is_shown_and_no_other(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    visitor.is_not_understood(ANY)

    assert shown(visitor.is_not_understood("BCPの助成の上限は?")) == ["bcp-josei"]


@pytest.mark.parametrize("before", [None, NO_STAFF])
def test_a_programme_taken_for_a_neighbours_topic_is_told_alone(
    visitor: Visitor, before: tuple[str, str, str] | None
) -> None:
    if before:
        visitor.writes(*before)
    answer = visitor.writes("奨学金の返還支援はありますか", "neighbour", "personal_debt")

    assert answer.said[:2] == ["programme", "programme_caution"]
    assert "neighbour" not in answer.said
    assert shown(answer) == ["shogakukin"]
    assert "houterasu" not in answer.desks


def test_a_neighbours_topic_without_a_programme_keeps_its_desk(visitor: Visitor) -> None:
    answer = visitor.writes("個人の借金で困っています", "neighbour", "personal_debt")

    assert answer.said[0] == "neighbour"
    assert answer.desks[0] == "houterasu"


# The whole list.


@pytest.mark.parametrize("text", ["支援策の一覧", "補助金を全部教えて", "16の施策を見たい"])
@pytest.mark.parametrize("heard_as", [("nlu_fallback", ""), ("sales_decline", "S7"), ("thank", "")])
def test_who_asks_for_all_programmes_gets_the_list(
    visitor: Visitor, text: str, heard_as: tuple[str, str]
) -> None:
    is_unsure = heard_as[0] == "nlu_fallback"
    answer = visitor.is_not_understood(text) if is_unsure else visitor.writes(text, *heard_as)

    assert answer.said[0] == "programme_all"
    assert measures_text() in answer.bubbles[0].text


# What is asked about those shown.


@pytest.mark.parametrize("heard_as", [("staffing", "H1"), ("sales_decline", "S7"), ("subcontract", "T1")])
def test_a_question_about_the_programme_that_was_shown_is_no_new_trouble(
    visitor: Visitor, heard_as: tuple[str, str]
) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    visitor.is_not_understood("BCPの助成について教えて")
    answer = visitor.writes("今応募できますか", *heard_as)

    assert answer.said == ["programme", "anything_else"]
    assert "令和8年度の日程は確認できていません" in answer.text
    assert visitor.troubles == [("sales_decline", "S4")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("上限は?", "上限は1,500万円"),
        ("いくら出るの?", "上限は1,500万円"),
        ("条件はありますか", "事業継続力強化計画の認定"),
        ("締切はいつ?", "公式ページ"),
    ],
)
@pytest.mark.parametrize("intent", ["nlu_fallback", "ask_cost", "ask_hours", "inform"])
def test_a_question_after_a_programme_is_about_that_programme(
    visitor: Visitor, text: str, told: str, intent: str
) -> None:
    visitor.is_not_understood("BCPの助成について教えて")
    is_unsure = intent == "nlu_fallback"
    answer = visitor.is_not_understood(text) if is_unsure else visitor.writes(text, intent)

    assert answer.said == ["programme", "anything_else"]
    assert told in answer.text
    assert answer.text.startswith("【BCP実践促進助成金】")


def test_after_several_programmes_the_answer_names_each(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    all_shown = shown(visitor.is_not_understood(ANY))
    answer = visitor.is_not_understood("上限は?")

    assert len(all_shown) > 1
    for one in all_shown:
        assert f"【{programmes()[one].name}】" in answer.text


def test_before_a_programme_was_shown_the_question_means_nothing(visitor: Visitor) -> None:
    assert visitor.is_not_understood("上限は?").said == ["ask_back_all"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("相談はいくらかかりますか", "ask_cost"),
        ("いつまでやってますか", "ask_hours"),
        ("窓口はいつまで開いていますか", "ask_hours"),
    ],
)
def test_a_question_about_the_desk_is_no_question_about_the_programme(
    visitor: Visitor, text: str, intent: str
) -> None:
    visitor.writes(*UNPAID_IN_ITABASHI)
    visitor.is_not_understood("IT導入補助金って何?")
    answer = visitor.writes(text, intent)

    assert answer.said[0] == "desk_detail"
    assert "取引かけこみ寺" in answer.text


# With the button.


def test_the_button_shows_what_the_question_shows(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    written, pressed = visitor.is_not_understood(ANY), visitor.presses("/ask_programme")

    assert pressed.said == written.said
    assert shown(pressed) == shown(written)


def test_the_button_keeps_an_open_question_open(visitor: Visitor) -> None:
    visitor.writes(*NO_STAFF)
    answer = visitor.presses("/ask_programme")

    assert answer.said[-1] == "ask_place"
    assert "H1" in codes(answer)
    assert visitor.slots["consultation"]["asked"] == ["place"]


def test_the_button_before_any_trouble_asks_for_the_trouble(visitor: Visitor) -> None:
    assert visitor.presses("/ask_programme").said == ["programme_which", "ask_topic"]


def test_the_place_is_still_heard_after_the_programmes(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)
    visitor.presses("/ask_programme")

    assert visitor.writes("板橋区です", "inform").desks == ["tokyo-cci-itabashi", "yorozu"]


def test_no_programme_is_spoken_of_to_a_person_in_danger(visitor: Visitor) -> None:
    visitor.writes(*WISH_TO_DIE)

    assert "programme" not in visitor.is_not_understood("補助金はある?").said
