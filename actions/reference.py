"""Answers from the tables to what an owner wants to know: guides, programmes, today's name of an old word."""

import re
from collections.abc import Sequence

from actions.turn import Turn
from knowledge.cards import Card, asked_in, card_text, cards, find_card
from knowledge.desks import desk_named_in
from knowledge.details import Asked, detail_text
from knowledge.programmes import (
    Programme,
    asks_for_any,
    desks_of,
    fitting,
    named_in,
    programme_detail,
    programme_line,
    programme_text,
    programmes,
)
from knowledge.referral import Referral
from knowledge.renames import renamed_in
from knowledge.topics import sub_topics

GUIDE_BUTTONS = {"evidence": "証拠の残し方", "leak_deadline": "報告の期限"}
PROGRAMMES = "programmes"  # the rule under which desks of programmes are reported
ADVICE_ONLY = "S7"  # asks what help there is: no trouble of its own beside one that is known
SHORT = 30  # characters
# What is asked of a desk that is called by its name.
_FACTS = {
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


def tell(turn: Turn) -> bool:
    """Answer from the tables if the message asks for something they hold; whether it did."""
    if turn.is_button:
        return False
    tell_new_name(turn)
    return _tell_desk(turn) or tell_detail(turn) or tell_programmes(turn) or _tell_guide(turn)


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


def say_list(turn: Turn, found: Sequence[Programme]) -> None:
    """Several programmes in one bubble, short; each is told in full when it is named."""
    lines = [programme_line(one, is_plain=turn.is_plain) for one in found]
    turn.say("utter_programme_list", list="\n\n".join(lines))
    turn.say("utter_programme_caution")
    turn.programmes = [one.id for one in found]


def say_guide(turn: Turn, guide: Card) -> None:
    turn.say("utter_guide", text=card_text(guide.id, is_plain=turn.is_plain))


def fitting_programmes(turn: Turn) -> list[Programme]:
    """The programmes for the troubles told so far, now or before."""
    codes = {trouble.subtopic for trouble in (*turn.consultation.troubles, *turn.troubles)}
    return fitting(codes - {ADVICE_ONLY}, turn.consultation.place or turn.place)


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
    intent = next((intent for intent, sign in _FACTS.items() if sign.search(turn.text)), "")
    desk = desk_named_in(turn.text, before=[*turn.offered, *turn.more]) if intent else None
    if desk is None or len(turn.text) > SHORT:
        return False
    asked = Asked(intent, turn.text, "", turn.now, is_plain=turn.is_plain)
    turn.say("utter_desk_detail", detail=detail_text(asked, [desk]))
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
    elif not asks_for_any(turn.text):
        return False
    elif found := fitting_programmes(turn):
        say_list(turn, found)
    else:
        turn.say("utter_programme_which")
    return True


def _tell_guide(turn: Turn) -> bool:
    codes = [trouble.subtopic for trouble in (*turn.consultation.troubles, *turn.troubles)]
    guide = asked_in(turn.text, codes)
    if guide is None or not _fits(guide, codes) or guide.id in _cards_just_given(turn):
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
