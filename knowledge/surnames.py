"""Family names that a text is searched for, from knowledge/words/."""

from pathlib import Path

FOLDER = Path(__file__).parent / "words"


def _words(file: str) -> tuple[str, ...]:
    """The words of a file, apart from its lines of comment."""
    lines = (FOLDER / file).read_text("utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())


SURNAMES = frozenset(_words("surnames.txt"))
READINGS = _words("readings.txt")
FOREIGN = _words("foreign.txt")
# 「石川です」 may be a place: one of these is a name only beside さん, 様 or the like.
PLACES_TOO = frozenset(_words("places_too.txt"))
