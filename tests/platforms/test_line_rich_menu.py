"""Rich menus are made, given a picture and shown; what LINE would refuse is refused."""

import struct
from typing import Any

import httpx2
import pytest

from tests.platforms.line import FakeLine


def menu(**more: Any) -> dict[str, Any]:
    area = {
        "bounds": {"x": 0, "y": 0, "width": 1250, "height": 843},
        "action": {"type": "postback", "data": "menu:sales"},
    }
    made = {
        "size": {"width": 2500, "height": 843},
        "selected": True,
        "name": "main",
        "chatBarText": "相談する",
    }
    return {**made, "areas": [area], **more}


def png(width: int, height: int) -> bytes:
    """As much of a picture as says how large it is."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


async def made(bot: httpx2.AsyncClient) -> str:
    name: str = (await bot.post("/v2/bot/richmenu", json=menu())).json()["richMenuId"]
    return name


async def upload(bot: httpx2.AsyncClient, name: str, picture: bytes) -> int:
    headers = {"Content-Type": "image/png"}
    answer = await bot.post(f"/v2/bot/richmenu/{name}/content", content=picture, headers=headers)
    return answer.status_code


async def test_a_menu_is_made_drawn_shown_and_named(line: FakeLine, bot: httpx2.AsyncClient) -> None:
    name = await made(bot)

    assert await upload(bot, name, png(2500, 843)) == 200
    assert (await bot.post(f"/v2/bot/user/all/richmenu/{name}")).status_code == 200
    alias = {"richMenuAliasId": "main", "richMenuId": name}
    assert (await bot.post("/v2/bot/richmenu/alias", json=alias)).status_code == 200

    assert (await bot.get("/v2/bot/richmenu/list")).json() == {"richmenus": [{"richMenuId": name, **menu()}]}
    assert (await bot.get("/v2/bot/user/all/richmenu")).json() == {"richMenuId": name}
    assert (await bot.get("/v2/bot/richmenu/alias/list")).json() == {"aliases": [alias]}
    assert line.rich_menus.shown == menu()
    assert line.refused == []


async def test_a_menu_is_replaced_and_deleted(line: FakeLine, bot: httpx2.AsyncClient) -> None:
    old, new = await made(bot), await made(bot)
    for name in (old, new):
        await upload(bot, name, png(2500, 843))
    await bot.post("/v2/bot/richmenu/alias", json={"richMenuAliasId": "main", "richMenuId": old})

    await bot.post("/v2/bot/richmenu/alias/main", json={"richMenuId": new})
    await bot.delete(f"/v2/bot/richmenu/{old}")

    assert line.rich_menus.aliases == {"main": new}
    assert list(line.rich_menus.menus) == [new]
    assert line.refused == []


async def test_a_menu_without_a_picture_is_not_shown(bot: httpx2.AsyncClient) -> None:
    name = await made(bot)

    assert (await bot.post(f"/v2/bot/user/all/richmenu/{name}")).status_code == 400


async def test_the_picture_is_of_the_menus_size_and_given_once(bot: httpx2.AsyncClient) -> None:
    name = await made(bot)

    assert await upload(bot, name, png(2500, 844)) == 400
    assert await upload(bot, name, b"<svg/>") == 415
    assert await upload(bot, name, png(2500, 843) + bytes(1_000_000)) == 413
    assert await upload(bot, name, png(2500, 843)) == 200
    assert await upload(bot, name, png(2500, 843)) == 400


LEFT = {"x": 0, "y": 0, "width": 1250, "height": 843}
WRONG: dict[str, dict[str, Any]] = {
    "too high": {"size": {"width": 2500, "height": 1800}},
    "too slim": {"size": {"width": 1000, "height": 800}, "areas": []},
    "a long bar": {"chatBarText": "あ" * 15},
    "a long name": {"name": "a" * 301},
    "an area outside": {
        "areas": [{"bounds": {**LEFT, "x": 1300}, "action": {"type": "message", "text": "はい"}}]
    },
    "a long label": {
        "areas": [{"bounds": LEFT, "action": {"type": "postback", "label": "あ" * 21, "data": "a"}}]
    },
    "too many areas": {"areas": [{"bounds": LEFT, "action": {"type": "message", "text": "はい"}}] * 21},
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
async def test_a_menu_that_is_wrong_is_refused(bot: httpx2.AsyncClient, change: dict[str, Any]) -> None:
    assert (await bot.post("/v2/bot/richmenu/validate", json=menu())).status_code == 200
    assert (await bot.post("/v2/bot/richmenu/validate", json=menu(**change))).status_code == 400
