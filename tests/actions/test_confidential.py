"""Where another company carries the chat, only the kind of trouble and the area are asked for."""

import pytest

from tests.actions.messages import FIRST_AID, NO_CUSTOMERS, STRANGE_COMPUTER, UNPAID, UNPAID_IN_ITABASHI
from tests.actions.visitor import Visitor

PLATFORMS = ("line", "slack", "one of tomorrow")
ASKED = ("ask_party", "ask_state")
TOLD = ("一人で仕事を受けています", "inform")


@pytest.fixture(params=PLATFORMS)
def visitor(request: pytest.FixtureRequest) -> Visitor:
    return Visitor(channel=request.param)


@pytest.mark.parametrize("message", [UNPAID, UNPAID_IN_ITABASHI, STRANGE_COMPUTER])
def test_desks_are_offered_with_what_is_known(visitor: Visitor, message: tuple[str, str, str]) -> None:
    answer = visitor.writes(*message)

    assert answer.desks and visitor.offered
    assert not set(ASKED) & set(answer.said)
    assert visitor.slots["consultation"]["asked"] in ([], ["place"])


@pytest.mark.parametrize(("message", "is_told"), [(STRANGE_COMPUTER, True), (UNPAID_IN_ITABASHI, False)])
def test_whether_it_goes_on_may_be_told(
    visitor: Visitor, message: tuple[str, str, str], is_told: bool
) -> None:
    assert ("if_under_way" in visitor.writes(*message).said) is is_told


@pytest.mark.parametrize("message", [UNPAID, STRANGE_COMPUTER])
def test_on_our_own_page_the_same_messages_lead_to_a_question(message: tuple[str, str, str]) -> None:
    assert set(ASKED) & set(Visitor().writes(*message).said)


def test_the_topic_and_the_area_are_asked_for(visitor: Visitor) -> None:
    assert visitor.presses("/start_again").said[-1] == "ask_topic"
    assert visitor.writes(*NO_CUSTOMERS).said[-1] == "ask_place"


@pytest.mark.parametrize(
    "pressed", ["/ask_phone", "/ask_cost", "/ask_why", "/ask_another", "/ask_programme", "/repeat"]
)
def test_nothing_that_comes_later_leads_to_such_a_question(visitor: Visitor, pressed: str) -> None:
    visitor.writes(*UNPAID_IN_ITABASHI)
    first, second = visitor.presses(pressed), visitor.writes(*TOLD)

    assert not set(ASKED) & {*first.said, *second.said}


def test_what_is_told_unasked_counts_all_the_same(visitor: Visitor) -> None:
    visitor.writes(*UNPAID_IN_ITABASHI)
    visitor.writes(*TOLD)

    assert visitor.offered[0] == "freelance110"


@pytest.mark.parametrize(
    ("text", "goes_on"), [("まだ続いています", True), ("もう収まりました", False), ("まだ止まりません", True)]
)
def test_whether_it_goes_on_is_heard_unasked(visitor: Visitor, text: str, goes_on: bool) -> None:
    visitor.writes(*STRANGE_COMPUTER)
    visitor.writes(text, "inform")

    assert (visitor.offered == FIRST_AID) is goes_on


def test_what_would_change_the_desk_stands_in_the_reason(visitor: Visitor) -> None:
    visitor.writes(*UNPAID_IN_ITABASHI)

    assert "what_would_change" in visitor.presses("/ask_why").said
