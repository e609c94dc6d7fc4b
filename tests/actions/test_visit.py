"""Whole visits, message by message: what is said, which desks are drawn, what is kept and reported."""

from typing import Any

import pytest

from tests.actions.visitor import Answer, Visitor

NO_CUSTOMERS = ("客が来ない", "sales_decline", "S4")
NO_STAFF = ("募集しても応募がありません", "staffing", "H1")
RANSOM = ("サーバーの身代金を要求されています", "cyber", "C1")


def kept(visitor: Visitor) -> dict[str, Any]:
    consultation: dict[str, Any] = visitor.slots["consultation"]
    return consultation


def troubles(visitor: Visitor) -> list[tuple[str, str]]:
    return [(topic, subtopic) for topic, subtopic, _ in kept(visitor)["troubles"]]


def municipality(answer: Answer) -> str | None:
    found: str | None = answer.report["slots"]["municipality"]
    return found


# One message is enough, or one question is asked.


def test_trouble_and_place_in_one_message_are_answered_with_desks_at_once(visitor: Visitor) -> None:
    answer = visitor.writes("板橋で食堂をやっています。客が来ません", "sales_decline", "S4")

    assert answer.said == ["referral", "caution", "after_referral"]
    assert answer.desks == ["tokyo-cci-itabashi", "yorozu"]
    assert "東京都板橋区の、売上・経営(集客・販路)のご相談ですね。" in answer.text
    assert answer.report["referral"]["desks"] == answer.desks
    assert answer.report["handoff"] is None


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
        ('/inform{"party": "sole"}', "freelance110"),
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

    assert answer.said == ["referral_same", "after_referral"]


# The place: refused, unclear, told in part, corrected.


@pytest.mark.parametrize("refusal", ["/decline_to_say", "/dont_know"])
def test_who_keeps_the_place_secret_gets_desks_for_all_of_tokyo(visitor: Visitor, refusal: str) -> None:
    visitor.writes(*NO_CUSTOMERS)
    answer = visitor.presses(refusal)

    assert answer.said == ["referral_without_place", "caution", "after_referral"]
    assert answer.desks == ["kosha", "yorozu"]
    assert municipality(answer) is None


def test_a_written_refusal_counts_like_the_button(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)

    assert visitor.writes("場所は言いたくないです", "decline_to_say").said[0] == "referral_without_place"


def test_an_answer_without_a_place_is_asked_once_more_and_then_no_more(visitor: Visitor) -> None:
    asked = [
        visitor.writes(*NO_CUSTOMERS),
        visitor.writes("えっと", "inform"),
        visitor.writes("うちはね", "inform"),
    ]

    assert [answer.said[0] for answer in asked] == ["ask_place", "ask_place_again", "referral"]
    assert asked[2].desks == ["kosha", "yorozu"]


@pytest.mark.parametrize(
    ("area", "first"), [("区部", "tokyo-cci"), ("多摩", "shokokai-rengokai"), ("島しょ", "shokokai-rengokai")]
)
def test_who_tells_only_the_part_of_tokyo_is_asked_for_more_and_may_refuse(
    visitor: Visitor, area: str, first: str
) -> None:
    visitor.writes(*NO_CUSTOMERS)
    asked = visitor.presses(f'/inform{{"area": "{area}"}}')
    answered = visitor.presses("/decline_to_say")

    assert asked.said == ["ask_place_more"]
    assert f"{area}のどちらですか" in asked.text
    assert answered.desks[0] == first
    assert answered.report["slots"]["area"] == area


def test_outside_tokyo_the_desks_at_home_are_named(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)
    answer = visitor.presses('/inform{"area": "都外"}')

    assert answer.desks == ["local-chamber-elsewhere", "yorozu-elsewhere"]


def test_a_name_of_several_places_is_asked_back_with_all_of_them(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)
    asked = visitor.writes("大島です", "inform")
    answered = visitor.presses(asked.payloads[1])

    assert asked.said == ["ask_which_place"]
    assert asked.payloads[:2] == ['/inform{"place_name": "江東区"}', '/inform{"place_name": "大島町"}']
    assert municipality(answered) == "大島町"


def test_tokyo_is_an_answer_to_which_place(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)
    visitor.writes("府中です", "inform")

    assert municipality(visitor.writes("東京です", "inform")) == "府中市"


def test_a_corrected_place_changes_the_desks(visitor: Visitor) -> None:
    visitor.writes("板橋で食堂をやっています。客が来ません", "sales_decline", "S4")
    answer = visitor.writes("すみません、間違えました。町田です", "inform")

    assert answer.said == ["referral_again", "after_referral"]
    assert answer.desks == ["machida-cci", "kosha-tama"]
    assert municipality(answer) == "町田市"


