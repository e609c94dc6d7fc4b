"""Answer what is asked about the desk that was offered, or offer the next one."""

import re

from actions.action import TurnAction
from actions.reference import tell, tell_detail, tell_new_name, tell_programmes
from actions.triage import put, return_to_question
from actions.turn import Turn
from knowledge.consultation import BUSINESS, DOES_BUSINESS, TOPIC, advise
from knowledge.desks import desk_named_in, find_desk
from knowledge.details import Asked, detail_text, is_known
from knowledge.referral import GENERAL_DESKS, what_would_change
from knowledge.topics import sub_topics

NOT_OWNERS = frozenset({"worker", "consumer"})  # no news to an owner
MOST_CHANGES = 3  # more would be read by nobody
_DOUBT = re.compile(r"(じゃ|では)(ない|なく|なくて)(の|ん|です)|(じゃ|では)(だめ|駄目)")


class ActionDeskDetail(TurnAction):
    """Telephone, hours, cost, booking, place, reason, what to bring, secrecy, language, what it does."""

    def name(self) -> str:
        return "action_desk_detail"

    def answer(self, turn: Turn) -> None:
        turn.misunderstood = 0
        tell_new_name(turn)
        desks = [find_desk(desk) for desk in _spoken_of(turn)]
        asked = Asked(turn.intent, turn.text, turn.worded(turn.reason), turn.now, is_plain=turn.is_plain)
        is_told = not _is_doubted(turn) and (
            _is_of_the_programme(turn) or tell(turn, is_known=is_known(asked, desks))
        )
        if is_told:
            return_to_question(turn)
            return
        if not desks:
            _ask_on(turn)
            return
        turn.say("utter_desk_detail", detail=detail_text(asked, desks))
        if turn.intent == "ask_phone" and not any(desk.phones for desk in desks):
            turn.say("utter_general_phone", number=find_desk(GENERAL_DESKS[0]).phones[0].number)
        if turn.intent == "ask_why":
            _say_what_would_change(turn)
        return_to_question(turn)


def _spoken_of(turn: Turn) -> list[str]:
    """The desk called by its name, now or just before; else the desks that are offered."""
    if _is_doubted(turn):
        return turn.offered
    named = None if turn.is_button else desk_named_in(turn.text, before=[*turn.offered, *turn.more])
    if named:
        turn.spoken_of = named.id
    return [turn.spoken_of] if turn.spoken_of else turn.offered


def _is_doubted(turn: Turn) -> bool:
    """「かけこみ寺と聞いたけど、そっちじゃないの」 asks why it is the desk that was offered."""
    return turn.intent == "ask_why" and bool(turn.offered) and _DOUBT.search(turn.text) is not None


class ActionWhatToSay(TurnAction):
    """A sentence to begin the call with, made of what has been told."""

    def name(self) -> str:
        return "action_what_to_say"

    def answer(self, turn: Turn) -> None:
        turn.misunderstood = 0
        if tell(turn):
            return_to_question(turn)
            return
        if not turn.offered:
            _ask_on(turn)
            return
        named = desk_named_in(turn.text, before=[*turn.offered, *turn.more]) or find_desk(turn.offered[0])
        if named.say:
            turn.say("utter_desk_detail", detail=f"【{named.name}】\n{turn.worded(named.say)}")
            return_to_question(turn)
            return
        place = turn.consultation.place
        is_known = place and place.is_certain and not place.is_outside
        where = turn.worded(DOES_BUSINESS).format(place=place.name) if place and is_known else ""
        fine = [sub_topics().get(trouble.subtopic) for trouble in turn.consultation.troubles]
        about = "と、".join(turn.worded(one.name) for one in fine if one) or turn.worded(BUSINESS)
        turn.say("utter_what_to_say", where=where, about=about)
        return_to_question(turn)


class ActionOtherDesks(TurnAction):
    """The desks after the ones already offered; at the end the general ones."""

    def name(self) -> str:
        return "action_other_desks"

    def answer(self, turn: Turn) -> None:
        turn.misunderstood = 0
        if not turn.offered:
            _ask_on(turn)
        elif turn.more:
            turn.say("utter_other_desks", desks=turn.offer_more(turn.more))
            turn.say("utter_anything_else")
        else:
            general = [desk for desk in GENERAL_DESKS if desk not in turn.offered]
            turn.say("utter_no_other_desk", desks=turn.offer_more(general) if general else turn.offered)
            turn.say("utter_anything_else")


def _is_of_the_programme(turn: Turn) -> bool:
    """「補助金はいくら出るの?」「締切は?」 is no question about the desk's fee and hours."""
    return turn.intent in ("ask_cost", "ask_hours") and (tell_detail(turn) or tell_programmes(turn))


def _ask_on(turn: Turn) -> None:
    """No desk has been offered yet: the question that leads to one."""
    turn.say("utter_ask_free" if turn.intent == "ask_cost" else "utter_no_desk_yet")
    put(turn, turn.consultation.asking or advise(turn.consultation).question or TOPIC)


def _say_what_would_change(turn: Turn) -> None:
    """What the visitor has not told and what would lead elsewhere, computed from the table."""
    changes = [
        change
        for case in turn.consultation.cases()
        for change in what_would_change(case)
        if change.circumstance.word not in NOT_OWNERS
    ]
    lines = dict.fromkeys(
        f"・{turn.worded(change.circumstance.phrase)} → {find_desk(change.referral.first).name}"
        for change in changes
        if change.referral.first not in turn.offered
    )
    if lines:
        turn.say("utter_what_would_change", changes="\n".join(list(lines)[:MOST_CHANGES]))
