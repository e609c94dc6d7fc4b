"""scripts/line-setup puts the menu into the account and says what is wrong with the webhook."""

import asyncio
import json
import os
import struct
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from api.channels.line import CHOICES
from tests.platforms.hook import Hook, listening_hook
from tests.platforms.line import FakeLine

MENU = json.loads(Path("api/channels/line_menu.json").read_text("utf-8"))
PICTURE = Path("api/channels/line_menu.png").read_bytes()


@pytest_asyncio.fixture
async def hook() -> AsyncIterator[Hook]:
    async with listening_hook() as hook:
        yield hook


@pytest_asyncio.fixture
async def line() -> AsyncIterator[FakeLine]:
    line = FakeLine()
    await line.start()
    yield line
    await line.stop()


async def setup(line: FakeLine, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    keys = {"LINE_CHANNEL_SECRET": line.secret, "LINE_CHANNEL_ACCESS_TOKEN": line.token}
    given = {"PATH": os.environ["PATH"], "LINE_API_BASE": line.url, **keys, **environment}
    command = [sys.executable, "-m", "scripts.lib.line_setup", *arguments]
    return await asyncio.to_thread(
        subprocess.run, command, env=given, capture_output=True, text=True, check=False, timeout=60
    )


async def test_the_menu_is_put_in_and_the_webhook_tried(line: FakeLine, hook: Hook) -> None:
    done = await setup(line, PUBLIC_URL=f"{hook.url}/")

    assert done.returncode == 0, done.stderr
    assert line.rich_menus.shown == MENU
    assert line.webhook.url == f"{hook.url}/webhooks/line"
    assert hook.bodies == [{"destination": line.id, "events": []}]
    assert f"✓ LINE から {hook.url}/webhooks/line を呼べました。" in done.stdout
    assert line.refused == []


async def test_a_second_time_replaces_the_menu_and_leaves_those_of_others(line: FakeLine, hook: Hook) -> None:
    line.rich_menus.menus["richmenu-other"] = {**MENU, "name": "another"}
    await setup(line, PUBLIC_URL=hook.url)
    before = line.rich_menus.everybody
    done = await setup(line, PUBLIC_URL=hook.url)

    assert done.returncode == 0, done.stderr
    assert line.rich_menus.everybody != before
    assert set(line.rich_menus.menus) == {"richmenu-other", line.rich_menus.everybody}


async def test_a_check_changes_nothing(line: FakeLine, hook: Hook) -> None:
    done = await setup(line, "--check", PUBLIC_URL=hook.url)

    assert done.returncode == 1
    assert "メニューがまだ入っていません" in done.stderr
    assert {call.method for call in line.calls} == {"GET"}


async def test_a_webhook_that_does_not_answer_is_named(line: FakeLine, hook: Hook) -> None:
    hook.status = 401
    done = await setup(line, PUBLIC_URL=hook.url)

    assert done.returncode == 1
    assert "呼べませんでした" in done.stderr and "401" in done.stderr


async def test_a_webhook_that_is_not_set_or_switched_off_is_named(line: FakeLine, hook: Hook) -> None:
    unset = await setup(line)
    line.webhook.url, line.webhook.is_active = hook.url, False
    off = await setup(line)

    assert "宛先がまだありません" in unset.stderr
    assert "「Webhookの利用」をオン" in off.stderr


async def test_wrong_keys_are_named(line: FakeLine) -> None:
    wrong = await setup(line, LINE_CHANNEL_ACCESS_TOKEN="x")
    missing = await setup(line, LINE_CHANNEL_SECRET="")
    typo = await setup(line, "--chek")

    assert "アクセストークンが違います" in wrong.stderr
    assert "環境変数 LINE_CHANNEL_SECRET がありません" in missing.stderr
    assert (typo.returncode, "「--chek」の意味が分かりません" in typo.stderr) == (2, True)
    assert line.token not in wrong.stdout + wrong.stderr


def test_every_area_of_the_menu_is_a_choice_that_the_channel_knows() -> None:
    actions = [area["action"] for area in MENU["areas"]]

    assert {action["data"]: action["displayText"] for action in actions} == {
        data: title for data, (title, _) in CHOICES.items()
    }


def test_the_areas_cover_the_picture_without_overlapping() -> None:
    size = MENU["size"]
    covered = sum(area["bounds"]["width"] * area["bounds"]["height"] for area in MENU["areas"])

    assert struct.unpack(">II", PICTURE[16:24]) == (size["width"], size["height"])
    assert covered == size["width"] * size["height"]
    assert len(PICTURE) < 1_000_000
