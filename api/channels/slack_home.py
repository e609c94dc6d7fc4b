"""The app's home tab: what this is, where to begin, and what becomes of what is written."""

from typing import Any

from api import phrases
from api.bot import Button
from api.channels.slack_blocks import choice
from api.channels.slack_piece import context, section

PREFIX = "home."


def home() -> dict[str, Any]:
    """The view. The same for all, so both wordings stand on it."""
    titles = [title for title, _ in phrases.GREETING_BUTTONS]
    buttons = [choice(f"{PREFIX}{number}", title) for number, title in enumerate(titles)]
    return {
        "type": "home",
        "blocks": [
            section(phrases.SLACK_HOME),
            {"type": "actions", "block_id": "home", "elements": buttons},
            context(phrases.SLACK_PRIVACY),
            {"type": "divider"},
            section(phrases.SLACK_HOME_PLAIN),
            context(phrases.SLACK_PRIVACY_PLAIN),
        ],
    }


def home_button(value: str) -> Button | None:
    """The button of the home tab that brought this value."""
    number = value.removeprefix(PREFIX)
    if not (value.startswith(PREFIX) and number.isascii() and number.isdecimal()):
        return None
    buttons = [Button(title, payload) for title, payload in phrases.GREETING_BUTTONS]
    return buttons[int(number)] if int(number) < len(buttons) else None
