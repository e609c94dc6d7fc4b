"""The wire as the gateway reads it: tests/contract/answer.json, which the bot's tests read as well."""

import json
from dataclasses import asdict
from typing import Any

import pytest

from api.bot import Bot, Question
from knowledge.desks import desks
from tests.api.fake_bot import FakeBot, contract, raw

REQUEST: dict[str, Any] = contract()["request"]
ANSWERS: dict[str, dict[str, Any]] = {"answer": contract()["answer"], **contract()["other_answers"]}
PARTS = ("replies", "understood", "slots", "referral", "handoff")


async def ask(bot: FakeBot, answer: dict[str, Any]) -> dict[str, Any]:
    """What the gateway made of the answer, as plain data again."""
    bot.behave = raw(json.dumps(answer))
    async with Bot(bot.url) as client:
        understood = await client.ask(Question(**REQUEST), timeout=5)
    plain: dict[str, Any] = json.loads(json.dumps(asdict(understood)))
    return plain


async def test_the_gateway_asks_as_the_contract_says(bot: FakeBot) -> None:
    await ask(bot, ANSWERS["answer"])

    assert bot.questions == [REQUEST]


@pytest.mark.parametrize("name", ANSWERS)
async def test_nothing_of_an_answer_is_lost(bot: FakeBot, name: str) -> None:
    assert await ask(bot, ANSWERS[name]) == ANSWERS[name]


@pytest.mark.parametrize("name", ANSWERS)
async def test_what_a_newer_bot_adds_is_passed_over(bot: FakeBot, name: str) -> None:
    assert await ask(bot, {**ANSWERS[name], "mood": "good"}) == ANSWERS[name]


@pytest.mark.parametrize("name", ANSWERS)
def test_every_desk_of_the_contract_is_one_the_gateway_can_draw(name: str) -> None:
    answer = ANSWERS[name]
    named = [desk for reply in answer["replies"] for desk in reply["desks"]]
    named += (answer["referral"] or {}).get("desks", []) + answer["slots"]["offered"]

    assert set(named) <= set(desks())


def test_the_contract_shows_each_part_of_an_answer_with_something_in_it() -> None:
    assert {part for answer in ANSWERS.values() for part in PARTS if answer[part]} == set(PARTS)
