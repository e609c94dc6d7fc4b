"""What the bot does between hearing and answering; the thinking is in knowledge/."""

from knowledge import check

check.everything()  # a faulty table stops the start, not the help
