"""The patterns that staff write into the tables: regular expressions over the plain form of a text.

``…`` in a pattern stands for up to 15 characters of the same sentence, ``……``
for up to 40 characters of whatever follows.
"""

import re

from knowledge import facts
from knowledge.text import hiragana, normalise

GAPS = (("……", ".{0,40}?"), ("…", "[^。!?]{0,15}?"))


def plain_form(text: str) -> str:
    """The form that patterns are written for: normal form, katakana as hiragana, no spaces.

    People in need write しにたい, シニタイ or し に た い.
    """
    return hiragana(normalise(text)).replace(" ", "")


def expression(row: facts.Row, column: str) -> str:
    """The regular expression of a column, its gaps filled in.

    Raises:
        facts.FactError: it is empty, broken, matches anything, or could never match.
    """
    written = row.required(column).replace("…", "")
    if plain_form(written) != hiragana(written):
        raise row.fault(
            f"「{column}」に大文字・全角英数・空白があり、何にも一致しません",
            "小文字・半角にし、空白を消してください",
        )
    meant = hiragana(row[column])
    for gap, meaning in GAPS:
        meant = meant.replace(gap, meaning)
    try:
        matches_anything = re.search(meant, "")
    except re.error as error:
        raise row.fault(
            f"「{column}」が正規表現として読めません({error})", "括弧の数と記号を確かめてください"
        ) from error
    if matches_anything:
        raise row.fault(f"「{column}」がどんな文にも一致します", "余分な「|」や「?」を消してください")
    return meant


def pattern(row: facts.Row, column: str) -> re.Pattern[str]:
    """The column's pattern, compiled."""
    return re.compile(expression(row, column), re.DOTALL)
