"""Parts of a message that are read by themselves, or not at all."""

import re

_TAKEN_BACK = re.compile(r"[^、。!?！？]*(?:じゃなくて|ではなくて|じゃなく|ではなく|じゃのうて|とちごて)、?")
_END = re.compile(r"(?<=[。!?！？\n])")
SHORTEST = 4  # characters; less is no message


def without_negated(text: str) -> str:
    """「売上じゃなくて、人が足りない」 speaks of people: what stands before じゃなくて is not meant.

    Where next to nothing would remain the text is left as it is.
    """
    rest = _TAKEN_BACK.sub("", text)
    return rest if len(rest) >= SHORTEST else text


def sentences(text: str) -> list[str]:
    """The sentences that are long enough to tell something."""
    return [part.strip() for part in _END.split(text) if len(part.strip()) > SHORTEST]
