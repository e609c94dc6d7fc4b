"""A conversation of the log, read as turns: what was said, and what the bot visibly made of it.

The messages are all that is read. What the bot did is recognised by its own
sentences, which stand in domain.yml; a sentence that has changed there since
is recognised no longer, and then nothing is expected of it.
"""

import asyncio
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

import yaml  # type: ignore[import-untyped, unused-ignore]

from api.conversations.fallback import answer_without_bot
from api.conversations.models import Author, Message, State
from api.conversations.store import Store
from api.db import Database
from api.phrases import BOT_SILENT, BOT_SILENT_PLAIN
from knowledge.cards import card_text, cards
from knowledge.desks import find_desk
from knowledge.municipalities import municipalities

DOMAIN = Path(__file__).parents[2] / "domain.yml"
UNKNOWN = 3  # exit codes, for scripts/add-conversation
NOTHING_SAID = 5

QUESTIONS = {
    "utter_ask_topic": "topic",
    "utter_ask_place": "place",
    "utter_ask_place_more": "place",
    "utter_ask_place_again": "place",
    "utter_ask_place_also": "place",
    "utter_ask_which_place": "place",
    "utter_ask_state": "state",
    "utter_ask_party": "party",
}
CALLS = frozenset({"utter_handoff", "utter_ask_back_person", "utter_crisis_afterwards"})
EMERGENCY_AGAIN = "utter_emergency_given"
CALM = "utter_caution"  # said under a first referral, unless something burns
RESTART = "utter_restart"
NAMED = (*QUESTIONS, *CALLS, EMERGENCY_AGAIN, CALM, RESTART)
PLAIN = "_plain"

HEARD = re.compile(
    r"(?:東京都(?P<municipality>[^、。\n]+)の、|[^。\n]*の、)?(?P<troubles>[^。\n]+)のご相談ですね。"
)
# As actions/triage.py titles the topics; a test holds them together.
TITLES = {
    "売上・経営": "sales_decline",
    "人手": "staffing",
    "災害・BCP": "bcp",
    "サイバー": "cyber",
    "取引トラブル": "subcontract",
}


@dataclass(frozen=True)
class Turn:
    """One message of the visitor; `first` is the name of a first desk that is new, `asks` an open question."""

    say: str
    first: str | None
    asks: str | None


@dataclass(frozen=True)
class Transcript:
    """The turns that the bot answered, what was known at their end, and which messages are not among them.

    `by_staff`, `by_fallback` and `unanswered` are sequences of messages.
    """

    turns: tuple[Turn, ...]
    ends: Mapping[str, object]
    by_staff: tuple[int, ...] = ()
    by_fallback: tuple[int, ...] = ()
    unanswered: tuple[int, ...] = ()


@dataclass
class _Case:
    """What the bot has shown so far of what it knows."""

    first: str | None = None
    heard: dict[str, object] = field(default_factory=dict)
    is_urgent: bool | None = None
    is_called: bool = False

    def take(self, replies: Sequence[Message]) -> None:
        responses = [_response(reply.text) for reply in replies]
        if RESTART in responses:
            self.first, self.heard, self.is_urgent = None, {}, None
        for reply, response in zip(replies, responses, strict=True):
            self.first = reply.desks[0] if reply.desks else self.first
            self.heard = _heard(reply.text) or self.heard
            self.is_called = self.is_called or response in CALLS
            if response == EMERGENCY_AGAIN or reply.text.startswith(_headlines()):
                self.is_urgent = True
            elif response == CALM and self.is_urgent is None:
                self.is_urgent = False

    def ends(self) -> dict[str, object]:
        urgent = {} if self.is_urgent is None else {"urgent": self.is_urgent}
        return {**self.heard, **urgent, "handoff": self.is_called}


