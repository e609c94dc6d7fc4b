"""The settings of the gateway, and the only place that reads the environment."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from api.errors import BadAddress, BadOrigin, BadSetting, BadSlackChannel, SettingMissing

SLACK_CHANNEL = re.compile(r"[CG][A-Z0-9]{8,20}")
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")


@dataclass(frozen=True)
class LineSettings:
    """The two keys of a LINE official account, and where LINE's interface is."""

    secret: str = field(repr=False)
    token: str = field(repr=False)
    api: str = "https://api.line.me"


@dataclass(frozen=True)
class SlackSettings:
    """The two keys of a Slack app, where Slack's interface is, and the channel in which staff are told of calls."""

    secret: str = field(repr=False)
    token: str = field(repr=False)
    api: str = "https://slack.com/api"
    alerts: str | None = None


@dataclass(frozen=True)
class Settings:
    """What an operator can choose. Times are seconds. `public_url` is where visitors reach us; without, no form is offered."""

    folder: Path
    host: str = "127.0.0.1"
    port: int = 8000
    database_url: str | None = None
    bot_url: str = "http://127.0.0.1:5005"
    bot_timeout: float = 12.0
    bot_patience: float = 20.0
    public_url: str | None = None
    widget_origins: frozenset[str] = frozenset()
    has_demo: bool = False
    line: LineSettings | None = None
    slack: SlackSettings | None = None
    staff_idle: float = 1800.0
    staff_session: float = 43200.0

    @property
    def database(self) -> str:
        """The database's address: SQLite in our folder unless another one was named."""
        return self.database_url or f"sqlite:///{self.folder / 'madoguchi.sqlite'}"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings. Raises BadSetting, which names the variable."""
        return cls(
            folder=Path(environ.get("MADOGUCHI_DATA") or "var"),
            host=environ.get("MADOGUCHI_HOST") or cls.host,
            port=int(_number(environ, "MADOGUCHI_PORT", cls.port, most=65535)),
            database_url=environ.get("DATABASE_URL") or None,
            bot_url=(environ.get("BOT_URL") or cls.bot_url).rstrip("/"),
            bot_timeout=_number(environ, "BOT_TIMEOUT", cls.bot_timeout, most=120),
            bot_patience=_number(environ, "BOT_PATIENCE", cls.bot_patience, most=120),
            public_url=_address(environ, "PUBLIC_URL"),
            widget_origins=_origins(environ, "WIDGET_ORIGINS"),
            has_demo=environ.get("MADOGUCHI_DEMO") == "1",
            line=_line(environ),
            slack=_slack(environ),
            staff_idle=_number(environ, "STAFF_IDLE", cls.staff_idle, most=86400),
            staff_session=_number(environ, "STAFF_SESSION", cls.staff_session, most=604800),
        )


def _line(environ: Mapping[str, str]) -> LineSettings | None:
    secret, token = _both(environ, "LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN")
    if not secret:
        return None
    return LineSettings(secret, token, _address(environ, "LINE_API_BASE") or LineSettings.api)


def _slack(environ: Mapping[str, str]) -> SlackSettings | None:
    secret, token = _both(environ, "SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN")
    alerts = _alerts(environ)
    if not secret:
        return None
    return SlackSettings(secret, token, _address(environ, "SLACK_API_BASE") or SlackSettings.api, alerts)


def _alerts(environ: Mapping[str, str]) -> str | None:
    """An alert goes by Slack, and is a link to our own pages. By a name Slack finds no history, only by an id."""
    given = environ.get("SLACK_ALERTS_CHANNEL")
    if not given:
        return None
    for name in ("SLACK_SIGNING_SECRET", "PUBLIC_URL"):
        if not environ.get(name):
            raise SettingMissing(name=name, other="SLACK_ALERTS_CHANNEL")
    if not SLACK_CHANNEL.fullmatch(given):
        raise BadSlackChannel(name="SLACK_ALERTS_CHANNEL", given=given)
    return given


def _both(environ: Mapping[str, str], first: str, second: str) -> tuple[str, str]:
    """Two values that only make sense together. Raises SettingMissing where one has none."""
    for name, other in ((first, second), (second, first)):
        if environ.get(other) and not environ.get(name):
            raise SettingMissing(name=name, other=other)
    return environ.get(first) or "", environ.get(second) or ""


def _address(environ: Mapping[str, str], name: str) -> str | None:
    given = environ.get(name) or ""
    parts = urlsplit(given)
    if given and (
        parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment
    ):
        raise BadAddress(name=name, given=given)
    return given.rstrip("/") or None


def _origins(environ: Mapping[str, str], name: str) -> frozenset[str]:
    """Sites as browsers name them: scheme, host and port, nothing behind."""
    entries = [entry.strip() for entry in (environ.get(name) or "").split(",")]
    return frozenset(_origin(name, entry) for entry in entries if entry)


def _origin(name: str, given: str) -> str:
    origin = given.lower()
    if not ORIGIN.fullmatch(origin):
        raise BadOrigin(name=name, given=given)
    usual = ":443" if origin.startswith("https:") else ":80"
    return origin.removesuffix(usual)


def _number(environ: Mapping[str, str], name: str, default: float, *, most: float) -> float:
    given = environ.get(name) or str(default)
    try:
        number = float(given)
    except ValueError as error:
        raise BadSetting(name=name, given=given, most=f"{most:g}") from error
    if not 0 < number <= most:
        raise BadSetting(name=name, given=given, most=f"{most:g}")
    return number
