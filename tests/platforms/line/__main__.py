"""Runs the imitation of LINE with its page."""

from tests.platforms.line.fake import FakeLine
from tests.platforms.running import parser, run


def main() -> None:
    made = parser("tests.platforms.line", "An imitation of LINE, for trying out.")
    made.add_argument("--quota", type=int, help="how many pushes a month (no limit)")
    made.add_argument("--name", default="窓口", help="the account's name")
    given = made.parse_args()
    line = FakeLine(
        webhook=given.gateway,
        secret=given.secret,
        token=given.token,
        port=given.port,
        quota=given.quota,
        name=given.name,
    )
    line.redeliver_after(5, 30, 60)
    run(line, host=given.host)


if __name__ == "__main__":
    main()
