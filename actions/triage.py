"""Hear a trouble, or an answer to our question, and go on: emergency card, desks, next question."""

from dataclasses import replace

from actions.action import TurnAction
from actions.hearing import REFUSALS, hear, is_about_programme
from actions.reference import guide_buttons, say_calm_guide, tell
from actions.turn import Turn
from knowledge import consultation as case
from knowledge.calendar import opening
from knowledge.cards import card_text, cards
from knowledge.consultation import Advice, Consultation, advise
from knowledge.desks import find_desk
from knowledge.opening import opening_now
from knowledge.places import OUTSIDE, Place
from knowledge.referral import GENERAL_DESKS, Referral, refer_all
from knowledge.topics import Topic, card_of, topic_text
from knowledge.urgency import CRISES, LIFE

CARE = "care"
POLICE = "police-110"
MOST_GIVEN = 2  # times the same card is read out; then a reminder is enough
LISTENER = "kokoro-inochi-sos"
LONG_STORY = 80  # characters; who wrote so much wants to be heard before being sent on
NO_PLACE = Referral(GENERAL_DESKS, "困りごとの整理から、無料で手伝ってもらえるからです。", "general")


class ActionTriage(TurnAction):
    """Every message that carries a trouble, a detail or an answer."""

    def name(self) -> str:
        return "action_triage"

    def answer(self, turn: Turn) -> None:
        turn.misunderstood = 0
        if turn.understood["card"] in CRISES:
            _say_crisis(turn)
        elif turn.intent == "neighbour" and turn.troubles:
            if tell(turn) and is_about_programme(turn, turn.troubles[0]):
                return_to_question(turn)
            else:
                _say_neighbour(turn)
        else:
            before = turn.consultation
            turn.consultation = hear(turn)
            _show_care(turn)
            _give_card(turn)
            # Nothing stands between a card and its desks.
            was_told = not turn.understood["card"] and tell(turn)
            if was_told and not _tells_new(turn.consultation, before):
                turn.consultation = before  # a question is no answer: ours stays open
                return_to_question(turn)
            else:
                go_on(turn, before)


def _say_crisis(turn: Turn) -> None:
    """Nothing but the card: no business question while a life is in danger."""
    card = turn.understood["card"]
    turn.cards = list(dict.fromkeys([*turn.cards, card]))
    turn.say("utter_emergency", card=card_text(card, is_plain=turn.is_plain))
    turn.say(
        "utter_crisis_afterwards" if card == LIFE else "utter_danger_afterwards",
        desks=turn.offer(Referral(cards()[card].desks, cards()[card].headline, card)),
    )
    turn.consultation = replace(turn.consultation, asking="")
    turn.call_person("crisis")


def _say_neighbour(turn: Turn) -> None:
    """One sentence and the other desk; the case itself stays as it is."""
    trouble = turn.troubles[0]
    place = turn.place or turn.consultation.place
    referral = refer_all(Consultation(troubles=(trouble,), place=place, on=turn.now.date()).cases())
    turn.say("utter_neighbour", reason=turn.worded(referral.reason), desks=turn.offer(referral))
    return_to_question(turn, otherwise="utter_after_referral")


def return_to_question(turn: Turn, otherwise: str = "utter_anything_else") -> None:
    """A question that was interrupted is put again."""
    if turn.consultation.asking:
        put(turn, turn.consultation.asking)
    elif turn.cards and turn.cards[-1] in CRISES:
        _stay_with_the_crisis(turn)
    elif turn.offered:
        turn.say(otherwise, buttons=guide_buttons(turn) or None)
    else:
        put(turn, case.TOPIC)


def _show_care(turn: Turn) -> None:
    """Words that may hide despair: a kind sentence and a number, once, then the business goes on."""
    if turn.understood.get("worrying") and not turn.understood["card"] and CARE not in turn.cards:
        turn.cards = [*turn.cards, CARE]
        turn.say("utter_care", number=_listener())


def _give_card(turn: Turn) -> None:
    """The emergency card before anything else; twice in a conversation, then a reminder."""
    card = turn.understood["card"] or _card_of_answer(turn)
    if not card:
        return
    if turn.cards.count(card) >= MOST_GIVEN:
        turn.say("utter_emergency_given")
        return
    turn.cards = [*turn.cards, card]
    turn.say("utter_emergency", card=card_text(card, is_plain=turn.is_plain))


def _card_of_answer(turn: Turn) -> str:
    """「今も続いている」 was the answer: the card of the trouble we already know."""
    if case.STATE not in turn.consultation.settled:
        return ""
    urgent = [trouble for trouble in turn.consultation.troubles if trouble.urgent]
    card = card_of(urgent[0].subtopic) if urgent else ""
    return "" if card in turn.cards else card


def go_on(turn: Turn, before: Consultation) -> None:
    """Offer desks, ask, or both, as the case now stands."""
    advice = advise(turn.consultation)
    if turn.intent == "deny" and turn.offered and not before.asking:
        turn.say("utter_goodbye")
        return
    if turn.intent in REFUSALS and not turn.consultation.troubles:
        turn.say("utter_unsure", desks=turn.offer(NO_PLACE))
        turn.say("utter_anything_else")
        return
    if turn.offered and not turn.consultation.troubles:
        _stay_with_the_desks(turn)
        return
    if advice.referral:
        _say_referral(turn, advice, before)
        if case.held_back(turn.consultation) == case.STATE:
            turn.say("utter_if_under_way")
    if advice.question:
        put(turn, advice.question)
    elif advice.referral:
        return_to_question(turn, otherwise="utter_after_referral")


