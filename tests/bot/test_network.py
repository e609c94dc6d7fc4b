"""The small network."""

from pathlib import Path

import numpy as np

from bot.network import Network


def test_a_network_answers_the_same_after_it_was_kept(tmp_path: Path) -> None:
    views = np.eye(3).repeat(20, axis=0)
    network = Network.learn(views, np.arange(3).repeat(20))

    network.save(tmp_path / "network.json")

    assert (
        Network.load(tmp_path / "network.json").scores(views[0]).tolist() == network.scores(views[0]).tolist()
    )
    assert int(network.scores(views[20]).argmax()) == 1
