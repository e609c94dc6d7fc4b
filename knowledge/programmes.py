"""Support programmes (補助金・助成金・講座・施設): what there is, for whom, up to how much, and what is uncertain."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from knowledge import facts
from knowledge.calendar import day, day_text
from knowledge.desks import NOT_CHECKED, Desk, dated_text, desks, find_desk
from knowledge.details import SEE_THE_PAGE
from knowledge.municipalities import Area
from knowledge.patterns import pattern, plain_form
from knowledge.places import Place
from knowledge.plain import wording
from knowledge.referral import LOCAL, local_desk
from knowledge.topics import sub_topics

COLUMNS = (
    "id", "name", "former_names", "measure", "kind", "what", "audience", "areas", "subtopics", "ceiling",
    "conditions", "status", "state", "closes", "desk", "url", "asked", "source", "checked", "certainty",
)  # fmt: skip
KINDS = ("subsidy", "consultation", "course", "facility", "municipal", "loan", "figure")
STATES = ("continues", "unconfirmed", "ended", "built", "municipal")
MEASURES = range(1, 17)  # of the slides the project grew from
AREAS = {"ku": Area.KU, "tama": Area.TAMA, "islands": Area.ISLANDS}
MOST_SHOWN = 3
WEAK = "M-低"  # told when it is asked for by name, and not offered unasked
MONEY = frozenset({"subsidy", "loan"})

_ANY = re.compile(
    r"(補助金|助成金?|奨励金|給付金|補助|支援(策|制度|金|事業|めにゅー)|使える(制度|お金|もの)|制度)(は|って|とか|や|、|と|を|が|も|の|で|に)*[^。]{0,14}"
    r"(ある|あり|使え|使いた|もらえ|貰え|出る|でる|出ます|受けられ|受けたい|知りた|教え|探し|対象|申請|ない(か|です|の)|どんな|何|なに|いくら|上限|ほし|欲し)"
    r"|(補助金|助成金?|奨励金|給付金|支援(策|制度))(は|って|とか)?[??]?$|(お金|費用|経費|補助|助成)(が|を|は)?[^。]{0,6}(出(る|ます)|出して(くれ|もらえ)|もらえ)(る|ます)?(制度|の|か|ところ|[??])"
)


_ALL = re.compile(
    r"(施策|支援策|支援めにゅー|支援制度|制度|補助金|助成金)(の|を)?(一覧|りすと|全部|ぜんぶ|すべて|全て)"
    r"|(全部|ぜんぶ|すべて|一覧)[^。]{0,6}(施策|支援策|制度|補助金|助成金)|(16|十六)(個)?の(施策|支援)"
)


@dataclass(frozen=True)
class Programme:
    """A row of facts/programmes.csv. Empty text: not known, and therefore not said."""

    id: str
    name: str
    former_names: tuple[str, ...]
    measure: int | None
    kind: str
    what: str
    audience: str
    areas: tuple[Area, ...]
    subtopics: tuple[str, ...]
    ceiling: str
    conditions: str
    status: str
    state: str
    closes: date | None
    desks: tuple[str, ...]
    url: str
    asked: re.Pattern[str]
    source: str
    checked: str
    certainty: str


def load(folder: Path = facts.FOLDER) -> dict[str, Programme]:
    """The programmes by id, in the order in which they are looked through.

    Raises:
        facts.FactError: a row is incomplete, doubled, or names an unknown kind, area, sub-topic or desk.
    """
    rows = facts.read("programmes.csv", COLUMNS, folder=folder)
    return facts.unique([(row, row.required("id"), _programme(row)) for row in rows])


@cache
def programmes() -> dict[str, Programme]:
    """The programmes of the shipped table, read once."""
    return load()


def _programme(row: facts.Row) -> Programme:
    row.required("what")
    row.required("status")
    row.required("source")
    _all_known(row, "areas", AREAS)
    _all_known(row, "subtopics", sub_topics())
    _all_known(row, "desk", {*desks(), LOCAL})
    return Programme(
        id=row["id"],
        name=row.required("name"),
        former_names=row.several("former_names"),
        measure=int(row.one_of("measure", ["", *map(str, MEASURES)]) or 0) or None,
        kind=row.one_of("kind", KINDS),
        what=row["what"],
        audience=row["audience"],
        areas=tuple(AREAS[area] for area in row.several("areas")),
        subtopics=row.several("subtopics"),
        ceiling=row["ceiling"],
        conditions=row["conditions"],
        status=row["status"],
        state=row.one_of("state", STATES),
        closes=day(row, "closes"),
        desks=row.several("desk"),
        url=row["url"],
        asked=pattern(row, "asked"),
        source=row["source"],
        checked=row["checked"],
        certainty=row["certainty"],
    )


def _all_known(row: facts.Row, column: str, known: Collection[str]) -> None:
    for value in row.several(column):
        if value not in known:
            raise row.fault(
                f"「{column}」の「{value}」は知らない値です", "表にある名前を「|」で区切って書いてください"
            )


def asks_for_any(text: str) -> bool:
    """Whether the text asks for subsidies or programmes without naming one: 「補助金はある?」."""
    return bool(_ANY.search(plain_form(text)))


def asks_for_all(text: str) -> bool:
    """Whether the text asks for the whole list: 「支援策の一覧」, 「補助金ぜんぶ教えて」."""
    return bool(_ALL.search(plain_form(text)))


def measures_text() -> str:
    """The sixteen measures of the city, a line each, with the names of today."""
    named = {
        number: "・".join(one.name for one in programmes().values() if one.measure == number)
        for number in MEASURES
    }
    return "\n".join(f"{number}. {names}" for number, names in named.items())


def named_in(text: str) -> list[Programme]:
    """The programmes that the text asks for by name or description, the most specific words first."""
    words = plain_form(text)
    found = [(one, match) for one in programmes().values() if (match := one.asked.search(words))]
    found.sort(key=lambda pair: pair[1].start() - pair[1].end())
    return [one for one, _ in found][:MOST_SHOWN]


def fitting(subtopics: Collection[str], place: Place | None) -> list[Programme]:
    """The programmes for these troubles at this place, money first; for firms, not for municipalities."""
    area = place.known_area if place else None
    fit = [
        one
        for one in programmes().values()
        if set(one.subtopics) & set(subtopics)
        and (not one.areas or area is None or area in one.areas)
        and one.state not in ("ended", "municipal")
        and one.certainty != WEAK
    ]
    return sorted(fit, key=lambda one: (one.kind not in MONEY, _distance(one, subtopics)))[:MOST_SHOWN]


def _distance(one: Programme, subtopics: Collection[str]) -> int:
    """How far from its purpose the trouble is: a row names first what it is most for."""
    return min(number for number, code in enumerate(one.subtopics) if code in subtopics)


def programme_text(one: Programme, *, now: datetime, place: Place | None, is_plain: bool = False) -> str:
    """All that is known of a programme, one fact a line; what is uncertain is said."""
    say = wording(is_plain=is_plain)
    lines = [
        f"■ {one.name}" + (f"(旧 {'・'.join(one.former_names)})" if one.former_names else ""),
        say(one.what),
        _line("使える方", say(one.audience)),
        *(_line(label, value) for label, value in _details(one, now=now, say=say)),
        _line("相談先", _desk_names(one, place)),
        _line("ホームページ", one.url),
        _line("確認", dated_text(one.checked, now=now, say=say) if one.checked else say(NOT_CHECKED)),
    ]
    return "\n".join(line for line in lines if line)


def _details(one: Programme, *, now: datetime, say: Callable[[str], str]) -> list[tuple[str, str]]:
    return [
        ("金額", say(one.ceiling)),
        ("条件", say(one.conditions)),
        ("受付", _closing(one, now.date())),
        ("今の状況", say(one.status)),
    ]


def _closing(one: Programme, today: date) -> str:
    if one.closes is None:
        return ""
    if one.closes < today:
        return f"{one.closes.year}年{day_text(one.closes)}で終わりました。"
    return f"{one.closes.year}年{day_text(one.closes)}までです。"


def asks_for_detail(text: str) -> bool:
    """Whether the text asks for the amount, the dates, the conditions or the desk of a programme."""
    words = plain_form(text)
    return any(sign.search(words) for sign in _ABOUT.values())


def programme_line(one: Programme, *, is_plain: bool = False) -> str:
    """A programme in a few words, for a list: its name, what it is, how much, and how sure that is."""
    say = wording(is_plain=is_plain)
    told = (
        f"■ {one.name}",
        say(one.what),
        _line("金額", say(one.ceiling)),
        _line("今の状況", say(one.status)),
    )
    return "\n".join(line for line in told if line)


def programme_detail(
    one: Programme, text: str, *, now: datetime, place: Place | None, is_plain: bool = False
) -> str:
    """The answer to 「上限は?」「締切は?」「条件は?」 about a programme already shown; empty if nothing was asked."""
    words = plain_form(text)
    asked = [label for label, sign in _ABOUT.items() if sign.search(words)]
    if not asked:
        return ""
    known = dict(_details(one, now=now, say=wording(is_plain=is_plain)))
    known["相談先"] = _desk_names(one, place)
    told = [known[label] or f"{label}は、確認できた情報がありません。" for label in asked if label in known]
    if {"受付", "金額"} & set(asked):
        told.append(known["今の状況"])
    where = f"{wording(is_plain=is_plain)(SEE_THE_PAGE)} {one.url}" if one.url else ""
    return "\n".join(dict.fromkeys(line for line in (f"【{one.name}】", *told, where) if line))


_ABOUT = {
    "金額": re.compile(
        r"上限|いくら|同じ額|金額|何円|金額|何割|補助率|助成率|最大|どれ(くらい|ぐらい|だけ)(出|もら)"
    ),
    "受付": re.compile(
        r"締め?切|〆切|いつまで|期限|募集|応募|申込(み)?期間|今から(でも)?(間に合|申し込)|次(の回)?は(いつ)?"
    ),
    "条件": re.compile(
        r"(申請|申し?込み?)(する|の)?前に|何(か|が)(要|い)り|必要な|条件|要件|対象|使える(人|会社|の)|うちでも|資格|先に(何|なに)"
    ),
    "相談先": re.compile(r"どこ(に|で|へ)(聞|申|相談|問い?合|出|行|電話)|問い?合わせ先?|窓口は|だれに|誰に"),
}


def _desk_names(one: Programme, place: Place | None) -> str:
    found = dict.fromkeys(_resolved(desk, place) for desk in one.desks)
    return "、".join(_reached(find_desk(desk)) for desk in found)


def _reached(desk: Desk) -> str:
    """The desk with its number, if one is sure."""
    sure = next((phone.number for phone in desk.phones if phone.grade == "A"), "")
    return f"{desk.name} {sure}".strip()


def _resolved(desk: str, place: Place | None) -> str:
    return local_desk(place) if desk == LOCAL else desk


def _line(label: str, value: str) -> str:
    return f"{label}: {value}" if value else ""


def desks_of(found: Sequence[Programme], place: Place | None) -> list[str]:
    """The desks that know these programmes, first desk first, each once."""
    return list(dict.fromkeys(_resolved(desk, place) for one in found for desk in one.desks))
