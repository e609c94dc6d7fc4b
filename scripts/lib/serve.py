"""Set everything up, start the three processes, print the address, and stop all of them together."""

import argparse
import asyncio
import signal
import sys
from dataclasses import replace
from pathlib import Path

from scripts.lib import demo, environments, training
from scripts.lib.demo import Demo
from scripts.lib.house import DEFAULT_DATA, House, free_port, make_folder, require_free
from scripts.lib.steps import Trouble, step
from scripts.lib.supervisor import Supervisor

READY_SECONDS = 180.0


def main() -> None:
    arguments = _arguments()
    require_free(arguments.port, arguments.host)
    data = make_folder(arguments.data_dir or (demo.DATA if arguments.demo else DEFAULT_DATA))
    environments.prepare()
    house = House(data, training.model(), free_port(), free_port(), arguments.port, arguments.host)
    beside = Demo.beside(arguments.port) if arguments.demo else None
    raise SystemExit(asyncio.run(serve(house, beside)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/serve", description=__doc__)
    parser.add_argument("--port", type=_port, default=8000, help="port of the chat (8000)")
    parser.add_argument(
        "--host", default="127.0.0.1", help="address of the chat (127.0.0.1: this machine only)"
    )
    parser.add_argument(
        "--data-dir", type=Path, help="folder for the database and logs (var/, with --demo var/demo/)"
    )
    parser.add_argument(
        "--demo",
        action="store_true",
        help="beside it a made-up site with the chat, and LINE and Slack imitated",
    )
    return parser.parse_args()


def _port(value: str) -> int:
    if not value.isdigit() or not 1 <= int(value) <= 65535:
        raise argparse.ArgumentTypeError(f"{value!r} is not a port: give a number from 1 to 65535")
    return int(value)


async def serve(house: House, beside: Demo | None = None) -> int:
    """Run until SIGINT or SIGTERM; the exit status."""
    if beside:
        house = replace(house, settings=beside.settings(house.address))
    programs = [*house.programs(), *(beside.programs(house) if beside else ())]
    supervisor = Supervisor(programs, say=lambda line: print(f"! {line}", file=sys.stderr, flush=True))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, supervisor.stop)
    supervisor.start()
    try:
        return await _until_stopped(supervisor, house, beside)
    finally:
        house.withdraw()
        await supervisor.ended()


async def _until_stopped(supervisor: Supervisor, house: House, beside: Demo | None) -> int:
    with step("starting action server, bot and gateway", expected=25.0):
        late = await supervisor.wait_until_ready(READY_SECONDS)
    if late:
        raise Trouble(f"{late} did not become ready: its log is {house.log(late)}")
    house.announce()
    print(f"Madoguchi is ready: {house.address}  (Ctrl-C stops it)", flush=True)
    if beside:
        print(_addresses(house, beside), flush=True)
    await supervisor.until_stopped()
    return 0


def _addresses(house: House, beside: Demo) -> str:
    places = (
        ("The chat on a made-up site", f"{house.address}demo/"),
        ("LINE, imitated", beside.line.address),
        ("Slack, imitated", beside.slack.address),
    )
    return "\n".join(f"{name}: {address}" for name, address in places)


if __name__ == "__main__":
    main()
