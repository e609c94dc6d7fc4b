"""The figures of understanding are counted right, and nobody tunes on the evaluation set by accident."""

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from scripts.lib import evaluate, slices, understanding_pages
from scripts.lib.calibration import abstention, answered, bins, expected_error
from scripts.lib.comparison import Candidate, Point, gain, has_flattened
from scripts.lib.environments import ROOT
from scripts.lib.findings import Findings
from scripts.lib.measures import (
    CRISIS,
    LENIENT,
    MILESTONE,
    NO_FALSE_CRISIS,
    STRICT,
    Bar,
    Pair,
    Share,
    errors,
    missed,
    table,
    verdict,
)
from scripts.lib.slices import CONFUSED, CUTS, confusion, length
from scripts.lib.understanding_pictures import pictures

WANTED: dict[str, Any] = {
    "id": "e1", "text": "求人を出しても誰も来ない", "kind": "topic", "topics": ["staffing"], "subtopic": "H1",
    "urgent": False, "municipality": None, "style": "plain", "industry": "運送",
}  # fmt: skip
GIVEN: dict[str, Any] = {
    "kind": "topic", "topics": ["staffing"], "subtopic": "H1", "urgent": False, "municipality": None,
    "confidence": 0.9, "offered": ["staffing", "bcp"],
}  # fmt: skip
CRISIS_TOLD = {"kind": "crisis", "topics": [], "subtopic": None}


def pair(wanted: Mapping[str, Any] | None = None, **given: Any) -> Pair:
    """A message understood, but for what is said otherwise."""
    return Pair(WANTED | dict(wanted or {}), GIVEN | given)


RIGHT = pair()
WRONG = pair(topics=["bcp"], subtopic="B1", confidence=0.3)
SWAPPED = pair({"topics": ["bcp", "staffing"], "subtopic": "B1"}, topics=["staffing", "bcp"])
CALLED_OFF = pair(CRISIS_TOLD, kind="smalltalk", topics=[], subtopic=None)
CRIED = pair(**CRISIS_TOLD)


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(8, 10, 0.490, 0.943), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (93, 100, 0.863, 0.966), (0, 0, 0.0, 1.0)],
)  # fmt: skip
def test_an_interval_is_wilsons(right: int, of: int, low: float, high: float) -> None:
    assert Share(right, of).interval == pytest.approx((low, high), abs=0.0006)


def test_a_share_of_nothing_is_told_as_a_dash() -> None:
    assert (Share(0, 0).told, Share(0, 0).told_interval) == ("–", "–")


@pytest.mark.parametrize(
    ("bar", "share", "is_met"),
    [
        (Bar(0.93), Share(93, 100), True),
        (Bar(0.93), Share(929, 1000), False),
        (Bar(1.0), Share(42, 42), True),
        (Bar(1.0), Share(41, 42), False),
        (Bar(wrong=1), Share(799, 800), True),
        (Bar(wrong=1), Share(798, 800), False),
        (Bar(0.5), Share(0, 0), False),
    ],
)
def test_a_bar_is_met_by_the_share_as_counted(bar: Bar, share: Share, is_met: bool) -> None:
    assert bar.is_met(share) is is_met


def test_a_verdict_names_the_bar_and_says_plainly_whether_it_is_met() -> None:
    assert verdict(MILESTONE, STRICT, Share(93, 100)) == "≥ 93%: met"
    assert verdict(MILESTONE, CRISIS, Share(1, 2)) == "all: **not met**"
    assert verdict(MILESTONE, NO_FALSE_CRISIS, Share(8, 9)) == "≤ 1 wrong: met"
    assert verdict({}, STRICT, Share(1, 1)) == "–"


def test_strict_wants_the_first_topic_and_lenient_either_of_two() -> None:
    told = [RIGHT, WRONG, SWAPPED, CALLED_OFF]

    assert STRICT.share(told) == Share(1, 3)
    assert LENIENT.share(told) == Share(2, 3)


