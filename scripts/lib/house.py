"""The three processes of Madoguchi as the supervisor runs them, and where they listen."""

import json
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scripts.lib import environments, training
from scripts.lib.environments import ROOT
from scripts.lib.steps import Trouble
from scripts.lib.supervisor import Program, is_healthy

LOOPBACK = "127.0.0.1"
EVERYWHERE = ("0.0.0.0", "::")
DEFAULT_DATA = ROOT / "var"


@dataclass(frozen=True)
class House:
    """One running Madoguchi: its folder for data, its ports, and what else the gateway is told."""

    data: Path
    model: Path
    bot_port: int
    action_port: int
    gateway_port: int | None = None
    gateway_host: str = LOOPBACK
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def bot_url(self) -> str:
        return f"http://{LOOPBACK}:{self.bot_port}"

    @property
    def address(self) -> str:
        host = LOOPBACK if self.gateway_host in EVERYWHERE else self.gateway_host
        return f"http://{host}:{self.gateway_port}/"

    def programs(self) -> list[Program]:
        """Action server, Rasa and, if it has a port, the gateway."""
        return [self._actions(), self._bot(), *([self._gateway()] if self.gateway_port else [])]

    def announce(self) -> None:
        """Leave a note where scripts/converse finds a running bot."""
        self._note.write_text(json.dumps({"bot": self.bot_url, "model": self.model.name, "pid": os.getpid()}))

    def withdraw(self) -> None:
        self._note.unlink(missing_ok=True)

    @property
    def _note(self) -> Path:
        return self.data / "running.json"

    def log(self, name: str) -> Path:
        return self.data / "logs" / f"{name}.log"

    def _actions(self) -> Program:
        return Program(
            name="actions",
            command=[
                str(environments.python("bot")), "-m", "rasa_sdk", "--actions", "actions", "--port", str(self.action_port),
            ],
            environment={**os.environ, **training.QUIET, "SANIC_HOST": LOOPBACK},
            log=self.log("actions"),
            health=f"http://{LOOPBACK}:{self.action_port}/health",
            folder=ROOT,
        )  # fmt: skip

    def _bot(self) -> Program:
        return Program(
            name="bot",
            command=[
                str(environments.python("bot")), "-m", "bot", "run", "--quiet", "--model", str(self.model),
                "--interface", LOOPBACK, "--port", str(self.bot_port),
                "--endpoints", "endpoints.yml", "--credentials", "credentials.yml",
            ],
            environment={
                **os.environ, **training.QUIET,
                "ACTION_PORT": str(self.action_port), "TRACKER_DB": str(self.data / "tracker.sqlite"),
            },
            log=self.log("bot"),
            health=f"{self.bot_url}/webhooks/madoguchi/health",
            folder=ROOT,
        )  # fmt: skip

    def _gateway(self) -> Program:
        return Program(
            name="gateway",
            command=[str(environments.python("api")), "-m", "api"],
            environment={
                **os.environ, "PYTHONPATH": str(ROOT),
                "MADOGUCHI_HOST": self.gateway_host, "MADOGUCHI_PORT": str(self.gateway_port),
                "MADOGUCHI_DATA": str(self.data), "BOT_URL": self.bot_url,
                **self.settings,
            },
            log=self.log("gateway"),
            health=f"{self.address}readyz",
            folder=ROOT,
        )  # fmt: skip


def make_folder(folder: Path) -> Path:
    """The data folder, made if missing; one sentence when it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Trouble(
            f"The data folder {folder} cannot be written ({error.strerror}): choose another with --data-dir."
        ) from error
    return folder.resolve()


def free_port() -> int:
    """A loopback port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether nobody listens on this loopback port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def require_free(port: int, host: str = LOOPBACK) -> None:
    """One sentence when the port is taken or not allowed."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise Trouble(f"Port {port} needs special rights: choose one above 1023 with --port.") from error
        except OSError as error:
            raise Trouble(
                f"Port {port} is taken by another program: stop it, or choose another with --port."
            ) from error


def running_bot(data: Path, model: Path) -> str | None:
    """The address of a bot that runs from this folder with this very model, or None."""
    note = data / "running.json"
    if not note.exists():
        return None
    try:
        told = json.loads(note.read_text())
        is_ours = told["model"] == model.name and is_healthy(f"{told['bot']}/webhooks/madoguchi/health")
    except (ValueError, TypeError, KeyError):  # half written by a supervisor that was killed
        return None
    return str(told["bot"]) if is_ours else None
