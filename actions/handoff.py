"""A person was asked for: record it, and give a number that answers today."""

from actions.action import TurnAction
from actions.reference import tell
from actions.triage import return_to_question
from actions.turn import Turn
from knowledge.referral import GENERAL_DESKS, Referral

GENERAL = Referral(GENERAL_DESKS[:1], "困りごと全般を、人が電話で聞く窓口だからです。", "handoff")


class ActionHandoff(TurnAction):
    """Calls a person; the desks already offered stay offered."""

    def name(self) -> str:
        return "action_handoff"

    def answer(self, turn: Turn) -> None:
        turn.misunderstood = 0
        turn.call_person("requested")
        turn.say("utter_handoff", desks=turn.offered or turn.offer(GENERAL))


class ActionWhenContacted(TurnAction):
    """「いつ連絡くれるの?」: no time is promised; who has not called a person yet is asked whether to."""

    def name(self) -> str:
        return "action_when_contacted"

    def answer(self, turn: Turn) -> None:
        turn.misunderstood = 0
        if tell(turn):
            return_to_question(turn)
        elif turn.handoff:
            turn.say("utter_when_contacted", desks=turn.offered or turn.offer(GENERAL))
        else:
            turn.say("utter_nobody_called")
