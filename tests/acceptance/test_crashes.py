"""Nothing is lost: kill each process in the middle of 20 conversations, on each channel."""

from pathlib import Path

import pytest

from scripts.lib import training
from tests.crashes.house import crash_house
from tests.crashes.run import run
from tests.crashes.visitors import VISITORS

pytestmark = pytest.mark.acceptance

SEED = "1"


@pytest.mark.parametrize("channel", VISITORS)
async def test_every_message_is_kept_and_answered_and_its_answer_seen_once_and_in_order(
    channel: str, tmp_path: Path
) -> None:
    async with crash_house(training.model(), tmp_path) as house:
        done = await run(house, channel, SEED)

    assert done.faults == ()
    assert set(done.kills) == {"gateway", "bot", "actions"}
    assert done.messages == 200
