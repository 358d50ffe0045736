"""Durations are read strictly and sort by how long they are."""

import pytest

from wraparound.pathways.definition import Duration, Unit


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("1 hour", Unit.HOURS, 1),
        ("2 hours", Unit.HOURS, 2),
        ("12 hours", Unit.HOURS, 12),
        ("1 working day", Unit.WORKING_DAYS, 1),
        ("20 working days", Unit.WORKING_DAYS, 20),
    ],
)
def test_a_duration_is_read_and_written_back(text, unit, number):
    assert Duration.parse(text) == Duration(unit, number)
    assert str(Duration.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "", "5", "5 days", "five working days", "1 working days", "5 working day", "2 hour", "0 hours", "-1 hours",
        "02 hours", "2  hours", " 2 hours", "2 hours ", "2 Hours", "2.5 hours", "13 hours", "261 working days",
        "5 working days\n", "٥ working days", "1 week",
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match=r"^Write .*\.$"):
        Duration.parse(text)


def test_any_hours_are_shorter_than_any_working_days():
    said = ["1 hour", "12 hours", "1 working day", "5 working days", "260 working days"]
    assert sorted(map(Duration.parse, reversed(said))) == list(map(Duration.parse, said))
