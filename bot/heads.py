"""All label models side by side in one matrix, so that a message reads its rows once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.features import Columns, Floats
from bot.labels import LabelModel


@dataclass(frozen=True)
class Heads:
    """``weights`` are features × all labels; the labels of one model stand together, in the order of ``labels``."""

    labels: Mapping[str, list[str]]
    weights: npt.NDArray[np.floating[Any]]
    bias: Floats

    @classmethod
    def of(cls, models: Mapping[str, LabelModel]) -> "Heads":
        return cls(
            {name: model.labels for name, model in models.items()},
            np.concatenate([model.weights for model in models.values()], axis=1),
            np.concatenate([model.bias for model in models.values()]),
        )

    @cached_property
    def spans(self) -> dict[str, slice]:
        """Where the labels of each model stand."""
        ends = accumulate((len(labels) for labels in self.labels.values()), initial=0)
        return dict(zip(self.labels, (slice(*pair) for pair in pairwise(ends)), strict=True))

    def rows(self, columns: Columns) -> Floats:
        """The weights of these features."""
        return np.asarray(self.weights[columns], dtype=np.float32)

    def scores(self, rows: Floats, values: Floats) -> Floats:
        """Log-odds of every label of every model; ``rows`` are those of the message's features."""
        return np.asarray(values @ rows + self.bias, dtype=np.float32)

    def save(self, folder: Path) -> None:
        np.save(folder / "heads.npy", self.weights.astype(np.float16))
        told = {"labels": dict(self.labels), "bias": self.bias.tolist()}
        (folder / "heads.json").write_text(json.dumps(told), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Heads":
        """The weights stay on disk until a message asks for their rows."""
        told = json.loads((folder / "heads.json").read_text(encoding="utf-8"))
        weights = np.load(folder / "heads.npy", mmap_mode="r")
        return cls(told["labels"], weights, np.asarray(told["bias"], dtype=np.float32))
