"""A number or an address that was written into the chat goes no further than the record of originals."""

import asyncio
import json
import sqlite3
from typing import Any

import pytest
import pytest_asyncio

from api.config import Settings
from api.conversations.transcript import read_log
from api.phrases import MASKED
from tests.api.fake_bot import FakeBot, saying
from tests.api.visitor import Visitor

WRITTEN = "電話は03-1234-5678、メールはa@example.jp、口座は普通1234567、マイナンバー123456789018です"
SECRETS = ("03-1234-5678", "a@example.jp", "1234567", "123456789018")
KEPT = "電話は〔電話番号〕、メールは〔メールアドレス〕、口座は普通〔口座などの番号〕、マイナンバー〔マイナンバー〕です"
UNDERSTOOD = {
    "kind": "topic", "intent": "sales_decline", "topics": ["sales_decline"], "subtopic": None,
    "urgent": False, "municipality": None, "confidence": 0.9,
}  # fmt: skip


@pytest_asyncio.fixture
async def told(visitor: Visitor, bot: FakeBot) -> int:
    """The sequence under which it was kept, once it was answered."""
    bot.behave = saying({"text": "承知しました", "buttons": [], "desks": []}, understood=UNDERSTOOD)
    sequence = await visitor.say(WRITTEN)
    await visitor.answers(sequence)
    return sequence


def rows(settings: Settings, query: str) -> list[Any]:
    with sqlite3.connect(settings.folder / "madoguchi.sqlite") as database:
        return database.execute(query).fetchall()


async def test_the_page_shows_the_masks_and_says_once_why(told: int, visitor: Visitor) -> None:
    shown = await visitor.messages()

    assert [message["text"] for message in shown if message["author"] == "visitor"] == [KEPT]
    assert [message["text"] for message in shown if message["author"] == "system"] == [MASKED]
    assert not [secret for secret in SECRETS if secret in json.dumps(shown, ensure_ascii=False)]


async def test_the_bot_sees_the_masks(told: int, bot: FakeBot) -> None:
    assert [question["text"] for question in bot.questions] == [KEPT]


async def test_the_original_stands_in_one_place_only(told: int, settings: Settings) -> None:
    assert rows(settings, "SELECT text FROM originals") == [(WRITTEN,)]
    tables = [name for (name,) in rows(settings, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    elsewhere = [
        name
        for name in tables
        if name != "originals"
        and any(secret in str(rows(settings, f"SELECT * FROM {name}")) for secret in SECRETS)
    ]
    assert elsewhere == []


async def test_a_conversation_test_made_of_the_log_has_the_masks(told: int, settings: Settings) -> None:
    [(conversation,)] = rows(settings, "SELECT id FROM conversations")
    # The script is a process of its own, with a loop of its own.
    found = await asyncio.to_thread(read_log, settings.folder / "madoguchi.sqlite", conversation)

    assert found
    assert [turn.say for turn in found.turns] == [KEPT]


async def test_what_is_logged_has_neither(capsys: pytest.CaptureFixture[str], told: int) -> None:
    logged = "".join(capsys.readouterr())

    assert "turn" in logged
    assert not [secret for secret in (*SECRETS, "〔電話番号〕") if secret in logged]
