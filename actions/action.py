"""What every action does: read the turn, answer it, report it."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.reference import tell_step
from actions.turn import Turn
from knowledge.calendar import TOKYO


def now_in_tokyo() -> datetime:
    return datetime.now(TOKYO)


class TurnAction(Action, ABC):
    """An action is one way to answer a turn. The action server makes each with the real clock."""

    def __init__(self, clock: Callable[[], datetime] = now_in_tokyo) -> None:
        self._clock = clock

    @abstractmethod
    def name(self) -> str:
        """The name by which domain.yml and the rules know it."""

    @abstractmethod
    def answer(self, turn: Turn) -> None:
        """Say what is to be said, and remember what was told."""

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        turn = Turn(dispatcher, tracker, now=self._clock())
        if not tell_step(turn):  # 「次は?」 after an emergency card, whatever else it sounds like
            self.answer(turn)
        return turn.finish()
