"""JSON lines in, JSON lines out."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.triage import _classify_all
from bot.understanding import Understood
from knowledge.places import find_place

Parsed = dict[str, Any]
KEYS = {"id", "kind", "topics", "subtopic", "urgent", "municipality", "confidence", "why"}


class ReadingAgent:
    """Stands where the trained agent stands: takes everything for a lack of staff."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def parse_message(self, text: str) -> Parsed:
        self.asked.append(text)
        place = find_place(text)
        understood = Understood("staffing", "topic", 0.9, (("staffing", "H1", "今" in text),), "", ())
        return {
            "understood": understood.as_json(),
            "entities": [{"entity": "place", "value": place.as_json()}] if place else [],
        }


Classified = tuple[int, list[Parsed], str, list[str]]


@pytest.fixture
def triage(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Feed lines in; gives the faults, the answers, what stood on stderr and what the agent was asked."""

    async def run(*lines: str) -> Classified:
        agent = ReadingAgent()
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
        faults = await _classify_all(agent)  # type: ignore[arg-type, unused-ignore]
        told = capsys.readouterr()
        return faults, [json.loads(line) for line in told.out.splitlines()], told.err, agent.asked

    return run


async def test_every_line_is_answered_with_its_id_in_order(triage: Callable[..., Any]) -> None:
    faults, answers, _, _ = await triage(
        '{"id": "a", "text": "板橋で人が足りません"}', '{"id": 2, "text": "今すぐ人が要る"}'
    )

    assert faults == 0
    assert answers == [
        {
            "id": "a", "kind": "topic", "topics": ["staffing"], "subtopic": "H1", "urgent": False,
            "municipality": "板橋区", "confidence": 0.9, "why": [],
        },
        {
            "id": 2, "kind": "topic", "topics": ["staffing"], "subtopic": "H1", "urgent": True,
            "municipality": None, "confidence": 0.9, "why": [],
        },
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '"text"',
        "7",
        "null",
        '{"id": 1}',
        '{"text": "客"}',
        '{"id": 1, "text": 5}',
        '{"id": 1, "text": null}',
    ],
)
async def test_a_bad_line_is_named_and_the_others_are_answered(triage: Callable[..., Any], line: str) -> None:
    faults, answers, errors, _ = await triage('{"id": 1, "text": "客"}', line, '{"id": 3, "text": "客"}')

    assert faults == 1
    assert [answer["id"] for answer in answers] == [1, 3]
    assert errors.startswith("line 2: ") and len(errors.splitlines()) == 1


async def test_blank_lines_are_passed_over(triage: Callable[..., Any]) -> None:
    faults, answers, errors, _ = await triage("", '{"id": 1, "text": "客"}', "  ", "")

    assert (faults, len(answers), errors) == (0, 1, "")


@pytest.mark.parametrize("text", ["", "   ", "　", "/", "／／"])
async def test_an_empty_message_is_out_of_scope_and_nobody_is_asked(
    triage: Callable[..., Any], text: str
) -> None:
    _, (answer,), _, asked = await triage(json.dumps({"id": 1, "text": text}))

    assert (answer["kind"], answer["topics"], answer["urgent"]) == ("out_of_scope", [], False)
    assert set(answer) == KEYS
    assert asked == []


@pytest.mark.parametrize("text", ["/restart", "／restart", ' /handoff{"a": 1}'])
async def test_a_written_command_is_read_as_words(triage: Callable[..., Any], text: str) -> None:
    _, _, _, (asked,) = await triage(json.dumps({"id": 1, "text": text}))

    assert not asked.startswith(("/", "／"))
