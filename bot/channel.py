"""The one way in: one call per visitor message, answered with everything the gateway keeps.

The wire is tests/contract/answer.json. Text never reaches Rasa as a command;
only ``payload`` does, and only the gateway fills it, from buttons we offered.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.shared.core.events import BotUttered, Event, UserUttered
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.choices import LONGEST_CHOICE, chosen, first_choices, offered
from bot.processor import make_lean
from knowledge.text import without_command

NAME = "madoguchi"
MESSAGE = "message"  # key of our message id in Rasa's metadata
TURN = "turn"  # key of the custom message in which an action reports what it did


@dataclass(frozen=True)
class Question:
    """What the gateway asks."""

    conversation: str
    message: str
    text: str
    payload: str | None
    channel: str
    again: bool

    @classmethod
    def from_json(cls, body: Any) -> "Question":
        """Raises ValueError, naming the field, when the body is not of this form."""
        if not isinstance(body, dict):
            raise ValueError("the body is not an object")
        for field in ("conversation", "message", "text", "channel"):
            if not isinstance(body.get(field), str):
                raise ValueError(f"{field!r} is missing or not text")
        payload = body.get("payload")
        if payload is not None and not (isinstance(payload, str) and payload.startswith("/")):
            raise ValueError("'payload' is neither null nor a command")
        return cls(
            body["conversation"],
            body["message"],
            body["text"],
            payload,
            body["channel"],
            body.get("again") is True,
        )


class AnswerOutput(OutputChannel):
    """Collects what the bot says, and the report of the action that said it."""

    def __init__(self) -> None:
        self.replies: list[dict[str, Any]] = []
        self.turn: dict[str, Any] | None = None

    @classmethod
    def name(cls) -> str:
        return NAME

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        self.collect(message.get("text") or "", message.get("buttons") or [], message.get("custom") or {})

    def collect(self, text: str, buttons: list[dict[str, str]], custom: dict[str, Any]) -> None:
        if TURN in custom:
            self.turn = custom[TURN]
        else:
            titled = [{"title": button["title"], "payload": button["payload"]} for button in buttons]
            desks = {"desks": custom.get("desks", []), "plain": custom.get("plain", False)}
            self.replies.append({"text": text, "buttons": titled, **desks})

    def as_json(self, message: str) -> dict[str, Any]:
        return {MESSAGE: message, "replies": self.replies, **(self.turn or {})}


class MadoguchiChannel(InputChannel):
    """POST /webhooks/madoguchi/answer and GET /webhooks/madoguchi/health."""

    @classmethod
    def name(cls) -> str:
        return NAME

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        blueprint = Blueprint("madoguchi_channel")

        @blueprint.route("/health", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            is_ready = request.app.ctx.agent is not None and request.app.ctx.agent.is_ready()
            return response.json({"ready": is_ready}, status=200 if is_ready else 503)

        @blueprint.route("/answer", methods=["POST"])
        async def answer(request: Request) -> HTTPResponse:
            try:
                question = Question.from_json(request.json)
            except ValueError as error:
                return response.json({"error": str(error)}, status=400)
            agent = request.app.ctx.agent
            if agent is None or not agent.is_ready():
                return response.json({"error": "the model is not loaded yet"}, status=503)
            make_lean(agent)
            output = (question.again and await _remembered(agent, question)) or await _ask(
                on_new_message, question, await _as_choice(agent, question)
            )
            # No report: the action server did not answer. It restarts by itself, so the gateway may ask again.
            status = 200 if output.turn else 503
            return response.json(output.as_json(question.message), status=status)

        return blueprint


async def _as_choice(agent: Any, question: Question) -> str:
    """What Rasa hears: the payload of a pressed button, or of one that was typed instead; else the text."""
    if question.payload:
        return question.payload
    text = without_command(question.text)
    if len(text) > LONGEST_CHOICE:
        return text
    tracker = await agent.tracker_store.retrieve(question.conversation)
    before = _events_before(tracker.events, question.message) if tracker else []
    topics = first_choices(agent.domain)
    pressed = chosen(text, offered(before)) or chosen(text, topics, only_titles=True)
    has_spoken = any(isinstance(event, BotUttered) for event in before)
    if (
        not pressed and not has_spoken
    ):  # a number, right after the greeting: the plain half repeats the topics
        pressed = chosen(text, topics[: len(topics) // 2])
    return pressed or text


async def _ask(
    on_new_message: Callable[[UserMessage], Awaitable[Any]], question: Question, heard: str
) -> AnswerOutput:
    output = AnswerOutput()
    metadata = {MESSAGE: question.message, "channel": question.channel}
    await on_new_message(
        UserMessage(
            heard, output, question.conversation, input_channel=NAME,
            message_id=question.message, metadata=metadata,
        )
    )  # fmt: skip
    return output


async def _remembered(agent: Any, question: Question) -> AnswerOutput | None:
    """The answer already given to this message, if an earlier attempt got that far."""
    tracker = await agent.tracker_store.retrieve(question.conversation)
    if tracker is None:
        return None
    output = AnswerOutput()
    for event in _events_after(tracker.events, question.message):
        if isinstance(event, BotUttered):
            data = event.data or {}
            output.collect(event.text or "", data.get("buttons") or [], data.get("custom") or {})
    return output if output.turn else None


def _events_before(events: Iterable[Event], message: str) -> list[Event]:
    """What preceded the message; all there is when it never arrived."""
    return list(takewhile(lambda event: not _is_message(event, message), events))


def _is_message(event: Event, message: str) -> bool:
    return isinstance(event, UserUttered) and (event.metadata or {}).get(MESSAGE) == message


def _events_after(events: Iterable[Event], message: str) -> list[Event]:
    """What followed the message, up to the next one; empty when it never arrived."""
    following: list[Event] = []
    found = False
    for event in events:
        if isinstance(event, UserUttered):
            found = _is_message(event, message)
            following = [] if found else following
        elif found:
            following.append(event)
    return following
