"""Replies as the bot gives them."""

from typing import Any

from knowledge.cards import card_text

URGENT = card_text("ransomware")


def reply(text: str, *, desks: tuple[str, ...] = (), buttons: tuple[str, ...] = ()) -> dict[str, Any]:
    """One bubble; every button says its own title when it is pressed."""
    choices = [{"title": title, "payload": f"/say_{index}"} for index, title in enumerate(buttons)]
    return {"text": text, "desks": list(desks), "buttons": choices}
