"""What is read out of the log: the turns that the bot answered, and what it visibly made of them."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from api.bot import Answer, Button, Handoff, Reply
from api.conversations.channel import Inbound
from api.conversations.fallback import answer_without_bot
from api.conversations.store import Store
from api.conversations.transcript import TITLES, Transcript, Turn, read
from api.db import Database
from knowledge.cards import card_text
from knowledge.desks import find_desk

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
CONTRACT = Path(__file__).parents[1] / "contract" / "answer.json"
PLACE = "事業所は、東京のどちらにありますか。区や市町村の名前を教えてください。"
STATE = "それは、今も続いていますか。もう収まっていますか。"
CALM = "この案内は自動応答です。法律に当たるかどうか、補助金や融資が受けられるかどうかは、窓口でお確かめください。"
CHAMBER = "東京商工会議所 板橋支部"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    database = Database(f"sqlite:///{tmp_path}/madoguchi.sqlite")
    database.open()
    yield Store(database)
    database.close()


class Log:
    """One visitor's conversation, kept by the store's own functions."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._number = 0
        self.id = ""

    async def say(self, text: str, payload: str | None = None) -> None:
        self._number += 1
        inbound = Inbound("test", "visitor-1", f"e{self._number}", text, payload)
        self.id = (await self._store.append(inbound, Reply(text="こんにちは"), now=NOW)).conversation

    async def turn(self, text: str, *replies: Reply, payload: str | None = None) -> None:
        """A message and the bot's answer to it."""
        await self.say(text, payload)
        await self.answer(Answer(message="m", replies=replies))

    async def answer(self, answer: Answer) -> None:
        turn = await self._store.take_turn(self.id, now=NOW, lease=timedelta(minutes=1))
        assert turn
        await self._store.finish_turn(turn, answer, now=NOW)

    async def read(self) -> Transcript:
        found = await read(self._store, self.id)
        assert found
        return found


@pytest.fixture
def log(store: Store) -> Log:
    return Log(store)


def referral(heard: str, *desks: str) -> Reply:
    text = f"{heard}まず、次の窓口にご相談ください。\n理由: 身近だからです。"
    return Reply(text=text, desks=desks)


async def test_what_was_said_and_done_becomes_turns_and_an_end(log: Log) -> None:
    await log.turn("客が来ません", Reply(text=PLACE, buttons=(Button("島", '/inform{"area": "島しょ"}'),)))
    await log.turn(
        "板橋です",
        referral("東京都板橋区の、売上・経営(集客・販路)のご相談ですね。", "tokyo-cci-itabashi", "yorozu"),
        Reply(text=CALM),
    )
    await log.turn("電話は?", Reply(text="03-3251-7881"))

    found = await log.read()

    assert found.turns == (
        Turn("客が来ません", None, "place"),
        Turn("板橋です", CHAMBER, None),
        Turn("電話は?", None, None),
    )
    assert found.ends == {
        "municipality": "板橋区",
        "topics": ["sales_decline"],
        "urgent": False,
        "handoff": False,
    }


async def test_a_desk_that_stays_first_is_expected_once(log: Log) -> None:
    for text in ("板橋です", "もう一度"):
        await log.turn(text, referral("", "tokyo-cci-itabashi"))
    await log.turn("ほかは?", referral("", "yorozu"))

    assert [turn.first for turn in (await log.read()).turns] == [CHAMBER, None, "東京都よろず支援拠点"]


async def test_a_pressed_button_is_said_by_its_title(log: Log) -> None:
    await log.turn("人手が足りない", Reply(text=PLACE), payload="/staffing")

    assert (await log.read()).turns == (Turn("人手が足りない", None, "place"),)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        (STATE, "state"),
        ("もう一つだけ教えてください。次のどれかですか。", "party"),  # やさしい日本語
        ("「府中」は、いくつかの場所が考えられます。どちらですか。", "place"),
        ("どのようなお困りごとですか。近いものを選ぶか、そのままお書きください。", "topic"),
        ("すみません、うまく読み取れませんでした。次のどちらに近いですか。", None),
    ],
)
async def test_an_open_question_is_known_by_its_words(log: Log, text: str, asks: str | None) -> None:
    await log.turn("はい", Reply(text=text))

    assert (await log.read()).turns[0].asks == asks