def test_a_crisis_is_counted_as_missed_and_as_false() -> None:
    assert CRISIS.share([RIGHT, CALLED_OFF, CRIED]) == Share(0, 1)
    assert NO_FALSE_CRISIS.share([RIGHT, CALLED_OFF, CRIED]) == Share(1, 2)


def test_the_table_has_a_row_for_each_measure_with_interval_and_bars() -> None:
    rows = table([RIGHT, WRONG]).splitlines()

    assert rows[2] == (
        "| main topic, strict | 1 | 2 | 50.0% | 9.5–90.5 | ≥ 93%: **not met** | ≥ 97%: **not met** |"
    )
    assert "| municipality | 2 | 2 | 100.0% | 34.2–100.0 | – | – |" in rows


def test_what_is_missed_is_named() -> None:
    assert missed({STRICT: Bar(0.9), LENIENT: Bar(0.5)}, [RIGHT, SWAPPED]) == ["main topic, strict"]


def test_an_error_names_its_measures() -> None:
    [error] = errors([RIGHT, WRONG])

    assert error["given"] == WRONG.given
    assert error["wrong"] == ["main topic, strict", "main topic, lenient (either of two)", "sub-topic"]


@pytest.mark.parametrize(
    ("count", "number", "sizes"), [(10, 5, [2] * 5), (11, 3, [3, 4, 4]), (2, 10, [1, 1]), (0, 10, [])]
)
def test_bins_hold_equally_many_answers(count: int, number: int, sizes: list[int]) -> None:
    answers = [(place / 10, True) for place in range(count)]

    assert [one.count for one in bins(answers, number)] == sizes


def test_bins_begin_with_the_least_sure() -> None:
    low, high = bins([(0.9, True), (0.2, False), (0.8, True), (0.4, True)], 2)

    assert (low.confidence, low.right) == (pytest.approx(0.3), 0.5)
    assert (high.confidence, high.right) == (pytest.approx(0.85), 1.0)


def test_the_calibration_error_is_the_mean_distance_of_confidence_and_share_right() -> None:
    assert expected_error(bins([(0.9, True), (0.2, False), (0.8, True), (0.4, True)], 2)) == pytest.approx(
        0.175
    )
    assert expected_error([]) == 0.0


def test_an_answer_is_right_when_kind_and_main_topic_are() -> None:
    told = [RIGHT, WRONG, SWAPPED, CALLED_OFF, pair(CRISIS_TOLD, **CRISIS_TOLD)]

    assert [is_right for _, is_right in answered(told)] == [True, False, False, False, True]


def test_asking_back_leaves_the_unsure_unanswered_and_offers_two_topics() -> None:
    lost = pair(topics=["bcp"], confidence=0.4, offered=["bcp", "cyber"])

    found = abstention([RIGHT, WRONG, lost], 0.5)

    assert found.asked_back == Share(2, 3)
    assert (found.right_without, found.right) == (Share(1, 3), Share(1, 1))
    assert found.offered == Share(1, 2)


@pytest.mark.parametrize(
    ("count", "band"),
    [(1, "1–15"), (15, "1–15"), (16, "16–40"), (40, "16–40"), (100, "41–100"), (101, "101+")],
)
def test_a_length_has_its_band(count: int, band: str) -> None:
    assert length("字" * count) == band


def test_slices_hold_the_topic_messages_and_stand_in_order() -> None:
    told = [RIGHT, WRONG, SWAPPED, CALLED_OFF, pair({"text": "人" * 200})]
    found = {cut.name: slices.slices(told, cut) for cut in CUTS}

    assert [(one.name, one.strict) for one in found["topic"]] == [
        ("staffing", Share(2, 3)),
        ("bcp", Share(0, 1)),
    ]
    assert [one.name for one in found["length in characters"]] == ["1–15", "101+"]
    assert [one.name for one in found["sub-topic"]] == ["B1", "H1"]
    assert [one.name for one in found["industry"]] == ["transport, storage and cars"]


def test_sub_topics_stand_in_the_order_of_their_numbers() -> None:
    told = [pair({"subtopic": code}) for code in ("T10", "T2", "B1")]
    [cut] = [cut for cut in CUTS if cut.name == "sub-topic"]

    assert [one.name for one in slices.slices(told, cut)] == ["B1", "T2", "T10"]


