"""Play JSON lines {"id", "turns"} against the real bot, each as one visitor."""

import asyncio
import json
import sys
import tempfile
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from knowledge.desks import card_text, desk_card, find_desk
from scripts.lib import environments, training
from scripts.lib.house import DEFAULT_DATA, House, free_port, make_folder, running_bot
from scripts.lib.steps import Trouble, step
from scripts.lib.supervisor import Supervisor

READY_SECONDS = 180.0
EMPTY = "メッセージが空です。お困りのことを書いてください。"


def main() -> None:
    environments.prepare("bot")
    asyncio.run(_main(training.model()))


async def _main(model: Path) -> None:
    running = running_bot(DEFAULT_DATA, model)
    if running:
        await asyncio.to_thread(play_all, running)
        return
    with tempfile.TemporaryDirectory(prefix="madoguchi-") as folder:
        house = House(make_folder(Path(folder)), model, free_port(), free_port())
        supervisor = Supervisor(house.programs(), say=lambda line: print(f"! {line}", file=sys.stderr))
        supervisor.start()
        try:
            with step("starting action server and bot", expected=25.0):
                late = await supervisor.wait_until_ready(READY_SECONDS)
            if late:
                raise Trouble(f"{late} did not become ready.")
            await asyncio.to_thread(play_all, house.bot_url)
        finally:
            await supervisor.ended()


def play_all(bot: str) -> None:
    """One answer line per conversation; a bad line is named on stderr and stops the run at the end."""
    faults = 0
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        with _named(number) as told:
            asked = json.loads(line)
            identifier, turns = asked["id"], [str(turn) for turn in asked["turns"]]
            told.append(play(bot, identifier, turns))
        faults += not told
        for answer in told:
            print(json.dumps(answer, ensure_ascii=False), flush=True)
    if faults:
        raise Trouble(f'{faults} lines were not played: see above. The form is {{"id": …, "turns": ["…"]}}.')


@contextmanager
def _named(number: int) -> Iterator[list[dict[str, Any]]]:
    try:
        yield []
    except (ValueError, KeyError, TypeError, OSError) as error:
        print(f"line {number}: {error!r}", file=sys.stderr)


def play(bot: str, identifier: Any, turns: list[str]) -> dict[str, Any]:
    """The replies turn by turn, and where the case stands at the end."""
    conversation = f"converse-{uuid.uuid4().hex}"
    replies, slots = [], {}
    for turn in turns:
        if not turn.strip():
            replies.append([{"text": EMPTY}])
            continue
        answer = ask(bot, conversation, turn)
        slots = answer["slots"]
        replies.append([{**reply, "text": as_read(reply)} for reply in answer["replies"]])
    return {"id": identifier, "replies": replies, "state": _state(slots)}


def as_read(reply: dict[str, Any]) -> str:
    """All that a person would read in this bubble: text, cards and choices."""
    now, is_plain = datetime.now(), bool(reply.get("plain"))
    drawn = [desk_card(find_desk(desk), now=now, is_plain=is_plain) for desk in reply["desks"]]
    cards = [card_text(card, is_plain=is_plain) for card in drawn]
    choices = [f"[{button['title']}]" for button in reply["buttons"]]
    return "\n\n".join(part for part in (reply["text"], *cards, " ".join(choices)) if part)


def _state(slots: dict[str, Any]) -> dict[str, Any]:
    desks = [find_desk(desk) for desk in slots.get("offered", [])]
    return {
        "topics": slots.get("topics", []),
        "municipality": slots.get("municipality"),
        "area": slots.get("area"),
        "urgent": bool(slots.get("urgent")),
        "handoff": bool(slots.get("handoff")),
        "desks": [{"id": desk.id, "kind": desk.kind.value, "name": desk.name} for desk in desks],
    }


def ask(bot: str, conversation: str, text: str, *, channel: str = "web") -> dict[str, Any]:
    """The bot's answer to one message, as the gateway would get it (tests/contract/answer.json)."""
    body = {
        "conversation": conversation,
        "message": uuid.uuid4().hex,
        "text": text,
        "payload": None,
        "channel": channel,
    }
    request = urllib.request.Request(
        f"{bot}/webhooks/madoguchi/answer",
        data=json.dumps({**body, "again": False}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        answer: dict[str, Any] = json.load(response)
    return answer


if __name__ == "__main__":
    main()
