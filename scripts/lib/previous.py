"""The note on the model before the last batch: it is not forgotten, so that a batch can be taken out at once."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "previous.json"


@dataclass(frozen=True)
class Previous:
    """The model before a batch; until a person has decided on the batch it may be there without being wanted."""

    batch: int
    model: str
    is_decided: bool


def read(models: Path) -> Previous | None:
    """None when there is no note, or it was half written."""
    try:
        return Previous(**json.loads((models / NAME).read_text("utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def write(models: Path, note: Previous | None) -> None:
    if note is None:
        (models / NAME).unlink(missing_ok=True)
        return
    models.mkdir(parents=True, exist_ok=True)
    (models / NAME).write_text(json.dumps(asdict(note)), "utf-8")
