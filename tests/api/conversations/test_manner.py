"""A visitor's wish for やさしい日本語 outlives a bot that is away, ill or forgetful."""

import asyncio

from api.conversations.manner import Manner
from api.conversations.service import Conversations
from api.phrases import BOT_SILENT, BOT_SILENT_PLAIN
from knowledge.cards import card_text, cards
from knowledge.referral import GENERAL_DESKS
from tests.api.conversations.test_answers import (  # the fixtures are used by their names
    RANSOM,
    conversations,
    database,
    line,
    settled,
)
from tests.api.fake_bot import FakeBot, Obedient, late, raw

__all__ = ["conversations", "database"]


async def speak(conversations: Conversations, manner: Manner, event: str) -> None:
    await conversations.receive(line(event, manner.words, manner.payload))
    await settled(conversations, event)


async def test_who_chose_plain_is_answered_plainly_without_the_bot(
    conversations: Conversations, bot: FakeBot
) -> None:
    bot.behave = Obedient()
    await speak(conversations, Manner.plainly, "s1")
    bot.behave = raw("", 500)

    await conversations.receive(line("e1", "客が減った"))

    (reply,) = await settled(conversations, "e1")
    assert (reply.text, reply.desks, reply.plain) == (BOT_SILENT_PLAIN, tuple(GENERAL_DESKS), True)


async def test_an_emergency_card_is_plain_too(conversations: Conversations, bot: FakeBot) -> None:
    bot.behave = Obedient()
    await speak(conversations, Manner.plainly, "s1")
    await bot.stop()

    await conversations.receive(line("e1", RANSOM))

    card, general = await settled(conversations, "e1")
    assert (card.text, card.desks) == (card_text("ransomware", is_plain=True), cards()["ransomware"].desks)
    assert card.plain and general.plain


async def test_who_went_back_is_answered_as_usual(conversations: Conversations, bot: FakeBot) -> None:
    bot.behave = Obedient()
    await speak(conversations, Manner.plainly, "s1")
    await speak(conversations, Manner.normally, "s2")
    bot.behave = raw("", 500)

    await conversations.receive(line("e1", "客が減った"))

    (reply,) = await settled(conversations, "e1")
    assert (reply.text, reply.plain) == (BOT_SILENT, False)


async def test_a_wish_that_the_bot_did_not_hear_is_kept_and_told_later(
    conversations: Conversations, bot: FakeBot
) -> None:
    bot.behave = raw("", 500)
    await conversations.receive(line("s1", Manner.plainly.words, Manner.plainly.payload))
    (silent,) = await settled(conversations, "s1")
    bot.behave = Obedient()
    bot.questions.clear()

    await conversations.receive(line("e1", "客が減った"))
    replies = await settled(conversations, "e1")
    await conversations.receive(line("e2", "板橋です"))
    await settled(conversations, "e2")

    assert (silent.text, silent.plain) == (BOT_SILENT_PLAIN, True)
    assert [(reply.text, reply.plain) for reply in replies] == [("返事: 客が減った", True)] * 2
    assert [question["payload"] for question in bot.questions] == ["/speak_plainly", None, None]
    assert len({question["message"] for question in bot.questions}) == 3


async def test_the_way_back_is_told_later_as_well(conversations: Conversations, bot: FakeBot) -> None:
    obedient = Obedient()
    bot.behave = obedient
    await speak(conversations, Manner.plainly, "s1")
    bot.behave = raw("", 500)
    await speak(conversations, Manner.normally, "s2")
    bot.behave = obedient

    await conversations.receive(line("e1", "客が減った"))

    assert [reply.plain for reply in await settled(conversations, "e1")] == [False, False]
    assert bot.questions[-2]["payload"] == "/speak_normally"


async def test_a_wish_holds_from_its_place_in_the_row(conversations: Conversations, bot: FakeBot) -> None:
    bot.behave = Obedient()
    await conversations.receive(line("e1", "客が減った"))
    await conversations.receive(line("s1", Manner.plainly.words, Manner.plainly.payload))
    await conversations.receive(line("e2", "板橋です"))
    await settled(conversations, "e2")

    plain = [[reply.plain for reply in await settled(conversations, event)] for event in ("e1", "s1", "e2")]

    assert plain == [[False, False], [True, True], [True, True]]
    assert bot.asked == ["客が減った", Manner.plainly.words, "板橋です"]


async def test_a_wish_in_words_is_the_bots_to_hear_and_is_kept(
    conversations: Conversations, bot: FakeBot
) -> None:
    obedient = Obedient()
    bot.behave = obedient
    await conversations.receive(line("e1", "やさしい日本語で話して"))
    await settled(conversations, "e1")
    obedient.plain = dict.fromkeys(obedient.plain, True)
    await conversations.receive(line("e2", "はい"))
    await settled(conversations, "e2")
    bot.behave = raw("", 500)

    await conversations.receive(line("e3", "客が減った"))

    assert [reply.text for reply in await settled(conversations, "e3")] == [BOT_SILENT_PLAIN]


async def test_telling_and_asking_share_the_time_for_one_answer(
    conversations: Conversations, bot: FakeBot
) -> None:
    await conversations.open("test", "visitor-1", is_plain=True)
    bot.behave = late(0.3)
    clock = asyncio.get_running_loop().time
    begin = clock()

    await conversations.receive(line("e1", "客が減った"))

    assert [reply.text for reply in await settled(conversations, "e1")] == [BOT_SILENT_PLAIN]
    assert clock() - begin < 0.9
    assert len(bot.questions) == 2
