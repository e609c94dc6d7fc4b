"""What a part of the sentences would have been enough for: python -m benchmarks.curve < messages.

A JSON line for each share and draw, with what the linear part learnt from so many sentences says of each message.
"""

from benchmarks import sentences
from benchmarks.answers import answers, asked, say
from benchmarks.candidates import CANDIDATES

LINEAR = CANDIDATES["words + characters, regression"]
PARTS = (16, 8, 4, 2, 1)  # the share is one of so many
DRAWS = 3  # of a share; of all there is but one


def main() -> None:
    messages, known = asked(), sentences.read()
    for part in PARTS:
        for draw in range(DRAWS if part > 1 else 1):
            # The order counts a little: all of them are learnt as every other candidate learns them.
            some = sentences.mixed(known, draw)[: len(known) // part] if part > 1 else known
            say(part=part, sentences=len(some), answers=answers(LINEAR(some), messages))


if __name__ == "__main__":
    main()
