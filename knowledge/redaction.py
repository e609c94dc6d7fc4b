"""Find what points to a person or a firm in a text: numbers, addresses and, by plain patterns, names.

What it cannot know is in knowledge/names.py; numbers written in kanji are not read either.
"""

import re
from dataclasses import dataclass
from enum import Enum

from knowledge import names


class Kind(Enum):
    """What was found; the value is how staff read it."""

    URL = "URL"
    MAIL_ADDRESS = "メールアドレス"
    POSTAL_CODE = "郵便番号"
    CREDIT_CARD = "カード番号"
    MY_NUMBER = "マイナンバー"
    LONG_NUMBER = "長い番号"
    TELEPHONE_NUMBER = "電話番号"
    BLOCK_NUMBER = "番地"
    FIRM = "会社の名前"
    PERSON = "人の名前"


@dataclass(frozen=True)
class Span:
    """From the first character to the one after the last, in the text as it was written."""

    start: int
    end: int
    kind: Kind


STAND_IN = "〇〇"
_SEEN = "〇"  # no pattern takes it, and lengths stay
_HYPHEN = "[-‐‑–—−－ーｰ]"
_UNIT = (  # after these a number counts something
    "[年月日時分秒円万千百億人名社店件個台本枚回割歳代度%％倍位点匹頭坪㎡杯期週泊階]"
    "|[ヶカヵか]月|ドル|四半期|くらい|ぐらい|ほど|程度|[kcm]?[gmlGML]"
)
_BETWEEN = f"(?:{_HYPHEN}|[ 　の.・)(）（])+"  # the groups of a telephone number
_YEAR = r"(?:19|20)\d\d"
_MONTH = f"{_YEAR}{_HYPHEN}(?:0?[1-9]|1[0-2])"
_GAP = f"(?:{_HYPHEN}|[ 　])"
_ASCII = "A-Za-z0-9"
_WIDE = f"{_ASCII}Ａ-Ｚａ-ｚ０-９"
_ADDRESS = f"[{_WIDE}._%+\\-]+[@＠][{_WIDE}\\-]+(?:[.．][{_WIDE}\\-]+)+"
_PATH = rf"[{_ASCII}\-._~:/?#\[\]@!$&'()*+,;=%]"
_SECRET = rf"(?:[?#@=]|/(?=[{_ASCII}_\-]*\d)[{_ASCII}_\-]{{12,}})"  # a query, a login, a random word
_KANJI_NUMBER = r"[\d一二三四五六七八九十]+"
_BLOCK_END = rf"(?:番地の?|番|号室?|(?:{_HYPHEN}|の)(?={_KANJI_NUMBER})|(?!{_UNIT}|{_KANJI_NUMBER}))"

