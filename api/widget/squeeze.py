"""Takes out of scripts and style sheets what only people read. Names stay, so that an error can still be found."""

import re

# What must stay as it is: strings, templates, regular expressions. A `/` after a value is a division.
REGEX = r"(?<=[=(,:;!&|?{\[\n])\ ?/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*"
KEPT = rf""""(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|{REGEX}"""
COMMENT = re.compile(r"/\*\*(?s:.*?)\*/|^\s*//.*$|(?<=[;,{)\]]) // .*$", re.MULTILINE)
# Never around + and -: `a + +b` is not `a++b`.
GAP = re.compile(rf"({KEPT})|\ *([=*<>?:&|,;{{}}()\[\]!]+)\ *(?!/)")
LINE_END = re.compile(rf"({KEPT})|([,;{{(\[])\n")
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def script(text: str) -> str:
    """The same program. It knows our own modules (one statement a line), not all of the language."""
    lines = "\n".join(line.strip() for line in COMMENT.sub("", text).splitlines() if line.strip())
    return LINE_END.sub(_kept, GAP.sub(_kept, lines))


def style(text: str) -> str:
    """The same rules."""
    return re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", CSS_COMMENT.sub("", text))).strip()


def _kept(found: re.Match[str]) -> str:
    return found[1] or found[2]
