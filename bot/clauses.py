"""Parts of a message that are read by themselves, or not at all."""

import re

_TAKEN_BACK = re.compile(r"[^、。!?！？]*(?:じゃなくて|ではなくて|じゃなく|ではなく|じゃのうて|とちごて)、?")
# 「売上は落ちてません」, 「売上は順調ですが」: what is well is no trouble either.
_IS_WELL = re.compile(
    r"[^、。!?！？]*(?:(?:売上|売り上げ|客足|仕事|注文|業績|資金繰り|お金)[はも])[^、。!?！？]{0,6}"
    r"(?:落ちて(?:い)?(?:ません|ない)|減って(?:い)?(?:ません|ない)|順調|好調|悪く(?:ない|ありません)|問題(?:ない|ありません)|あるんです|あります)"
    r"[^、。!?！？]{0,4}?(?:が|けど|けれど|し|[、。])"
)
_END = re.compile(r"(?<=[。!?！？\n])")
SHORTEST = 4  # characters; less is no message
_BREAK = re.compile(
    r"(?<=[。!?！？\n、,，\s])|(?<=けど)|(?<=けれど)|(?<=ですが)|(?<=ますが)|(?<=うえに)|(?<=ので)"
)
SHORTEST_CLAUSE = 7  # characters; less goes with what follows


def without_negated(text: str) -> str:
    """「売上じゃなくて、人が足りない」 speaks of people: what stands before じゃなくて is not meant.

    Where next to nothing would remain the text is left as it is.
    """
    rest = _IS_WELL.sub("", _TAKEN_BACK.sub("", text))
    return rest if len(rest) >= SHORTEST else text


def sentences(text: str) -> list[str]:
    """The sentences that are long enough to tell something."""
    return [part.strip() for part in _END.split(text) if len(part.strip()) > SHORTEST]


def clauses(text: str) -> list[str]:
    """The clauses in which troubles are told one after another; together they are the text."""
    found = [""]
    for part in _BREAK.split(text):
        if len(found[-1]) >= SHORTEST_CLAUSE:
            found.append("")
        found[-1] += part
    if len(found) > 1 and len(found[-1]) < SHORTEST_CLAUSE:
        last = found.pop()
        found[-1] += last
    return found
