"""Hear a trouble, or an answer to our question, and go on: emergency card, desks, next question."""

import re
from dataclasses import replace

from actions.action import TurnAction
from actions.reference import ADVICE_ONLY, guide_buttons, tell
from actions.turn import Turn
from knowledge import consultation as case
from knowledge.calendar import opening
from knowledge.cards import asked_in, card_text, cards
from knowledge.circumstances import joined
from knowledge.consultation import Advice, Consultation, Trouble, advise
from knowledge.desks import Desk, find_desk
from knowledge.opening import opening_now
from knowledge.places import AREAS, OUTSIDE, Place
from knowledge.programmes import named_in
from knowledge.referral import GENERAL_DESKS, Referral, refer_all
from knowledge.topics import Topic, card_of, sub_topics, topic_text
from knowledge.urgency import CRISES, CUSTOMER_BANKRUPT, INSOLVENCY, is_over

REFUSALS = frozenset({"decline_to_say", "dont_know", "deny"})
# 「人手も」 adds; 「でも」「払ってもらえない」「募集しても」「もう」「かも」 do not.
ADDS = re.compile(
    r"(?<![でとてか])(?<!うち)(?<!私)(?<!当社)も(?!う|の|と|し[もか]|ら[いうえおっ])|あと|それと|それから|(ほか|他)に|加えて|さらに|ついでに|もう(一|ひと)つ"
)
CORRECTS = re.compile(r"(じゃ|では)なく|違(う|い|って)|ちが(う|い|って)|間違|やっぱり|訂正")
SHORT_ANSWER = 20  # characters
PARTIES = frozenset().union(*case.ANSWERS[case.PARTY])
CARE = "care"
POLICE = "police-110"
MOST_GIVEN = 2  # times the same card is read out; then a reminder is enough
LISTENER = "kokoro-inochi-sos"
CARDS_THAT_ROUTE = frozenset({INSOLVENCY, CUSTOMER_BANKRUPT, "loan_shark"})
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
            tell(turn)
            _say_neighbour(turn)
        else:
            before = turn.consultation
            turn.consultation = hear(turn)
            _show_care(turn)
            _give_card(turn)
            was_told = not turn.understood["card"] and tell(
                turn
            )  # nothing stands between a card and its desks
            if was_told and not _tells_new(turn.consultation, before):
                turn.consultation = before  # a question is no answer: ours stays open
                return_to_question(turn)
            else:
                go_on(turn, before)


def hear(turn: Turn) -> Consultation:
    """The case with this message taken in: troubles, place, circumstances, and the answer to what was asked."""
    known = turn.consultation
    answered = _calmed(_answer(known, turn), turn)
    heard = turn.circumstances | ({turn.understood["card"]} & CARDS_THAT_ROUTE)
    place = _confirmed(answered, turn) or _place(turn) or answered.place
    return replace(
        answered,
        troubles=_troubles(answered, turn),
        place=place,
        circumstances=joined(answered.circumstances, heard),
        settled=answered.settled | ({case.PARTY} if heard & PARTIES else set()),
        asking="",
    )


def _place(turn: Turn) -> Place | None:
    """A place that was told: by name, or by a button for a whole area."""
    area = turn.told.get("area")
    if area == OUTSIDE:
        return Place(OUTSIDE, may_be_outside=True)
    if area in AREAS:
        return Place(area, area=AREAS[area])
    return turn.place


def _confirmed(known: Consultation, turn: Turn) -> Place | None:
    """「東京です」 after 「府中は、どちらですか」."""
    place = known.place
    is_asked = known.asking == case.PLACE and place is not None and place.may_be_outside
    is_other = turn.place is not None and place is not None and turn.place.name != place.name
    if is_asked and place and not is_other and (_says_tokyo(turn) or _insists(place, turn)):
        return replace(place, may_be_outside=False)
    return None


def _says_tokyo(turn: Turn) -> bool:
    return "東京" in turn.text or "都内" in turn.text


def _insists(place: Place, turn: Turn) -> bool:
    """「だから日本橋だってば」: who says it twice means the one in Tokyo, whom we serve."""
    return len(place.municipalities) == 1 and turn.place is not None and turn.place.name == place.name


