"""Small talk, silence, what was not understood, start again, say again."""

import pytest

from tests.actions.messages import NO_CUSTOMERS, NO_CUSTOMERS_IN_ITABASHI, RANSOM, UNPAID, UNPAID_IN_ITABASHI
from tests.actions.visitor import Visitor

SMALL_TALK = (
    "greet", "goodbye", "thank", "bot_challenge", "ask_about_bot", "insult", "apologise_or_chat", "ask_maker",
    "ask_safe", "ask_free", "wait",
)  # fmt: skip


@pytest.mark.parametrize("intent", [intent for intent in SMALL_TALK if intent != "wait"])
def test_small_talk_is_answered_and_the_open_question_put_again(visitor: Visitor, intent: str) -> None:
    before = visitor.writes("はい", intent)
    visitor.writes(*NO_CUSTOMERS)
    during = visitor.writes("はい", intent)

    assert before.said == [intent]
    assert during.said == [intent, "ask_place"]
    assert visitor.troubles == [("sales_decline", "S4")]


def test_who_asks_for_time_is_not_asked_again_at_once(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)
    answer = visitor.writes("ちょっと待って", "wait")

    assert answer.said == ["wait"]
    assert visitor.writes("板橋区です", "inform").desks == ["tokyo-cci-itabashi", "yorozu"]


def test_who_comes_back_with_the_answer_is_heard(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)
    answer = visitor.writes("お待たせしました。板橋区です", "apologise_or_chat")

    assert answer.desks == ["tokyo-cci-itabashi", "yorozu"]


@pytest.mark.parametrize("intent", SMALL_TALK)
def test_small_talk_leaves_the_desks_as_they_are(visitor: Visitor, intent: str) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    answer = visitor.writes("はい", intent)

    assert answer.said == [intent]
    assert answer.report["referral"] is None
    assert visitor.offered == ["tokyo-cci-itabashi", "yorozu"]


@pytest.mark.parametrize(
    ("text", "intent", "told"),
    [
        ("誰が作ったの?", "ask_maker", "Madoguchi"),
        ("個人情報は大丈夫?", "ask_safe", "パスワードは書かないでください"),
        ("お金かかる?", "ask_free", "このチャットは無料です"),
        ("ちょっと待って", "wait", "お待ちしています"),
    ],
)
def test_who_made_it_whether_it_is_safe_and_free_and_that_it_waits_is_told(
    visitor: Visitor, text: str, intent: str, told: str
) -> None:
    assert told in visitor.writes(text, intent).text


# Silence.


@pytest.mark.parametrize("text", ["……", "。。。", "(無言)", "…", "???", "・・・", "沈黙", " "])
def test_silence_is_met_with_patience(visitor: Visitor, text: str) -> None:
    answer = visitor.is_not_understood(text)

    assert answer.said == ["silence", "ask_topic"]


def test_no_silence_however_long_wears_out_our_patience(visitor: Visitor) -> None:
    answers = [visitor.is_not_understood("……") for _ in range(5)]

    assert {answer.said[0] for answer in answers} == {"silence"}
    assert visitor.slots["misunderstood"] == 0
    assert visitor.slots["handoff"] is None


def test_silence_in_the_middle_of_a_question_puts_it_again_in_the_same_words(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)

    assert visitor.is_not_understood("……").said == ["silence", "ask_place"]
    assert visitor.slots["consultation"]["asked"] == ["place"]


@pytest.mark.parametrize("text", ["あ", "1", "無言電話", "(笑)"])
def test_a_word_however_short_is_no_silence(visitor: Visitor, text: str) -> None:
    assert "silence" not in visitor.is_not_understood(text).said


# Not understood.


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


def test_an_answer_from_the_tables_starts_the_count_again(visitor: Visitor) -> None:
    visitor.is_not_understood("ほげ", "bcp", "cyber")
    visitor.is_not_understood("IT導入補助金って何?")

    assert visitor.slots["misunderstood"] == 0


