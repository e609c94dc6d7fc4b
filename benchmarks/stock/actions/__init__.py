"""The stock bot's actions: every one reads the intent, keeps it in a slot and says a text of the domain.

That is less than our own actions do. They bear the names of ours, so that both bots train on the same rules.
"""

import os
from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from ruamel.yaml import YAML

DOMAIN = Path(os.environ["STOCK_DOMAIN"])
SLOT = "reason"
OTHERWISE = "utter_anything_else"


def _answer(
    _action: Action, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
) -> list[dict[str, Any]]:
    intent = tracker.get_intent_of_latest_message() or ""
    response = f"utter_{intent}"
    dispatcher.utter_message(response=response if response in domain["responses"] else OTHERWISE)
    return [SlotSet(SLOT, intent)]


def _named(name: str) -> type[Action]:
    return type(name, (Action,), {"name": lambda self: name, "run": _answer, "__module__": __name__})


# The action server finds the classes by itself, as long as somebody holds them.
ACTIONS = tuple(_named(name) for name in YAML(typ="safe").load(DOMAIN)["actions"])
