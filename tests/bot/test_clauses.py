"""What is taken back is not read, and a message is read sentence by sentence where that helps."""

import pytest

from bot.clauses import sentences, without_negated


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("売上じゃなくて、人が足りない", "人が足りない"),
        ("下請じゃなくて人手の話です", "人手の話です"),
        ("売上ではなく人手の相談です", "人手の相談です"),
        ("板橋です。売上じゃなくて、人が足りない", "板橋です。人が足りない"),
        ("売上じゃなくて、下請でもなくて、人が足りない", "下請でもなくて、人が足りない"),
        ("人が足りない", "人が足りない"),
        ("売上じゃないです", "売上じゃないです"),
        ("人手じゃなくて", "人手じゃなくて"),
        ("売上じゃなくて、人", "売上じゃなくて、人"),
    ],
)
def test_what_is_taken_back_is_not_read_unless_nothing_would_remain(text: str, meant: str) -> None:
    assert without_negated(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("売上は順調ですが、人が足りない", "、人が足りない"),
        ("売上は落ちてません。人手が足りない", "人手が足りない"),
        ("板橋です。資金繰りは問題ないけど、求人に応募がない", "板橋です。、求人に応募がない"),
        ("仕事はあるんですが、人がいません", "、人がいません"),
        ("売上は順調です", "売上は順調です"),
        ("売上が落ちています", "売上が落ちています"),
        ("売上は順調に減っています", "売上は順調に減っています"),
        ("仕事はありますか", "仕事はありますか"),
        ("お金はありません。助けてください", "お金はありません。助けてください"),
    ],
)
def test_what_is_well_is_not_read_unless_nothing_would_remain(text: str, meant: str) -> None:
    assert without_negated(text) == meant


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("本店は港区です。人手が足りません", ["本店は港区です。", "人手が足りません"]),
        ("どうすれば?\n売上が減りました!", ["どうすれば?", "売上が減りました!"]),
        ("はい。人手が足りません。", ["人手が足りません。"]),
        ("人手が足りません", ["人手が足りません"]),
        ("はい。", []),
        ("", []),
    ],
)
def test_a_message_falls_apart_into_the_sentences_that_tell_something(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts
