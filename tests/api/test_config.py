"""Settings come from the environment, and a wrong one is named."""

from pathlib import Path

import pytest

from api.config import Settings
from api.errors import BadSetting


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


@pytest.mark.parametrize(
    ("name", "given"),
    [("MADOGUCHI_PORT", "http"), ("MADOGUCHI_PORT", "0"), ("MADOGUCHI_PORT", "70000"), ("BOT_TIMEOUT", "-1"),
     ("BOT_TIMEOUT", "nan"), ("BOT_TIMEOUT", "inf")],
)  # fmt: skip
def test_a_wrong_number_is_named(name: str, given: str) -> None:
    with pytest.raises(BadSetting, match=f"{name}.*{given}"):
        Settings.from_environment({name: given})