def test_a_place_that_sounds_like_a_trouble_stays_an_answer(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)
    visitor.writes("町田で運送です", "subcontract", "T12")

    assert troubles(visitor) == [("sales_decline", "S4")]


# A second trouble, and a new one.


def test_two_troubles_in_one_message_get_the_first_desk_of_each(visitor: Visitor) -> None:
    answer = visitor.writes(
        "板橋の工場です。値上げを断られ、求人にも応募がない", "subcontract", "T4", second=("staffing", "H1")
    )

    assert answer.desks == ["torihiki-kakekomi", "tokyo-cci-itabashi"]
    assert answer.report["understood"]["topics"] == ["subcontract", "staffing"]


def test_a_trouble_that_is_added_stands_beside_the_first(visitor: Visitor) -> None:
    visitor.writes("板橋で食堂をやっています。客が来ません", "sales_decline", "S4")
    answer = visitor.writes("あと、人手も足りません", "staffing", "H1")

    assert troubles(visitor) == [("sales_decline", "S4"), ("staffing", "H1")]
    assert answer.said[0] == "referral_again"
    assert answer.desks == ["tokyo-cci-itabashi", "hellowork"]


def test_a_new_trouble_replaces_the_old_one_and_the_place_stays(visitor: Visitor) -> None:
    visitor.writes("板橋で食堂をやっています。客が来ません", "sales_decline", "S4")
    answer = visitor.writes("BCPを作りたい", "bcp", "B1")

    assert troubles(visitor) == [("bcp", "B1")]
    assert answer.desks == ["kosha-bcp", "tokyo-cci-itabashi"]
    assert municipality(answer) == "板橋区"


def test_the_same_trouble_told_more_finely_is_still_one(visitor: Visitor) -> None:
    visitor.presses("/staffing")
    visitor.writes("外国の人を雇いたい", "staffing", "H3")

    assert troubles(visitor) == [("staffing", "H3")]


# Emergencies.


def test_an_attack_under_way_is_answered_with_its_card_before_anything_else(visitor: Visitor) -> None:
    answer = visitor.writes(*RANSOM)

    assert answer.said == ["emergency", "referral", "after_referral"]
    assert answer.desks == ["mpd-cyber", "ipa-org", "tcyss"]
    assert answer.report["understood"]["urgent"] and answer.report["slots"]["urgent"]


def test_a_card_is_given_once_and_then_recalled(visitor: Visitor) -> None:
    visitor.writes(*RANSOM)
    again = visitor.writes(*RANSOM)

    assert again.said[0] == "emergency_given"
    assert visitor.slots["cards"] == ["ransomware"]


def test_another_emergency_gets_its_own_card(visitor: Visitor) -> None:
    visitor.writes(*RANSOM)
    other = visitor.writes(
        "社長を名乗るメールを信じて、さっき送金してしまいました", "cyber", "C4", urgent=True
    )

    assert other.said[0] == "emergency"
    assert len(visitor.slots["cards"]) == 2


def test_a_crisis_is_answered_with_the_card_alone(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)
    answer = visitor.writes("板橋ですが、もう死にたいです", "sales_decline", "S4")

    assert answer.said == ["emergency", "crisis_afterwards"]
    assert answer.payloads == ["/handoff"]
    assert "yorisoi" in answer.desks
    assert answer.report["understood"]["kind"] == "crisis"
    assert answer.report["handoff"] == {"reason": "crisis"}


def test_after_a_crisis_the_business_can_go_on(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)
    visitor.writes("もう死にたいです", "crisis", "life")
    answer = visitor.writes("板橋区です", "inform")

    assert answer.desks == ["tokyo-cci-itabashi", "yorozu"]
    assert answer.report["handoff"] is None
    assert answer.report["slots"]["handoff"] == "crisis"


def test_despair_that_shows_through_business_gets_a_kind_word_once(visitor: Visitor) -> None:
    first = visitor.writes("もう疲れました。客が来ません", "sales_decline", "S4", worrying=True)
    second = visitor.writes("もう疲れました。客が来ません", "sales_decline", "S4", worrying=True)

    assert first.said[0] == "care"
    assert "care" not in second.said
    assert not first.report["slots"]["urgent"]


