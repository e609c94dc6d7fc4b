"""The two bots compared: how each is trained, started and asked."""

import os
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.lib import environments, training
from scripts.lib.benchmark_corpus import Corpus
from scripts.lib.benchmark_turns import Wire
from scripts.lib.environments import ROOT
from scripts.lib.house import LOOPBACK, House
from scripts.lib.supervisor import Program

STOCK = ROOT / "benchmarks" / "stock"
ONE_THREAD = "OMP_NUM_THREADS"  # our setting; the stock side has as many threads as TensorFlow likes


@dataclass(frozen=True)
class Side:
    """One of the two bots."""

    name: str
    environment: str
    rasa: str  # the module that is Rasa's command line
    config: Path
    variables: Mapping[str, str]
    programs: Callable[[House], list[Program]]
    wire: Wire

    @property
    def python(self) -> str:
        return str(environments.python(self.environment))

    def training(self, corpus: Corpus, model: Path) -> list[str]:
        """The command that learns from this corpus."""
        return [
            self.python, "-m", self.rasa, "train", "--quiet", "--force",
            "--data", str(corpus.data), "--domain", str(corpus.domain), "--config", str(self.config),
            "--out", str(model.parent), "--fixed-model-name", model.name.removesuffix(".tar.gz"),
        ]  # fmt: skip


def ours() -> Side:
    """Exactly what scripts/serve starts, without the gateway."""
    return Side(
        "ours", "bot", "bot", ROOT / "config.yml", {**os.environ, **training.QUIET}, House.programs,
        Wire("/webhooks/madoguchi/answer", _asked_of_ours, lambda told: len(told["replies"])),
    )  # fmt: skip


def stock(corpus: Corpus, config: Path) -> Side:
    """Rasa's recipe, with Rasa's own channel and an action server that does next to nothing."""
    variables = {**os.environ, **training.QUIET, "STOCK_DOMAIN": str(corpus.domain)}
    del variables[ONE_THREAD]
    return Side(
        "stock", "stock", "rasa", config, variables, lambda house: _stock_programs(house, variables),
        Wire("/webhooks/rest/webhook", _asked_of_stock, len),
    )  # fmt: skip


def _asked_of_ours(conversation: str, text: str) -> dict[str, Any]:
    """tests/contract/answer.json."""
    told = {"conversation": conversation, "text": text, "channel": "web"}
    return {**told, "message": uuid.uuid4().hex, "payload": None, "again": False}


def _asked_of_stock(conversation: str, text: str) -> dict[str, Any]:
    return {"sender": conversation, "message": text}


def _stock_programs(house: House, variables: Mapping[str, str]) -> list[Program]:
    return [_stock_actions(house, variables), _stock_bot(house, variables)]


def _stock_actions(house: House, variables: Mapping[str, str]) -> Program:
    return Program(
        name="actions",
        command=[
            str(environments.python("stock")), "-m", "rasa_sdk", "--actions", "benchmarks.stock.actions",
            "--port", str(house.action_port),
        ],
        environment={**variables, "SANIC_HOST": LOOPBACK},
        log=house.data / "actions.log",
        health=f"http://{LOOPBACK}:{house.action_port}/health",
        folder=ROOT,
    )  # fmt: skip


def _stock_bot(house: House, variables: Mapping[str, str]) -> Program:
    places = {"ACTION_PORT": str(house.action_port), "TRACKER_DB": str(house.data / "tracker.sqlite")}
    return Program(
        name="bot",
        command=[
            str(environments.python("stock")), "-m", "rasa", "run", "--quiet", "--model", str(house.model),
            "--interface", LOOPBACK, "--port", str(house.bot_port),
            "--endpoints", str(STOCK / "endpoints.yml"), "--credentials", str(STOCK / "credentials.yml"),
        ],
        environment={**variables, **places},
        log=house.data / "bot.log",
        # Rasa listens only after the model is loaded: that it answers at all says that it is ready.
        health=f"{house.bot_url}/webhooks/rest/",
        folder=ROOT,
    )  # fmt: skip
