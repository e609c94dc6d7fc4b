"""What the served model would offer when it asks back: python -m benchmarks.present MODEL < messages.

The first JSON line says below which confidence it asks back; then one line a message.
"""

import sys
import tarfile
import tempfile
from pathlib import Path

from benchmarks.answers import asked, say
from bot import understanding
from bot.model import Model
from bot.understanding import TOPICS, Understood

OFFERED = 2
COMPONENT = "TopicClassifier"


def main() -> None:
    say(ask_back_below=getattr(understanding, "ASK_BACK_BELOW", 0.5))
    with tempfile.TemporaryDirectory() as folder:
        model = opened(Path(sys.argv[1]), Path(folder))
        for message in asked():
            say(id=message["id"], offered=offered(model.understand(message["text"])))


def opened(archive: Path, folder: Path) -> Model:
    """Our part of what Rasa packed, without Rasa."""
    with tarfile.open(archive) as packed:
        for member in packed:
            content = packed.extractfile(member) if COMPONENT in member.name else None
            if content:  # Rasa's names begin with a slash: only the last part is used
                (folder / Path(member.name).name).write_bytes(content.read())
    return Model.load(folder)


def offered(understood: Understood) -> list[str]:
    """The likeliest topics, the main one first."""
    ranked = [name for name, _ in understood.ranking if name in TOPICS]
    return list(dict.fromkeys([*understood.topics, *ranked]))[:OFFERED]


if __name__ == "__main__":
    main()
