"""Ports and folders: what is wrong is said in one sentence before anything is started."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from scripts.lib.house import LOOPBACK, House, free_port, make_folder, require_free, running_bot
from tests.scripts.copies import ROOT, run

MODEL = Path("models/madoguchi-0123456789abcdef.tar.gz")


@contextmanager
def taken(host: str = LOOPBACK) -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.create_server((host, 0)) as listener:
        yield int(listener.getsockname()[1])


@contextmanager
def bot(status: int = 200) -> Iterator[str]:
    """A bot that says whether it is ready."""

    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/webhooks/madoguchi/health" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer((LOOPBACK, 0), Health) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://{LOOPBACK}:{server.server_port}"
        server.shutdown()
        thread.join()


def house(folder: Path, port: int = 8000) -> House:
    return House(folder, MODEL, free_port(), free_port(), port)


@pytest.mark.parametrize("host", [LOOPBACK, "0.0.0.0"])
def test_a_port_that_is_taken_is_named(capsys: pytest.CaptureFixture[str], host: str) -> None:
    with taken(host) as port, pytest.raises(SystemExit):
        require_free(port)

    assert capsys.readouterr().err == (
        f"✗ Port {port} is taken by another program: stop it, or choose another with --port.\n"
    )


def test_a_port_that_is_free_is_left_free() -> None:
    port = free_port()
    require_free(port)

    with socket.create_server((LOOPBACK, port)):
        pass


def test_the_data_folder_is_made_with_all_above_it(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "a" / "b")

    assert folder.is_dir()
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(SystemExit):
        make_folder(tmp_path / "file" / "data")

    told = capsys.readouterr().err
    assert told.startswith(f"✗ The data folder {tmp_path / 'file' / 'data'} cannot be written")
    assert told.endswith("choose another with --data-dir.\n") and told.count("\n") == 1


def test_serve_on_a_taken_port_ends_at_once_with_one_sentence(tmp_path: Path) -> None:
    with taken() as port:
        result = run(ROOT, "-m", "scripts.lib.serve", f"--port={port}", f"--data-dir={tmp_path}")

    assert (result.returncode, result.stdout) == (1, "")
    assert (
        result.stderr
        == f"✗ Port {port} is taken by another program: stop it, or choose another with --port.\n"
    )


@pytest.mark.parametrize("given", ["0", "65536", "-1", "http", "80.5", ""])
def test_serve_with_something_that_is_no_port_says_what_a_port_is(tmp_path: Path, given: str) -> None:
    result = run(ROOT, "-m", "scripts.lib.serve", f"--port={given}", f"--data-dir={tmp_path}")

    assert result.returncode == 2
    assert "is not a port: give a number from 1 to 65535" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_bot_that_runs_from_this_folder_with_this_model_is_found(tmp_path: Path) -> None:
    with bot() as address:
        note = {"bot": address, "model": MODEL.name, "pid": 1}
        (tmp_path / "running.json").write_text(json.dumps(note))

        assert running_bot(tmp_path, MODEL) == address
        assert running_bot(tmp_path, Path("models/another.tar.gz")) is None
        assert running_bot(tmp_path / "elsewhere", MODEL) is None


def test_a_note_is_left_while_it_runs_and_taken_away_after(tmp_path: Path) -> None:
    ours = house(tmp_path)
    ours.announce()
    told = json.loads((tmp_path / "running.json").read_text())
    ours.withdraw()
    ours.withdraw()

    assert (told["bot"], told["model"]) == (ours.bot_url, MODEL.name)
    assert not (tmp_path / "running.json").exists()


@pytest.mark.parametrize("note", ["", "{", "[]", "{}", '{"model": "madoguchi-0123456789abcdef.tar.gz"}'])
def test_a_note_that_was_left_half_written_is_no_bot(tmp_path: Path, note: str) -> None:
    (tmp_path / "running.json").write_text(note)

    assert running_bot(tmp_path, MODEL) is None


def test_a_bot_that_is_gone_or_not_ready_is_no_bot(tmp_path: Path) -> None:
    house(tmp_path).announce()
    assert running_bot(tmp_path, MODEL) is None

    with bot(status=503) as address:
        (tmp_path / "running.json").write_text(json.dumps({"bot": address, "model": MODEL.name}))
        assert running_bot(tmp_path, MODEL) is None


def test_only_the_gateway_may_be_reached_from_other_machines(tmp_path: Path) -> None:
    ours = House(tmp_path, MODEL, 5005, 5055, 8000, "0.0.0.0")
    actions, rasa, gateway = ours.programs()

    assert actions.environment["SANIC_HOST"] == LOOPBACK
    assert rasa.command[rasa.command.index("--interface") + 1] == LOOPBACK
    assert gateway.environment["MADOGUCHI_HOST"] == "0.0.0.0"
    assert gateway.environment["BOT_URL"] == "http://127.0.0.1:5005"
    assert all(program.health.startswith(f"http://{LOOPBACK}:") for program in ours.programs())


def test_without_a_port_for_the_gateway_only_the_bot_and_its_actions_run(tmp_path: Path) -> None:
    assert [program.name for program in House(tmp_path, MODEL, 5005, 5055).programs()] == ["actions", "bot"]
