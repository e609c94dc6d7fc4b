"""What happens when something is tapped: the action objects, and where each is allowed."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.platforms.checks import (
    Check,
    Fault,
    Path,
    address,
    anything,
    every,
    one_of,
    record,
    string,
    tagged,
)

LONGEST_LABEL = 20
LONGEST_DATA = 300
LONGEST_URI = 1000
SCHEMES = ("http", "https", "line", "tel")


def _one_text(value: Any, path: Path) -> Iterator[Fault]:
    if value.get("text") and value.get("displayText"):
        yield Fault((*path, "text"), "Cannot be set together with displayText")


def _kinds(*, is_label_required: bool, only: tuple[str, ...]) -> Mapping[str, Check]:
    label: Mapping[str, Check] = {"label": string(1, LONGEST_LABEL)}
    needed = {"type": anything, **(label if is_label_required else {})}
    also = {} if is_label_required else label
    data = string(1, LONGEST_DATA)
    text = string(1, 300)
    known: Mapping[str, Check] = {
        "postback": every(
            record(
                {**needed, "data": data},
                {
                    **also,
                    "displayText": text,
                    "text": text,
                    "inputOption": one_of("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"),
                    "fillInText": text,
                },
            ),
            _one_text,
        ),
        "message": record({**needed, "text": text}, also),
        "uri": record(
            {**needed, "uri": address(SCHEMES, LONGEST_URI)},
            {**also, "altUri": record({}, {"desktop": address(SCHEMES, LONGEST_URI)})},
        ),
        "datetimepicker": record(
            {**needed, "data": data, "mode": one_of("date", "time", "datetime")},
            {**also, "initial": string(), "max": string(), "min": string()},
        ),
        "clipboard": record({**needed, "clipboardText": string(1, 1000)}, also),
        "location": record(needed, also),
        "camera": record(needed, also),
        "cameraRoll": record(needed, also),
        "richmenuswitch": record(
            {**needed, "richMenuAliasId": string(1, 32, pattern="[a-z0-9_-]+"), "data": data}, also
        ),
    }
    return {name: known[name] for name in only}


EVERYWHERE = ("postback", "message", "uri", "datetimepicker", "clipboard")
ONLY_IN_QUICK_REPLIES = ("camera", "cameraRoll", "location")
_QUICK = _kinds(is_label_required=True, only=EVERYWHERE + ONLY_IN_QUICK_REPLIES)
_BUTTON = _kinds(is_label_required=True, only=EVERYWHERE)
_OPTIONAL = _kinds(is_label_required=False, only=EVERYWHERE)
_MENU = _kinds(is_label_required=False, only=(*EVERYWHERE, "richmenuswitch"))

quick_reply_action = tagged(lambda: _QUICK)
button_action = tagged(lambda: _BUTTON)
optional_label_action = tagged(lambda: _OPTIONAL)
menu_action = tagged(lambda: _MENU)
