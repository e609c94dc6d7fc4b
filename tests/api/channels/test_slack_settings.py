"""Slack is joined where both of its keys are set; what is missing is named."""

import subprocess
import sys

import httpx2
import pytest

from api.config import Settings, SlackSettings
from api.errors import BadSlackChannel, SettingMissing

KEYS = {"SLACK_SIGNING_SECRET": "s", "SLACK_BOT_TOKEN": "xoxb-1"}
PUBLIC = {"PUBLIC_URL": "https://chat.example.jp"}


def test_without_keys_there_is_no_slack() -> None:
    assert Settings.from_environment({}).slack is None


def test_each_variable_is_read() -> None:
    more = {"SLACK_API_BASE": "http://127.0.0.1:9/api/", "SLACK_ALERTS_CHANNEL": "C0123456789"}

    settings = Settings.from_environment({**KEYS, **PUBLIC, **more})

    assert settings.slack == SlackSettings("s", "xoxb-1", "http://127.0.0.1:9/api", "C0123456789")
    assert Settings.from_environment(KEYS).slack == SlackSettings("s", "xoxb-1", "https://slack.com/api")


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"SLACK_SIGNING_SECRET": "s"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET"),
        ({"SLACK_ALERTS_CHANNEL": "C0123456789", **PUBLIC}, "SLACK_SIGNING_SECRET"),
        ({"SLACK_ALERTS_CHANNEL": "C0123456789", **KEYS}, "PUBLIC_URL"),
    ],
)
def test_what_is_missing_is_named(given: dict[str, str], missing: str) -> None:
    with pytest.raises(SettingMissing, match=f"{missing} がありません"):
        Settings.from_environment(given)


def test_a_channel_is_named_by_its_id() -> None:
    with pytest.raises(BadSlackChannel, match="#相談"):
        Settings.from_environment({**KEYS, **PUBLIC, "SLACK_ALERTS_CHANNEL": "#相談"})


def test_the_keys_are_not_shown_with_the_settings() -> None:
    shown = repr(Settings.from_environment({**KEYS, "SLACK_SIGNING_SECRET": "hidden"}))

    assert "hidden" not in shown and "xoxb-1" not in shown


async def test_without_keys_the_addresses_are_not_there(client: httpx2.AsyncClient) -> None:
    assert (await client.post("/webhooks/slack/events", content=b"{}")).status_code == 404


def test_a_gateway_without_slack_does_not_load_its_library() -> None:
    program = (
        "import sys; from pathlib import Path; from api.app import create_app; from api.config import Settings;"
        "create_app(Settings(folder=Path('var'))); sys.exit('slack_sdk' in sys.modules or 'aiohttp' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
