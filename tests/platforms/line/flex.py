"""What a Flex message may be: every component with its properties, and the sizes that LINE keeps to."""

import json
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
from tests.platforms.line.actions import button_action, optional_label_action

LARGEST_BUBBLE = 30_000  # bytes
LARGEST_CONTAINER = 50_000
MOST_BUBBLES = 12

COLOR = string(pattern=r"#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?")
SPACE = string(pattern=r"none|xs|sm|md|lg|xl|xxl|\d+(\.\d+)?px")
PADDING = string(pattern=r"none|xs|sm|md|lg|xl|xxl|\d+(\.\d+)?(px|%)")
TEXT_SIZE = string(pattern=r"xxs|xs|sm|md|lg|xl|xxl|[345]xl|\d+(\.\d+)?px")
IMAGE_SIZE = string(pattern=r"xxs|xs|sm|md|lg|xl|xxl|[345]xl|full|\d+(\.\d+)?(px|%)")
EXTENT = string(pattern=r"\d+(\.\d+)?(px|%)")
RATIO = string(pattern=r"\d{1,6}(\.\d+)?:\d{1,6}(\.\d+)?")
SOURCE = address(("https",), 2000)
ALIGN = one_of("start", "end", "center")
GRAVITY = one_of("top", "bottom", "center")
WEIGHT = one_of("regular", "bold")
STYLE = one_of("normal", "italic")
DECORATION = one_of("none", "underline", "line-through")
KIND: Mapping[str, Check] = {"type": anything}
OFFSETS: Mapping[str, Check] = {
    "position": one_of("relative", "absolute"),
    **{f"offset{side}": PADDING for side in ("Top", "Bottom", "Start", "End")},
}
PLACE: Mapping[str, Check] = {"flex": whole(0, 1_000_000), "margin": SPACE, **OFFSETS}
GRADIENT = record(
    {
        "type": one_of("linearGradient"),
        "angle": string(pattern=r"\d+(\.\d+)?deg"),
        "startColor": COLOR,
        "endColor": COLOR,
    },
    {"centerColor": COLOR, "centerPosition": string(pattern=r"\d+(\.\d+)?%")},
)


def _has_words(value: Any, path: Path) -> Iterator[Fault]:
    if not value.get("text") and not value.get("contents"):
        yield Fault((*path, "text"), "May not be empty")


def _suits_its_layout(value: Any, path: Path) -> Iterator[Fault]:
    """A baseline box holds only what has a baseline; the others hold no icons."""
    wrong = ("box", "button", "image", "separator") if value["layout"] == "baseline" else ("icon",)
    for index, part in enumerate(value["contents"]):
        if part.get("type") in wrong:
            yield Fault((*path, "contents", index, "type"), f"not allowed in a {value['layout']} box")


def _inside() -> Mapping[str, Check]:
    return INSIDE


SPAN = record(
    {"type": one_of("span"), "text": string()},
    {"size": TEXT_SIZE, "color": COLOR, "weight": WEIGHT, "style": STYLE, "decoration": DECORATION},
)
TEXT = every(
    record(
        KIND,
        {
            "text": string(),
            "contents": items(SPAN, 1, 100),
            "size": TEXT_SIZE,
            "align": ALIGN,
            "gravity": GRAVITY,
            "color": COLOR,
            "weight": WEIGHT,
            "style": STYLE,
            "decoration": DECORATION,
            "wrap": boolean,
            "lineSpacing": string(pattern=r"\d+(\.\d+)?px"),
            "maxLines": whole(0, 1000),
            "adjustMode": one_of("shrink-to-fit"),
            "scaling": boolean,
            "action": optional_label_action,
            **PLACE,
        },
    ),
    _has_words,
)
BUTTON = record(
    {**KIND, "action": button_action},
    {
        "color": COLOR,
        "style": one_of("primary", "secondary", "link"),
        "gravity": GRAVITY,
        "height": one_of("sm", "md"),
        "adjustMode": one_of("shrink-to-fit"),
        "scaling": boolean,
        **PLACE,
    },
)
IMAGE = record(
    {**KIND, "url": SOURCE},
    {
        "align": ALIGN,
        "gravity": GRAVITY,
        "size": IMAGE_SIZE,
        "aspectRatio": RATIO,
        "aspectMode": one_of("fit", "cover"),
        "backgroundColor": COLOR,
        "action": optional_label_action,
        "animated": boolean,
        **PLACE,
    },
)
ICON = record(
    {**KIND, "url": SOURCE},
    {"size": TEXT_SIZE, "aspectRatio": RATIO, "scaling": boolean, "margin": SPACE, **OFFSETS},
)
BOX = every(
    record(
        {
            **KIND,
            "layout": one_of("horizontal", "vertical", "baseline"),
            "contents": items(tagged(_inside), 0, 1000),
        },
        {
            "spacing": SPACE,
            "backgroundColor": COLOR,
            "borderColor": COLOR,
            "borderWidth": string(pattern=r"none|light|normal|medium|semi-bold|bold|\d+(\.\d+)?px"),
            "cornerRadius": SPACE,
            **dict.fromkeys(("width", "maxWidth", "height", "maxHeight"), EXTENT),
            **{f"padding{side}": PADDING for side in ("All", "Top", "Bottom", "Start", "End")},
            "justifyContent": one_of(
                "center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"
            ),
            "alignItems": one_of("center", "flex-start", "flex-end"),
            "background": GRADIENT,
            "action": optional_label_action,
            **PLACE,
        },
    ),
    _suits_its_layout,
)
INSIDE: Mapping[str, Check] = {
    "box": BOX,
    "button": BUTTON,
    "image": IMAGE,
    "icon": ICON,
    "text": TEXT,
    "separator": record(KIND, {"margin": SPACE, "color": COLOR}),
    "filler": record(KIND, {"flex": whole(0, 1_000_000)}),
}
BLOCK_STYLE = record({}, {"backgroundColor": COLOR, "separator": boolean, "separatorColor": COLOR})
BLOCK = tagged(lambda: {"box": BOX})


def _has_a_block(value: Any, path: Path) -> Iterator[Fault]:
    if not any(value.get(block) for block in ("header", "hero", "body", "footer")):
        yield Fault(path, "At least one block must be specified")


def _no_larger_than(most: int) -> Check:
    def check(value: Any, path: Path) -> Iterator[Fault]:
        size = len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
        if size > most:
            yield Fault(path, f"The JSON is {size} bytes, more than {most}")

    return check


BUBBLE = every(
    record(
        KIND,
        {
            "size": one_of("nano", "micro", "deca", "hecto", "kilo", "mega", "giga"),
            "direction": one_of("ltr", "rtl"),
            "header": BLOCK,
            "hero": tagged(lambda: {"box": BOX, "image": IMAGE}),
            "body": BLOCK,
            "footer": BLOCK,
            "styles": record({}, dict.fromkeys(("header", "hero", "body", "footer"), BLOCK_STYLE)),
            "action": optional_label_action,
        },
    ),
    _has_a_block,
    _no_larger_than(LARGEST_BUBBLE),
)
CAROUSEL = record({**KIND, "contents": items(tagged(lambda: {"bubble": BUBBLE}), 1, MOST_BUBBLES)})
CONTAINER = every(
    tagged(lambda: {"bubble": BUBBLE, "carousel": CAROUSEL}), _no_larger_than(LARGEST_CONTAINER)
)
