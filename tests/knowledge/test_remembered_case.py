"""What is kept of a case between two messages."""

from datetime import date

from knowledge.consultation import (
    Consultation,
    Trouble,
    consultation_from_json,
)


def test_a_word_that_is_no_longer_in_the_table_is_dropped_from_a_remembered_case() -> None:
    remembered = {"troubles": [["subcontract", "T1", False]], "circumstances": ["sole", "small"]}

    assert consultation_from_json(remembered).circumstances == {"small"}


def test_the_day_of_a_consultation_reaches_its_cases_but_is_not_remembered() -> None:
    day = date(2026, 12, 1)
    consultation = Consultation((Trouble("staffing"),), on=day)

    assert [one.on for one in consultation.cases()] == [day]
    assert consultation_from_json(consultation.as_json()).on is None


def test_nothing_is_a_new_case() -> None:
    assert consultation_from_json({}) == Consultation()
