"""About one message a second in a channel; a few at once are let through."""

from datetime import datetime

from tests.platforms.platform import Clock
from tests.platforms.slack.answers import Refused

BURST = 5


class Pace:
    """`limited` counts what was turned away. It is not a fault to be turned away once."""

    def __init__(self, clock: Clock) -> None:
        self.limited = 0
        self._clock = clock
        self._left: dict[str, tuple[float, datetime]] = {}

    def step(self, channel: str) -> None:
        """One more message in this channel. Raises Refused with the time to wait."""
        left, before = self._left.get(channel, (float(BURST), self._clock()))
        left = min(BURST, left + (self._clock() - before).total_seconds())
        if left < 1:
            self.limited += 1
            self._left[channel] = (left, self._clock())
            raise Refused("ratelimited", status=429, headers=(("Retry-After", "1"),), is_fault=False)
        self._left[channel] = (left - 1, self._clock())
