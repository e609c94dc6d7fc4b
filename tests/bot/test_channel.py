"""The one way in, over HTTP on a port that really listens; the wire is tests/contract/answer.json."""

import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
import pytest_asyncio
from rasa.core.channels.channel import UserMessage, register
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from sanic import Sanic

from bot.channel import TURN, AnswerOutput, MadoguchiChannel, Question
from bot.choices import LONGEST_CHOICE

CONTRACT: dict[str, Any] = json.loads((Path(__file__).parents[1] / "contract/answer.json").read_text("utf-8"))
REQUEST: dict[str, Any] = CONTRACT["request"]
ANSWERS: dict[str, dict[str, Any]] = {"answer": CONTRACT["answer"], **CONTRACT["other_answers"]}
Sanic.test_mode = True  # several servers one after the other in one process
DOMAIN = Domain.load(Path(__file__).parents[2] / "domain.yml")
ON_TOP = ("message", "replies")  # what the channel adds; the rest is the action's report


def as_rasa_says(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The messages that Rasa hands to a channel when its actions give this answer."""
    report = {key: value for key, value in answer.items() if key not in ON_TOP}
    replies = [
        {
            "text": reply["text"],
            "buttons": reply["buttons"],
            "custom": {"desks": reply["desks"], "plain": reply["plain"]},
        }
        for reply in answer["replies"]
    ]
    return [*replies, {"custom": {TURN: report}}]


class Agent:
    """Stands where the trained agent stands: answers as told, and remembers it in Rasa's own tracker."""

    def __init__(self, says: list[dict[str, Any]], *, is_ready: bool = True) -> None:
        self.asked: list[UserMessage] = []
        self.domain = DOMAIN
        self.tracker_store = InMemoryTrackerStore(Domain.empty())
        self.says = says
        self._is_ready = is_ready

    def is_ready(self) -> bool:
        return self._is_ready

    async def handle_message(self, message: UserMessage) -> None:
        self.asked.append(message)
        tracker = await self.tracker_store.get_or_create_tracker(message.sender_id)
        tracker.update(UserUttered(message.text, metadata=message.metadata))
        for said in self.says:
            tracker.update(
                BotUttered(said.get("text"), {key: said.get(key) for key in ("buttons", "custom")})
            )
            await message.output_channel.send_response(message.sender_id, said)
        await self.tracker_store.save(tracker)


Answered = tuple[int, dict[str, Any]]


class Gateway:
    """What the gateway does: one POST, one answer."""

    def __init__(self, agent: Agent | None, url: str, session: aiohttp.ClientSession) -> None:
        self.agent = agent
        self._url = url
        self._session = session

    async def asks(self, body: object) -> Answered:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        async with self._session.post(f"{self._url}/answer", data=content, headers=headers) as response:
            return response.status, await response.json()

    async def looks(self) -> Answered:
        async with self._session.get(f"{self._url}/health") as response:
            return response.status, await response.json()


@asynccontextmanager
async def listening(agent: Agent | None) -> AsyncIterator[Gateway]:
    """A server with our channel and this agent."""
    app = Sanic(f"bot_{uuid4().hex}", configure_logging=False)
    app.ctx.agent = agent
    register([MadoguchiChannel()], app, route="/webhooks/")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = await app.create_server(sock=listener, return_asyncio_server=True, access_log=False)
        assert server is not None
        await server.startup()
        try:
            async with aiohttp.ClientSession() as session:
                yield Gateway(
                    agent, f"http://127.0.0.1:{listener.getsockname()[1]}/webhooks/madoguchi", session
                )
        finally:
            server.close()
            await server.wait_closed()


@pytest_asyncio.fixture
async def gateway() -> AsyncIterator[Gateway]:
    async with listening(Agent(as_rasa_says(CONTRACT["answer"]))) as one:
        yield one


def test_the_request_of_the_contract_is_understood() -> None:
    question = Question.from_json(REQUEST)

    assert vars(question) == REQUEST


@pytest.mark.parametrize("name", ANSWERS)
async def test_every_answer_of_the_contract_is_what_the_channel_sends(name: str) -> None:
    async with listening(Agent(as_rasa_says(ANSWERS[name]))) as gateway:
        status, answer = await gateway.asks(REQUEST)

    assert status == 200
    assert answer == ANSWERS[name]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"conversation": None}, "conversation"),
        ({"message": 7}, "message"),
        ({"text": ["客"]}, "text"),
        ({"channel": {}}, "channel"),
        ({"payload": "staffing"}, "payload"),
        ({"payload": 1}, "payload"),
        ({"payload": ""}, "payload"),
    ],
)
async def test_a_request_of_another_form_is_refused_and_the_field_named(
    gateway: Gateway, change: dict[str, Any], named: str
) -> None:
    status, answer = await gateway.asks({**REQUEST, **change})

    assert status == 400
    assert named in answer["error"]
    assert gateway.agent is not None and gateway.agent.asked == []


