"""Answers from the tables to what an owner wants to know: guides, programmes, today's name of an old word."""

import re
from collections.abc import Sequence

from actions.turn import Turn
from knowledge.cards import Card, asked_in, cards, find_card, guide_text, guides
from knowledge.desks import desk_named_in, find_desk
from knowledge.details import Asked, detail_text
from knowledge.opening import opening_answer
from knowledge.programmes import (
    Programme,
    asks_for_all,
    asks_for_any,
    desks_of,
    fitting,
    measures_text,
    named_in,
    programme_detail,
    programme_line,
    programme_text,
    programmes,
)
from knowledge.referral import Referral
from knowledge.renames import renamed_in
from knowledge.text import normalise
from knowledge.topics import sub_topics
from knowledge.urgency import ATTACKS, CRISES

# Guides that say in general what the facts of a desk say of itself.
OF_DESKS = frozenset({"anonymous", "free_of_charge", "membership", "dispute_centre_limits"})
GUIDE_BUTTONS = {"evidence": "証拠の残し方", "leak_deadline": "報告の期限"}
CALM_GUIDES = {"B5": "disaster_order"}
PROGRAMMES = "programmes"  # the rule under which desks of programmes are reported
ADVICE_ONLY = "S7"  # asks what help there is: no trouble of its own beside one that is known
_NEXT = re.compile(
    r"^(じゃあ|では|で、|はい、?|した。?|やった。?|できた。?|ok、?)?"
    r"((その)?(次|あと|後|それから)(は何.{0,6}|は|の(手順|こと)?(は|を)?|に(何|なに).{0,6}|お願いします|をお願いします|どうする|何すれば.{0,4}|なにすれば.{0,4})?|(1|一|ひと)つずつ.{0,12}|順番に.{0,10}|順に.{0,10})[??。]*$"
)
_OTHERS = re.compile(r"元請|取引先|得意先|お?客|契約|社員|従業員")
_DONE = re.compile(
    r"((抜い|切っ|止め|閉じ|電話し|かけ|撮っ|変え|連絡し|知らせ|避難し|逃げ|でき|やっ|終わっ|言っ)(た|てあり(ます|る)|たよ|たで)"
    r"|(抜き|切り|止め|閉じ|電話し|かけ|撮り|変え|連絡し|知らせ|避難し|逃げ|でき|やり|終わり|言い)ました)[。!]*$"
)
# Cards whose steps one takes; the others tell whom to call.
DONE_STEP_BY_STEP = frozenset({*ATTACKS, "leak", "disaster"})
SHORT = 30  # characters
# What is asked of a desk that is called by its name.
_FACTS = {
    "ask_what": re.compile(r"って(何|なに)|とは(何|なに)?|どんな(ところ|所|窓口)|何をする"),
    "ask_phone": re.compile(r"電話|番号|連絡先|メール|tel", re.IGNORECASE),
    "ask_hours": re.compile(r"何時|受付時間|営業時間|今(やって|開い)|[土日]曜|祝日|夜(は|も|でも)|休み"),
    "ask_where": re.compile(r"住所|場所(は|を|って)|どこにあ(る|り)"),
    "ask_cost": re.compile(r"費用|料金|有料|無料|いくら"),
}
# 「相談はいくら?」「いつまでやってますか」 is asked of the desk, whatever programme was shown before.
OF_THE_DESK = re.compile(r"相談(料|は|の費用)|やって|開い|受付時間")


def tell_new_name(turn: Turn) -> None:
    """Say once that a name has changed: 下請法 is 取適法 today."""
    rename = renamed_in(turn.text, told=turn.told_names)
    if rename and not turn.is_button:
        turn.told_names = [*turn.told_names, rename.new]
        turn.say("utter_renamed", says=turn.worded(rename.says))


def tell(turn: Turn, *, is_known: bool = False) -> bool:
    """Answer from the tables if the message asks for something they hold; whether it did.

    ``is_known``: the facts of the desk answer it, so that a guide to the same question is not needed.
    """
    if turn.is_button:
        return False
    tell_new_name(turn)
    return (
        _tell_desk(turn) or tell_detail(turn) or tell_programmes(turn) or _tell_guide(turn, is_known=is_known)
    )


def offer_desks(turn: Turn, found: Sequence[Programme]) -> None:
    """Where nothing has been offered yet, the desks that know the programmes."""
    place = turn.consultation.place or turn.place
    desks = desks_of(found, place)
    if desks and not turn.offered:
        turn.say("utter_programme_desks", desks=turn.offer(Referral(tuple(desks), found[0].what, PROGRAMMES)))


def say_programmes(turn: Turn, found: Sequence[Programme]) -> None:
    """Each programme in a bubble of its own, and the warning that none is promised."""
    place = turn.consultation.place or turn.place
    for one in found:
        turn.say(
            "utter_programme", text=programme_text(one, now=turn.now, place=place, is_plain=turn.is_plain)
        )
    turn.say("utter_programme_caution")
    turn.programmes = [one.id for one in found]
    desks = desks_of(found, place)
    if desks and not turn.offered:  # 「電話は?」 is asked of them
        turn.spoken_of = desks[0]


def say_list(turn: Turn, found: Sequence[Programme]) -> None:
    """Several programmes in one bubble, short; each is told in full when it is named."""
    lines = [programme_line(one, is_plain=turn.is_plain) for one in found]
    turn.say("utter_programme_list", list="\n\n".join(lines))
    turn.say("utter_programme_caution")
    turn.programmes = [one.id for one in found]


