"""How Slack writes down what a person typed: marks are escaped, addresses and mentions are wrapped."""

import re

ESCAPED = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
WEB = re.compile(r"https?://[!-~]+", re.ASCII)


def typed(text: str, mention: str) -> str:
    """The text as it arrives. Where `mention` stands, the person chose the bot's name from a list."""
    return mention.join(_wrapped(_escaped(part)) for part in text.split(mention))


def untyped(text: str) -> str:
    """What the person sees in the field when changing it."""
    text = re.sub(r"<(?:mailto:)?([^<>|@][^<>|]*)(?:\|[^<>]*)?>", r"\1", text)
    for plain, escaped in reversed(ESCAPED):
        text = text.replace(escaped, plain)
    return text


def _escaped(text: str) -> str:
    for plain, escaped in ESCAPED:
        text = text.replace(plain, escaped)
    return text


def _wrapped(text: str) -> str:
    return WEB.sub(r"<\g<0>>", MAIL.sub(r"<mailto:\g<0>|\g<0>>", text))
