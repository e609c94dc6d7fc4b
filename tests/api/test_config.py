"""Settings come from the environment, and a wrong one is named."""

import re
from pathlib import Path

import pytest

from api.config import LineSettings, Settings
from api.errors import BadAddress, BadSetting, SettingMissing


def test_without_any_variable_the_defaults_hold() -> None:
    settings = Settings.from_environment({})

    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.bot_url == "http://127.0.0.1:5005"
    assert settings.bot_timeout == 12
    assert settings.database == "sqlite:///var/madoguchi.sqlite"


def test_each_variable_is_read() -> None:
    settings = Settings.from_environment(
        {
            "MADOGUCHI_HOST": "0.0.0.0",
            "MADOGUCHI_PORT": "9000",
            "MADOGUCHI_DATA": "elsewhere",
            "BOT_URL": "http://bot:5005/",
            "BOT_TIMEOUT": "3.5",
        }
    )

    assert settings == Settings(
        folder=Path("elsewhere"), host="0.0.0.0", port=9000, bot_url="http://bot:5005", bot_timeout=3.5
    )
    assert settings.database == "sqlite:///elsewhere/madoguchi.sqlite"


def test_another_database_can_be_named() -> None:
    url = "postgresql+psycopg://db/madoguchi"

    assert Settings.from_environment({"DATABASE_URL": url}).database == url


def test_the_address_under_which_visitors_reach_us_ends_without_a_stroke() -> None:
    assert Settings.from_environment({}).public_url is None
    assert (
        Settings.from_environment({"PUBLIC_URL": "https://chat.example.jp/"}).public_url
        == "https://chat.example.jp"
    )


@pytest.mark.parametrize(
    "given", ["chat.example.jp", "ftp://chat.example.jp", "https://", "https://a.jp/?b=c"]
)
def test_an_address_that_nobody_can_open_is_named(given: str) -> None:
    with pytest.raises(BadAddress, match=f"PUBLIC_URL.*{re.escape(given)}"):
        Settings.from_environment({"PUBLIC_URL": given})


@pytest.mark.parametrize(
    ("name", "given"),
    [("MADOGUCHI_PORT", "http"), ("MADOGUCHI_PORT", "0"), ("MADOGUCHI_PORT", "70000"), ("BOT_TIMEOUT", "-1"),
     ("BOT_TIMEOUT", "nan"), ("BOT_TIMEOUT", "inf"), ("STAFF_IDLE", "0"), ("STAFF_SESSION", "long")],
)  # fmt: skip
def test_a_wrong_number_is_named(name: str, given: str) -> None:
    with pytest.raises(BadSetting, match=f"{name}.*{given}"):
        Settings.from_environment({name: given})


def test_sites_that_hold_the_widget_are_named_as_browsers_name_them() -> None:
    settings = Settings.from_environment(
        {"WIDGET_ORIGINS": " https://www.Example.jp , https://b.example.jp:443,http://localhost:8080, "}
    )

    assert settings.widget_origins == {
        "https://www.example.jp",
        "https://b.example.jp",
        "http://localhost:8080",
    }


@pytest.mark.parametrize(
    "given",
    ["www.example.jp", "https://www.example.jp/", "https://*.example.jp", "*", "https://", "null", "ftp://a.example"],
)  # fmt: skip
def test_a_wrong_site_is_named(given: str) -> None:
    with pytest.raises(BadSetting) as caught:
        Settings.from_environment({"WIDGET_ORIGINS": f"https://a.example,{given}"})

    assert "WIDGET_ORIGINS" in str(caught.value) and f"「{given}」" in str(caught.value)


@pytest.mark.parametrize(("given", "is_shown"), [("1", True), ("", False), ("0", False)])
def test_the_demo_is_shown_only_by_a_one(given: str, is_shown: bool) -> None:
    assert Settings.from_environment({"MADOGUCHI_DEMO": given}).has_demo is is_shown


def test_line_is_joined_where_both_of_its_keys_are_set() -> None:
    keys = {"LINE_CHANNEL_SECRET": "s", "LINE_CHANNEL_ACCESS_TOKEN": "t"}

    assert Settings.from_environment({}).line is None
    assert Settings.from_environment(keys).line == LineSettings("s", "t", "https://api.line.me")
    elsewhere = Settings.from_environment({**keys, "LINE_API_BASE": "http://127.0.0.1:9/"}).line
    assert elsewhere and elsewhere.api == "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ("LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN"),
        ("LINE_CHANNEL_ACCESS_TOKEN", "LINE_CHANNEL_SECRET"),
    ],
)
def test_one_key_of_line_without_the_other_is_named(given: str, missing: str) -> None:
    with pytest.raises(SettingMissing, match=f"{given} はありますが、{missing} がありません"):
        Settings.from_environment({given: "x"})


def test_the_keys_of_line_are_not_shown_with_the_settings() -> None:
    settings = Settings.from_environment({"LINE_CHANNEL_SECRET": "hush", "LINE_CHANNEL_ACCESS_TOKEN": "hush"})

    assert "hush" not in repr(settings)