@pytest.mark.parametrize(
    ("payload", "first"),
    [('/inform{"state": "under_way"}', "mpd-cyber"), ('/inform{"state": "over"}', "ipa-org")],
)
def test_whether_it_goes_on_decides_between_first_aid_and_afterwards(
    visitor: Visitor, payload: str, first: str
) -> None:
    asked = visitor.writes("パソコンがおかしいです。ウイルスでしょうか", "cyber", "C1")
    answered = visitor.presses(payload)

    assert asked.said[-1] == "ask_state"
    assert visitor.slots["offered"][0] == first
    assert ("emergency" in answered.said) is (first == "mpd-cyber")


# Not understood, other subjects, small talk.


def test_after_three_misunderstandings_a_person_is_called(visitor: Visitor) -> None:
    answers = [visitor.is_not_understood("ほげ", "bcp", "cyber", "staffing") for _ in range(3)]

    assert [answer.said for answer in answers] == [["ask_back_two"], ["ask_back_all"], ["ask_back_person"]]
    assert answers[0].payloads == ["/bcp", "/cyber", "/dont_know", "/handoff"]
    assert [answer.report["handoff"] for answer in answers] == [None, None, {"reason": "not_understood"}]
    assert answers[2].desks == ["kosha"]


def test_one_message_that_is_understood_starts_the_count_again(visitor: Visitor) -> None:
    visitor.is_not_understood("ほげ", "bcp", "cyber")
    visitor.writes(*NO_CUSTOMERS)
    visitor.presses("/decline_to_say")

    assert visitor.is_not_understood("ほげ", "bcp", "cyber").said == ["ask_back_two"]


def test_a_message_that_is_not_understood_while_a_question_is_open_puts_it_again(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)

    assert visitor.is_not_understood("ほげ").said == ["ask_place_again"]


def test_what_is_no_business_of_ours_is_turned_down_with_the_topics(visitor: Visitor) -> None:
    answer = visitor.writes("今日の天気は", "out_of_scope")

    assert answer.said == ["out_of_scope"]
    assert "/sales_decline" in answer.payloads


def test_a_neighbouring_topic_gets_its_own_desk_and_the_case_stays(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)
    other = visitor.writes("税金のことも聞きたい", "neighbour", "tax")
    answer = visitor.writes("板橋です", "inform")

    assert other.said == ["neighbour", "ask_place_also"]
    assert other.desks[0] == "zeimusho"
    assert troubles(visitor) == [("sales_decline", "S4")]
    assert answer.desks == ["tokyo-cci-itabashi", "yorozu"]


@pytest.mark.parametrize(
    "intent", ["greet", "goodbye", "thank", "bot_challenge", "ask_about_bot", "insult", "apologise_or_chat"]
)
def test_small_talk_is_answered_and_the_open_question_put_again(visitor: Visitor, intent: str) -> None:
    before = visitor.writes("はい", intent)
    visitor.writes(*NO_CUSTOMERS)
    during = visitor.writes("はい", intent)

    assert before.said == [intent]
    assert during.said == [intent, "ask_place"]
    assert troubles(visitor) == [("sales_decline", "S4")]


# A person, start again, say again, nothing to say.


def test_a_person_is_called_when_asked_for_with_a_number_that_answers_today(visitor: Visitor) -> None:
    answer = visitor.presses("/handoff")

    assert answer.said == ["handoff"]
    assert answer.desks == ["kosha"]
    assert answer.report["handoff"] == {"reason": "requested"}
    assert answer.report["understood"]["kind"] == "handoff"


def test_the_desks_already_offered_stay_offered_when_a_person_is_called(visitor: Visitor) -> None:
    visitor.writes("板橋で食堂をやっています。客が来ません", "sales_decline", "S4")
    answer = visitor.presses("/handoff")

    assert answer.desks == ["tokyo-cci-itabashi", "yorozu"]


def test_starting_again_forgets_the_case_but_not_that_a_person_was_called(visitor: Visitor) -> None:
    visitor.writes("板橋で食堂をやっています。客が来ません", "sales_decline", "S4")
    visitor.presses("/handoff")
    answer = visitor.presses("/start_again")

    assert answer.said == ["restart", "ask_topic"]
    assert visitor.slots["offered"] == []
    assert (kept(visitor)["troubles"], kept(visitor)["place"]) == ([], None)
    assert answer.report["slots"]["handoff"] == "requested"


def test_saying_again_repeats_the_desks_or_the_question(visitor: Visitor) -> None:
    nothing = visitor.presses("/repeat")
    visitor.writes(*NO_CUSTOMERS)
    question = visitor.presses("/repeat")
    visitor.writes("板橋です", "inform")
    desks = visitor.presses("/repeat")

    assert nothing.said == ["ask_topic"]
    assert question.said == ["ask_place"]
    assert desks.said[0] == "referral"
    assert desks.desks == ["tokyo-cci-itabashi", "yorozu"]


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
