"""Says what is wrong with a JSON value. Checks are put together like the tables of a platform's reference."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """Where in the body, and what is wrong there."""

    path: Path
    message: str

    @property
    def name(self) -> str:
        """As LINE names it: messages[0].text"""
        named = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.path)
        return named.removeprefix(".")

    @property
    def pointer(self) -> str:
        """As a JSON pointer: /blocks/0/text"""
        return "".join(f"/{part}" for part in self.path)


Check = Callable[[Any, Path], Iterator[Fault]]


def units(text: str) -> int:
    """The length as both platforms' counters see it at worst: an emoji counts as two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def string(least: int = 1, most: int | None = None, *, pattern: str | None = None) -> Check:
    """A text of so many characters. One of blanks alone is empty."""

    def check(value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault(path, "Must be a string")
        elif least and not value.strip():
            yield Fault(path, "May not be empty")
        elif not least <= units(value) <= (most or units(value)):
            yield Fault(path, f"Length must be between {least} and {most}")
        elif pattern and not re.fullmatch(pattern, value):
            yield Fault(path, "Has a wrong form")

    return check


def address(schemes: tuple[str, ...], most: int) -> Check:
    """A web address with one of these schemes."""
    is_text = string(1, most)

    def check(value: Any, path: Path) -> Iterator[Fault]:
        faults = list(is_text(value, path))
        yield from faults
        if not faults and (urlsplit(value).scheme not in schemes or re.search(r"\s", value)):
            yield Fault(path, f"Invalid URI: the scheme must be one of {', '.join(schemes)}")

    return check


def whole(least: int, most: int, *, step: int = 1) -> Check:
    """A whole number."""

    def check(value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield Fault(path, "Must be an integer")
        elif not least <= value <= most or value % step:
            yield Fault(path, f"Must be between {least} and {most} in steps of {step}")

    return check


def number(least: float, most: float) -> Check:
    """Any number."""

    def check(value: Any, path: Path) -> Iterator[Fault]:
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            yield Fault(path, f"Must be a number between {least:g} and {most:g}")

    return check


def boolean(value: Any, path: Path) -> Iterator[Fault]:
    """True or false."""
    if not isinstance(value, bool):
        yield Fault(path, "Must be a boolean")


def anything(_: Any, __: Path) -> Iterator[Fault]:
    """Whatever it is."""
    yield from ()


def one_of(*values: str) -> Check:
    """One of these words."""

    def check(value: Any, path: Path) -> Iterator[Fault]:
        if value not in values:
            yield Fault(path, f"Must be one of the following values: [{', '.join(values)}]")

    return check


def items(check_item: Check, least: int, most: int) -> Check:
    """A list of so many."""

    def check(value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault(path, "Must be an array")
        elif not least <= len(value) <= most:
            yield Fault(path, f"Size must be between {least} and {most}")
        else:
            for index, item in enumerate(value):
                yield from check_item(item, (*path, index))

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """An object with these properties and no others."""
    known = {**(optional or {}), **required}

    def check(value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(path, "Must be an object")
            return
        for name in required:
            if value.get(name) is None:
                yield Fault((*path, name), "May not be empty")
        for name, part in value.items():
            if name not in known:
                yield Fault((*path, name), "unknown field")
            elif part is not None:
                yield from known[name](part, (*path, name))

    return check


def tagged(kinds: Callable[[], Mapping[str, Check]]) -> Check:
    """An object whose `type` says which of these checks it must stand. A function, so that kinds may nest."""

    def check(value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(path, "Must be an object")
            return
        known = kinds()
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in known:
            yield Fault((*path, "type"), f"Must be one of the following values: [{', '.join(known)}]")
        else:
            yield from known[kind](value, path)

    return check


def every(*checks: Check) -> Check:
    """All of these; the later ones only look at what the earlier ones found right."""

    def check(value: Any, path: Path) -> Iterator[Fault]:
        for part in checks:
            faults = list(part(value, path))
            yield from faults
            if faults:
                return

    return check
