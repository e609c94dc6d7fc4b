"""How much memory a process and all that it started hold, read from /proc."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

PROC = Path("/proc")
KIB_OF_A_MIB = 1024


def of_children(process: int) -> float:
    """MiB of everything below this process; pages that several share are counted once (PSS)."""
    return sum(_kib(child) for child in below(process, _children())) / KIB_OF_A_MIB


def below(process: int, children: Mapping[int, Sequence[int]]) -> list[int]:
    """Children, their children, and so on."""
    found = []
    for child in children.get(process, ()):
        found += [child, *below(child, children)]
    return found


def field(text: str, name: str) -> int:
    """The number after 「name:」 in one of the kernel's lists; 0 when it is not there."""
    for line in text.splitlines():
        key, _, value = line.partition(":")
        if key == name:
            return int(value.split()[0])
    return 0


def _children() -> dict[int, list[int]]:
    children = defaultdict(list)
    for status in PROC.glob("[0-9]*/status"):
        try:
            children[field(status.read_text(), "PPid")].append(int(status.parent.name))
        except (FileNotFoundError, ProcessLookupError):  # ended while we looked
            continue
    return children


def _kib(process: int) -> int:
    return field((PROC / str(process) / "smaps_rollup").read_text(), "Pss")
