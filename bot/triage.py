"""Classify JSON lines from stdin to stdout: python -m bot.triage MODEL."""

import asyncio
import json
import logging
import sys
import warnings
from pathlib import Path
from typing import Any

# Rasa's dependencies speak of their own future on every start, and undo any filter.
warnings.showwarning = lambda *_args, **_kwargs: None

from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog

from knowledge.places import place_from_json
from knowledge.text import without_command

KEYS = ("kind", "topics", "subtopic", "urgent")


def main() -> None:
    configure_structlog(logging.ERROR)
    logging.disable(logging.WARNING)
    agent = Agent.load(Path(sys.argv[1]))
    faults = asyncio.run(_classify_all(agent))
    raise SystemExit(1 if faults else 0)


async def _classify_all(agent: Agent) -> int:
    """One answer line per input line; a bad line is named on stderr and counted."""
    faults = 0
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            identifier, text = asked["id"], asked["text"]
            if not isinstance(text, str):
                raise TypeError("text")
        except (ValueError, KeyError, TypeError):
            print(f'line {number}: not of the form {{"id": …, "text": "…"}}', file=sys.stderr)
            faults += 1
            continue
        print(json.dumps({"id": identifier, **await classify(agent, text)}, ensure_ascii=False), flush=True)
    return faults


async def classify(agent: Agent, text: str) -> dict[str, Any]:
    """What the served bot understands of one message."""
    plain = without_command(text).strip()
    parsed = await agent.parse_message(plain) if plain else {}
    understood = parsed.get("understood") or dict.fromkeys(KEYS)
    places = [entity["value"] for entity in parsed.get("entities", []) if entity["entity"] == "place"]
    municipality = place_from_json(places[0]).municipality if places else None
    return {
        "kind": understood["kind"] or "out_of_scope",
        "topics": understood["topics"] or [],
        "subtopic": understood["subtopic"],
        "urgent": bool(understood["urgent"]),
        "municipality": municipality.name if municipality else None,
        "confidence": understood.get("confidence", 0.0),
        "why": understood.get("why") or [],
    }


if __name__ == "__main__":
    main()
