"""Answers to questions about a desk, taken from its facts alone; what is not known is said to be not known."""

from collections.abc import Callable, Sequence

from knowledge.desks import GRADE_B_WARNING, Desk, Phone, hours_text

UNKNOWN = "確認できた情報がありません。"


def detail_text(intent: str, desks: Sequence[Desk], *, reason: str) -> str:
    """The answer to one follow-up (an intent such as ask_phone) for each desk, one paragraph a desk."""
    if intent == "ask_why" and reason:
        return f"{desks[0].name}をご案内した理由です。{reason}"
    tell = DETAILS[intent]
    return "\n\n".join(f"【{desk.name}】\n{tell(desk) or UNKNOWN + _where_to_look(desk)}" for desk in desks)


def _where_to_look(desk: Desk) -> str:
    if desk.url:
        return f"ホームページでお確かめください。 {desk.url}"
    if desk.phones:
        return f"電話でお確かめください。 {_number(desk.phones[0])}".strip()
    return "名前で検索して、公式のホームページでお確かめください。"


def _phone(desk: Desk) -> str:
    lines = []
    for phone in desk.phones:
        label = f"{phone.label} " if phone.label else ""
        lines.append(f"{label}{_number(phone)}{phone.note}".strip())
    lines += [f"メール {desk.mail}"] if desk.mail else []
    lines += [f"ホームページ {desk.url}"] if desk.url else []
    if not desk.phones and lines:
        lines.insert(0, "電話番号は、確認できたものがありません。")
    return "\n".join(lines)


def _number(phone: Phone) -> str:
    """The number with the warning its grade asks for; notes follow directly."""
    return f"{phone.number} " + (GRADE_B_WARNING if phone.grade == "B" else "")


def _where(desk: Desk) -> str:
    return "\n".join(line for line in (desk.address, desk.online, desk.url) if line)


DETAILS: dict[str, Callable[[Desk], str]] = {
    "ask_why": lambda desk: desk.does,  # offered as a further choice: what it does is the reason
    "ask_phone": _phone,
    "ask_hours": hours_text,
    "ask_cost": lambda desk: desk.cost,
    "ask_booking": lambda desk: desk.booking,
    "ask_where": _where,
    "ask_bring": lambda desk: desk.bring,
    "ask_secret": lambda desk: desk.anonymous,
    "ask_what": lambda desk: "".join((desk.does, desk.audience, desk.note)),
}