# In this order: what one has taken is not seen by the next. After `keep` begins what is taken.
_NUMBERS = (
    (Kind.URL, rf"(?:https?://|www\.)(?={_PATH}*{_SECRET}){_PATH}+"),
    (Kind.MAIL_ADDRESS, _ADDRESS),
    (Kind.POSTAL_CODE, rf"〒\s*\d{{3}}{_HYPHEN}?\d{{4}}|(?<![\d-])\d{{3}}{_HYPHEN}\d{{4}}(?!{_HYPHEN}?\d)(?!{_UNIT})"),
    (Kind.LONG_NUMBER, rf"(?<!\d)\d{{4}}(?:{_GAP}\d{{4}}){{2,3}}(?!\d)|(?<!\d)3\d{{3}}{_GAP}\d{{6}}{_GAP}\d{{5}}(?!\d)"),
    (Kind.TELEPHONE_NUMBER, rf"[+＋]\d{{1,3}}(?:{_GAP}?\(?\d{{1,4}}\)?){{2,4}}"),
    (Kind.TELEPHONE_NUMBER, rf"[(（]?(?<!\d)[0０]\d{{1,4}}{_BETWEEN}\d{{1,4}}{_BETWEEN}\d{{3,4}}(?!\d)"),
    (Kind.TELEPHONE_NUMBER, r"(?<!\d)[0０]\d{9,10}(?!\d)"),
    (Kind.TELEPHONE_NUMBER, rf"(?<![\d-])(?!{_YEAR}{_HYPHEN}{_YEAR})\d{{4}}{_HYPHEN}\d{{4}}(?!{_HYPHEN}?\d)(?!{_UNIT})"),
    (Kind.LONG_NUMBER, rf"[TＴ]?(?<!\d)\d{{7,}}(?!\d)(?!\s*(?:{_UNIT}))"),
    (Kind.LONG_NUMBER, rf"(?<=口座)(?P<keep>[^\d\n。、]{{0,10}})\d{{4,}}(?!\d)(?!\s*(?:{_UNIT}))"),
    (Kind.LONG_NUMBER, rf"(?<=暗証|個人)(?P<keep>番号[^\d\n。、]{{0,6}})\d{{4,}}(?!\d)(?!\s*(?:{_UNIT}))"),
    (Kind.BLOCK_NUMBER, rf"{_KANJI_NUMBER}丁目(?:{_KANJI_NUMBER}{_BLOCK_END})*"),
    (Kind.BLOCK_NUMBER, rf"{_KANJI_NUMBER}番地(?:(?:の|{_HYPHEN})?{_KANJI_NUMBER}号?)?"),
    (Kind.BLOCK_NUMBER, rf"{_KANJI_NUMBER}番{_KANJI_NUMBER}号|\d+号室"),
    (Kind.BLOCK_NUMBER, rf"(?<![\d-])(?!{_MONTH}{_HYPHEN})\d{{1,4}}(?:{_HYPHEN}\d{{1,4}}){{2,3}}(?!\d)"),
    (Kind.BLOCK_NUMBER, rf"(?<=[一-龯々ヶケ町村台丘])\d{{1,4}}(?:{_HYPHEN}|の)\d{{1,4}}(?:の\d{{1,4}})?(?!\d)(?!\s*(?:{_UNIT}))"),
)  # fmt: skip
_NAMES = {names.FIRM: Kind.FIRM, names.PERSON: Kind.PERSON}
_RULES = (
    *((kind, re.compile(pattern)) for kind, pattern in _NUMBERS),
    *((_NAMES[kind], pattern) for kind, pattern in names.PATTERNS),
)


def find(text: str) -> tuple[Span, ...]:
    """What points to a person or a firm, in the order of the text; spans do not overlap."""
    unseen, found = text, []
    for kind, pattern in _RULES:
        for match in pattern.finditer(unseen):
            start = match.end("keep") if match.groupdict().get("keep") else match.start()
            found.append(Span(start, match.end(), _exact(kind, match[0])))
        for span in found:
            unseen = unseen[: span.start] + _SEEN * (span.end - span.start) + unseen[span.end :]
    return tuple(sorted(found, key=lambda span: span.start))


def masked(text: str) -> str:
    """The text with a plain stand-in for each thing found."""
    for span in reversed(find(text)):
        text = text[: span.start] + STAND_IN + text[span.end :]
    return text


def _exact(kind: Kind, matched: str) -> Kind:
    """A long number whose check digit says what it is."""
    digits = [int(sign) for sign in matched if sign.isdecimal()]
    if kind is not Kind.LONG_NUMBER:
        return kind
    if _is_my_number(digits):
        return Kind.MY_NUMBER
    return Kind.CREDIT_CARD if _is_card(digits) else kind


def _is_my_number(digits: list[int]) -> bool:
    """Twelve digits, the last by the ordinance on My Number (総務省令第85号, 2014, article 5)."""
    if len(digits) != 12:
        return False
    weights = (2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6)
    rest = sum(digit * weight for digit, weight in zip(reversed(digits[:-1]), weights, strict=True)) % 11
    return digits[-1] == (0 if rest <= 1 else 11 - rest)


def _is_card(digits: list[int]) -> bool:
    """Fourteen to sixteen digits that pass Luhn's test."""
    doubled = (
        digit if place % 2 == 0 else digit * 2 - 9 * (digit > 4)
        for place, digit in enumerate(reversed(digits))
    )
    return 14 <= len(digits) <= 16 and sum(doubled) % 10 == 0