@pytest.mark.parametrize("field", ["conversation", "message", "text", "channel"])
async def test_a_request_without_a_field_is_refused(gateway: Gateway, field: str) -> None:
    status, answer = await gateway.asks({key: value for key, value in REQUEST.items() if key != field})

    assert (status, field in answer["error"]) == (400, True)


@pytest.mark.parametrize("body", [[], "text", 7, None])
async def test_a_body_that_is_no_object_is_refused(gateway: Gateway, body: object) -> None:
    assert (await gateway.asks(body))[0] == 400


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b""])
async def test_a_body_that_is_no_json_is_refused(gateway: Gateway, body: bytes) -> None:
    assert (await gateway.asks(body))[0] == 400


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("/restart", "restart"),
        ("／restart", "restart"),
        (' \u200b/handoff{"a": 1}', 'handoff{"a": 1}'),
        ("//staffing", "staffing"),
        ("客が来ない", "客が来ない"),
        ("24/7で営業", "24/7で営業"),
    ],
)
async def test_what_a_visitor_writes_never_reaches_rasa_as_a_command(
    gateway: Gateway, text: str, heard: str
) -> None:
    await gateway.asks({**REQUEST, "text": text})

    assert gateway.agent is not None
    assert [message.text for message in gateway.agent.asked] == [heard]


async def test_a_button_reaches_rasa_as_it_was_offered(gateway: Gateway) -> None:
    await gateway.asks({**REQUEST, "text": "23区のどこか", "payload": '/inform{"area": "区部"}'})

    assert gateway.agent is not None
    (asked,) = gateway.agent.asked
    assert asked.text == '/inform{"area": "区部"}'
    assert asked.sender_id == REQUEST["conversation"]


async def test_a_message_that_was_answered_already_gets_the_same_answer_without_being_heard_twice(
    gateway: Gateway,
) -> None:
    first = await gateway.asks(REQUEST)
    await gateway.asks({**REQUEST, "message": "another", "text": "ありがとう"})

    again = await gateway.asks({**REQUEST, "again": True})

    assert again == first
    assert gateway.agent is not None and len(gateway.agent.asked) == 2


async def test_a_message_that_never_arrived_is_heard_when_it_is_sent_again(gateway: Gateway) -> None:
    unknown = await gateway.asks({**REQUEST, "again": True})
    await gateway.asks({**REQUEST, "message": "another"})
    lost = await gateway.asks({**REQUEST, "message": "lost", "again": True})

    assert [unknown[0], lost[0]] == [200, 200]
    assert lost[1]["message"] == "lost"
    assert gateway.agent is not None and len(gateway.agent.asked) == 3


async def test_a_message_that_broke_off_half_way_is_heard_again() -> None:
    whole = as_rasa_says(CONTRACT["answer"])
    async with listening(agent := Agent(whole[:1])) as gateway:
        broken = await gateway.asks(REQUEST)
        agent.says = whole
        mended = await gateway.asks({**REQUEST, "again": True})

    assert broken[0] == 503
    assert mended == (200, CONTRACT["answer"])


async def test_an_answer_without_the_report_of_an_action_is_a_failure() -> None:
    async with listening(Agent([{"text": "こんにちは"}])) as gateway:
        assert (await gateway.asks(REQUEST))[0] == 503


@pytest.mark.parametrize("agent", [None, Agent([], is_ready=False)])
async def test_while_the_model_is_not_loaded_it_says_so(agent: Agent | None) -> None:
    async with listening(agent) as gateway:
        asked, looked = await gateway.asks(REQUEST), await gateway.looks()

    assert asked[0] == 503
    assert looked == (503, {"ready": False})


async def test_when_the_model_is_loaded_it_is_ready(gateway: Gateway) -> None:
    assert await gateway.looks() == (200, {"ready": True})


async def test_only_title_and_command_of_a_button_are_sent() -> None:
    output = AnswerOutput()
    button = {"title": "人と話したい", "payload": "/handoff", "type": "postback"}

    await output.send_response("visitor", {"text": "どうぞ", "buttons": [button]})

    assert output.replies == [
        {
            "text": "どうぞ",
            "buttons": [{"title": "人と話したい", "payload": "/handoff"}],
            "desks": [],
            "plain": False,
        }
    ]


