"""The gateway's record, read from its database while it lives and dies."""

import json
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ALERTS = "slack-alerts"
LINES = """
    SELECT conversation, sequence, author, text, at, event, buttons, reply_to, state, sent_at, answered_with
    FROM messages WHERE NOT internal AND conversation IN (SELECT value FROM json_each(?))
    ORDER BY conversation, sequence
"""


@dataclass(frozen=True)
class Line:
    """One line that the visitor wrote or was to see. Times are kept as they stand there: they are only compared."""

    conversation: str
    sequence: int
    author: str
    text: str
    at: str
    event: str | None
    buttons: tuple[str, ...]
    reply_to: int | None
    state: str | None
    sent_at: str | None
    answered_with: int | None

    @property
    def is_ours(self) -> bool:
        return self.author != "visitor"


class Log:
    """Reads, and nothing else."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, events: Collection[str]) -> list[Line]:
        """All lines of the conversations in which something of these was kept."""
        found = "SELECT DISTINCT conversation FROM messages WHERE event IN (SELECT value FROM json_each(?))"
        return self._lines(found, json.dumps(list(events)))

    def of_alerts(self) -> list[Line]:
        """What staff are told."""
        return self._lines("SELECT id FROM conversations WHERE channel = ?", ALERTS)

    def unanswered(self, events: Collection[str]) -> int:
        """How many of these are not kept, or wait."""
        query = """
            SELECT count(DISTINCT event) FROM messages
            WHERE state != 'waiting' AND event IN (SELECT value FROM json_each(?))
        """
        with self._open() as database:
            return len(events) - int(database.execute(query, [json.dumps(list(events))]).fetchone()[0])

    def undelivered(self) -> int:
        """How many deliveries are on their way."""
        with self._open() as database:
            query = "SELECT count(*) FROM deliveries WHERE state = 'pending'"
            return int(database.execute(query).fetchone()[0])

    def untold(self) -> int:
        """How many calls for a person staff do not know of."""
        query = """
            SELECT count(*) FROM handoffs
            WHERE NOT EXISTS (SELECT 1 FROM events WHERE channel = ? AND event = 'handoff:' || handoffs.id)
        """
        with self._open() as database:
            return int(database.execute(query, [ALERTS]).fetchone()[0])

    def _lines(self, which: str, *given: str) -> list[Line]:
        with self._open() as database:
            conversations = [row[0] for row in database.execute(which, given)]
            return [_line(*row) for row in database.execute(LINES, [json.dumps(conversations)])]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(f"file:{self._path}?mode=ro", uri=True, timeout=10)) as database:
            yield database


def _line(conversation: str, sequence: int, author: str, text: str, at: str, *rest: Any) -> Line:
    event, buttons, *others = rest
    titles = tuple(button["title"] for button in json.loads(buttons))
    return Line(conversation, sequence, author, text, at, event, titles, *others)