@pytest.mark.parametrize("name", list(evaluate.FILES))
def test_every_industry_of_the_sets_has_its_group(name: str) -> None:
    named = {one["industry"] for one in evaluate.messages(evaluate.FILES[name])}

    assert named - {None} <= set(slices.industries())


def test_confusion_counts_what_is_taken_for_what() -> None:
    counts = confusion([RIGHT, WRONG, CALLED_OFF])
    staffing, crisis = (counts[CONFUSED.index(name)] for name in ("staffing", "crisis"))

    assert (staffing[CONFUSED.index("staffing")], staffing[CONFUSED.index("bcp")]) == (1, 1)
    assert crisis[CONFUSED.index("smalltalk")] == 1
    assert sum(map(sum, counts)) == 3


def points(*shares: Sequence[Pair]) -> list[Point]:
    return [
        Point(2**number, [{"evaluation": share, "development": share}]) for number, share in enumerate(shares)
    ]


def test_a_curve_is_flat_when_its_last_doubling_gained_less_than_a_point() -> None:
    rising = points([WRONG, WRONG], [RIGHT, WRONG], [RIGHT, RIGHT])
    flat = points([RIGHT, WRONG], [RIGHT, WRONG])

    assert gain(rising, "evaluation") == 0.5
    assert (has_flattened(rising, "evaluation"), has_flattened(flat, "evaluation")) == (False, True)
    assert "has not flattened" in understanding_pages.flattened(rising)


def test_a_point_of_the_curve_is_the_mean_of_its_draws() -> None:
    assert Point(10, [{"evaluation": [RIGHT]}, {"evaluation": [WRONG]}]).mean("evaluation", STRICT) == 0.5


@pytest.fixture
def findings() -> Findings:
    sets = {"evaluation": [RIGHT, WRONG, CALLED_OFF], "development": [RIGHT, SWAPPED]}
    candidates = [
        Candidate("the commonest intent", 1.0, 0.5, sets),
        Candidate("ours, whole", 60.0, 3.0, sets),
    ]
    taken = {"neighbour": {"neighbour": 9, "topic": 1}, "out_of_scope": {"out_of_scope": 4}}
    return Findings(
        sets, 0.5, candidates, [Point(5, [sets]), Point(10, [sets])], taken, "abc123", has_changed=False
    )


def test_the_page_tells_everything_and_nothing_of_the_machine(findings: Findings) -> None:
    page = understanding_pages.page(findings)

    assert "Milestone: **not met**" in page
    assert "| ours, whole | 50.0% | 9.5–90.5 | 50.0% | 66.7% | 50.0% | 100.0% | 100.0% | 60 | 3.00 |" in page
    assert "| neighbour | 10 | 90.0% | topic 1 |" in page
    assert "model abc123" in page and "scikit-learn 1." in page
    assert str(ROOT) not in page
    assert "{" not in page


def test_a_page_whose_parts_do_not_belong_together_says_so(findings: Findings) -> None:
    assert "Measure again." not in understanding_pages.page(findings)
    assert "Measure again." in understanding_pages.page(replace(findings, has_changed=True))


def test_every_picture_of_the_page_gets_its_figures(findings: Findings) -> None:
    drawn = pictures(findings)

    assert [one["name"] for one in drawn["candidates"]] == ["the commonest intent", "ours, whole"]
    assert drawn["curve"][0]["points"] == [[5, 0.5], [10, 0.5]]
    assert set(drawn["slices"]) == {"style", "length in characters", "topic", "industry"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--errors"], "can no longer measure with it"),
        (["--diet", "2"], "--diet belongs to --report"),
        (["--set", "training"], "invalid choice"),
        (["--report", "--diet", "0"], "from 1"),
    ],
)
def test_what_would_spoil_the_measuring_is_refused_in_one_sentence(arguments: list[str], said: str) -> None:
    command = [str(ROOT / "scripts" / "evaluate"), *arguments]

    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode
    assert said in done.stderr
    assert not done.stdout
