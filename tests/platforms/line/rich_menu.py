"""Rich menus: made, given a picture, named by aliases, and shown to everybody."""

import secrets
import struct
from collections.abc import Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.platforms.checks import Fault, Path, boolean, every, items, record, string, whole
from tests.platforms.line.actions import menu_action
from tests.platforms.line.answers import Desk, Handle, Refused, require

LARGEST_PICTURE = 1_000_000  # bytes
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
SLIMMEST = 1.45  # width to height

SIZE = record({"width": whole(800, 2500), "height": whole(250, 1724)})
BOUNDS = record(
    {
        "x": whole(0, 2500),
        "y": whole(0, 1724),
        "width": whole(1, 2500),
        "height": whole(1, 1724),
    }
)
AREA = record({"bounds": BOUNDS, "action": menu_action})


def _fits(menu: Any, path: Path) -> Iterator[Fault]:
    width, height = menu["size"]["width"], menu["size"]["height"]
    if width / height < SLIMMEST:
        yield Fault((*path, "size"), f"The width must be at least {SLIMMEST} times the height")
    for index, area in enumerate(menu["areas"]):
        bounds = area["bounds"]
        if bounds["x"] + bounds["width"] > width or bounds["y"] + bounds["height"] > height:
            yield Fault((*path, "areas", index, "bounds"), "Lies outside of the menu")


MENU = every(
    record(
        {
            "size": SIZE,
            "selected": boolean,
            "name": string(1, 300),
            "chatBarText": string(1, 14),
            "areas": items(AREA, 0, 20),
        }
    ),
    _fits,
)
ALIAS_NAME = string(1, 32, pattern="[a-z0-9_-]+")
ALIAS = record({"richMenuAliasId": ALIAS_NAME, "richMenuId": string()})
ALIAS_CHANGE = record({"richMenuId": string()})


