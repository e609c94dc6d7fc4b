"""Answers to questions about a desk, taken from its facts alone; what is not known is said to be not known."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from knowledge.desks import GRADE_B_WARNING, Desk, DeskKind, Phone, hours_text
from knowledge.opening import opening_answer, opening_now
from knowledge.plain import plain

_OF_TIME = re.compile(r"夜間|緊急|時間|受付|時まで|急ぐ")
UNKNOWN = "確認できた情報がありません。"
LOCAL = "事業所の場所を受け持つ窓口です。"
TELL_THEM_FIRST = "相手に知られたくないことを、はじめに窓口に伝えてください。"
NO_PHONE = "電話番号は、確認できたものがありません。"
SEE_THE_PAGE = "ホームページでお確かめください。"
CALL_AND_ASK = "電話でお確かめください。"
SEARCH = "名前で検索して、公式のホームページでお確かめください。"
ALL_HOURS = "受付時間: {hours}"
SEE_A_MAP = "歩いて行けるかどうかは、地図でお確かめください。"


@dataclass(frozen=True)
class Asked:
    """A question about desks: the intent (ask_phone …), its words, why the first desk was offered, and when."""

    intent: str
    text: str
    reason: str
    now: datetime
    is_plain: bool = False

    def worded(self, text: str) -> str:
        """A reviewed text, plain if the visitor wants it so."""
        return plain(text) if self.is_plain else text


def detail_text(asked: Asked, desks: Sequence[Desk]) -> str:
    """The answer for each desk, one paragraph a desk."""
    if asked.intent == "ask_why" and asked.reason:
        return f"【{desks[0].name}】\n{asked.reason}"
    return "\n\n".join(f"【{desk.name}】\n{_answer(asked, desk)}" for desk in desks)


def is_known(asked: Asked, desks: Sequence[Desk]) -> bool:
    """Whether the facts of any of the desks answer it; a list of papers is better told by a guide."""
    return asked.intent != "ask_bring" and any(DETAILS[asked.intent](desk, asked) for desk in desks)


def _answer(asked: Asked, desk: Desk) -> str:
    told = DETAILS[asked.intent](desk, asked)
    return told or asked.worded(UNKNOWN) + _where_to_look(desk, asked)


def _where_to_look(desk: Desk, asked: Asked) -> str:
    if desk.url:
        return f"{asked.worded(SEE_THE_PAGE)} {desk.url}"
    if desk.phones:
        return f"{asked.worded(CALL_AND_ASK)} {_number(desk.phones[0], asked)}".strip()
    return asked.worded(SEARCH)


def _phone(desk: Desk, asked: Asked) -> str:
    lines = []
    for phone in desk.phones:
        label = f"{phone.label} " if phone.label else ""
        lines.append(f"{label}{_number(phone, asked)}{asked.worded(phone.note)}".strip())
    lines += [f"メール {desk.mail}"] if desk.mail else []
    lines += [f"ホームページ {desk.url}"] if desk.url else []
    if not desk.phones and lines:
        lines.insert(0, asked.worded(NO_PHONE))
    return "\n".join(lines)


def _number(phone: Phone, asked: Asked) -> str:
    """The number with the warning its grade asks for; notes follow directly."""
    return f"{phone.number} " + (asked.worded(GRADE_B_WARNING) if phone.grade == "B" else "")


def _hours(desk: Desk, asked: Asked) -> str:
    """What was asked of the time; without that, all the hours and whether it is open now."""
    if not desk.hours:
        return ""
    hours = hours_text(desk, today=asked.now.date(), is_plain=asked.is_plain)
    all_hours = asked.worded(ALL_HOURS).format(hours=hours)
    if not desk.main_hours:  # the hours of a further number say nothing of the whole desk
        return all_hours
    answer = opening_answer(desk.main_hours, asked.text, asked.now, say=asked.worded)
    answer = answer or opening_now(desk.main_hours, asked.now, say=asked.worded)
    note = f" {asked.worded(desk.note)}" if _OF_TIME.search(desk.note) else ""
    return f"{answer}{note}\n{all_hours}"


def _where(desk: Desk, asked: Asked) -> str:
    return "\n".join(line for line in (desk.address, asked.worded(desk.online), desk.url) if line)


def _nearest(desk: Desk, asked: Asked) -> str:
    """Nearness is not computed: whose district it is, and the address, is what we know."""
    is_local = desk.kind in (DeskKind.CHAMBER, DeskKind.SHOKOKAI)
    lines = [asked.worded(LOCAL) if is_local else "", desk.address, desk.url]
    return "\n".join([line for line in lines if line] + [asked.worded(SEE_A_MAP)]) if any(lines) else ""


def _told(desk: Desk, asked: Asked) -> str:
    """Whether the other side hears of it; where nothing is known, what to say first."""
    return asked.worded(desk.anonymous) or asked.worded(UNKNOWN) + asked.worded(TELL_THEM_FIRST)


DETAILS: dict[str, Callable[[Desk, Asked], str]] = {
    "ask_why": lambda desk, asked: asked.worded(desk.does),  # a further choice: what it does is the reason
    "ask_phone": _phone,
    "ask_hours": _hours,
    "ask_cost": lambda desk, asked: asked.worded(desk.cost),
    "ask_booking": lambda desk, asked: asked.worded(desk.booking),
    "ask_where": _where,
    "ask_nearest": _nearest,
    "ask_online": lambda desk, asked: asked.worded(desk.online),
    "ask_language": lambda desk, asked: asked.worded(desk.languages),
    "ask_bring": lambda desk, asked: asked.worded(desk.bring),
    "ask_secret": lambda desk, asked: asked.worded(desk.anonymous),
    "ask_told": _told,
    "ask_what": lambda desk, asked: "".join(map(asked.worded, (desk.does, desk.audience, desk.note))),
}
