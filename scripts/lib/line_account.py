"""LINE's interface for setting up an official account: its menu and its webhook."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

from scripts.lib.steps import Trouble

API = "https://api.line.me"
DATA_API = "https://api-data.line.me"
PATIENCE = 20.0  # seconds; LINE itself waits for our webhook during a test
REASONS = {
    401: "アクセストークンが違います。LINE_CHANNEL_ACCESS_TOKEN を確かめてください。",
    403: "このアカウントでは使えない操作です。LINE Developers の設定を確かめてください。",
    429: "LINE への呼び出しが多すぎます。1時間ほど待って、もう一度実行してください。",
}


class NotThere(Exception):
    """What was asked for has not been set."""


@dataclass(frozen=True)
class Account:
    """An official account, reached by its access token. Raises Trouble where LINE says no."""

    api: str
    data_api: str
    token: str = field(repr=False)

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "Account":
        """The account whose keys are in the environment."""
        for name in ("LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN"):
            if not environ.get(name):
                raise Trouble(f"環境変数 {name} がありません。LINE Developers の画面から写してください。")
        api = environ.get("LINE_API_BASE")
        data_api = environ.get("LINE_DATA_API_BASE") or api
        return cls(
            (api or API).rstrip("/"), (data_api or DATA_API).rstrip("/"), environ["LINE_CHANNEL_ACCESS_TOKEN"]
        )

    def name(self) -> str:
        return str(self._call("GET", "/v2/bot/info")["displayName"])

    def menus(self, name: str) -> list[str]:
        """The ids of the menus of this name."""
        found = self._call("GET", "/v2/bot/richmenu/list")["richmenus"]
        return [str(menu["richMenuId"]) for menu in found if menu["name"] == name]

    def add_menu(self, menu: Mapping[str, Any], picture: bytes) -> str:
        """Make a menu with its picture. Returns its id."""
        self._call("POST", "/v2/bot/richmenu/validate", menu)
        id = str(self._call("POST", "/v2/bot/richmenu", menu)["richMenuId"])
        self._send("POST", f"{self.data_api}/v2/bot/richmenu/{id}/content", picture, "image/png")
        return id

    def show_menu(self, id: str) -> None:
        """Let everybody see it."""
        self._call("POST", f"/v2/bot/user/all/richmenu/{id}")

    def delete_menu(self, id: str) -> None:
        self._call("DELETE", f"/v2/bot/richmenu/{id}")

    def webhook(self) -> tuple[str, bool]:
        """Where LINE sends events, and whether it does. Raises NotThere."""
        told = self._call("GET", "/v2/bot/channel/webhook/endpoint")
        return str(told["endpoint"]), bool(told["active"])

    def set_webhook(self, url: str) -> None:
        self._call("PUT", "/v2/bot/channel/webhook/endpoint", {"endpoint": url})

    def try_webhook(self) -> tuple[bool, str]:
        """Let LINE call the webhook. Whether that went well, and what LINE says of it."""
        told = self._call("POST", "/v2/bot/channel/webhook/test", {})
        return bool(told["success"]), f"{told.get('reason', '')} {told.get('detail', '')}".strip()

    def _call(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        raw = None if body is None else json.dumps(body).encode()
        found: dict[str, Any] = json.loads(self._send(method, self.api + path, raw, "application/json"))
        return found

    def _send(self, method: str, url: str, raw: bytes | None, kind: str) -> bytes:
        headers = {"Authorization": f"Bearer {self.token}", **({"Content-Type": kind} if raw else {})}
        try:
            opener = build_opener() if url.startswith("https:") else build_opener(ProxyHandler({}))
            with opener.open(Request(url, raw, headers, method=method), timeout=PATIENCE) as answer:
                found: bytes = answer.read()
                return found
        except HTTPError as error:
            if error.code == 404:
                raise NotThere from error
            raise Trouble(
                REASONS.get(error.code, f"LINE が断りました（{error.code}）。{_said(error)}")
            ) from error
        except (URLError, OSError) as error:
            raise Trouble(
                "LINE につながりません。ネットワークを確かめて、もう一度実行してください。"
            ) from error


def _said(error: HTTPError) -> str:
    """LINE's own words, details included."""
    try:
        told = json.loads(error.read())
    except ValueError:
        return ""
    details = [f"{detail.get('property')}: {detail.get('message')}" for detail in told.get("details", [])]
    return " / ".join([str(told.get("message", "")), *details])
