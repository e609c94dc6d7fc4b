"""What visitors say and when, and when which process is killed. All of it follows from one seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

CONVERSATIONS = 20
MESSAGES = 10  # of each
ARRIVALS = 2.0  # seconds within which all begin
SPAN = 12.0  # seconds within which something is killed
PROCESSES = ("gateway", "bot", "actions")
BURST, GAP = (0.02, 0.3), (0.65, 1.6)  # seconds between two messages: of one thought, of two

SAID = (
    "売上が落ちて困っています",
    "板橋です",
    "電話番号は?",
    "ほかには?",
    "人が採れません",
    "BCPを作りたいです",
    "町田に移りました",
    "取引先が代金を払ってくれません",
    "なぜこの窓口ですか",
    "土曜は開いていますか",
    "ありがとうございます",
    "怪しいメールを開いてしまいました",
    "島の特産品の補助は?",
    "やさしい日本語でお願いします",
    "社員は5人で、電話は03-1234-5678です",
)
RARE = ("人と話したい", "パソコンのファイルが全部暗号化されて、身代金を払えと出ています")


@dataclass(frozen=True)
class Remark:
    """A message, and how long the visitor waits before it."""

    pause: float
    text: str


@dataclass(frozen=True)
class Kill:
    """Seconds after the beginning, and who."""

    at: float
    process: str


@dataclass(frozen=True)
class Plan:
    """One run. `talks` has the remarks of each visitor; kills are in order."""

    talks: tuple[tuple[Remark, ...], ...]
    kills: tuple[Kill, ...]

    @classmethod
    def of(cls, seed: str) -> "Plan":
        random = Random(seed)
        return cls(tuple(tuple(_talk(random)) for _ in range(CONVERSATIONS)), tuple(_kills(random)))


def _talk(random: Random) -> Iterator[Remark]:
    for number in range(MESSAGES):
        longest = random.choice((BURST, GAP, GAP))
        pause = random.uniform(*longest) if number else random.uniform(0, ARRIVALS)
        yield Remark(pause, random.choice(RARE if random.random() < 0.03 else SAID))


def _kills(random: Random) -> list[Kill]:
    """Each process once, and the gateway more often: it comes back soonest, and has the most to lose."""
    victims = [*PROCESSES, *random.choices(PROCESSES, (3, 1, 1), k=random.randint(0, 2))]
    kills = [Kill(random.uniform(0.3, SPAN), victim) for victim in victims]
    return sorted(kills, key=lambda kill: kill.at)
