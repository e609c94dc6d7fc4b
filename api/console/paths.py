"""Addresses of the console, and which of them may be returned to."""

import re

START = "/staff"
LOGIN = "/staff/login"
LOCAL = re.compile(r"/staff(/[A-Za-z0-9._~-]+)*/?(\?[A-Za-z0-9._~/=&%+:-]*)?")


def safe(path: str) -> str:
    """The path, if it is one of ours and not the door itself; else where everybody starts."""
    is_ours = LOCAL.fullmatch(path) and ".." not in path
    return path if is_ours and not path.startswith((LOGIN, "/staff/logout")) else START
