"""Which browser it is, in two words: enough to know one's own again."""

BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
UNKNOWN = "不明なブラウザー"


def browser(agent: str) -> str:
    """「Chrome(Windows)」. Browsers name others as well; the first of our list is the one meant."""
    name = next((title for sign, title in BROWSERS if sign in agent), None)
    system = next((title for sign, title in SYSTEMS if sign in agent), None)
    return f"{name or UNKNOWN}({system})" if system else name or UNKNOWN
