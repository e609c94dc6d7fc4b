"""A database of an earlier version is brought up to date, and keeps what it holds."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text

import api.db
from api.bot import Reply
from api.conversations.channel import Inbound
from api.conversations.models import Author, Message
from api.conversations.store import Store
from api.db import Database

NOW = "2026-01-05 00:30:00.000000"
AT = datetime(2026, 1, 5, 0, 31, tzinfo=UTC)
CONVERSATION = f"""INSERT INTO conversations (id, channel, sender, speaker, last_sequence, opened_at)
    VALUES ('c', 'web', 's', 'bot', 2, '{NOW}')"""
MESSAGE = f"""INSERT INTO messages (conversation, sequence, author, text, at, event, state, buttons, desks, attempts)
    VALUES ('c', :sequence, :author, :text, '{NOW}', :event, :state, '[]', '["kosha"]', 0)"""
KEPT = [
    {"sequence": 1, "author": "bot", "text": "こんにちは", "event": None, "state": None},
    {"sequence": 2, "author": "visitor", "text": "客が減った", "event": "e1", "state": "waiting"},
]


def migrate(connection: Connection, move: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(api.db.__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    getattr(command, move)(config, revision)


def of_version_0001(url: str) -> None:
    """A database as the first version left it, with a conversation in it."""
    engine = create_engine(url)
    with engine.begin() as connection:
        migrate(connection, "upgrade", "0001")
        connection.execute(text(CONVERSATION))
        connection.execute(text(MESSAGE), KEPT)
    engine.dispose()


async def test_messages_of_before_are_kept_and_were_not_plain(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/test.sqlite"
    of_version_0001(url)
    database = Database(url)
    database.open()
    store = Store(database)

    messages: list[Message] = await store.messages("c", after=0)
    waiting = await store.waiting()
    database.close()

    assert [(message.author, message.text, message.plain) for message in messages] == [
        (Author.bot, "こんにちは", False),
        (Author.visitor, "客が減った", False),
    ]
    assert waiting == ["c"]


async def test_what_waited_before_is_answered_in_the_order_in_which_it_came(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/test.sqlite"
    of_version_0001(url)
    database = Database(url)
    database.open()
    store = Store(database)
    inbound = Inbound("web", "s", "e2", "人もいない", sent_at=AT)
    await store.append(inbound, Reply(text="こんにちは"), now=AT)

    turn = await store.take_turn("c", now=AT, lease=timedelta(minutes=1))
    conversation = await store.conversation("c")
    due = await store.due_deliveries(now=AT)
    database.close()

    assert turn and turn.waiting == ("客が減った", "人もいない")
    assert [message.text for message in turn.messages] == ["客が減った"]
    assert conversation and conversation.reachable
    assert due == []


def test_the_way_back_keeps_the_messages(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/test.sqlite"
    of_version_0001(url)
    engine = create_engine(url)

    with engine.begin() as connection:
        migrate(connection, "upgrade", "head")
        migrate(connection, "downgrade", "0001")
        texts = list(connection.scalars(text("SELECT text FROM messages ORDER BY sequence")))
        columns = {row.name for row in connection.execute(text("PRAGMA table_info(messages)"))}
        tables = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
    engine.dispose()

    assert texts == ["こんにちは", "客が減った"]
    assert not columns & {"plain", "sent_at", "internal"}
    assert tables == {"alembic_version", "conversations", "messages", "handoffs"}
