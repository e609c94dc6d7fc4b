"""What a demo house has beside it: imitations of LINE and Slack, each with a page to try the bot on."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from scripts.lib import environments
from scripts.lib.environments import ROOT
from scripts.lib.house import LOOPBACK, House, free_port, is_free
from scripts.lib.supervisor import Program

DATA = ROOT / "var" / "demo"
USUAL_PORTS = {"line": 8001, "slack": 8002}
ALERTS = "CFB439E9F85"  # the channel 相談 of the imitation


def _secret() -> str:
    return secrets.token_hex(16)


@dataclass(frozen=True)
class Imitation:
    """An imitated platform on its port. Its two keys are new at every start."""

    name: str
    port: int
    secret: str = field(default_factory=_secret, repr=False)
    token: str = field(default_factory=_secret, repr=False)

    @property
    def address(self) -> str:
        return f"http://{LOOPBACK}:{self.port}/"

    def program(self, house: House) -> Program:
        """It tells this house what its users do."""
        return Program(
            name=self.name,
            command=[
                str(environments.python("api")), "-m", f"tests.platforms.{self.name}", "--port", str(self.port),
                "--gateway", f"{house.address}webhooks/{self.name}", "--secret", self.secret, "--token", self.token,
            ],
            environment={**os.environ, "PYTHONPATH": str(ROOT)},
            log=house.log(self.name),
            health=self.address,
            folder=ROOT,
        )  # fmt: skip


@dataclass(frozen=True)
class Demo:
    """Both imitations."""

    line: Imitation
    slack: Imitation

    @classmethod
    def beside(cls, port: int, *, usual: Mapping[str, int] = USUAL_PORTS) -> "Demo":
        """On the usual ports, unless they are taken or the chat is to have them."""
        ports = {
            name: wanted if wanted != port and is_free(wanted) else free_port()
            for name, wanted in usual.items()
        }
        return cls(Imitation("line", ports["line"]), Imitation("slack", ports["slack"]))

    def programs(self, house: House) -> list[Program]:
        return [self.line.program(house), self.slack.program(house)]

    def settings(self, public_url: str) -> dict[str, str]:
        """What the gateway is told: where both are, and to show the site that holds the chat."""
        return {
            "MADOGUCHI_DEMO": "1",
            "DATABASE_URL": "",  # whatever the operator's own is, the demo does not touch it
            "PUBLIC_URL": public_url,
            "LINE_CHANNEL_SECRET": self.line.secret,
            "LINE_CHANNEL_ACCESS_TOKEN": self.line.token,
            "LINE_API_BASE": self.line.address,
            "SLACK_SIGNING_SECRET": self.slack.secret,
            "SLACK_BOT_TOKEN": self.slack.token,
            "SLACK_API_BASE": f"{self.slack.address}api",
            "SLACK_ALERTS_CHANNEL": ALERTS,
        }
