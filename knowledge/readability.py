"""Whether a reviewed text is easy to read: length of a sentence, double negation, keigo, hard words."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from knowledge import calendar, cards, consultation, desks, details, facts, opening, topics
from knowledge.plain import texts

LONGEST, LONGEST_PLAIN = 70, 40  # characters of a sentence as a reader counts them
HARD_WORD_COLUMNS = ("word", "plain", "source")
_DESK_TEXTS = (
    "does", "audience", "cost", "booking", "anonymous", "online", "languages", "say", "bring", "note",
)  # fmt: skip
TABLES: Mapping[str, tuple[str, ...]] = {
    "cards.csv": ("text",),
    "guides.csv": ("text",),
    "programmes.csv": ("what", "audience", "ceiling", "conditions", "status"),
    "renames.csv": ("says",),
    "circumstances.csv": ("phrase",),
    "routes.csv": ("reason",),
    "desks.csv": _DESK_TEXTS,
    "chambers.csv": _DESK_TEXTS,
    "phones.csv": ("note",),
    "hours.csv": ("note",),
    "topics.csv": ("name",),
}
CONSTANTS = (
    desks.NOT_CHECKED, desks.DATED, desks.OLD, desks.GRADE_B_WARNING,
    desks.HOLIDAYS_CLOSED, desks.OPEN_UNTIL, desks.NO_NUMBER, desks.USE_THE_MAIL, desks.USE_THE_PAGE,
    details.UNKNOWN, details.LOCAL, details.TELL_THEM_FIRST, details.SEE_A_MAP, details.ALL_HOURS,
    details.NO_PHONE, details.SEE_THE_PAGE, details.CALL_AND_ASK, details.SEARCH,
    cards.NOT_CONFIRMED, consultation.HEARD, consultation.THANKS, consultation.DOES_BUSINESS, consultation.BUSINESS,
    *topics.TITLES.values(),
    calendar.SPAN, *calendar.DAYS.values(), *(frame.value for frame in opening.Frame),
)  # fmt: skip

_SENTENCE = re.compile(r"[^。!?!?\n]+[。!?!?]*[」』))]*")
_NOT_COUNTED = re.compile(
    r"https?://[!-~]+|[\w.+-]+@[\w.-]+"  # addresses
    r"|\{\w+\}"  # what a response fills in
    r"|[((][ぁ-ゖァ-ヺー・ ]+[))]"  # readings
    r"|#?[0-90-9]+([-,.,.::][0-90-9]+)*|\s",
    re.ASCII,
)
_DOUBLE_NEGATION = re.compile(
    r"ない(わけ|こと|もの|はず)(では?|じゃ|は|も|が)?(な[いく]|ありません)|な(い|く)(では|とは|は|も)(な[いく]|ありません)"
    r"|ない(とは|とも)?(言|い)え(ない|ません)|ないとは限(らない|りません)|ざるを(得|え)|ずには(い|お)"
)
_MUST = re.compile(r"な(ければ|くては)(な(らない|りません)|いけ(ない|ません))")
_KEIGO = re.compile(
    r"いただ[かきくけい]|くださいませ|でしょうか|(致|いた)し(ます|ました|かね)|存じ|申し上げ|(?<!ありがとう)ございま|おりま(す|せん)"
    r"|伺[いう]|承[りる]|拝[見読]|(お|ご)[^\W、。]{1,5}(?<![てで])ください|ご覧|なさ(い|って)ます|られますか"
)


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line without a full stop is one too."""
    return [found.group().strip() for found in _SENTENCE.finditer(text) if found.group().strip()]


def reader_length(sentence: str) -> int:
    """Characters without addresses, numbers, readings in brackets and blanks."""
    return len(_NOT_COUNTED.sub("", sentence))


def faults(text: str, *, is_plain: bool) -> list[str]:
    """What makes the text hard to read, one Japanese sentence a fault."""
    longest = LONGEST_PLAIN if is_plain else LONGEST
    found = [
        f"文が長すぎます({reader_length(one)}字、{longest}字まで): {one}"
        for one in sentences(text)
        if reader_length(one) > longest
    ]
    found += _found(_DOUBLE_NEGATION, text, "二重の否定です")
    return found + (_plain_faults(text) if is_plain else [])


def _plain_faults(text: str) -> list[str]:
    unexplained = [word for word in hard_words() if word in text and not _is_explained(word, text)]
    return [
        *_found(_MUST, text, "二重の否定です(「〜が必要です」と書いてください)"),
        *_found(_KEIGO, text, "敬語が高すぎます"),
        *(f"難しい言葉に読みか説明がありません: {word}({hard_words()[word]})" for word in unexplained),
    ]


def _found(sign: re.Pattern[str], text: str, fault: str) -> list[str]:
    return [f"{fault}: {match.group()}" for match in sign.finditer(text)]


def _is_explained(word: str, text: str) -> bool:
    """「融資(ゆうし)」, 「お金を借りること(融資)」 or 「融資は、…です。」; the word may end a longer name."""
    name = rf"{re.escape(word)}[^\W、。をがのはにでともへ]*」?"
    return bool(re.search(rf"{name}[((]|[((]{name}[))]|{name}は、", text))


@cache
def hard_words() -> Mapping[str, str]:
    """The words that a plain text has to explain, each with a plain wording."""
    return load()


def load(folder: Path = facts.FOLDER) -> Mapping[str, str]:
    """Plain wordings by hard word.

    Raises:
        facts.FactError: a row is incomplete or doubled.
    """
    rows = facts.read("hard_words.csv", HARD_WORD_COLUMNS, folder=folder)
    return facts.unique([(row, row.required("word"), row.required("plain")) for row in rows])


def reviewed_texts(folder: Path = facts.FOLDER) -> dict[str, str]:
    """Every text of the tables and modules that may be said, with the place where it stands."""
    stand = [(text, "knowledge/*.py") for text in CONSTANTS]
    return dict(reversed([*stand, *_table_texts(folder)]))  # of several places the first


def _table_texts(folder: Path) -> Iterator[tuple[str, str]]:
    for file, columns in TABLES.items():
        for row in facts.read(file, _header(file, folder), folder=folder):
            yield from ((row[column], f"{file} {row.line}行目") for column in columns if row[column])


def _header(file: str, folder: Path) -> list[str]:
    with (folder / file).open(encoding="utf-8-sig") as table:
        return table.readline().strip().split(",")


def everything(said: Mapping[str, str] | None = None, plain: Mapping[str, str] | None = None) -> None:
    """Check reviewed texts (with their places) and plain versions; without any given, the shipped ones.

    Raises:
        ValueError: something is hard to read or has no plain version; the message names all of it.
    """
    said = reviewed_texts() if said is None else said
    plain = texts() if plain is None else plain
    found = [
        f"{place}: やさしい日本語がありません: {text}" for text, place in said.items() if text not in plain
    ]
    found += [f"plain.csv: もうない文です: {text}" for text in plain if text not in said]
    found += [f"{place}: {fault}" for text, place in said.items() for fault in faults(text, is_plain=False)]
    found += [f"plain.csv: {fault}" for text in plain.values() for fault in faults(text, is_plain=True)]
    if found:
        raise ValueError("\n".join(found))
