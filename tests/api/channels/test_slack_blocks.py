"""Our lines as Slack shows them: within its limits, with all that the card says, and in words for those who hear them."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]
from hypothesis import given
from hypothesis import strategies as st

from api import phrases
from api.bot import Button
from api.channels.slack_blocks import as_posts, chosen
from api.channels.slack_home import home, home_button
from api.channels.slack_piece import Post
from api.channels.slack_text import read, shortened, split, units
from api.conversations.models import Author, Message
from knowledge.desks import desks, find_desk
from tests.platforms.slack.blocks import HOME, MESSAGE_BLOCKS

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
MESSAGE = Message(
    sequence=3,
    author=Author.bot,
    text="窓口です。",
    at=NOW,
    event=None,
    payload=None,
    buttons=(),
    desks=(),
    plain=False,
    reply_to=2,
    state=None,
    attempts=0,
    name=None,
    internal=False,
    alone=True,
    sent_at=None,
    answered_with=None,
    withdrawn_at=None,
)


def posts(**changes: Any) -> list[Post]:
    made = as_posts("c" * 32, [replace(MESSAGE, **changes)], now=NOW)
    for post in made:
        assert [fault.message for fault in MESSAGE_BLOCKS(list(post.blocks), ())] == []
        assert post.text
    return made


def shown(post: Post) -> str:
    return str(post.blocks)


def buttons(post: Post) -> list[dict[str, Any]]:
    return [element for block in post.blocks if block["type"] == "actions" for element in block["elements"]]


def test_a_card_shows_the_number_as_a_link_and_the_page_as_a_button() -> None:
    (post,) = posts(desks=("kosha",))

    assert phrases.CARD_FIRST in shown(post)
    assert "<tel:0332517881|03-3251-7881>" in shown(post)
    (page,) = buttons(post)
    assert page["url"] == find_desk("kosha").url
    assert "資料によります" in shown(post) and phrases.CARD_SOURCE in shown(post)


def test_who_hears_the_message_hears_the_whole_card_and_the_choices() -> None:
    (post,) = posts(desks=("kosha",), buttons=(Button("電話番号", "/ask_phone"),))

    for word in ("窓口です。", "03-3251-7881", "平日 09:00", "千代田区", "電話番号"):
        assert word in post.text


def test_a_number_that_may_have_changed_is_no_link_and_has_its_warning() -> None:
    (post,) = posts(desks=("tama-bsc",))

    assert "042-732-3920" in shown(post)
    assert "tel:" not in shown(post)
    assert "番号は変わっている場合があります" in shown(post)


def test_the_second_desk_is_for_the_case_that_the_first_fails() -> None:
    (post,) = posts(desks=("kosha", "yorozu"))

    assert shown(post).count(phrases.CARD_FIRST) == 1
    assert phrases.CARD_FURTHER in shown(post)


def test_a_plain_message_has_a_plain_card() -> None:
    (post,) = posts(desks=("kosha",), plain=True, buttons=(Button("電話", "/ask_phone"),))

    for word in (phrases.CARD_FIRST_PLAIN, phrases.CARD_HOURS_PLAIN):
        assert word in shown(post)
    assert phrases.CHOICES_PLAIN in post.text


def test_an_address_without_tls_is_text_and_no_button() -> None:
    old = next(desk for desk in desks().values() if desk.url.startswith("http://"))
    (post,) = posts(desks=(old.id,))

    assert old.url in shown(post)
    assert [button for button in buttons(post) if "url" in button] == []


@pytest.mark.parametrize("desk", list(desks()))
@pytest.mark.parametrize("is_plain", [False, True])
def test_slack_takes_every_card(desk: str, is_plain: bool) -> None:
    posts(desks=(desk,), plain=is_plain)


def test_a_desk_that_has_left_the_tables_is_left_out() -> None:
    (post,) = posts(desks=("gone", "kosha"))

    assert "03-3251-7881" in shown(post)


def test_staff_are_told_from_the_bot() -> None:
    (post,) = posts(author=Author.staff, name="佐藤")
    (other,) = posts()

    assert "担当者 佐藤" in shown(post) and "担当者 佐藤" in post.text
    assert phrases.STAFF_NAME not in shown(other)


def test_the_choices_say_whose_they_are_and_where_they_stand() -> None:
    (post,) = posts(buttons=(Button("集客", "/sub_s1"), Button("資金", "/sub_s2")))

    assert [button["value"] for button in buttons(post)] == ["3.0", "3.1"]
    assert "/sub_s1" not in shown(post)
    assert post.blocks[-1]["block_id"].split(".")[1] == "c" * 32


def test_what_was_chosen_stands_in_the_place_of_the_choices_and_the_card_stays() -> None:
    (post,) = posts(desks=("kosha",), buttons=(Button("<集客>", "/sub_s1"),))

    after = chosen(post.blocks, post.blocks[-1]["block_id"], "<集客>", is_plain=False)

    assert list(MESSAGE_BLOCKS(list(after), ())) == []
    assert "「&lt;集客&gt;」を選びました。" in str(after)
    assert "tel:" in str(after) and "3.0" not in str(after[-1])


def test_lines_of_one_parcel_share_a_message() -> None:
    lines = [replace(MESSAGE, sequence=number, text=f"{number}") for number in range(1, 4)]

    (post,) = as_posts("c" * 32, lines, now=NOW)

    assert post.text == "1\n2\n3"


def test_the_home_tab_is_taken_and_its_buttons_are_the_five_troubles_and_a_person() -> None:
    assert list(HOME(home(), ())) == []
    assert home_button("home.3") == Button("サイバー被害・対策", "/cyber")
    assert [home_button(value) for value in ("home.6", "home.", "home.x", "home.²", "3.1", "/cyber")] == [
        None
    ] * 6


@given(st.text(alphabet="あ。\n&<>😀a ", max_size=400))
def test_split_loses_nothing_and_keeps_the_limit(text: str) -> None:
    pieces = split(text, most=50)

    assert all(0 < units(piece) <= 50 for piece in pieces)
    written = "".join(pieces).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert written.replace("\n", "").replace(" ", "") == text.replace("\n", "").replace(" ", "")


def test_an_address_is_a_link_that_ends_where_it_ends() -> None:
    (post,) = posts(text="(https://a.example/?a=1&b=2)をご覧ください。https://b.example/。")

    assert "(<https://a.example/?a=1&amp;b=2>)をご覧ください。<https://b.example/>。" in shown(post)


@given(st.text(max_size=100))
def test_what_is_shortened_keeps_the_limit(text: str) -> None:
    assert units(shortened(text, most=20)) <= 20


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("<@U1> 助けて", "助けて"),
        ("<@U1|窓口> 助けて", "助けて"),
        ("<@U2|花子> です", "@花子 です"),
        ("<mailto:a@example.jp|a@example.jp>", "a@example.jp"),
        ("<https://example.jp/?a=1&amp;b=2>", "https://example.jp/?a=1&b=2"),
        ("<!subteam^S1|@営業> <!subteam^S2> <!here>", "@営業  @here"),
        ("&amp;lt;", "&lt;"),
        ("1 &lt; 2", "1 < 2"),
    ],
)
def test_marks_are_read_as_what_the_writer_saw(written: str, seen: str) -> None:
    assert read(written, us="U1") == seen


def test_the_manifest_names_our_addresses_and_all_that_we_hear() -> None:
    manifest = yaml.safe_load(Path("docs/slack-manifest.yml").read_text("utf-8"))
    base = "https://madoguchi.example.jp/webhooks/slack"
    settings = manifest["settings"]

    assert settings["event_subscriptions"]["request_url"] == f"{base}/events"
    assert settings["interactivity"]["request_url"] == f"{base}/interactions"
    assert [command["url"] for command in manifest["features"]["slash_commands"]] == [f"{base}/commands"]
    assert set(settings["event_subscriptions"]["bot_events"]) == {
        "app_home_opened",
        "app_mention",
        "app_uninstalled",
        "message.im",
    }
