"""Find in a message where the business is: ward, city, town, station or island.

The longest name wins (田園調布 before 調布). A name that means several places
is returned with all of them, so that the bot can ask.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge import facts
from knowledge.municipalities import Area, Municipality, municipalities
from knowledge.text import hiragana, normalise

COLUMNS = ("name", "reading", "means", "note", "source", "checked", "certainty")
OUTSIDE = "都外"
NOT_A_PLACE = "-"
AREAS = {area.value: area for area in Area}

# Too common as words to be read as a place without 区 or 市.
NEVER_WITHOUT_SUFFIX = {"北", "港", "中央", "多摩", "府中", "日の出", "瑞穂"}
# Kana that is usually another word (高騰, 対等, 帰宅, 魂 …).
NEVER_IN_KANA = {
    "こうとう", "たいとう", "きた", "きたく", "みなと", "ちゅうおう", "なかの", "たま", "たまし", "ひの", "ひので",
    "みずほ", "あきしま", "としま", "おうめ", "ふちゅう", "おおしま", "すみだ", "ひのし", "ほくと",
}  # fmt: skip
SHORTEST = 2
SHORT_KANA = 4
SHORTEST_READING = 4
# Wards that other cities have too.
SHARED_WARDS = {"北区", "港区", "中央区"}
_WITHIN = {"", "の", "市", "市の", "県", "県の", "府", "府の"}

_PERSON = re.compile(
    r"(さん|様|さま|氏|くん|君|ちゃん|先生|社長|部長|課長|専務|常務|工業|製作所|商事|物産|鉄工)"
)
_FLOOD = re.compile(r"(が|の|は|も)?(氾濫|決壊|増水|堤防|土手|沿い|河川|あふれ|溢れ|水位)")
_RIVERS = {"荒川", "江戸川"}
_BEFORE_KANA = re.compile(r"(^|[\s、。,.!?「(はのもがを])$")
_AFTER_KANA = re.compile(r"^($|[\s、。,.!?」)でにのはをもくしえ]|ちか|まえ|そば)")

_BUSINESS_AFTER = re.compile(
    r"^[区市町村駅]?(の|で|に|にある|にて)?[^、。]{0,6}(店|会社|事業所|工場|営業|経営|商売|やって|開業|事務所|創業|構え|会計|サロン|工務)"
)
_BUSINESS_BEFORE = re.compile(
    r"((店|会社|事業所|工場|うち|所在地|場所|事務所|営業所|弊社|当社|職場|勤務先)[はがも、]?)[^。]{0,4}$"
)
_TROUBLE_BEFORE = re.compile(r"(困って(い)?る|問題な|相談したい)のは[^。、]{0,3}$")
_HOME_BEFORE = re.compile(r"(自宅|住まい|住んでいるのは|家|実家|出身|生まれ)[はがも]?[^。、]{0,3}$")
_WORKS_AT_HOME = re.compile(
    r"(家|自宅)(が|で|を|兼)[^。、]{0,6}(仕事|作業|事務所|開業|店|営業|アトリエ|教室|工房)"
)
_ASKED_ABOUT = re.compile(
    r"^[区市町村]?の?(ほう|方)(に|で|には|では|へ)[^。、]{0,6}(相談でき|行け|だめ|駄目|ダメ)"
)
_HOME_AFTER = re.compile(r"^[区市町村都府県]?(出身|在住|に住|住み|住まい|から通|育ち|生まれ)")
_OTHERS_AFTER = re.compile(
    r"^[区市町村都府県]?(の|にある|に本社|本社の)(?!うち|当社|弊社|自社|私)[^、。]{0,4}((取引先|元請|親会社|得意先|客|発注元|仕入|問屋(?!です|を(して|営|やって))|相手|支店|親戚|友人|本社)"
    r"|(業者|メーカー|会社|企業|ホテル|店舗?|工場|社長|方々?)(から|に|へ|が|と))"
)
_OTHERS_BEFORE = re.compile(
    r"(取引先|元請け?|相手先?|本社|親会社|発注元|荷主|仕入先|得意先|クライアント|納め先|納品先|卸先|息子|娘|夫|妻|主人|父|母|親|友人|競合)"
    r"(は|が|も|の|、)?[^。、]{0,4}$"
)
_SITES = re.compile(
    r"(本店|本社|支店|支社|営業所|工場|店舗?|倉庫|現場|事務所)(は|が|も|と)[^。]{1,16}(、|で|と|に)[^。]{0,6}(本店|本社|支店|支社|営業所|工場|店舗?|倉庫|現場|事務所|二号店|2号店)"
)
_TAKEN_BACK = re.compile(
    r"^[区市町村]?(の(商工会(議所)?|支部|窓口|ほうの窓口))?(です)?((では|じゃ|で)(なく|ない|ありません|ございません|ねえ)|(と|って)(言い|いい|言っ|いっ|伝え|書き|書い|申し|答え)[^、。]{0,6}(が|けど|けれど|のは|ですが)"
    r"|から[^、。]{0,6}(引っ越|移転|移り|移っ)|は(間違|ちがい|違い))"
)
_CORRECTION = re.compile(
    r"(さっき|先ほど|さきほど|間違|まちがえ|訂正|やっぱり|やはり|正しくは|ではなく|じゃなく|でした)"
)


@dataclass(frozen=True)
class Place:
    """Where the business is, as far as the message tells.

    One municipality: certain. Several: the bot asks which. None but an area:
    only the part of Tokyo is known. ``may_be_outside`` stays true while a name
    such as 府中 could lie in another prefecture.
    """

    name: str
    municipalities: tuple[Municipality, ...] = ()
    area: Area | None = None
    may_be_outside: bool = False

    @property
    def municipality(self) -> Municipality | None:
        """The one municipality, or None while it is open."""
        return self.municipalities[0] if self.is_certain and self.municipalities else None

    @property
    def is_certain(self) -> bool:
        return len(self.municipalities) + (self.area is not None) + self.may_be_outside == 1

    @property
    def is_outside(self) -> bool:
        """Certainly not in Tokyo."""
        return self.may_be_outside and not self.municipalities and self.area is None

    @property
    def known_area(self) -> Area | None:
        """The part of Tokyo, from the municipality or as told."""
        return self.municipality.area if self.municipality else self.area

    def as_json(self) -> dict[str, object]:
        """The place for a slot or the wire; from_json reads it back."""
        return {
            "name": self.name,
            "municipalities": [municipality.name for municipality in self.municipalities],
            "area": self.area.value if self.area else None,
            "may_be_outside": self.may_be_outside,
        }


@dataclass(frozen=True)
class Mention:
    """A place name in the normalised text, with what its surroundings say about it."""

    start: int
    end: int
    place: Place
    weight: int


def find_place(text: str) -> Place | None:
    """The place of the business; None when no place is named.

    Homes, other people's companies and places taken back (「板橋ではなく町田」) do not count.
    """
    folded = _fold(text)
    told = [mention for mention in mentions(text) if mention.weight > -3]
    if not told:
        return None
    best = max(mention.weight for mention in told)
    chosen = [mention for mention in told if mention.weight == best]
    inside = [mention for mention in chosen if not mention.place.is_outside] or chosen
    certain = [mention for mention in inside if mention.place.municipality] or inside
    if _SITES.search(folded) and (several := _several(certain)):
        return several
    mention = certain[-1] if _CORRECTION.search(folded) else certain[0]
    return _in_tokyo(mention.place) if "東京" in folded else mention.place


def _several(told: list[Mention]) -> Place | None:
    """「本店は港区、工場は八王子」: both, so that the bot asks at which of them the trouble is."""
    found = tuple(dict.fromkeys(mention.place.municipality for mention in told if mention.place.municipality))
    if len(found) < 2:
        return None
    return Place("と".join(municipality.name for municipality in found), found)


def mentions(text: str) -> list[Mention]:
    """Every place name in the text, left to right; offsets are those of the normalised text."""
    folded = _fold(text)
    found = [
        Mention(start, end, place, _weight(folded[:start], folded[end:]))
        for start, end, place in _matches(folded)
        if not _is_something_else(folded, start, end)
    ]
    return [
        mention
        for before, mention in zip([None, *found], found, strict=False)
        if not (before and _lies_elsewhere(before, mention, folded))
    ]


def _lies_elsewhere(before: Mention, mention: Mention, folded: str) -> bool:
    """「名古屋市港区」, 「兵庫の三田」: a name that others have too, right after one outside Tokyo."""
    is_shared = mention.place.may_be_outside or folded[mention.start : mention.end] in SHARED_WARDS
    between = folded[before.end : mention.start]
    return before.place.is_outside and is_shared and not mention.place.is_outside and between in _WITHIN


def _in_tokyo(place: Place) -> Place:
    if not place.municipalities:
        return place
    return Place(place.name, place.municipalities, place.area, may_be_outside=False)


def _fold(text: str) -> str:
    return normalise(text).replace("ヶ", "ケ").replace("駅の", "駅")


def _matches(folded: str) -> Iterator[tuple[int, int, Place]]:
    names = _names()
    longest = _longest()
    kana = hiragana(folded)
    position = 0
    while position < len(kana):
        for length in range(min(longest, len(kana) - position), SHORTEST - 1, -1):
            name = kana[position : position + length]
            if name in names and _stands_alone(kana, position, length):
                place = names[name]
                if place is not None:
                    yield position, position + length, place
                position += length - 1
                break
        position += 1


def _stands_alone(kana: str, start: int, length: int) -> bool:
    """Short kana such as みたか, and readings from the dictionary, count only where a word may begin and end."""
    word = kana[start : start + length]
    is_short = length <= SHORT_KANA and re.fullmatch(r"[ぁ-ん]+", word)
    if not is_short and word not in _readings():
        return True
    return bool(_BEFORE_KANA.search(kana[:start]) and _AFTER_KANA.search(kana[start + length :]))


def _is_something_else(folded: str, start: int, end: int) -> bool:
    name, after = folded[start:end], folded[end:]
    if name[-1] not in "区市町村駅" and _PERSON.match(after):
        return True
    return name in _RIVERS and bool(_FLOOD.match(after))


def _weight(before: str, after: str) -> int:
    if _TAKEN_BACK.search(after):
        return -9
    near = before[-14:]
    if _ASKED_ABOUT.search(after):
        return -3
    if _TROUBLE_BEFORE.search(near):
        return 4
    if (_HOME_BEFORE.search(near) or _HOME_AFTER.search(after)) and not _WORKS_AT_HOME.search(before + after):
        return -3
    if _OTHERS_BEFORE.search(near) or _OTHERS_AFTER.search(after):
        return -3
    return 2 * bool(_BUSINESS_BEFORE.search(near) or _BUSINESS_AFTER.search(after))


@cache
def _names() -> dict[str, Place | None]:
    """Every name in folded kana; None stands for 「not a place」."""
    names: dict[str, Place | None] = {}
    for municipality in municipalities().values():
        place = Place(municipality.name, (municipality,))
        names.update(dict.fromkeys(_names_of(municipality), place))
    told = load()
    for reading, name in _readings().items():
        names.setdefault(reading, told[name])
    for name, meaning in told.items():
        names.update(dict.fromkeys(_spellings(name), meaning))
    return names


@cache
def _readings() -> dict[str, str]:
    """The names by their reading (かめあり), long enough to be no other word, and of one place only."""
    named: dict[str, dict[str, str]] = {}
    for row in facts.read("places.csv", COLUMNS):
        if len(row["reading"]) >= SHORTEST_READING and row["reading"] not in NEVER_IN_KANA:
            named.setdefault(row["reading"], {}).setdefault(row["means"], row["name"])
    return {reading: next(iter(names.values())) for reading, names in named.items() if len(names) == 1}


def load(folder: Path = facts.FOLDER) -> dict[str, Place | None]:
    """What each name of the table means; None stands for 「not a place」.

    Raises:
        facts.FactError: a row is incomplete, doubled, too short to be found, or means no known place.
    """
    rows = facts.read("places.csv", COLUMNS, folder=folder)
    return facts.unique([(row, _name(row), _meaning(row)) for row in rows])


def _name(row: facts.Row) -> str:
    name = row.required("name")
    if len(name) < SHORTEST:
        raise row.fault(f"「{name}」は1文字で、見つけられません", "「市」や「駅」を付けた名前にしてください")
    return name


@cache
def _longest() -> int:
    return max(map(len, _names()))


def _names_of(municipality: Municipality) -> Iterator[str]:
    yield from _spellings(municipality.name)
    for alias in municipality.aliases:
        yield from _spellings(alias)
    bare = municipality.name[:-1]
    if municipality.name[-1] in "区市" and bare not in NEVER_WITHOUT_SUFFIX:
        yield from _spellings(bare)
    for kana in (municipality.reading, re.sub(r"(く|し|まち|むら)$", "", municipality.reading)):
        if kana not in NEVER_IN_KANA and len(kana) > 2:
            yield kana


def _spellings(name: str) -> Iterator[str]:
    folded = hiragana(_fold(name))
    yield folded
    if "け" in folded:
        yield re.sub(r"(?<=[一-龠])け(?=[一-龠])", "が", folded)
    yield re.sub(r"(?<=[一-龠])が(?=[一-龠])", "け", folded)


def _meaning(row: facts.Row) -> Place | None:
    row.required("means")
    means = row.several("means")
    if means == (NOT_A_PLACE,):
        return None
    known = municipalities()
    for name in means:
        if name not in known and name not in AREAS and name != OUTSIDE:
            raise row.fault(
                f"「{name}」という市区町村はありません",
                "正式な名前(板橋区 など)か、都外・多摩地域・区部・島しょ にしてください",
            )
    areas = [AREAS[name] for name in means if name in AREAS]
    return Place(
        name=row["name"],
        municipalities=tuple(known[name] for name in means if name in known),
        area=areas[0] if areas else None,
        may_be_outside=OUTSIDE in means,
    )


def place_from_json(value: dict[str, object]) -> Place:
    """The place that Place.as_json wrote; municipalities no longer in the table are dropped."""
    names = value.get("municipalities")
    area = value.get("area")
    known = municipalities()
    return Place(
        name=str(value.get("name", "")),
        municipalities=tuple(known[name] for name in names if name in known)
        if isinstance(names, list)
        else (),
        area=AREAS.get(area) if isinstance(area, str) else None,
        may_be_outside=bool(value.get("may_be_outside")),
    )