def say_guide(turn: Turn, guide: Card) -> None:
    turn.say("utter_guide", text=guide_text(guide, today=turn.now.date(), is_plain=turn.is_plain))


def fitting_programmes(turn: Turn) -> list[Programme]:
    """The programmes for the troubles told so far, now or before."""
    codes = {trouble.subtopic for trouble in (*turn.consultation.troubles, *turn.troubles)}
    return fitting(codes - {ADVICE_ONLY}, turn.consultation.place or turn.place)


def say_calm_guide(turn: Turn) -> None:
    """What to do after a disaster, once, where nothing burns and the card would be too much."""
    for trouble in turn.consultation.troubles:
        guide = CALM_GUIDES.get(trouble.subtopic)
        if guide and not trouble.urgent and guide not in turn.cards:
            turn.cards = [*turn.cards, guide]
            say_guide(turn, guides()[guide])


def guide_buttons(turn: Turn) -> list[dict[str, str]]:
    """A button for each guide that helps with the trouble at hand."""
    codes = {trouble.subtopic for trouble in turn.consultation.troubles}
    return [
        {"title": title, "payload": f'/ask_guide{{"guide": "{guide}"}}'}
        for guide, title in GUIDE_BUTTONS.items()
        if set(find_card(guide).subtopics) & codes
    ]


def _tell_desk(turn: Turn) -> bool:
    """「中央会の電話は?」, whatever desks are offered; a long message tells of more than a number."""
    intents = [intent for intent, sign in _FACTS.items() if sign.search(turn.text)]
    desk = desk_named_in(turn.text, before=[*turn.offered, *turn.more]) if intents else None
    if desk is None or len(turn.text) > SHORT:
        return False
    for intent in intents:
        asked = Asked(intent, turn.text, "", turn.now, is_plain=turn.is_plain)
        turn.say("utter_desk_detail", detail=detail_text(asked, [desk]))
    turn.spoken_of = desk.id
    return True


def tell_step(turn: Turn) -> bool:
    """「次は?」, 「1つずつ教えて」 after an emergency card: its steps one by one."""
    given = [card for card in turn.cards if card in cards()]
    card_heard = turn.understood["card"]
    # A life in danger is never talked past, even if its card was given before.
    is_news = card_heard in CRISES or card_heard not in ("", *given)
    if not given or turn.is_button or is_news:
        return False
    card = cards()[given[-1]]
    is_done = card.id in DONE_STEP_BY_STEP and turn.place is None and _is_done(turn.text)
    if not is_done and _NEXT.search(normalise(turn.text)) is None:
        return False
    turn.misunderstood = 0
    number = turn.step[1] if turn.step[:1] == [card.id] else int(is_done)
    if number >= len(card.steps):
        turn.say("utter_last_step")
        return True
    turn.step = [card.id, number + 1]
    turn.say("utter_next_step", step=f"{number + 1}. {turn.worded(card.steps[number].text)}")
    return True


def _is_done(text: str) -> bool:
    """「線は抜いた」, 「銀行には電話した」: the first thing was done, and by the visitor."""
    words = normalise(text)
    return len(text) <= SHORT and _DONE.search(words) is not None and _OTHERS.search(words) is None


def tell_time(turn: Turn) -> bool:
    """「今日って電話つながりますか」, not understood otherwise: the hours of the desks that are offered."""
    desks = [find_desk(desk) for desk in turn.offered]
    if not any(opening_answer(desk.hours, turn.text, turn.now) for desk in desks):
        return False
    asked = Asked("ask_hours", turn.text, "", turn.now, is_plain=turn.is_plain)
    turn.say("utter_desk_detail", detail=detail_text(asked, desks))
    return True


def tell_detail(turn: Turn) -> bool:
    """「上限は?」 after a programme was shown; a programme named anew is shown anew."""
    shown = [programmes()[one] for one in turn.programmes if one in programmes()]
    if not shown or named_in(turn.text) or OF_THE_DESK.search(turn.text):
        return False
    place = turn.consultation.place or turn.place
    details = [
        programme_detail(one, turn.text, now=turn.now, place=place, is_plain=turn.is_plain) for one in shown
    ]
    if not any(details):
        return False
    turn.say("utter_programme", text="\n\n".join(detail for detail in details if detail))
    return True


def tell_programmes(turn: Turn) -> bool:
    """The programmes that are named; else, if any are asked for, those for the trouble at hand."""
    if named := named_in(turn.text):
        say_programmes(turn, named)
    elif asks_for_all(turn.text):
        turn.say("utter_programme_all", list=measures_text())
    elif not asks_for_any(turn.text):
        return False
    elif found := fitting_programmes(turn):
        say_list(turn, found)
    else:
        turn.say("utter_programme_which")
    return True


def _tell_guide(turn: Turn, *, is_known: bool) -> bool:
    codes = [trouble.subtopic for trouble in (*turn.consultation.troubles, *turn.troubles)]
    guide = asked_in(turn.text, codes)
    if guide is None or not _fits(guide, codes) or guide.id in _cards_just_given(turn):
        return False
    if is_known and (guide.id in OF_DESKS or not set(guide.subtopics) & set(codes)):
        return False
    say_guide(turn, guide)
    return True


def _fits(guide: Card, codes: Sequence[str]) -> bool:
    """A guide on disputes answers nobody who came about hiring."""
    topics = {_topic(code) for code in codes if code in sub_topics()}
    return not guide.subtopics or not topics or bool(topics & {_topic(code) for code in guide.subtopics})


def _topic(code: str) -> object:
    return sub_topics()[code].topic


def _cards_just_given(turn: Turn) -> set[str]:
    return {turn.understood["card"]} & set(cards())
