"""Everything that is neither trouble nor desk: small talk, start again, say again, not understood."""

import re
from dataclasses import replace

from actions.action import TurnAction
from actions.handoff import GENERAL
from actions.hearing import hear
from actions.reference import fitting_programmes, offer_desks, say_guide, say_list, tell, tell_time
from actions.triage import go_on, put, return_to_question
from actions.turn import Turn
from knowledge.cards import guides
from knowledge.consultation import TOPIC
from knowledge.programmes import programmes
from knowledge.text import normalise

FOREIGN_DESK = "fresc"
QUESTION = re.compile(r"(か|の|かな|かね|は)?[??]\s*$|(ですか|ますか|でしょうか|教えて(ください)?)[。]?\s*$")
FRAGMENT = 3  # characters: 「1」 or 「あ」 in the middle of a question is no new subject
POSSIBLE = 0.1
TOPIC_BUTTONS = {
    "sales_decline": "売上が減った",
    "staffing": "人手が足りない",
    "bcp": "災害・BCPの備え",
    "cyber": "サイバー被害・対策",
    "subcontract": "取引先とのトラブル",
}


class ActionTalk(TurnAction):
    """Answer small talk, then return to the question that stands open."""

    def name(self) -> str:
        return "action_talk"

    def answer(self, turn: Turn) -> None:
        if turn.place and (turn.consultation.troubles or turn.consultation.asking):
            _take_as_answer(turn)  # 「お待たせ。武蔵境です」
            return
        if tell(turn):
            return_to_question(turn)
            return
        turn.say(f"utter_{turn.intent}")
        is_busy = turn.intent == "wait"  # who asks for time is not asked again at once
        if turn.consultation.asking and turn.consultation.asking != TOPIC and not is_busy:
            put(turn, turn.consultation.asking)


class ActionSpeak(TurnAction):
    """やさしい日本語 on request, and back; what was said last is said again in the new way."""

    def name(self) -> str:
        return "action_speak"

    def answer(self, turn: Turn) -> None:
        turn.misunderstood = 0
        turn.is_plain = turn.intent == "speak_plainly"
        turn.say(f"utter_{turn.intent}")
        say_again(turn)


class ActionReference(TurnAction):
    """The programmes for the trouble at hand, or a guide: asked for with a button."""

    def name(self) -> str:
        return "action_reference"

    def answer(self, turn: Turn) -> None:
        turn.misunderstood = 0
        if turn.told.get("guide") in guides():
            say_guide(turn, guides()[turn.told["guide"]])
        elif found := fitting_programmes(turn):
            say_list(turn, found)
        elif turn.offered or turn.consultation.troubles:
            turn.say("utter_no_programme")
        else:
            turn.say("utter_programme_which")
        return_to_question(turn)


class ActionAskBack(TurnAction):
    """Not understood: the two likeliest topics, then all topics, then a person."""

    def name(self) -> str:
        return "action_ask_back"

    def answer(self, turn: Turn) -> None:
        if turn.place or (turn.consultation.asking and turn.circumstances):
            _take_as_answer(turn)
            return
        if tell(turn):
            turn.misunderstood = 0
            offer_desks(turn, [programmes()[one] for one in turn.programmes])
            return_to_question(turn)
            return
        if turn.offered and tell_time(turn):
            turn.misunderstood = 0
            return_to_question(turn)
            return
        if is_silence(turn.text):
            turn.say("utter_silence")
            return_to_question(turn)
            return
        if is_foreign(turn.text):
            turn.say("utter_not_japanese", desks=[FOREIGN_DESK])
            return
        turn.misunderstood += 1
        if turn.misunderstood >= 3:
            turn.call_person("not_understood")
            turn.say("utter_ask_back_person", desks=turn.offered or turn.offer(GENERAL))
        elif turn.intent == "out_of_scope" and len(turn.text) > FRAGMENT:
            turn.say("utter_out_of_scope")
        elif turn.consultation.asking and turn.consultation.asking != TOPIC:
            if QUESTION.search(turn.text):
                turn.say("utter_ask_the_desk" if turn.offered else "utter_no_desk_yet")
            put(turn, turn.consultation.asking)
        elif turn.misunderstood == 1 and len(likeliest := _likeliest(turn)) == 2:
            turn.say("utter_ask_back_two", buttons=_as_buttons(likeliest))
        else:
            turn.say("utter_ask_back_all")


def is_foreign(text: str) -> bool:
    """Several words, and not one Japanese character among them."""
    words = normalise(text)
    return re.search(r"[ぁ-んァ-ヶ一-龠]", words) is None and len(re.findall(r"[^\W\d_]{2,}", words)) >= 3


def is_silence(text: str) -> bool:
    """「……」, 「。。。」, 「(無言)」: nothing that can be read, and no reason to lose patience."""
    return re.fullmatch(r"[\W_]*(無言|むごん|沈黙)?[\W_]*", normalise(text)) is not None


def _take_as_answer(turn: Turn) -> None:
    before = turn.consultation
    turn.misunderstood = 0
    turn.consultation = replace(hear(turn), troubles=before.troubles)
    tell(turn)
    go_on(turn, before)


def _likeliest(turn: Turn) -> list[str]:
    """The two topics that may be meant; fewer when the message points nowhere."""
    topics = [choice for choice in turn.ranking if choice["name"] in TOPIC_BUTTONS]
    return [choice["name"] for choice in topics[:2] if choice["confidence"] >= POSSIBLE]


def _as_buttons(topics: list[str]) -> list[dict[str, str]]:
    buttons = [{"title": TOPIC_BUTTONS[topic], "payload": f"/{topic}"} for topic in topics]
    return [
        *buttons,
        {"title": "どちらでもない", "payload": "/dont_know"},
        {"title": "人と話したい", "payload": "/handoff"},
    ]


class ActionStartAgain(TurnAction):
    """Forget the case and ask from the beginning."""

    def name(self) -> str:
        return "action_start_again"

    def answer(self, turn: Turn) -> None:
        turn.forget()
        turn.misunderstood = 0
        turn.say("utter_restart")
        put(turn, TOPIC)


class ActionRepeat(TurnAction):
    """Say the last thing again: the desks, or the question."""

    def name(self) -> str:
        return "action_repeat"

    def answer(self, turn: Turn) -> None:
        say_again(turn)


def say_again(turn: Turn) -> None:
    """The desks that stand offered, and the question that stands open."""
    if turn.offered:
        turn.say(
            "utter_other_desks" if not turn.reason else "utter_referral",
            heard="",
            reason=turn.worded(turn.reason),
            desks=turn.offered,
        )
    return_to_question(turn)
