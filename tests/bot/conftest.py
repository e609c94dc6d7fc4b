"""Our components come before Rasa: they make TensorFlow dispensable."""

import bot  # noqa: F401
