"""Turns and leases: who may answer, and what becomes of an answer that comes too late."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, event

from api.bot import Answer, Referral, Reply, Understood
from api.config import Settings
from api.conversations.channel import Inbound
from api.conversations.models import Author, Outcome, Report
from api.conversations.store import Store
from api.conversations.stored import deliveries, tickets, turns
from api.db import Database

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
GREETING = Reply(text="こんにちは")
UNDERSTOOD = Understood(kind="topic", intent="staffing")


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    database = Database(settings.database)
    database.open()
    yield database
    database.close()


async def kept(store: Store, *texts: str) -> str:
    """A conversation in which these wait."""
    for text in texts:
        receipt = await store.append(Inbound("test", "visitor-1", text, text), GREETING, now=NOW)
    return receipt.conversation


def said(text: str) -> Answer:
    return Answer(message="m", replies=(Reply(text=text),))


async def bot_lines(store: Store, conversation: str) -> list[str]:
    messages = await store.messages(conversation, after=1)
    return [message.text for message in messages if message.author is Author.bot]


async def test_an_answer_after_the_lease_was_taken_over_is_dropped(database: Database) -> None:
    slow, quick = Store(database), Store(database)
    conversation = await kept(slow, "一", "二")
    lost = await slow.take_turn(conversation, now=NOW, lease=MINUTE)
    taken = await quick.take_turn(conversation, now=NOW + 2 * MINUTE, lease=MINUTE)
    assert lost and taken

    assert await slow.finish_turn(lost, said("遅い"), now=NOW + 2 * MINUTE) is Outcome.lost
    assert await quick.finish_turn(taken, said("速い"), now=NOW + 2 * MINUTE) is Outcome.more

    assert await bot_lines(slow, conversation) == ["速い"]


async def test_an_answer_to_what_is_answered_is_dropped(database: Database) -> None:
    store = Store(database)
    conversation = await kept(store, "一", "二")
    turn = await store.take_turn(conversation, now=NOW, lease=MINUTE)
    assert turn
    await store.finish_turn(turn, said("答え"), now=NOW)

    assert await store.finish_turn(turn, said("もう一度"), now=NOW) is Outcome.lost

    assert await bot_lines(store, conversation) == ["答え"]


async def test_a_lease_that_runs_keeps_others_out_until_it_ends(database: Database) -> None:
    holder, other = Store(database), Store(database)
    conversation = await kept(holder, "一")
    await holder.take_turn(conversation, now=NOW, lease=MINUTE)

    assert await other.take_turn(conversation, now=NOW + MINUTE / 2, lease=MINUTE) is None
    taken = await other.take_turn(conversation, now=NOW + MINUTE, lease=MINUTE)

    assert taken and taken.message.attempts == 2


async def test_a_lease_ends_with_the_last_answer(database: Database) -> None:
    holder, other = Store(database), Store(database)
    conversation = await kept(holder, "一")
    turn = await holder.take_turn(conversation, now=NOW, lease=MINUTE)
    assert turn
    assert await holder.finish_turn(turn, said("答え"), now=NOW) is Outcome.done

    await kept(holder, "二")

    assert await other.take_turn(conversation, now=NOW, lease=MINUTE)


async def test_on_sqlite_the_leases_of_the_dead_are_cleared(database: Database) -> None:
    dead, living = Store(database), Store(database)
    conversation = await kept(dead, "一")
    await dead.take_turn(conversation, now=NOW, lease=60 * MINUTE)

    await living.let_go()

    assert await living.take_turn(conversation, now=NOW, lease=MINUTE)


async def test_what_waits_is_found_until_it_is_answered(database: Database) -> None:
    store = Store(database)
    conversation = await kept(store, "一")
    assert await store.waiting() == [conversation]

    turn = await store.take_turn(conversation, now=NOW, lease=MINUTE)
    assert turn
    await store.finish_turn(turn, said("答え"), now=NOW)

    assert await store.waiting() == []


async def test_what_the_bot_reported_is_kept_with_each_answer_and_its_slots_with_the_newest(
    database: Database,
) -> None:
    store = Store(database)
    referral = Referral(("yorozu", "kosha"), "身近だからです。", "S4")
    first = replace(said("一"), understood=UNDERSTOOD, slots={"asking": "place"}, referral=referral)
    second = replace(said("二"), understood=UNDERSTOOD, slots={"asking": ""})
    conversation = await kept(store, "一", "二", "三", "四")
    for answer in (first, second, said("ボットの代わりに")):
        turn = await store.take_turn(conversation, now=NOW, lease=MINUTE)
        assert turn
        await store.finish_turn(turn, answer, now=NOW)

    assert await store.reports(conversation) == [Report(2, referral, None), Report(3, None, {"asking": ""})]
    assert await store.reports("nobody") == []


def test_a_sweep_reads_only_what_waits(database: Database, settings: Settings) -> None:
    """However many conversations there are: the only index read from end to end is that of what waits."""
    engine = create_engine(settings.database)
    asked: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append((given[2], given[3])))
    with engine.connect() as connection:
        deliveries.due(connection, now=NOW)
        turns.waiting(connection, bursts_before=NOW)
        tickets.stale(connection, channel="test", issued_after=NOW, issued_before=NOW)
        queries = list(asked)
        plans = [
            row.detail
            for query, values in queries
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values)
        ]
    engine.dispose()

    assert len(queries) == 3
    assert [step for step in plans if step.startswith("SCAN") and "_waiting" not in step] == []
