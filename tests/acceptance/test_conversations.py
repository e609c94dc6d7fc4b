"""Whole conversations with the real bot: the right desk first, and nothing said without a source."""

import json
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from knowledge.calendar import TOKYO
from scripts.lib.converse import as_read, ask
from tests.acceptance.conftest import RunningHouse
from tests.acceptance.conversations import Conversation, Say, conversations
from tests.sources import unsourced

pytestmark = pytest.mark.acceptance
LEAST = 120


@pytest.fixture(scope="session")
def visitor(house: RunningHouse) -> Callable[[str], Say]:
    """Makes visitors of a channel, who talk to the bot of the running house."""
    bot = json.loads((house.data / "running.json").read_text("utf-8"))["bot"]

    def arrive(channel: str) -> Say:
        conversation = uuid.uuid4().hex
        return lambda text: ask(bot, conversation, text, channel=channel)

    return arrive


@pytest.mark.parametrize("conversation", conversations(), ids=lambda one: f"{one.file}: {one.name}")
def test_the_conversation_goes_as_an_expert_would_wish(
    conversation: Conversation, visitor: Callable[[str], Say]
) -> None:
    heard: list[str] = []
    strange: list[str] = []
    say = visitor(conversation.channel)

    def checked(text: str) -> dict[str, Any]:
        heard.append(text)
        answer = say(text)
        now = datetime.now(TOKYO)
        for reply in answer["replies"]:
            strange.extend(unsourced(as_read(reply), heard=heard, now=now))
        return answer

    assert list(conversation.faults(checked)) == []
    assert strange == []


def test_there_are_enough_conversations_of_every_kind() -> None:
    names = [conversation.name for conversation in conversations()]
    most = max(len(conversation.turns) for conversation in conversations())
    told = {conversation.ends.get("municipality") for conversation in conversations()}

    assert len(set(names)) == len(names) >= LEAST
    assert most >= 5
    assert len(told - {None}) >= 40
