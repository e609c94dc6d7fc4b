"""Numbers and addresses that do not belong into a chat: they are masked before a message is kept."""

import re

from api.conversations.manner import Manner
from api.conversations.models import Author, Line
from api.phrases import MASKED, MASKED_PLAIN
from knowledge.redaction import Kind, find

MASKS = {
    Kind.TELEPHONE_NUMBER: "〔電話番号〕",
    Kind.MAIL_ADDRESS: "〔メールアドレス〕",
    Kind.LONG_NUMBER: "〔口座などの番号〕",
    Kind.MY_NUMBER: "〔マイナンバー〕",
    Kind.CREDIT_CARD: "〔カード番号〕",
}
MAYBE = re.compile(r"[\d@＠]")  # without one of these there is nothing to mask, and most messages have none


def masked(text: str) -> str:
    """The text with a mask for each number or address that we do not keep with it. Names stay."""
    if not MAYBE.search(text):
        return text
    for span in reversed(find(text)):
        if span.kind in MASKS:
            text = text[: span.start] + MASKS[span.kind] + text[span.end :]
    return text


def told(manner: Manner) -> Line:
    """What the visitor is told of it."""
    is_plain = manner is Manner.plainly
    return Line(Author.system, MASKED_PLAIN if is_plain else MASKED, plain=is_plain)