@pytest.mark.parametrize(
    ("heard", "ends"),
    [
        (
            "東京都町田市の、人手(採用)と、サイバーのご相談ですね。",
            {"municipality": "町田市", "topics": ["staffing", "cyber"]},
        ),
        ("多摩の、災害・BCPのご相談ですね。", {"topics": ["bcp"]}),
        ("取引トラブルのご相談ですね。", {"topics": ["subcontract"]}),
        ("昔の呼び名のご相談ですね。", {}),
    ],
)
async def test_the_end_is_what_the_bot_said_it_heard(log: Log, heard: str, ends: dict[str, object]) -> None:
    await log.turn("はい", referral(heard, "yorozu"))

    assert (await log.read()).ends == {**ends, "handoff": False}


@pytest.mark.parametrize("is_plain", [False, True])
async def test_an_emergency_card_is_urgent_and_stays_so(log: Log, is_plain: bool) -> None:
    await log.turn("全部暗号化された", Reply(text=card_text("ransomware", is_plain=is_plain)))
    await log.turn("町田です", Reply(text=CALM))

    assert (await log.read()).ends["urgent"] is True


async def test_a_person_who_was_called_stays_called_after_a_new_beginning(log: Log) -> None:
    await log.turn(
        "人と話したい",
        Reply(
            text="何度もお手数をおかけしました。担当者に引き継ぐよう、記録しました。お急ぎのときは、次の総合窓口に電話でご相談いただけます。"
        ),
    )
    await log.turn("板橋です", referral("東京都板橋区の、人手のご相談ですね。", "yorozu"))
    await log.turn("最初から", Reply(text="はい、最初からお聞きします。"))

    assert (await log.read()).ends == {"handoff": True}


async def test_what_staff_or_the_fallback_took_or_nobody_answered_is_left_out(log: Log, store: Store) -> None:
    await log.turn("こんにちは", Reply(text="はい"))
    for text in ("売上が減った", "死にたい"):  # the second is answered by the card alone
        await log.say(text)
        await log.answer(answer_without_bot("m", text, is_plain=False))
    await log.say("聞こえますか")
    await store.move(log.id, "take")
    await store.take_turn(log.id, now=NOW, lease=timedelta(minutes=1))
    await store.move(log.id, "release")
    await log.say("まだですか")

    found = await log.read()

    assert [turn.say for turn in found.turns] == ["こんにちは"]
    assert (len(found.by_fallback), len(found.by_staff), len(found.unanswered)) == (2, 1, 1)


async def test_the_failure_of_the_bot_is_no_handoff_of_its_own(log: Log) -> None:
    await log.turn("こんにちは", Reply(text="はい"))
    await log.say("売上が減った")
    await log.answer(Answer(message="m", replies=(Reply(text="いません"),), handoff=Handoff("bot_failure")))

    assert (await log.read()).ends["handoff"] is False


async def test_an_unknown_conversation_is_none(store: Store) -> None:
    assert await read(store, "nobody") is None


def test_the_topics_are_titled_as_the_bot_titles_them() -> None:
    said = (Path(__file__).parents[2] / "actions" / "triage.py").read_text("utf-8")

    assert [title for title, topic in TITLES.items() if f'"{topic}": "{title}"' not in said] == []


@pytest.mark.parametrize("name", ["answer", "question", "handoff", "emergency", "crisis"])
async def test_what_is_seen_in_an_answer_is_what_the_bot_remembers(log: Log, name: str) -> None:
    wire = json.loads(CONTRACT.read_text("utf-8"))
    answer = TypeAdapter(Answer).validate_python({**wire, **wire["other_answers"]}[name])
    slots = answer.slots
    assert slots
    await log.say("はい")
    await log.answer(answer)

    found = await log.read()

    turn = found.turns[0]
    assert turn.first == (find_desk(slots["offered"][0]).name if slots["offered"] else None)
    assert turn.asks == (slots["asking"] or None)
    remembered = {**slots, "handoff": bool(slots["handoff"])}
    assert found.ends == {key: remembered[key] for key in found.ends}
