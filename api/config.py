"""The settings of the gateway, and the only place that reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from api.errors import BadSetting


@dataclass(frozen=True)
class Settings:
    """What an operator can choose. Times are seconds."""

    folder: Path
    host: str = "127.0.0.1"
    port: int = 8000
    database_url: str | None = None
    bot_url: str = "http://127.0.0.1:5005"
    bot_timeout: float = 12.0
    bot_patience: float = 20.0

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
        )


def _number(environ: Mapping[str, str], name: str, default: float, *, most: float) -> float:
    given = environ.get(name) or str(default)
    try:
        number = float(given)
    except ValueError as error:
        raise BadSetting(name=name, given=given, most=f"{most:g}") from error
    if not 0 < number <= most:
        raise BadSetting(name=name, given=given, most=f"{most:g}")
    return number