def _stay_with_the_desks(turn: Turn) -> None:
    """A detail told after a neighbour's desk or a crisis: no reason to start from the beginning."""
    if set(CRISES) & set(turn.cards):
        _stay_with_the_crisis(turn)
    else:
        turn.say("utter_referral_same", heard="")
        turn.say("utter_anything_else")


def _stay_with_the_crisis(turn: Turn) -> None:
    """Despair needs a listener; a fire or a threat needs the steps and 119 or 110."""
    if LIFE in turn.cards:
        turn.say("utter_crisis_again", number=_listener())
    else:
        turn.say("utter_emergency_given")


def _listener() -> str:
    return find_desk(LISTENER).phones[0].number


def _say_referral(turn: Turn, advice: Advice, before: Consultation) -> None:
    referral = advice.referral
    assert referral is not None
    now = turn.consultation
    tells_new = _tells_new(now, before)
    if turn.offered and turn.offered == turn.shown(referral):
        if now.is_urgent and not turn.understood["card"]:  # else the card itself was just given
            turn.say("utter_emergency_given")
        is_unread = not tells_new and turn.text.rstrip().endswith(("?", "？", "か", "か。"))
        if is_unread:  # thanks would be no answer to a question
            turn.say("utter_ask_the_desk")
        else:
            turn.say("utter_referral_same", heard=_heard(turn) if tells_new else "")
        return
    was_offered = bool(turn.offered)
    turn.say(
        _wording(now, was_offered),
        heard=_heard(turn),
        reason=turn.worded(referral.reason),
        desks=turn.offer(referral),
    )
    if not was_offered and not now.is_urgent:
        turn.say("utter_caution")
    say_calm_guide(turn)
    _say_if_closed(turn)


def _tells_new(now: Consultation, before: Consultation) -> bool:
    known = (before.troubles, before.place, before.circumstances, before.settled)
    return (now.troubles, now.place, now.circumstances, now.settled) != known


def _say_if_closed(turn: Turn) -> None:
    """Outside its hours: when the first desk opens, and what can be done until then.

    In an attack every desk that is shown counts: who is called in vain loses an hour. In a
    disaster nothing is said of office hours.
    """
    burning = {trouble.topic for trouble in turn.consultation.troubles if trouble.urgent}
    if "bcp" in burning:
        return
    shown = [find_desk(desk) for desk in turn.offered[: None if "cyber" in burning else 1]]
    closed = [desk for desk in shown if desk.main_hours and not opening(desk.main_hours, turn.now).is_open]
    if not closed:
        return
    desk = closed[0]
    when = opening_now(desk.main_hours, turn.now, say=turn.worded)
    turn.say("utter_closed_now", name=desk.short_name or desk.name, when=when)
    if "cyber" in burning:
        turn.say("utter_meanwhile_urgent", number=find_desk(POLICE).phones[0].number)
    elif desk.mail:
        turn.say("utter_meanwhile_mail", mail=desk.mail)
    elif desk.online:
        turn.say("utter_meanwhile_online", online=turn.worded(desk.online))
    elif desk.bring:
        turn.say("utter_meanwhile_bring", bring=turn.worded(desk.bring))
    else:
        turn.say("utter_meanwhile_note")


def _wording(consultation: Consultation, was_offered: bool) -> str:
    if was_offered:
        return "utter_referral_again"
    is_withheld = case.PLACE in consultation.settled and consultation.place is None
    return "utter_referral_without_place" if is_withheld else "utter_referral"


def _heard(turn: Turn) -> str:
    """What was understood, so that a mistake can be seen: 「板橋区の、採用のご相談ですね。」"""
    place = turn.consultation.place
    where = f"東京都{place.municipality.name}の、" if place and place.municipality else ""
    where = where or (f"{place.name}の、" if place and place.is_certain else "")
    what = "と、".join(
        topic_text(Topic(trouble.topic), trouble.subtopic, is_plain=turn.is_plain)
        for trouble in turn.consultation.troubles
    )
    is_first_story = len(turn.text) >= LONG_STORY and not turn.offered and not turn.consultation.is_urgent
    thanks = turn.worded(case.THANKS) if is_first_story else ""
    return thanks + turn.worded(case.HEARD).format(where=where, what=what)


def put(turn: Turn, question: str) -> None:
    """Put a question, worded for how often it was put and for what is already known."""
    is_interrupted = turn.consultation.asking == question and not turn.misunderstood
    repeated = question in turn.consultation.asked and not is_interrupted
    place = turn.consultation.place
    if question == case.PLACE and place and place.municipalities:
        turn.say("utter_ask_which_place", name=place.name, buttons=_choices(place))
    elif question == case.PLACE and place and place.area:
        turn.say("utter_ask_place_more", area=place.name)
    elif question == case.PLACE and repeated:
        turn.say("utter_ask_place_again")
    elif question == case.PLACE and turn.offered:
        turn.say("utter_ask_place_also")
    else:
        if question == case.TOPIC and turn.place and turn.place.is_certain:
            turn.say("utter_heard_place", place=turn.place.name)
        turn.say(f"utter_ask_{question}")
    if not is_interrupted:  # only a question that was answered past counts as put again
        turn.ask(question)


def _choices(place: Place) -> list[dict[str, str]]:
    names = [municipality.name for municipality in place.municipalities]
    buttons = [{"title": name, "payload": f'/inform{{"place_name": "{name}"}}'} for name in names]
    if place.area and place.municipalities:
        buttons.append(
            {
                "title": f"{place.area.value}のほかの市町村",
                "payload": f'/inform{{"area": "{place.area.value}"}}',
            }
        )
    if place.may_be_outside:
        buttons.append({"title": "東京の外", "payload": f'/inform{{"area": "{OUTSIDE}"}}'})
    return [*buttons, {"title": "言いたくない", "payload": "/decline_to_say"}]
