"""Lines of ours as LINE messages: within every limit of LINE's, and nothing lost."""

from datetime import UTC, datetime
from typing import Any

import pytest

from api import phrases
from api.bot import Button
from api.channels.line_card import LARGEST_CONTAINER, cards, flexes
from api.channels.line_messages import messages
from api.conversations.courier import Parcel
from api.conversations.handoff import Speaker
from api.conversations.models import Author, Conversation, Message
from knowledge.desks import desks
from tests.platforms.checks import Fault
from tests.platforms.line import group_id, user_id
from tests.platforms.line.messages import MESSAGES

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HANAKO = user_id("hanako")


def line(text: str, sequence: int = 1, *, author: Author = Author.bot, **more: Any) -> Message:
    usual: dict[str, Any] = {
        "at": AT, "event": None, "payload": None, "buttons": (), "desks": (), "plain": False, "reply_to": None,
        "state": None, "attempts": 0, "name": None, "internal": False, "alone": True, "sent_at": None,
        "answered_with": None, "withdrawn_at": None,
    }  # fmt: skip
    return Message(sequence=sequence, author=author, text=text, **{**usual, **more})


def sent(*lines: Message, to: str = HANAKO) -> list[dict[str, Any]]:
    """What goes to LINE, after LINE's own checks."""
    conversation = Conversation("c1", "line", Speaker.bot)
    parcel = Parcel(conversation, {"to": to}, lines, "key", None, False, AT)
    made = messages(parcel)
    faults: list[Fault] = list(MESSAGES(made, ()))
    assert faults == []
    return made


def buttons(*titles: str) -> tuple[Button, ...]:
    return tuple(Button(title, f"/{number}") for number, title in enumerate(titles))


def labels(message: dict[str, Any]) -> list[str]:
    return [item["action"]["label"] for item in message["quickReply"]["items"]]


def test_a_long_text_is_several_bubbles_cut_between_sentences() -> None:
    text = "困っています。" * 1000
    made = sent(line(text))

    assert "".join(part["text"] for part in made) == text
    assert [part["text"][-1] for part in made] == ["。", "。"]


def test_more_lines_than_bubbles_are_joined_and_nothing_is_lost() -> None:
    every = list(desks())[:5]
    made = sent(*(line(f"{number}行目", number, desks=(desk,)) for number, desk in enumerate(every, 1)))

    assert len(made) == 5
    text = "".join(part.get("text", "") for part in made)
    assert all(f"{number}行目" in text for number in range(1, 6))
    assert sum(len(part["contents"].get("contents", [0])) for part in made if part["type"] == "flex") == 5


def test_who_speaks_stands_on_each_bubble() -> None:
    made = sent(
        line("一", 1),
        line("二", 2, author=Author.staff, name="佐藤"),
        line("三", 3, author=Author.staff),
        line("四", 4, author=Author.system),
        line("五", 5, plain=True),
    )

    assert [part["sender"]["name"] for part in made] == [
        phrases.BOT_NAME, "佐藤", phrases.STAFF_NAME, phrases.SYSTEM_NAME, phrases.BOT_NAME_PLAIN,
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["LINE担当", "line desk", "長" * 21])
def test_a_name_that_line_would_refuse_is_not_used(name: str) -> None:
    (made,) = sent(line("一", author=Author.staff, name=name))

    assert made["sender"]["name"] == phrases.STAFF_NAME


def test_choices_are_on_the_last_bubble_and_in_the_text() -> None:
    made = sent(
        line("どれですか", 7, buttons=buttons("売上が減った", "人手が足りない")),
        line("お知らせ", 8, author=Author.system),
    )

    assert "quickReply" not in made[0]
    assert labels(made[1]) == ["売上が減った", "人手が足りない"]
    assert made[0]["text"].endswith("・売上が減った\n・人手が足りない")
    action = made[1]["quickReply"]["items"][1]["action"]
    assert (action["data"], action["displayText"]) == ("7.1", "人手が足りない")