def _answer(known: Consultation, turn: Turn) -> Consultation:
    """Settle the open question if this message answers or refuses it."""
    asking = known.asking
    if turn.intent in REFUSALS and asking in (case.PLACE, case.STATE, case.PARTY):
        return replace(known, settled=known.settled | {asking})
    if _tells_state(known, turn):
        return _with_state(known, turn)
    if turn.told.get("party"):
        told = joined(known.circumstances, frozenset({turn.told["party"]}) & PARTIES)
        return replace(known, circumstances=told, settled=known.settled | {case.PARTY})
    return known


def _calmed(known: Consultation, turn: Turn) -> Consultation:
    """「もう収まっています」, asked or not: it burns no longer, and need not be asked."""
    if turn.is_button or turn.understood["urgent"] or not is_over(turn.text) or _GOES_ON.search(turn.text):
        return known
    troubles = tuple(replace(trouble, urgent=False) for trouble in known.troubles)
    return replace(known, troubles=troubles, settled=known.settled | {case.STATE})


_OVER = re.compile(r"収ま|おさま|終わ|済|昨日|先週|先月|復旧|止まった|止まりました|大丈夫")
_GOES_ON = re.compile(
    r"続(い|き)|(今|いま)も|まだ|大丈夫(じゃ|では)|(収ま|おさま|治ま|終わ|止ま|解決し|復旧し|復旧でき|済ん)(ら|って|て|で)?い?(な[いく]|ません)"
)
# Unasked, only what can mean nothing else is a correction.
_CORRECTED_STATE = re.compile(
    r"続いて|(収ま|おさま|終わ|止ま)(った|って|り|ら)|(まだ|今も)(出|動|消え|起き|止|収|終)"
)


def _tells_state(known: Consultation, turn: Turn) -> bool:
    """Whether it goes on: the answer to our question, or a correction of that answer."""
    if case.STATE not in known.asked:
        return False
    if turn.told.get("state"):
        return True
    if known.asking == case.STATE:
        says_so = bool(_OVER.search(turn.text) or _GOES_ON.search(turn.text))
        return says_so or (turn.intent in ("affirm", "inform") and turn.place is None)
    is_of_the_attack = all(trouble.topic == "cyber" for trouble in turn.troubles)
    return case.STATE in known.settled and is_of_the_attack and bool(_CORRECTED_STATE.search(turn.text))


def _with_state(known: Consultation, turn: Turn) -> Consultation:
    told = turn.told.get("state")
    is_over = told == "over" or (
        told is None and _OVER.search(turn.text) is not None and _GOES_ON.search(turn.text) is None
    )
    troubles = tuple(
        replace(trouble, urgent=not is_over) if trouble.topic == "cyber" else trouble
        for trouble in known.troubles
    )
    return replace(known, troubles=troubles, settled=known.settled | {case.STATE})


def _troubles(known: Consultation, turn: Turn) -> tuple[Trouble, ...]:
    """The troubles after this message: the first ones, a finer sub-topic, a second trouble, or a new subject."""
    told = tuple(trouble for trouble in turn.troubles if _is_told(trouble, known, turn))
    if not told or (_is_mere_answer(known, turn) and known.troubles):
        return known.troubles
    topics = {trouble.topic for trouble in known.troubles}
    new = tuple(trouble for trouble in told if trouble.topic not in topics)
    if not new:
        return tuple(_finer(trouble, told) for trouble in known.troubles)
    is_added = known.is_urgent or (ADDS.search(turn.text) is not None and CORRECTS.search(turn.text) is None)
    if is_added and known.troubles:  # what burns is never pushed out by a new subject
        return known.troubles[:1] + new[:1]
    return told


def _is_told(trouble: Trouble, known: Consultation, turn: Turn) -> bool:
    """Whether it is a trouble of our topics, and not only the sound of a question about a programme."""
    if not trouble.is_ours or (trouble.subtopic == ADVICE_ONLY and known.troubles):
        return False
    if turn.is_button or trouble.urgent:
        return True
    if known.troubles and asked_in(turn.text):  # a question that a guide answers is no new trouble
        return False
    named = named_in(turn.text)
    topics = {sub_topics()[code].topic for one in named for code in one.subtopics}
    return not named or Topic(trouble.topic) in topics


def _is_mere_answer(known: Consultation, turn: Turn) -> bool:
    """A detail we asked for, in words that happen to sound like a trouble (「町田で運送です」)."""
    if known.asking not in (case.PLACE, case.PARTY) or turn.understood["urgent"]:
        return False
    if known.asking == case.PARTY and (ADDS.search(turn.text) or CORRECTS.search(turn.text)):
        return False
    return len(turn.text) <= SHORT_ANSWER and (known.asking == case.PARTY or turn.place is not None)


def _finer(trouble: Trouble, told: tuple[Trouble, ...]) -> Trouble:
    same = next((other for other in told if other.topic == trouble.topic), trouble)
    is_finer = same.subtopic and not (trouble.subtopic and same.subtopic == ADVICE_ONLY)
    finer = same.subtopic if is_finer else trouble.subtopic
    return Trouble(trouble.topic, finer, trouble.urgent or same.urgent)


def _say_crisis(turn: Turn) -> None:
    """Nothing but the card: no business question while a life is in danger."""
    card = turn.understood["card"]
    turn.cards = list(dict.fromkeys([*turn.cards, card]))
    turn.say("utter_emergency", card=card_text(card, is_plain=turn.is_plain))
    turn.say(
        "utter_crisis_afterwards",
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
        turn.say("utter_crisis_again", number=_listener())
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
    """The emergency card before anything else; once in a conversation, then a reminder."""
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
    if turn.intent in REFUSALS and not turn.consultation.troubles:
        turn.say("utter_unsure", desks=turn.offer(NO_PLACE))
        turn.say("utter_anything_else")
        return
    if turn.offered and not turn.consultation.troubles:
        _stay_with_the_desks(turn)
        return
    if advice.referral:
        _say_referral(turn, advice, before)
    if advice.question:
        put(turn, advice.question)
    elif advice.referral:
        return_to_question(turn, otherwise="utter_after_referral")


def _stay_with_the_desks(turn: Turn) -> None:
    """A detail told after a neighbour's desk or a crisis: no reason to start from the beginning."""
    if set(CRISES) & set(turn.cards):
        turn.say("utter_crisis_again", number=_listener())
    else:
        turn.say("utter_referral_same", heard="")
        turn.say("utter_anything_else")


def _listener() -> str:
    return find_desk(LISTENER).phones[0].number


def _say_referral(turn: Turn, advice: Advice, before: Consultation) -> None:
    referral = advice.referral
    assert referral is not None
    now = turn.consultation
    tells_new = _tells_new(now, before)
    if turn.offered and turn.offered == turn.shown(referral):
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
    _say_if_closed(turn, find_desk(referral.first))


def _tells_new(now: Consultation, before: Consultation) -> bool:
    known = (before.troubles, before.place, before.circumstances, before.settled)
    return (now.troubles, now.place, now.circumstances, now.settled) != known


def _say_if_closed(turn: Turn, desk: Desk) -> None:
    """Outside its hours: when the first desk opens, and what can be done until then."""
    if not desk.hours or opening(desk.hours, turn.now).is_open:
        return
    when = opening_now(desk.hours, turn.now, say=turn.worded)
    turn.say("utter_closed_now", name=desk.short_name or desk.name, when=when)
    if turn.consultation.is_urgent:
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
    return turn.worded(case.HEARD).format(where=where, what=what)


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
        turn.say(f"utter_ask_{question}")
    if not is_interrupted:  # only a question that was answered past counts as put again
        turn.ask(question)


def _choices(place: Place) -> list[dict[str, str]]:
    names = [municipality.name for municipality in place.municipalities]
    buttons = [{"title": name, "payload": f'/inform{{"place_name": "{name}"}}'} for name in names]
    if place.may_be_outside:
        buttons.append({"title": "東京の外", "payload": f'/inform{{"area": "{OUTSIDE}"}}'})
    return [*buttons, {"title": "言いたくない", "payload": "/decline_to_say"}]
