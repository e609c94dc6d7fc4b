"""What Rasa loads: tokenizer, extractors, classifier and the one channel."""

from importlib.metadata import version

from bot import without_tensorflow

RASA = "3.6.21"

if version("rasa") != RASA:
    # On Python 3.11 plain pip silently takes Rasa 1.10; docs/decisions/0002 says how ours is installed.
    raise SystemExit(
        f"Madoguchi needs Rasa {RASA}, this is {version('rasa')}: install with scripts/serve or scripts/test."
    )
without_tensorflow.allow()