def test_choices_that_were_answered_are_told_but_not_offered() -> None:
    made = sent(line("どれですか", 1, buttons=buttons("売上が減った")), line("こちらです", 3))

    assert not any("quickReply" in part for part in made)
    assert "・売上が減った" in made[0]["text"]


def test_a_card_may_carry_the_choices() -> None:
    made = sent(line("こちらです", desks=("kosha",), buttons=buttons("はい")))

    assert (made[-1]["type"], labels(made[-1])) == ("flex", ["はい"])


def test_of_many_choices_thirteen_are_offered_and_all_are_told() -> None:
    titles = [f"選択肢{number}" for number in range(20)]
    (made,) = sent(line("どれですか", buttons=buttons(*titles)))

    assert labels(made) == titles[:13]
    assert all(f"・{title}" in made["text"] for title in titles)


def test_long_names_of_choices_are_shortened_and_stay_different() -> None:
    long = "取引先から代金を払ってもらえず困っている"
    (made,) = sent(
        line(
            "?", buttons=buttons(long + "（一か月）", long + "ので二度と取引しない", long + "ので裁判をする")
        )
    )

    found = labels(made)
    assert found[0] == long
    assert len(set(found)) == 3
    assert all(len(label) <= 20 for label in found)


def test_in_a_group_a_button_says_whose_it_is() -> None:
    (mine,) = sent(line("?", buttons=buttons("はい")), to=group_id("firm"))
    data = mine["quickReply"]["items"][0]["action"]["data"]

    assert data.startswith("1.0.")
    assert "c1" not in data


@pytest.mark.parametrize("is_plain", [False, True])
@pytest.mark.parametrize("desk", desks())
def test_every_desk_is_a_card_that_line_takes(desk: str, is_plain: bool) -> None:
    _, card = sent(line("こちらです。近いからです。", desks=(desk,), plain=is_plain))

    (shown,) = cards([desk], at=AT, is_plain=is_plain)
    assert shown.name in card["altText"] and "近いから" in card["altText"]
    assert all(phone.number in card["altText"] for phone in shown.phones)


def test_all_desks_at_once_are_cards_of_the_right_size() -> None:
    shown = cards(list(desks()), at=AT, is_plain=False)
    made = flexes(shown, "理由", is_plain=False)

    assert sum(len(part["contents"]["contents"]) for part in made) == len(shown)
    for begin in range(0, len(made), 5):
        assert list(MESSAGES(made[begin : begin + 5], ())) == []
    assert LARGEST_CONTAINER == 50_000


def uncertain() -> list[str]:
    return [id for id, desk in desks().items() if any(phone.grade == "B" for phone in desk.phones)]


@pytest.mark.parametrize("desk", uncertain())
def test_a_number_that_may_have_changed_is_never_shown_as_if_it_were_sure(desk: str) -> None:
    _, card = sent(line("こちらです", desks=(desk,)))
    (shown,) = cards([desk], at=AT, is_plain=False)
    parts = card["contents"]["footer"]["contents"]

    for phone in (phone for phone in shown.phones if phone.grade == "B"):
        at = next(index for index, part in enumerate(parts) if phone.number in str(part.get("action")))
        assert parts[at]["style"] == "link"
        assert phone.wording in parts[at - 1]["text"]
        assert f"{phone.number} {phone.wording}" in card["altText"]
    styles = [part["style"] for part in parts if part["type"] == "button"]
    assert styles == sorted(styles, key=lambda style: style != "primary")


def test_the_short_numbers_can_be_called() -> None:
    short = [id for id, desk in desks().items() if any(phone.number.startswith("#") for phone in desk.phones)]
    made = [part for desk in short for part in sent(line("こちらです", desks=(desk,)))]

    assert not any("tel:#" in str(part) for part in made)


def test_a_desk_that_is_gone_is_left_out() -> None:
    (text,) = sent(line("こちらです", desks=("no-such-desk",)))

    assert text["type"] == "text"


def test_the_same_parcel_is_the_same_at_every_attempt() -> None:
    parts = [line("こちらです", desks=("kosha",), buttons=buttons("はい"))]

    assert sent(*parts) == sent(*parts)