class RichMenus:
    """`menus`, their `pictures`, the `aliases`, and the one that `everybody` sees."""

    def __init__(self) -> None:
        self.menus: dict[str, dict[str, Any]] = {}
        self.pictures: dict[str, bytes] = {}
        self.aliases: dict[str, str] = {}
        self.everybody: str | None = None

    @property
    def shown(self) -> dict[str, Any] | None:
        """The menu that stands under every chat."""
        return self.menus[self.everybody] if self.everybody else None

    def routes(self, desk: Desk) -> list[Route]:
        table: list[tuple[str, str, Handle]] = [
            ("POST", "richmenu", self.create),
            ("POST", "richmenu/validate", self.validate),
            ("GET", "richmenu/list", self.list_menus),
            ("POST", "richmenu/alias", self.create_alias),
            ("GET", "richmenu/alias/list", self.list_aliases),
            ("GET", "richmenu/alias/{alias}", self.read_alias),
            ("POST", "richmenu/alias/{alias}", self.change_alias),
            ("DELETE", "richmenu/alias/{alias}", self.delete_alias),
            ("GET", "richmenu/{menu}", self.read),
            ("DELETE", "richmenu/{menu}", self.delete),
            ("POST", "richmenu/{menu}/content", self.put_picture),
            ("GET", "richmenu/{menu}/content", self.read_picture),
            ("GET", "user/all/richmenu", self.read_everybody),
            ("DELETE", "user/all/richmenu", self.hide),
            ("POST", "user/all/richmenu/{menu}", self.show),
        ]
        return [Route(f"/v2/bot/{path}", desk(handle), methods=[method]) for method, path, handle in table]

    async def create(self, _: Request, body: Any) -> dict[str, Any]:
        require(MENU, body)
        name = f"richmenu-{secrets.token_hex(16)}"
        self.menus[name] = body
        return {"richMenuId": name}

    async def validate(self, _: Request, body: Any) -> dict[str, Any]:
        require(MENU, body)
        return {}

    async def list_menus(self, _: Request, __: Any) -> dict[str, Any]:
        return {"richmenus": [{"richMenuId": name, **menu} for name, menu in self.menus.items()]}

    async def read(self, request: Request, _: Any) -> dict[str, Any]:
        name = self._menu(request)
        return {"richMenuId": name, **self.menus[name]}

    async def delete(self, request: Request, _: Any) -> dict[str, Any]:
        name = self._menu(request)
        del self.menus[name]
        self.pictures.pop(name, None)
        if self.everybody == name:
            self.everybody = None
        return {}

    async def put_picture(self, request: Request, body: Any) -> dict[str, Any]:
        """PNG or JPEG up to 1 MB, once, and a PNG exactly of the menu's size."""
        name = self._menu(request)
        if not isinstance(body, bytes) or not body.startswith((PNG, JPEG)):
            raise Refused(415, "The picture must be a PNG or a JPEG")
        if len(body) > LARGEST_PICTURE:
            raise Refused(413, "The picture is larger than 1 MB")
        if name in self.pictures:
            raise Refused(400, "An image has already been uploaded to the richmenu")
        size = self.menus[name]["size"]
        if body.startswith(PNG) and struct.unpack(">II", body[16:24]) != (size["width"], size["height"]):
            raise Refused(400, "The size of the picture is not that of the richmenu")
        self.pictures[name] = body
        return {}

    async def read_picture(self, request: Request, _: Any) -> Response:
        name = self._menu(request)
        if name not in self.pictures:
            raise Refused(404, "Not found", is_fault=False)
        kind = "image/png" if self.pictures[name].startswith(PNG) else "image/jpeg"
        return Response(self.pictures[name], media_type=kind)

    async def read_everybody(self, _: Request, __: Any) -> dict[str, Any]:
        if self.everybody is None:
            raise Refused(404, "no default richmenu", is_fault=False)
        return {"richMenuId": self.everybody}

    async def show(self, request: Request, _: Any) -> dict[str, Any]:
        name = self._menu(request)
        if name not in self.pictures:
            raise Refused(400, "must upload richmenu image before applying it to user")
        self.everybody = name
        return {}

    async def hide(self, _: Request, __: Any) -> dict[str, Any]:
        self.everybody = None
        return {}

    async def create_alias(self, _: Request, body: Any) -> dict[str, Any]:
        require(ALIAS, body)
        if body["richMenuAliasId"] in self.aliases:
            raise Refused(400, "conflict richmenu alias id")
        self._name(body["richMenuAliasId"], body["richMenuId"])
        return {}

    async def change_alias(self, request: Request, body: Any) -> dict[str, Any]:
        require(ALIAS_CHANGE, body)
        self._name(self._alias(request), body["richMenuId"])
        return {}

    async def read_alias(self, request: Request, _: Any) -> dict[str, Any]:
        alias = self._alias(request)
        return {"richMenuAliasId": alias, "richMenuId": self.aliases[alias]}

    async def list_aliases(self, _: Request, __: Any) -> dict[str, Any]:
        aliases = [{"richMenuAliasId": alias, "richMenuId": menu} for alias, menu in self.aliases.items()]
        return {"aliases": aliases}

    async def delete_alias(self, request: Request, _: Any) -> dict[str, Any]:
        del self.aliases[self._alias(request)]
        return {}

    def _name(self, alias: str, menu: str) -> None:
        if menu not in self.pictures:
            raise Refused(400, "richmenu not found, or it has no image")
        self.aliases[alias] = menu

    def _menu(self, request: Request) -> str:
        name = str(request.path_params["menu"])
        if name not in self.menus:
            raise Refused(404, "richmenu not found", is_fault=request.method == "POST")
        return name

    def _alias(self, request: Request) -> str:
        alias = str(request.path_params["alias"])
        if alias not in self.aliases:
            raise Refused(404, "richmenu alias not found", is_fault=False)
        return alias
