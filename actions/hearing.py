"""Take a message into the case: troubles, place, circumstances, and the answer to what was asked."""

import re
from dataclasses import replace

from actions.reference import ADVICE_ONLY
from actions.turn import Turn
from knowledge import consultation as case
from knowledge.cards import asked_in
from knowledge.circumstances import joined
from knowledge.consultation import Consultation, Trouble
from knowledge.places import AREAS, OUTSIDE, Place
from knowledge.programmes import asks_for_detail, named_in
from knowledge.topics import Topic, sub_topics
from knowledge.urgency import CUSTOMER_BANKRUPT, INSOLVENCY, is_over

REFUSALS = frozenset({"decline_to_say", "dont_know", "deny"})
# 「人手も」 adds; 「でも」「払ってもらえない」「募集しても」「もう」「かも」 do not.
ADDS = re.compile(
    r"(?<![でとてか])(?<!うち)(?<!私)(?<!当社)も(?!う|の|と|し[もか]|ら[いうえおっ])|あと|それと|それから|(ほか|他)に|加えて|さらに|ついでに|もう(一|ひと)つ"
)
CORRECTS = re.compile(r"(じゃ|では)なく|違(う|い|って)|ちが(う|い|って)|間違|やっぱり|訂正")
SHORT_ANSWER = 20  # characters
CARDS_THAT_ROUTE = frozenset({INSOLVENCY, CUSTOMER_BANKRUPT, "loan_shark", "impersonation"})
# 「場所は言いたくありません」 in the message that tells the trouble: no need to ask first.
WITHHOLDS = re.compile(
    r"(場所|所在地|住所|どこ(か|にある)|地域)(は|を)?[^。、]{0,6}"
    r"(言いたく|言えま|教えたく|伏せ|内緒|秘密|勘弁|聞かない)"
)


def hear(turn: Turn) -> Consultation:
    """The case with this message taken in: troubles, place, circumstances, and the answer to what was asked."""
    known = turn.consultation
    answered = _calmed(_answer(known, turn), turn)
    heard = turn.circumstances | ({turn.understood["card"]} & CARDS_THAT_ROUTE)
    if turn.understood["card"] == "bec":  # by now the money has gone
        answered = replace(answered, circumstances=answered.circumstances - {"impersonation"})
    place = _confirmed(answered, turn) or _place(turn) or answered.place
    return replace(
        answered,
        troubles=_troubles(answered, turn),
        place=place,
        circumstances=joined(answered.circumstances, heard),
        settled=answered.settled | _settled_unasked(turn, heard),
        asking="",
    )


def _settled_unasked(turn: Turn, heard: frozenset[str]) -> set[str]:
    """Questions that need not be put: told, or refused, before they were asked."""
    party = {case.PARTY} if heard & case.PARTIES else set()
    return party | ({case.PLACE} if WITHHOLDS.search(turn.text) else set())


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
        told = joined(known.circumstances, frozenset({turn.told["party"]}) & case.PARTIES)
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
    """Whether it goes on: the answer to our question, a correction of it, or told where we do not ask."""
    is_untold = known.is_discreet and any(case.may_be_under_way(trouble) for trouble in known.troubles)
    if case.STATE not in known.asked and not is_untold:
        return False
    if turn.told.get("state"):
        return True
    if known.asking == case.STATE:
        says_so = bool(_OVER.search(turn.text) or _GOES_ON.search(turn.text))
        return says_so or (turn.intent in ("affirm", "inform") and turn.place is None)
    is_of_the_attack = all(trouble.topic == "cyber" for trouble in turn.troubles)
    may_be_told = is_untold or case.STATE in known.settled
    return may_be_told and is_of_the_attack and bool(_CORRECTED_STATE.search(turn.text))


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
    return not is_about_programme(turn, trouble)


def is_about_programme(turn: Turn, trouble: Trouble) -> bool:
    """Whether the message asks about a programme that has nothing to do with what it was taken for."""
    if turn.programmes and len(turn.text) <= SHORT_ANSWER and asks_for_detail(turn.text):
        return True
    named = named_in(turn.text)
    codes = {code for one in named for code in one.subtopics}
    topics = {sub_topics()[code].topic for code in codes}
    is_meant = trouble.subtopic in codes if not trouble.is_ours else Topic(trouble.topic) in topics
    return bool(named) and not is_meant


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
