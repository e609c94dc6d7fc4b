"""``python -m bot …`` is Rasa's own command line, without TensorFlow."""

import bot  # noqa: F401, I001 - first of all: makes TensorFlow dispensable
from rasa.__main__ import main

if __name__ == "__main__":
    main()
