"""What scripts/serve --demo puts beside the house, and tells its gateway."""

import socket
from pathlib import Path

from api.config import LineSettings, Settings, SlackSettings
from scripts.lib.demo import ALERTS, Demo, Imitation
from scripts.lib.house import LOOPBACK, House
from tests.platforms.slack import FakeSlack
from tests.platforms.slack.page import CHANNEL

HOUSE = House(Path("var/demo"), Path("models/madoguchi-0123456789abcdef.tar.gz"), 5005, 5055, 8000)
DEMO = Demo(Imitation("line", 8001, "s1", "t1"), Imitation("slack", 8002, "s2", "t2"))


def test_the_gateway_reads_all_that_it_is_told() -> None:
    told = DEMO.settings(HOUSE.address)
    settings = Settings.from_environment(told)

    assert settings.has_demo
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.line == LineSettings("s1", "t1", "http://127.0.0.1:8001")
    assert settings.slack == SlackSettings("s2", "t2", "http://127.0.0.1:8002/api", ALERTS)


def test_calls_go_to_the_channel_that_the_imitation_shows() -> None:
    assert FakeSlack().channel(CHANNEL) == ALERTS


def test_the_operators_own_database_is_left_alone() -> None:
    assert (
        Settings.from_environment({"DATABASE_URL": "x", **DEMO.settings(HOUSE.address)}).database_url is None
    )


def test_each_imitation_tells_the_gateway_of_what_its_users_do() -> None:
    commands = {program.name: list(program.command) for program in DEMO.programs(HOUSE)}

    for name, command in commands.items():
        assert command[command.index("--gateway") + 1] == f"http://127.0.0.1:8000/webhooks/{name}"
    assert list(commands) == ["line", "slack"]


def test_both_sides_get_new_keys_at_every_start() -> None:
    one, other = Demo.beside(8000), Demo.beside(8000)
    keys = {
        key for demo in (one, other) for side in (demo.line, demo.slack) for key in (side.secret, side.token)
    }

    assert len(keys) == 8


def test_a_port_that_is_taken_or_wanted_for_the_chat_is_left_alone() -> None:
    with socket.create_server((LOOPBACK, 0)) as listener:
        taken = int(listener.getsockname()[1])
        demo = Demo.beside(8001, usual={"line": 8001, "slack": taken})

    assert demo.line.port != 8001
    assert demo.slack.port != taken


def test_without_the_demo_the_gateway_is_told_nothing_of_it() -> None:
    gateway = HOUSE.programs()[-1]

    assert gateway.environment.keys().isdisjoint(
        {*DEMO.settings(HOUSE.address)} - {"DATABASE_URL", "PUBLIC_URL"}
    )
