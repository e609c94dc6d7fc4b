"""What scripts/benchmark makes of its figures: ratios, bars, windows, samples. Nothing is timed here."""

from dataclasses import replace
from itertools import pairwise

import pytest

from scripts.lib.benchmark_corpus import lines, part
from scripts.lib.benchmark_learning import with_epochs
from scripts.lib.benchmark_machine import share
from scripts.lib.benchmark_memory import below, field
from scripts.lib.benchmark_report import caution, outcome, pins
from scripts.lib.benchmark_rows import Bar, Figures, Row, are_all_met, rows, table
from scripts.lib.benchmark_turns import endless, windows

OURS = Figures(
    understanding=[1.0, 2.0, 9.0], alone=40.0, together=50.0, starts=[3.0, 2.0, 9.0], memory=600.0, training=100.0,
    early=[10.0, 11.0, 12.0], late=[12.0, 13.0, 14.0],
)  # fmt: skip
STOCK = Figures(
    understanding=[30.0, 40.0, 50.0], alone=8.0, together=10.0, starts=[12.0, 14.0, 13.0], memory=1500.0,
    training=1000.0, early=[100.0], late=[1200.0],
)  # fmt: skip
NLU = """\
version: "3.1"

# A remark.
nlu:
- intent: cyber
  metadata:
    subtopic: C1
  examples: |
    - データ全部人質に取られた
    - ランサムウェアにやられました
    - 身代金要求きた
- intent: greet
  examples: |
    - こんにちは
- intent: cyber
  examples: |
    - 迷惑メールが来る
"""


def compared(ours: Figures = OURS, stock: Figures = STOCK) -> list[Row]:
    return rows(ours, stock, clients=8, late=300)


def row(name: str, ours: Figures = OURS) -> Row:
    (found,) = [row for row in compared(ours) if row.name.startswith(name)]
    return found


@pytest.mark.parametrize(
    ("name", "ratio"),
    [
        ("understanding one message, median", 20.0),
        ("understanding one message, mean", 10.0),
        ("turns through the served bot, one visitor", 5.0),
        ("turns through the served bot, 8 visitors", 5.0),
        ("cold start", 3 / 13),
        ("memory", 0.4),
        ("training", 0.1),
        ("turn 300 against turn 3", 13 / 11),
    ],
)
def test_a_ratio_is_that_of_the_two_figures(name: str, ratio: float) -> None:
    assert row(name).ratio == pytest.approx(ratio)


def test_good_figures_meet_every_bar() -> None:
    assert are_all_met(compared())
    assert outcome(compared()) == "Every bar is met."


@pytest.mark.parametrize(
    ("worse", "name"),
    [
        (replace(OURS, understanding=[4.1]), "understanding one message, median"),
        (replace(OURS, understanding=[1.0, 1.0, 11.0]), "understanding one message, mean"),
        (replace(OURS, alone=31.0), "turns through the served bot, one visitor"),
        (replace(OURS, together=39.0), "turns through the served bot, 8 visitors at once"),
        (replace(OURS, starts=[6.6]), "cold start"),
        (replace(OURS, memory=751.0), "memory"),
        (replace(OURS, training=251.0), "training"),
        (replace(OURS, late=[14.4]), "turn 300 against turn 3"),
    ],
)
def test_one_figure_too_bad_misses_its_bar_and_is_named(worse: Figures, name: str) -> None:
    assert not row(name, worse).is_met
    assert not are_all_met(compared(worse))
    assert outcome(compared(worse)).startswith("Missed: ") and name in outcome(compared(worse))


@pytest.mark.parametrize(
    ("bar", "ratio", "is_met"),
    [
        (Bar(4, is_least=True), 4.0, True),
        (Bar(4, is_least=True), 3.99, False),
        (Bar(0.5), 0.5, True),
        (Bar(0.5), 0.51, False),
    ],
)
def test_a_bar_is_met_where_it_is_reached(bar: Bar, ratio: float, is_met: bool) -> None:
    assert bar.is_met(ratio) is is_met


def test_the_stock_growing_is_shown_and_not_judged() -> None:
    growing = row("turn 300 against turn 3")

    assert growing.is_met
    assert growing.stock == "100 ms → 1,200 ms (12.00×)"


def test_the_table_has_a_line_of_six_cells_for_each_row() -> None:
    missed = Row("training", "3.00 s", "4.00 s", 0.75, Bar(0.25))

    assert table([row("memory"), missed]).splitlines() == [
        "| | ours | stock | ratio | bar | met |",
        "|---|---|---|---|---|---|",
        "| memory of bot and action server | 600 MiB | 1,500 MiB | 0.40× | ≤ 0.5× | yes |",
        "| training | 3.00 s | 4.00 s | 0.75× | ≤ 0.25× | **no** |",
    ]


@pytest.mark.parametrize("late", [23, 60, 295, 300, 304])
def test_an_early_and_a_late_window_hold_the_same_texts(late: int) -> None:
    texts = list("abcdefghij")
    turns = endless(texts, late + 5)
    early, after = windows(range(1, len(turns) + 1), 10, late)  # a turn's time is its number

    assert list(early) == list(range(3, 13))
    assert len(after) == 10 and abs(after[5] - late) <= 10
    assert [turns[int(number) - 1] for number in early] == [turns[int(number) - 1] for number in after]


def test_a_part_keeps_some_of_every_intent_and_no_empty_block() -> None:
    (kept,) = part([lines(NLU)], 2)

    text = "".join(line.text for line in kept)
    assert [line.intent for line in kept if line.is_example].count("cyber") == 2
    assert "こんにちは" in text and "# A remark." in text
    assert not any(
        line.text.strip() == "examples: |" and not after.is_example for line, after in pairwise(kept)
    )


def test_a_part_is_the_same_each_time_and_the_whole_is_the_whole() -> None:
    file = lines(NLU)

    assert part([file], 3) == part([file], 3)
    assert part([file], None) == part([file], 99) == [file]


def test_every_network_of_the_stock_gets_the_epochs() -> None:
    assert (
        with_epochs("epochs: 300  # DIET\nx: 300\n  epochs: 100\n", 2)
        == "epochs: 2  # DIET\nx: 300\n  epochs: 2\n"
    )


def test_memory_counts_children_of_children() -> None:
    assert below(1, {1: [2, 3], 3: [4], 5: [6]}) == [2, 3, 4]
    assert field("Rss:   10 kB\nPss:    7 kB\n", "Pss") == 7


@pytest.mark.parametrize(("seconds", "of_others"), [(10.0, 0.5), (-0.1, 0.0), (30.0, 1.0)])
def test_the_share_of_others_lies_between_nothing_and_all(seconds: float, of_others: float) -> None:
    assert share(seconds, passed=10.0, processors=2) == of_others


def test_a_disturbed_run_says_so() -> None:
    assert caution(0.05) == ""
    assert "measure again" in caution(0.5)


def test_versions_are_read_from_the_lock() -> None:
    assert pins("rasa==3.6.21 \\\n    --hash=sha256:00\nspacy==3.4.4\n") == {
        "rasa": "3.6.21",
        "spacy": "3.4.4",
    }
