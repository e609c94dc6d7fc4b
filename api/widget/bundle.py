"""Joins the modules, the markup and the style of the element into one script, so that one line brings all of it."""

import gzip
import json
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import TypeAlias

from api.widget import squeeze

FOLDER = Path(__file__).parent
STYLES = ("chat.css", "widget.css")
# On pages of others the landmarks and the first heading belong to the page.
TAGS = {"header": "div", "main": "div", "footer": "div", "aside": "section", "h1": "h2"}
LEFT_OUT = frozenset({"skip", "up", "noscript"})
VOID = frozenset({"img", "br", "input"})

IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async )?(?:const|let|function|class) (\w+))", re.MULTILINE)
REM = re.compile(r"(-?[\d.]+)rem\b")

Part: TypeAlias = "str | dict[str, str] | list[Part]"


@dataclass(frozen=True)
class Served:
    """A file as it leaves us."""

    media_type: str
    body: bytes
    packed: bytes
    tag: str

    @classmethod
    def of(cls, text: str, media_type: str) -> "Served":
        body = text.encode()
        return cls(media_type, body, gzip.compress(body, mtime=0), f'"{sha256(body).hexdigest()[:16]}"')


@cache
def script() -> Served:
    """All modules that widget.js needs, each in a function of its own, in the order in which they need each other."""
    parts = f"const markup = {_json(markup())};\nconst style = {_json(style())};\nreturn {{ markup, style }};"
    modules = {"parts": parts, **{name: _module(name) for name in _order("widget")}}
    body = "\n".join(f"modules.{name} = (() => {{\n{text}\n}})();" for name, text in modules.items())
    return Served.of(f'(() => {{\n"use strict";\nconst modules = {{}};\n{body}\n}})();\n', "text/javascript")


@cache
def style_sheet() -> Served:
    """The style by itself, for browsers that cannot take it from a script."""
    return Served.of(style(), "text/css")


def style() -> str:
    """The style of the element: `rem` and `:root` are those of the page around it, so it gets its own."""
    text = "".join((FOLDER / "static" / name).read_text("utf-8") for name in STYLES)
    return REM.sub(r"calc(\1*var(--rem))", squeeze.style(text)).replace(":root", ".root")


def markup() -> list[Part]:
    """The body of index.html as `[tag, attributes, ...children]`, without what only a whole page has."""
    reader = _Reader()
    reader.feed((FOLDER / "index.html").read_text("utf-8"))
    return reader.parts


def _order(name: str, seen: frozenset[str] = frozenset({"parts"})) -> list[str]:
    """The modules that this one needs, each after those that it needs itself, and this one as the last."""
    found: list[str] = []
    for needed in (match[2] for match in IMPORT.finditer(_source(name))):
        found += [other for other in _order(needed, seen) if other not in found] if needed not in seen else []
    return [*found, name]


def _module(name: str) -> str:
    source = _source(name)
    given = ", ".join(match[2] for match in EXPORT.finditer(source))
    text = IMPORT.sub(lambda match: f"const {{{match[1]}}} = modules.{match[2]};\n", source)
    return squeeze.script(EXPORT.sub(r"\1", text) + f"return {{{given}}};")


def _source(name: str) -> str:
    return (FOLDER / "static" / f"{name}.js").read_text("utf-8")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class _Reader(HTMLParser):
    """Reads the body into lists."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[Part] = []
        self._open: list[tuple[str, list[Part]]] = []
        self._is_in_body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._is_in_body:
            self._is_in_body = tag == "body"
            return
        given = {name: value or "" for name, value in attrs}
        part: list[Part] = [TAGS.get(tag, tag), given]
        if tag != "img" and not LEFT_OUT & {tag, *given.get("class", "").split()}:
            self._now.append(part)
        if tag not in VOID:
            self._open.append((tag, part))

    def handle_endtag(self, tag: str) -> None:
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and data.strip():
            self._now.append(data.strip("\n"))

    @property
    def _now(self) -> list[Part]:
        return self._open[-1][1] if self._open else self.parts
