"""What LINE takes as messages of one call, and what it finds wrong with them."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.platforms.checks import (
    Check,
    Fault,
    Path,
    address,
    anything,
    every,
    items,
    number,
    one_of,
    record,
    string,
    tagged,
    whole,
)
from tests.platforms.line.actions import quick_reply_action
from tests.platforms.line.flex import CONTAINER

MOST_MESSAGES = 5
LONGEST_TEXT = 5000
MOST_QUICK_REPLIES = 13
LONGEST_ALT_TEXT = 400
LONGEST_SENDER = 20


def _not_line_itself(value: Any, path: Path) -> Iterator[Fault]:
    if "LINE" in value.upper():
        yield Fault(path, "Contains a word that may not be used")


PICTURE = address(("https",), 2000)
SENDER = record({}, {"name": every(string(1, LONGEST_SENDER), _not_line_itself), "iconUrl": PICTURE})
QUICK_REPLY_ITEM = record({"type": one_of("action"), "action": quick_reply_action}, {"imageUrl": PICTURE})
QUICK_REPLY = record({"items": items(QUICK_REPLY_ITEM, 1, MOST_QUICK_REPLIES)})
ALL: Mapping[str, Check] = {"quickReply": QUICK_REPLY, "sender": SENDER}
KIND: Mapping[str, Check] = {"type": anything}
DIGITS = string(1, 20, pattern=r"\d+")
EMOJI = record({"index": whole(0, LONGEST_TEXT), "productId": string(), "emojiId": string()})

# Of the kinds of message that LINE has, the ones that are imitated here.
KINDS: Mapping[str, Check] = {
    "text": record(
        {**KIND, "text": string(1, LONGEST_TEXT)},
        {"emojis": items(EMOJI, 0, 20), "quoteToken": string(), **ALL},
    ),
    "sticker": record({**KIND, "packageId": DIGITS, "stickerId": DIGITS}, {"quoteToken": string(), **ALL}),
    "image": record({**KIND, "originalContentUrl": PICTURE, "previewImageUrl": PICTURE}, ALL),
    "location": record(
        {
            **KIND,
            "title": string(1, 100),
            "address": string(1, 100),
            "latitude": number(-90, 90),
            "longitude": number(-180, 180),
        },
        ALL,
    ),
    "flex": record({**KIND, "altText": string(1, LONGEST_ALT_TEXT), "contents": CONTAINER}, ALL),
}
MESSAGES = items(tagged(lambda: KINDS), 1, MOST_MESSAGES)
