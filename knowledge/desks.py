"""The desks owners are sent to: name, telephone and how sure we are of it, hours, source."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Literal

from knowledge import facts
from knowledge.calendar import DAYS, Hours, Validity, day_text, validity
from knowledge.freshness import is_stale
from knowledge.patterns import plain_form
from knowledge.plain import wording

DESK_COLUMNS = (
    "id", "name", "former_name", "short_name", "aliases", "kind", "serves", "does", "audience", "cost", "booking",
    "anonymous", "online", "languages", "say", "bring", "address", "url", "mail", "note", "source", "checked",
    "certainty", "valid_from", "valid_to",
)  # fmt: skip
PHONE_COLUMNS = ("desk", "label", "number", "grade", "note", "source", "checked")
HOUR_COLUMNS = (
    "desk", "phone", "days", "opens", "closes", "holidays", "note", "valid_from", "valid_to", "source", "checked",
    "certainty",
)  # fmt: skip
CERTAINTIES = ("P", "R", "D", "M-高", "M-中", "M-低")
SERVES = ("tokyo", "japan", "ku", "tama", "islands", "municipality")


class DeskKind(Enum):
    """What sort of desk it is; the value is the word on the wire."""

    CHAMBER = "chamber"
    SHOKOKAI = "shokokai"
    CORPORATION = "corporation"
    DISPUTE_CENTER = "dispute_center"
    CYBER_DESK = "cyber_desk"
    LABOUR_DESK = "labour_desk"
    FINANCE = "finance"
    LEGAL = "legal"
    POLICE = "police"
    CRISIS_LINE = "crisis_line"
    MUNICIPAL_OFFICE = "municipal_office"
    OTHER = "other"


@dataclass(frozen=True)
class Phone:
    """A number, and how well we know that it is right."""

    label: str
    number: str
    grade: Literal["A", "B"]
    # There is no grade C: a number nobody could confirm is not kept at all,
    # so that no later change can show it by mistake.
    note: str
    source: str
    checked: str


@dataclass(frozen=True)
class Desk:
    """An office as a visitor sees it. Empty text: not known, and therefore not said."""

    id: str
    name: str
    former_name: str
    short_name: str
    aliases: str  # further names people use, separated by "|"
    kind: DeskKind
    serves: str
    does: str
    audience: str
    cost: str
    booking: str
    anonymous: str
    online: str
    languages: str
    say: str  # how to begin
    bring: str
    address: str
    url: str
    mail: str
    note: str
    source: str
    checked: str
    certainty: str
    valid: Validity
    phones: tuple[Phone, ...] = ()
    hours: tuple[Hours, ...] = ()

    @property
    def main_hours(self) -> tuple[Hours, ...]:
        """The hours of the whole desk, or of its first number; those of a further number say nothing of it."""
        main = {"", self.phones[0].number} if self.phones else {""}
        return tuple(hours for hours in self.hours if hours.phone in main)


@dataclass(frozen=True)
class CardPhone:
    """A number as it is shown: with the warning its grade asks for."""

    label: str
    number: str
    tel: str
    grade: str
    wording: str


@dataclass(frozen=True)
class DeskCard:
    """What is shown of a desk, ready for a page, a bubble or plain text."""

    id: str
    kind: str
    name: str
    former_name: str
    does: str
    audience: str
    phones: tuple[CardPhone, ...]
    hours: str
    cost: str
    url: str
    mail: str
    address: str
    note: str
    checked: str
    source: str

    def as_json(self) -> dict[str, object]:
        """The card for the wire; phones as a list of objects."""
        return {**vars(self), "phones": [dict(vars(phone)) for phone in self.phones]}


NOT_CHECKED = "公式ページでの確認がまだです。お出かけの前にお確かめください。"
DATED = "の資料によります。"
OLD = "1年以上前の資料なので、先にお確かめください。"
HOLIDAYS_CLOSED = "(祝日・年末年始は休み)"
OPEN_UNTIL = "{day}までの窓口です。"
NO_NUMBER = "確認できた番号がありません。"
USE_THE_MAIL = "メールをご利用ください。"
USE_THE_PAGE = "ホームページをご覧ください。"
GRADE_B_WARNING = "番号は変わっている場合があります。先にホームページでお確かめください。"


def load(folder: Path = facts.FOLDER) -> dict[str, Desk]:
    """All desks by id, chambers included, with their telephones and hours.

    Raises:
        facts.FactError: a row is incomplete, doubled, or speaks of a desk that is not there.
    """
    rows = [
        row for file in ("desks.csv", "chambers.csv") for row in facts.read(file, DESK_COLUMNS, folder=folder)
    ]
    ids = {row.required("id") for row in rows}
    phones = _by_desk(facts.read("phones.csv", PHONE_COLUMNS, folder=folder), ids)
    hours = _by_desk(facts.read("hours.csv", HOUR_COLUMNS, folder=folder), ids)
    return facts.unique([(row, row["id"], _desk(row, phones, hours)) for row in rows])


@cache
def desks() -> dict[str, Desk]:
    """The desks of the shipped tables, read once."""
    return load()


def find_desk(desk_id: str) -> Desk:
    """The desk of that id.

    Raises:
        KeyError: there is none.
    """
    return desks()[desk_id]


def desk_named_in(text: str, *, before: Sequence[str] = ()) -> Desk | None:
    """The desk that the text calls by name; the longest name counts, then the desks of ``before``."""
    words = plain_form(text)
    found = [
        (-len(name), desk.id not in before, number, desk)
        for number, desk in enumerate(desks().values())
        for name in _called(desk)
        if name in words
    ]
    return min(found)[-1] if found else None


@cache
def _names_of_all() -> dict[str, tuple[str, ...]]:
    return {
        desk.id: tuple(
            plain_form(name)
            for name in (desk.name, desk.former_name, desk.short_name, *desk.aliases.split("|"))
            if len(name) > 1
        )
        for desk in desks().values()
    }


def _called(desk: Desk) -> tuple[str, ...]:
    return _names_of_all()[desk.id]


def _by_desk(rows: Sequence[facts.Row], ids: set[str]) -> dict[str, list[facts.Row]]:
    index: dict[str, list[facts.Row]] = {}
    for row in rows:
        if row.required("desk") not in ids:
            raise row.fault(
                f"「{row['desk']}」という窓口はありません", "desks.csv か chambers.csv の id を書いてください"
            )
        index.setdefault(row["desk"], []).append(row)
    return index


def _desk(row: facts.Row, phones: dict[str, list[facts.Row]], hours: dict[str, list[facts.Row]]) -> Desk:
    row.one_of("kind", [kind.value for kind in DeskKind])
    if not set(row.several("serves")) <= set(SERVES):
        raise row.fault(
            f"「serves」の値「{row['serves']}」は使えません", f"次から選んでください: {'、'.join(SERVES)}"
        )
    row.one_of("certainty", CERTAINTIES)
    row.required("name")
    row.required("source")
    values = {
        column: row[column] for column in DESK_COLUMNS if column not in ("kind", "valid_from", "valid_to")
    }
    return Desk(
        **values,
        kind=DeskKind(row["kind"]),
        valid=validity(row),
        phones=tuple(map(_phone, phones.get(row["id"], []))),
        hours=tuple(_hours(block, phones.get(row["id"], [])) for block in hours.get(row["id"], [])),
    )


def _phone(row: facts.Row) -> Phone:
    if not re.fullmatch(r"#?[0-9]+(-[0-9]+)*", row.required("number")):
        raise row.fault(f"電話番号「{row['number']}」の形が違います", "数字と「-」だけで書いてください")
    if row["grade"] not in ("A", "B"):
        raise row.fault(
            f"等級「{row['grade']}」は使えません",
            "A か B にしてください。確かめられない番号は行ごと消してください",
        )
    grade: Literal["A", "B"] = "A" if row["grade"] == "A" else "B"
    return Phone(row["label"], row["number"], grade, row["note"], row.required("source"), row["checked"])


def _hours(row: facts.Row, phones: Sequence[facts.Row]) -> Hours:
    row.one_of("days", DAYS)
    row.one_of("phone", ["", *(phone["number"] for phone in phones)])
    for column in ("opens", "closes"):
        if not re.fullmatch(r"([01][0-9]|2[0-4]):[0-5][0-9]", row.required(column)):
            raise row.fault(f"時刻「{row[column]}」の形が違います", "09:00 のように書いてください")
    if row["opens"] >= row["closes"]:
        raise row.fault("終わりの時刻が始まりより前です", "opens と closes を入れ替えてください")
    return Hours(
        row["phone"],
        row["days"],
        row["opens"],
        row["closes"],
        row["note"],
        open_on_holidays=row.one_of("holidays", ("", "open")) == "open",
        valid=validity(row),
    )


def desk_card(desk: Desk, *, now: datetime, is_plain: bool = False) -> DeskCard:
    """What to show of the desk, in やさしい日本語 if ``is_plain``.

    ``now`` decides what depends on the day; a fact nobody has confirmed says so.
    """
    say = wording(is_plain=is_plain)
    return DeskCard(
        id=desk.id,
        kind=desk.kind.value,
        name=desk.name,
        former_name=desk.former_name,
        does=say(desk.does),
        audience=say(desk.audience),
        phones=tuple(_card_phone(phone, is_plain=is_plain) for phone in desk.phones),
        hours=hours_text(desk, today=now.date(), is_plain=is_plain),
        cost=say(desk.cost),
        url=desk.url,
        mail=desk.mail,
        address=desk.address,
        note=" ".join(note for note in (say(desk.note), _ends(desk, say)) if note),
        checked=checked_text(desk, now=now, say=say),
        source=desk.source,
    )


def _ends(desk: Desk, say: Callable[[str], str]) -> str:
    """Until when a temporary desk is open."""
    return say(OPEN_UNTIL).format(day=day_text(desk.valid.end)) if desk.valid.end else ""


def _card_phone(phone: Phone, *, is_plain: bool) -> CardPhone:
    say = wording(is_plain=is_plain)
    warned = say(phone.note) if phone.grade == "A" else say(GRADE_B_WARNING) + say(phone.note)
    return CardPhone(phone.label, phone.number, phone.number.replace("-", ""), phone.grade, warned)


def hours_text(desk: Desk, *, today: date, is_plain: bool = False) -> str:
    """Opening times in one line, or empty when they are not known."""
    say = wording(is_plain=is_plain)
    labels = {phone.number: phone.label for phone in desk.phones}
    valid = [hours for hours in desk.hours if hours.valid.holds(today)]
    blocks = [f"{labels.get(hours.phone, '')} {hours.text(say)}".strip() for hours in valid]
    closed = "" if not valid or any(hours.open_on_holidays for hours in valid) else say(HOLIDAYS_CLOSED)
    notes = dict.fromkeys(hours.note for hours in valid if hours.note)
    return "、".join(blocks) + closed + "".join(f" {say(note)}" for note in notes)


def checked_text(desk: Desk, *, now: datetime, say: Callable[[str], str] = str) -> str:
    """When and how well the facts of the desk were confirmed, in words; nothing for numbers everyone knows."""
    if desk.certainty == "M-高" and desk.phones and all(phone.grade == "A" for phone in desk.phones):
        return ""
    dates = [checked for checked in (desk.checked, *(phone.checked for phone in desk.phones)) if checked]
    if desk.certainty not in ("P", "R") or not dates:
        return say(NOT_CHECKED)
    return dated_text(max(dates), now=now, say=say)


def dated_text(checked: str, *, now: datetime, say: Callable[[str], str] = str) -> str:
    """「2025年2月の資料によります。」, with a warning when that is more than a year ago."""
    year, _, month = checked.partition("-")
    said = f"{year}年{int(month[:2])}月" if month else f"{year}年"
    return said + say(DATED) + (say(OLD) if is_stale(checked, now.date()) else "")


def card_text(card: DeskCard, *, is_plain: bool = False) -> str:
    """The card as bare text, one fact a line; everything a person would read on it."""
    say = wording(is_plain=is_plain)
    former = f"(旧 {card.former_name})" if card.former_name else ""
    lines = [f"■ {card.name}{former}", card.does, _line("使える方", card.audience)]
    for phone in card.phones:
        label = f"電話({phone.label})" if phone.label else "電話"
        lines.append(f"{label}: {phone.number}" + (f" {phone.wording}" if phone.wording else ""))
    if not card.phones:
        lines.append("電話: " + say(NO_NUMBER) + say(_other_way(card)))
    lines += [
        _line("時間", card.hours),
        _line("費用", card.cost),
        _line("ホームページ", card.url),
        _line("メール", card.mail),
        _line("住所", card.address),
        _line("注意", card.note),
        _line("確認", card.checked),
    ]
    return "\n".join(line for line in lines if line)


def _line(label: str, value: str) -> str:
    return f"{label}: {value}" if value else ""


def _other_way(card: DeskCard) -> str:
    if card.mail:
        return USE_THE_MAIL
    return USE_THE_PAGE if card.url else ""