def transcript(messages: Sequence[Message]) -> Transcript:
    """The conversation as turns, in order.

    What staff took, what the gateway answered by itself and what still waits is left out.
    """
    left: dict[str, list[int]] = {"by_staff": [], "by_fallback": [], "unanswered": []}
    turns: list[Turn] = []
    case = _Case()
    for message in (message for message in messages if message.author is Author.visitor):
        replies = [reply for reply in messages if reply.reply_to == message.sequence]
        reason = _left_out(message, replies)
        if reason:
            left[reason].append(message.sequence)
            continue
        before = case.first
        case.take(replies)
        first = _name(case.first) if case.first != before else None
        turns.append(Turn(message.text, first, _asked(replies)))
    return Transcript(tuple(turns), case.ends(), **{name: tuple(kept) for name, kept in left.items()})


def _left_out(message: Message, replies: Sequence[Message]) -> str | None:
    """Why a message is no turn of the bot's."""
    if message.state is State.for_staff or any(reply.author is not Author.bot for reply in replies):
        return "by_staff"
    if message.state is not State.answered or not replies:
        return "unanswered"
    return "by_fallback" if _is_fallback(message, replies) else None


def _is_fallback(message: Message, replies: Sequence[Message]) -> bool:
    said = [reply.text for reply in replies]
    ours = (
        [reply.text for reply in answer_without_bot("", message.text, is_plain=is_plain).replies]
        for is_plain in (False, True)
    )
    return bool({BOT_SILENT, BOT_SILENT_PLAIN} & set(said)) or said in ours


def _asked(replies: Iterable[Message]) -> str | None:
    asked = [QUESTIONS[name] for reply in replies if (name := _response(reply.text)) in QUESTIONS]
    return asked[-1] if asked else None


def _name(desk: str | None) -> str | None:
    try:
        return find_desk(desk).name if desk else None
    except KeyError:  # it was shown once and has since left the tables
        return None


def _heard(text: str) -> dict[str, object]:
    """What the bot says it understood: 「東京都板橋区の、人手(採用)のご相談ですね。」"""
    found = HEARD.search(text)
    topics = _topics(found["troubles"]) if found else []
    if not found or not topics:
        return {}
    place = found["municipality"]
    return {**({"municipality": place} if place in municipalities() else {}), "topics": topics}


def _topics(troubles: str) -> list[str]:
    """The topics of 「人手(採用)と、サイバー」; none when one of them is unknown."""
    titles = [re.sub(r"\(.*\)", "", trouble) for trouble in troubles.split("と、")]
    return [TITLES[title] for title in titles] if set(titles) <= set(TITLES) else []


def _response(text: str) -> str | None:
    """The name of the response in domain.yml that says this; of a plain twin, the name of its sibling."""
    return next((name for name, pattern in _responses() if pattern.fullmatch(text)), None)


@cache
def _responses() -> tuple[tuple[str, re.Pattern[str]], ...]:
    said = yaml.safe_load(DOMAIN.read_text("utf-8"))["responses"]
    return tuple(
        (name, _pattern(variant["text"]))
        for name in NAMED
        for variant in (*said.get(name, ()), *said.get(f"{name}{PLAIN}", ()))
    )


def _pattern(template: str) -> re.Pattern[str]:
    """The template with anything in its gaps: 「{area}のどちらですか」."""
    return re.compile(".+".join(map(re.escape, re.split(r"\{\w+\}", template))), re.DOTALL)


@cache
def _headlines() -> tuple[str, ...]:
    """How the emergency cards begin."""
    texts = (card_text(card, is_plain=is_plain) for card in cards() for is_plain in (False, True))
    return tuple(text.partition("\n")[0] for text in texts)


async def read(store: Store, conversation: str) -> Transcript | None:
    """The conversation of this id. None: there is none."""
    messages = await store.messages(conversation, after=0)
    return transcript(messages) if messages else None


def main(database: Path, conversation: str) -> None:
    """Print the transcript as JSON. The database is brought up to date: give a copy."""
    opened = Database(f"sqlite:///{database}")
    opened.open()
    try:
        found = asyncio.run(read(Store(opened), conversation))
    finally:
        opened.close()
    if found is None:
        raise SystemExit(UNKNOWN)
    if not found.turns:
        raise SystemExit(NOTHING_SAID)
    print(json.dumps(asdict(found), ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