@pytest.mark.parametrize("plain", [True, False])
async def test_desks_are_marked_for_plain_japanese_as_the_action_says(plain: bool) -> None:
    output = AnswerOutput()

    await output.send_response("visitor", {"text": "どうぞ", "custom": {"desks": ["kosha"], "plain": plain}})

    assert output.replies == [{"text": "どうぞ", "buttons": [], "desks": ["kosha"], "plain": plain}]


# A choice that is typed. The answer of the contract ends with five buttons, of which the second is /ask_hours.


async def heard_after_buttons(gateway: Gateway, *texts: str) -> list[str]:
    """What Rasa hears of these messages, the first one after an answer with buttons."""
    await gateway.asks(REQUEST)
    for number, text in enumerate(texts):
        await gateway.asks({**REQUEST, "message": f"m{number}", "text": text})
    assert gateway.agent is not None
    return [message.text for message in gateway.agent.asked[1:]]


@pytest.mark.parametrize("text", ["2", "②", "二番", "受付時間", "受付時間です"])
async def test_a_choice_that_is_typed_is_heard_as_the_button(gateway: Gateway, text: str) -> None:
    assert await heard_after_buttons(gateway, text) == ["/ask_hours"]


LONG = "2" + "。" * LONGEST_CHOICE


@pytest.mark.parametrize("text", ["8人です", "2026年", "99", "客が来ない", LONG])
async def test_what_is_no_choice_is_heard_as_it_was_written(gateway: Gateway, text: str) -> None:
    assert await heard_after_buttons(gateway, text) == [text]


@pytest.mark.parametrize("text", ["2", "人手が足りない", "働く人が足りない"])
async def test_the_first_message_may_be_a_choice_of_the_greeting(gateway: Gateway, text: str) -> None:
    await gateway.asks({**REQUEST, "text": text})

    assert gateway.agent is not None
    assert [message.text for message in gateway.agent.asked] == ["/staffing"]


@pytest.mark.parametrize("text", ["7", "⑫", "十二番"])
async def test_a_number_beyond_the_first_question_is_no_choice_of_the_greeting(
    gateway: Gateway, text: str
) -> None:
    """The normal and the plain topics stand one after the other; only the first six were numbered."""
    await gateway.asks({**REQUEST, "text": text})

    assert gateway.agent is not None
    assert [message.text for message in gateway.agent.asked] == [text]


@pytest.mark.parametrize(
    ("text", "heard"),
    [("人手が足りない", "/staffing"), ("働く人が足りない", "/staffing"), ("災害への備え", "/bcp")],
)
async def test_the_title_of_a_topic_can_be_typed_at_any_time(gateway: Gateway, text: str, heard: str) -> None:
    assert await heard_after_buttons(gateway, "ありがとう", text) == ["ありがとう", heard]


async def test_a_number_that_no_button_of_the_last_turn_has_names_no_topic() -> None:
    async with listening(agent := Agent(as_rasa_says(ANSWERS["handoff"]))) as gateway:
        assert await heard_after_buttons(gateway, "2") == ["2"]
    assert agent.asked


async def test_the_buttons_of_one_visitor_are_no_choice_for_another(gateway: Gateway) -> None:
    await gateway.asks(REQUEST)
    await gateway.asks({**REQUEST, "conversation": "another", "text": "受付時間"})

    assert gateway.agent is not None
    assert gateway.agent.asked[-1].text == "受付時間"


async def test_a_button_that_is_pressed_is_not_read_as_a_number(gateway: Gateway) -> None:
    await gateway.asks(REQUEST)
    await gateway.asks({**REQUEST, "message": "another", "text": "2", "payload": "/handoff"})

    assert gateway.agent is not None
    assert gateway.agent.asked[-1].text == "/handoff"


async def test_buttons_of_an_earlier_turn_are_gone() -> None:
    async with listening(agent := Agent(as_rasa_says(CONTRACT["answer"]))) as gateway:
        await gateway.asks(REQUEST)
        agent.says = as_rasa_says(ANSWERS["handoff"])
        heard = await heard_after_buttons(gateway, "2")

    assert heard[-1] == "2"


async def test_a_choice_that_broke_off_half_way_is_still_a_choice_when_it_is_sent_again() -> None:
    async with listening(agent := Agent(as_rasa_says(CONTRACT["answer"]))) as gateway:
        await gateway.asks(REQUEST)
        agent.says = []
        typed = {**REQUEST, "message": "typed", "text": "2"}
        broken = await gateway.asks(typed)
        await gateway.asks({**typed, "again": True})

    assert broken[0] == 503
    assert [message.text for message in agent.asked[1:]] == ["/ask_hours", "/ask_hours"]


async def test_a_typed_choice_cannot_name_a_command_that_was_not_offered(gateway: Gateway) -> None:
    assert await heard_after_buttons(gateway, "/restart", "/ask_hours") == ["restart", "ask_hours"]
