"""Write the training sentences of a folder as JSON lines. Runs inside the api environment: see scripts/lib/reviewed.py."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped, unused-ignore]

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def sentences(folder: Path) -> Iterator[dict[str, Any]]:
    """Text, file and labels of each sentence; `origin` is what its own metadata say, or None."""
    for file in sorted(folder.glob("*.yml")):
        for block in (yaml.load(file.read_text("utf-8"), Loader=LOADER) or {}).get("nlu") or []:
            labels = {"intent": block["intent"], **(block.get("metadata") or {})}
            for text, origin in _examples(block["examples"]):
                yield {"file": file.name, "text": text, "origin": origin, **labels}


def _examples(written: str | list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Both forms that Rasa reads: lines of 「- …」, or a list of texts with metadata."""
    if isinstance(written, str):
        yield from ((line[1:].strip(), None) for line in written.splitlines() if line.strip())
    else:
        yield from ((example["text"].strip(), example.get("metadata")) for example in written)


def main() -> None:
    for sentence in sentences(Path(sys.argv[1])):
        print(json.dumps(sentence, ensure_ascii=False))


if __name__ == "__main__":
    main()
