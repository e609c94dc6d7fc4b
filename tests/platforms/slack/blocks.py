"""What Block Kit takes: every block and element with its limits."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from tests.platforms.checks import (
    Check,
    Fault,
    Path,
    address,
    anything,
    boolean,
    every,
    items,
    one_of,
    record,
    string,
    tagged,
    whole,
)

MOST_IN_MESSAGE = 50
MOST_IN_VIEW = 100
KIND: Mapping[str, Check] = {"type": anything}
NAME = string(1, 255)
BLOCK: Mapping[str, Check] = {"block_id": NAME}
WEB = address(("http", "https"), 3000)


def plain(most: int) -> Check:
    """A plain_text object."""
    return record({"type": one_of("plain_text"), "text": string(1, most)}, {"emoji": boolean})


def words(most: int) -> Check:
    """A text object of either kind."""
    marked = record({"type": one_of("mrkdwn"), "text": string(1, most)}, {"verbatim": boolean})
    return tagged(lambda: {"plain_text": plain(most), "mrkdwn": marked})


CONFIRM = record(
    {"title": plain(100), "text": words(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
BUTTON = record(
    {**KIND, "text": plain(75)},
    {
        "action_id": NAME,
        "value": string(1, 2000),
        "url": WEB,
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(1, 75),
    },
)
OPTION = record({"text": words(75), "value": string(1, 150)}, {"description": plain(75)})
SELECT = record(
    {**KIND, "options": items(OPTION, 1, 100)},
    {
        "action_id": NAME,
        "placeholder": plain(150),
        "initial_option": OPTION,
        "confirm": CONFIRM,
        "focus_on_load": boolean,
    },
)
OVERFLOW = record({**KIND, "options": items(OPTION, 1, 5)}, {"action_id": NAME, "confirm": CONFIRM})
IMAGE = record({**KIND, "image_url": WEB, "alt_text": string(1, 2000)})
TEXT_INPUT = record(
    KIND,
    {
        "action_id": NAME,
        "placeholder": plain(150),
        "initial_value": string(1, 3000),
        "multiline": boolean,
        "min_length": whole(0, 3000),
        "max_length": whole(1, 3000),
        "focus_on_load": boolean,
    },
)
PRESSED: Mapping[str, Check] = {"button": BUTTON, "static_select": SELECT, "overflow": OVERFLOW}


def _has_words(value: Any, path: Path) -> Iterator[Fault]:
    if not value.get("text") and not value.get("fields"):
        yield Fault((*path, "text"), "a section needs text or fields")


# Of the blocks that Slack has, the ones that are imitated here.
BLOCKS: Mapping[str, Check] = {
    "section": every(
        record(
            KIND,
            {
                "text": words(3000),
                "fields": items(words(2000), 1, 10),
                "accessory": tagged(lambda: {**PRESSED, "image": IMAGE}),
                "expand": boolean,
                **BLOCK,
            },
        ),
        _has_words,
    ),
    "actions": record({**KIND, "elements": items(tagged(lambda: PRESSED), 1, 25)}, BLOCK),
    "context": record(
        {
            **KIND,
            "elements": items(
                tagged(lambda: {"image": IMAGE, "plain_text": words(2000), "mrkdwn": words(2000)}), 1, 10
            ),
        },
        BLOCK,
    ),
    "divider": record(KIND, BLOCK),
    "header": record({**KIND, "text": plain(150)}, BLOCK),
    "image": record({**KIND, "image_url": WEB, "alt_text": string(1, 2000)}, {"title": plain(2000), **BLOCK}),
}
INPUT = record(
    {
        **KIND,
        "label": plain(2000),
        "element": tagged(lambda: {"plain_text_input": TEXT_INPUT, "static_select": SELECT}),
    },
    {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean, **BLOCK},
)


def _unique(value: Any, path: Path) -> Iterator[Fault]:
    """No block_id and no action_id may stand twice."""
    for name in ("block_id", "action_id"):
        counted = Counter(_named(value, name))
        for twice in (found for found, number in counted.items() if number > 1):
            yield Fault(path, f"the {name} {twice} stands twice")


def _named(part: Any, name: str) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _named(each, name)
    elif isinstance(part, dict):
        if name in part:
            yield part[name]
        for value in part.values():
            yield from _named(value, name)


MESSAGE_BLOCKS = every(items(tagged(lambda: BLOCKS), 0, MOST_IN_MESSAGE), _unique)
VIEW_BLOCKS = every(items(tagged(lambda: {**BLOCKS, "input": INPUT}), 0, MOST_IN_VIEW), _unique)


def _an_object(value: Any, path: Path) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(path, "Must be an object")


METADATA = record(
    {"event_type": string(1, 255, pattern="[A-Za-z0-9_.:-]+"), "event_payload": _an_object},
    {"entities": anything},
)
ABOUT_VIEW: Mapping[str, Check] = {
    "private_metadata": string(0, 3000),
    "callback_id": NAME,
    "external_id": NAME,
}
HOME = record({"type": one_of("home"), "blocks": VIEW_BLOCKS}, ABOUT_VIEW)
MODAL = record(
    {"type": one_of("modal"), "title": plain(24), "blocks": VIEW_BLOCKS},
    {
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        **ABOUT_VIEW,
    },
)
