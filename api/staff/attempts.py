"""How often may be tried to come in. The longer it goes on, the longer the pause."""

import time
from collections import Counter
from collections.abc import Mapping
from math import ceil
from types import MappingProxyType

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from api.errors import TooManyAttempts

# An account is never shut for longer than a quarter of an hour: else strangers could shut it for good.
LIMITS: Mapping[str, tuple[RateLimitItem, ...]] = MappingProxyType(
    {
        "account": tuple(parse_many("5/minute; 8/5 minutes; 12/15 minutes")),
        "code": tuple(parse_many("5/minute; 8/5 minutes; 12/15 minutes")),
        "address": tuple(parse_many("30/minute; 120/15 minutes; 600/day")),
    }
)


class Attempts:
    """Counted in memory, which is enough for one gateway: a restart forgives."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._forgiven: Counter[tuple[str, str]] = Counter()

    def count(self, kind: str, key: str) -> None:
        """One more. Raises TooManyAttempts, which says for how long."""
        counted = (kind, key, str(self._forgiven[kind, key]))
        for limit in LIMITS[kind]:
            if not self._limiter.hit(limit, *counted):
                left = self._limiter.get_window_stats(limit, *counted).reset_time - time.time()
                raise TooManyAttempts(seconds=max(1, ceil(left)))

    def forgive(self, kind: str, key: str) -> None:
        """It was the right person after all: from now on it is counted anew."""
        self._forgiven[kind, key] += 1
