"""Runs the imitation of Slack with its page."""

from tests.platforms.running import parser, run
from tests.platforms.slack.fake import FakeSlack
from tests.platforms.slack.page import CHANNEL, NAMES


def main() -> None:
    given = parser("tests.platforms.slack", "An imitation of Slack, for trying out.").parse_args()
    slack = FakeSlack(gateway=given.gateway, secret=given.secret, token=given.token, port=given.port)
    slack.channel(
        CHANNEL, *(slack.person(name) for name in NAMES.values())
    )  # calls can come before the page is open
    run(slack, host=given.host)


if __name__ == "__main__":
    main()
