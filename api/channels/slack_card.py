"""The card of a desk, as blocks of Slack."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from api import phrases
from api.channels.shown import TOKYO
from api.channels.slack_piece import Block, Piece, context, marked, section
from api.channels.slack_text import escape, link, shortened
from knowledge.desks import CardPhone, DeskCard, card_text, desk_card, find_desk

MOST_FIELDS = 10
LONGEST_FIELD = 2000
LONGEST_LABEL = 75
LONGEST_URL = 3000

# What is told of a desk, in this order, by the name of the fact.
FACTS = (
    ("audience", phrases.CARD_AUDIENCE, phrases.CARD_AUDIENCE_PLAIN),
    ("hours", phrases.CARD_HOURS, phrases.CARD_HOURS_PLAIN),
    ("cost", phrases.CARD_COST, phrases.CARD_COST_PLAIN),
    ("address", phrases.CARD_ADDRESS, phrases.CARD_ADDRESS_PLAIN),
    ("note", phrases.CARD_NOTE, phrases.CARD_NOTE_PLAIN),
)


def card(desk_id: str, *, id: str, is_first: bool, is_plain: bool, now: datetime) -> Piece | None:
    """The card as it is at that time. None: the desk has since left the tables. `id` is its own in the message."""
    try:
        desk = find_desk(desk_id)
    except KeyError:
        return None
    shown = desk_card(desk, now=now.astimezone(TOKYO), is_plain=is_plain)
    blocks = tuple(_blocks(shown, id=id, is_first=is_first, is_plain=is_plain))
    return Piece(blocks, escape(card_text(shown, is_plain=is_plain)))


def _blocks(card: DeskCard, *, id: str, is_first: bool, is_plain: bool) -> Iterator[Block]:
    yield section(_title(card, is_first=is_first, is_plain=is_plain))
    fields = list(_fields(card, is_plain=is_plain))
    for begin in range(0, len(fields), MOST_FIELDS):
        yield {"type": "section", "fields": fields[begin : begin + MOST_FIELDS]}
    if certainty := _certainty(card, is_plain=is_plain):
        yield context(certainty)
    if _is_pressable(card.url):
        yield {"type": "actions", "elements": [_page(card, id=id, is_plain=is_plain)]}


def _title(card: DeskCard, *, is_first: bool, is_plain: bool) -> str:
    rank = (
        (phrases.CARD_FIRST_PLAIN if is_plain else phrases.CARD_FIRST)
        if is_first
        else (phrases.CARD_FURTHER_PLAIN if is_plain else phrases.CARD_FURTHER)
    )
    former = (phrases.CARD_FORMER_PLAIN if is_plain else phrases.CARD_FORMER).format(name=card.former_name)
    name = f"*{escape(card.name)}*" + (f"\n{escape(former)}" if card.former_name else "")
    return "\n".join(part for part in (escape(rank), name, escape(card.does)) if part)


def _fields(card: DeskCard, *, is_plain: bool) -> Iterator[Block]:
    """The surest way to reach it first. A number of grade B may have changed: it stands last, with its warning."""
    sure = [phone for phone in card.phones if phone.grade == "A"]
    unsure = [phone for phone in card.phones if phone.grade != "A"]
    call = phrases.CARD_CALL_PLAIN if is_plain else phrases.CARD_CALL
    for phone in sure:
        yield _field(call, f"{link(_tel(phone), phone.number)}{_remark(phone)}")
    if not card.phones:
        yield _field(call, escape(phrases.CARD_NO_PHONE_PLAIN if is_plain else phrases.CARD_NO_PHONE))
    yield from _written(card, is_plain=is_plain)
    known: Mapping[str, Any] = card.as_json()
    for name, label, plain in FACTS:
        if known[name]:
            yield _field(plain if is_plain else label, escape(known[name]))
    for phone in unsure:
        yield _field(call, f"{escape(phone.number)}{_remark(phone)}")


def _written(card: DeskCard, *, is_plain: bool) -> Iterator[Block]:
    if card.mail:
        label = phrases.CARD_MAIL_PLAIN if is_plain else phrases.CARD_MAIL
        yield _field(label, link(f"mailto:{card.mail}", card.mail))
    if card.url and not _is_pressable(card.url):
        yield _field(phrases.CARD_PAGE_PLAIN if is_plain else phrases.CARD_PAGE, escape(card.url))


def _field(label: str, value: str) -> Block:
    return marked(shortened(f"*{label}*\n{value}", most=LONGEST_FIELD))


def _tel(phone: CardPhone) -> str:
    return "tel:" + phone.tel.replace("#", "%23")


def _remark(phone: CardPhone) -> str:
    return "".join(f"\n{escape(part)}" for part in (phone.label, phone.wording) if part)


def _certainty(card: DeskCard, *, is_plain: bool) -> str:
    """How well the facts are confirmed, and the page on which they were read, if it was a page."""
    source = card.source.partition(";")[0].strip()
    label = phrases.CARD_SOURCE_PLAIN if is_plain else phrases.CARD_SOURCE
    read = link(source, label) if source.startswith(("https://", "http://")) else ""
    checked = phrases.CARD_CHECKED_PLAIN if is_plain else phrases.CARD_CHECKED
    return "  ".join(part for part in (escape(card.checked and f"{checked}: {card.checked}"), read) if part)


def _is_pressable(url: str) -> bool:
    return url.startswith("https://") and len(url) <= LONGEST_URL


def _page(card: DeskCard, *, id: str, is_plain: bool) -> Block:
    label = phrases.CARD_PAGE_PLAIN if is_plain else phrases.CARD_PAGE
    return {
        "type": "button",
        "action_id": f"page.{id}",
        "text": {"type": "plain_text", "text": label},
        "url": card.url,
        "accessibility_label": shortened(f"{card.name} {label}", most=LONGEST_LABEL),
    }