def test_a_message_that_is_not_understood_while_a_question_is_open_puts_it_again(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS)

    assert visitor.is_not_understood("ほげ").said == ["ask_place_again"]


def test_what_is_no_business_of_ours_is_turned_down_with_the_topics(visitor: Visitor) -> None:
    answer = visitor.writes("今日の天気は", "out_of_scope")

    assert answer.said == ["out_of_scope"]
    assert "/sales_decline" in answer.payloads


@pytest.mark.parametrize(
    ("before", "said"),
    [(NO_CUSTOMERS, ["no_desk_yet", "ask_place_again"]), (UNPAID, ["ask_the_desk", "ask_party"])],
)
@pytest.mark.parametrize(
    "text", ["猫は飼えますか?", "それは本当ですか", "ほかの人はどうしているんでしょうか"]
)
def test_a_question_we_cannot_answer_gets_a_sentence_before_ours_is_put_again(
    visitor: Visitor, before: tuple[str, str, str], said: list[str], text: str
) -> None:
    visitor.writes(*before)

    assert visitor.is_not_understood(text).said == said


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize(
    "text", ["Can I speak to someone in English?", "Xin chào tôi cần giúp đỡ", "Мне нужна помощь с бизнесом"]
)
def test_foreign_text_is_met_with_the_desk_for_foreigners(visitor: Visitor, text: str, asked: bool) -> None:
    if asked:
        visitor.writes(*NO_CUSTOMERS)
    answers = [visitor.is_not_understood(text) for _ in range(4)]

    assert {tuple(answer.said) for answer in answers} == {("not_japanese",)}
    assert answers[0].desks == ["fresc"]
    assert answers[0].payloads == ["/speak_plainly", "/handoff"]
    assert visitor.slots["handoff"] is None


@pytest.mark.parametrize(
    "text", ["OK", "hello", "IT", "BCP ISO 認証", "Windows Update のエラー", "03-3251-7881"]
)
def test_a_foreign_word_or_two_are_no_foreign_text(visitor: Visitor, text: str) -> None:
    assert "not_japanese" not in visitor.is_not_understood(text).said


def test_who_wants_nothing_more_after_the_desks_is_bidden_goodbye(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    answer = visitor.writes("いいです", "deny")

    assert answer.said == ["goodbye"]
    assert visitor.offered == ["tokyo-cci-itabashi", "yorozu"]


def test_a_no_to_an_open_question_is_its_answer_and_no_goodbye(visitor: Visitor) -> None:
    visitor.writes(*UNPAID_IN_ITABASHI)

    assert visitor.writes("いいえ", "deny").said == ["referral_same", "after_referral"]


# Start again, say again.


def test_starting_again_forgets_the_case_but_not_that_a_person_was_called(visitor: Visitor) -> None:
    visitor.writes(*NO_CUSTOMERS_IN_ITABASHI)
    visitor.presses("/handoff")
    answer = visitor.presses("/start_again")

    assert answer.said == ["restart", "ask_topic"]
    assert visitor.offered == []
    assert (visitor.troubles, visitor.slots["consultation"]["place"]) == ([], None)
    assert answer.report["slots"]["handoff"] == "requested"


def test_starting_again_forgets_the_desk_spoken_of_and_the_step_read(visitor: Visitor) -> None:
    visitor.writes(*RANSOM)
    visitor.is_not_understood("次は?")
    visitor.is_not_understood("中央会の電話は?")
    visitor.presses("/start_again")

    assert visitor.writes("電話は?", "ask_phone").said == ["no_desk_yet", "ask_topic"]
    assert "next_step" not in visitor.is_not_understood("次は?").said


def test_starting_again_forgets_the_programmes_that_were_shown(visitor: Visitor) -> None:
    visitor.is_not_understood("IT導入補助金って何?")
    visitor.presses("/start_again")

    assert visitor.slots["programmes"] == []


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
