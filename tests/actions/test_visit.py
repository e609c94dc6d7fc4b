"""Whole visits: from the first message to the desks, with at most a question between."""

import pytest

from tests.actions.messages import NO_CUSTOMERS_IN_ITABASHI, NO_STAFF, UNPAID
from tests.actions.visitor import Visitor


def test_trouble_and_place_in_one_message_are_answered_with_desks_at_once(visitor: Visitor) -> None:
    answer = visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)

    assert answer.said == ["referral", "caution", "after_referral"]
    assert answer.desks == ["tokyo-cci-itabashi", "yorozu"]
    assert "東京都板橋区の、売上・経営(集客・販路)のご相談ですね。" in answer.text
    assert answer.report["referral"]["desks"] == answer.desks
    assert answer.report["handoff"] is None


def test_under_the_desks_stand_the_questions_most_often_asked(visitor: Visitor) -> None:
    answer = visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)

    assert answer.payloads == [
        "/ask_phone", "/ask_hours", "/ask_why", "/ask_another", "/ask_programme", "/handoff",
    ]  # fmt: skip


def test_without_a_place_the_place_is_asked_first_when_it_decides_the_desk(visitor: Visitor) -> None:
    asked = visitor.writes(*NO_STAFF)
    answered = visitor.writes("板橋区です", "inform")

    assert asked.said == ["ask_place"]
    assert asked.report["referral"] is None
    assert answered.said == ["referral", "caution", "after_referral"]
    assert answered.desks == ["tokyo-cci-itabashi", "hellowork"]


def test_a_desk_for_all_of_tokyo_is_offered_without_asking_where(visitor: Visitor) -> None:
    answer = visitor.writes("代金を払ってもらえません", "subcontract", "T2")

    assert answer.said[0] == "referral"
    assert answer.desks[0] == "torihiki-kakekomi"


@pytest.mark.parametrize(
    ("payload", "first"),
    [
        ('/inform{"party": "freelancer"}', "freelance110"),
        ('/inform{"party": "construction"}', "kensetsu-tekisei"),
    ],
)
def test_the_answer_to_who_you_are_changes_the_desk(visitor: Visitor, payload: str, first: str) -> None:
    asked = visitor.writes("代金を払ってもらえません", "subcontract", "T2")
    answered = visitor.presses(payload)

    assert "ask_party" in asked.said
    assert answered.said[0] == "referral_again"
    assert answered.desks[0] == first


def test_neither_keeps_the_desk_and_is_not_asked_twice(visitor: Visitor) -> None:
    visitor.writes("代金を払ってもらえません", "subcontract", "T2")
    answer = visitor.presses('/inform{"party": "neither"}')
    placed = visitor.writes("板橋区です", "inform")

    # On an island the second desk is the 商工会 there, so the place is worth asking.
    assert answer.said == ["referral_same", "ask_place_also"]
    assert placed.said == ["referral_same", "after_referral"]


def test_where_the_place_is_known_neither_is_the_last_answer_needed(visitor: Visitor) -> None:
    visitor.writes("板橋区です。代金を払ってもらえません", "subcontract", "T2")

    assert visitor.presses('/inform{"party": "neither"}').said == ["referral_same", "after_referral"]


@pytest.mark.parametrize(
    ("text", "word", "first"),
    [
        ("一人でやっています", "freelancer", "freelance110"),
        ("内装工事です", "construction", "kensetsu-tekisei"),
    ],
)
def test_who_you_are_is_also_heard_in_words(visitor: Visitor, text: str, word: str, first: str) -> None:
    visitor.writes(*UNPAID)
    answer = visitor.writes(text, "inform")

    assert answer.report["slots"]["circumstances"] == [word]
    assert answer.desks[0] == first
    assert "ask_party" not in answer.said


def test_a_firm_of_twelve_is_not_asked_whether_it_is_one_person(visitor: Visitor) -> None:
    visitor.writes("板橋区です。従業員は12人です。部品の製造の代金を払ってもらえません", "subcontract", "T1")

    assert visitor.slots["consultation"]["circumstances"] == ["manufacturing", "small"]
    assert visitor.slots["consultation"]["asked"] == []


@pytest.mark.parametrize("payload", ["/dont_know", "/decline_to_say", "/deny"])
def test_who_cannot_say_what_is_wrong_is_sent_to_the_general_desks(visitor: Visitor, payload: str) -> None:
    answer = visitor.presses(payload)

    assert answer.said == ["unsure", "anything_else"]
    assert answer.desks == ["kosha", "yorozu"]


@pytest.mark.parametrize("topic", ["sales_decline", "staffing", "bcp", "cyber", "subcontract"])
def test_a_topic_button_is_heard_as_the_topic(visitor: Visitor, topic: str) -> None:
    answer = visitor.presses(f"/{topic}")

    assert answer.said
    assert answer.report["slots"]["topics"] == [topic]
    assert answer.report["understood"]["confidence"] == 1.0


LONG_STORY = (
    "練馬で四十年、夫婦で豆腐屋をやってきました。近くに大きな店ができてから、なじみのお客さんが一人減り二人減り、"
    "朝早くから作っても夕方にはたくさん余ってしまいます。どうしたらいいものか、毎晩考えています。"
)


def test_who_tells_a_long_story_is_thanked_once_before_being_sent_on(visitor: Visitor) -> None:
    first = visitor.writes(LONG_STORY, "sales_decline", "S4")
    again = visitor.writes(LONG_STORY + "人手も足りません。", "staffing", "H1")

    assert "お話しくださり、ありがとうございます。" in first.text
    assert "お話しくださり" not in again.text
    assert "お話しくださり" not in Visitor().writes("練馬です。客が来ません", "sales_decline", "S4").text
