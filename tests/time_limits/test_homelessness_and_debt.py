"""Homelessness reviews and appeals, and breathing space: worked examples."""

from datetime import date

import pytest

from tests.time_limits.worked import Example, Given, expect, table

EXAMPLES = [
    *table(
        "homelessness_review_england",
        "letter_received",
        ("2026-06-01", "2026-06-21", "the day it came is day 1"),
        ("2026-02-15", "2026-03-07", "28 February is day 14"),
        ("2028-02-15", "2028-03-06", "29 February is day 15 of a leap year"),
        ("2026-12-20", "2027-01-09", "31 December is day 12"),
        ("2026-11-23", "2026-12-13", "30 November is day 8"),
    ),
    *table(
        "homelessness_review_wales",
        "letter_received",
        ("2026-06-01", "2026-06-21", "the day it came is day 1"),
        ("2026-12-31", "2027-01-20", "31 December is day 1"),
    ),
    *table(
        "homelessness_review_scotland",
        "letter_received",
        ("2026-06-01", "2026-06-21", "the day it came is day 1"),
        ("2026-04-10", "2026-04-30", "30 April is day 21"),
    ),
    *table(
        "homelessness_county_court_england",
        "letter_received",
        ("2026-06-01", "2026-06-22", "the day it came is not counted"),
        ("2026-02-15", "2026-03-08", "28 February is day 13"),
        ("2028-02-15", "2028-03-07", "29 February is day 14 of a leap year"),
        ("2026-12-20", "2027-01-10", "31 December is day 11"),
        ("2026-12-11", "2027-01-01", "a bank holiday does not move it"),
    ),
    *table(
        "homelessness_county_court_wales",
        "letter_received",
        ("2026-06-01", "check this", "whether the day it came is counted is not settled"),
    ),
    *table(
        "breathing_space",
        "registered_on",
        ("2026-06-01", "2026-07-31", "starts 2 June: 29 days of June and 31 of July are 60"),
        ("2026-12-31", "2027-03-01", "starts 1 January: 31 and 28 are 59, 1 March is day 60"),
        ("2027-12-31", "2028-02-29", "starts 1 January: 31 and 29 of a leap year are 60"),
        ("2021-05-04", "2021-07-03", "starts 5 May: 27 of May and 30 of June are 57"),
        ("2021-05-03", "check this", "the scheme began on 4 May 2021"),
    ),
    *table(
        "breathing_space_midway_review",
        "registered_on",
        ("2026-06-01", "2026-07-06", "starts 2 June: 29 days of June, 6 July is day 35"),
        ("2026-12-31", "2027-02-04", "starts 1 January: 4 February is day 35"),
    ),
    *table(
        "breathing_space_mental_health",
        "treatment_ended",
        ("2026-06-01", "2026-06-30", "30 days, the first of them counted"),
        ("2026-01-31", "2026-03-01", "31 January is day 1, 28 February day 29"),
        ("2028-01-31", "2028-02-29", "29 February is day 30 of a leap year"),
    ),
    *table(
        "statutory_moratorium_scotland",
        "registered_on",
        ("2026-03-31", "2026-09-30", "September has 30 days"),
        ("2026-08-31", "2027-02-28", "February has 28"),
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_worked(example: Example) -> None:
    expect(example)


def test_an_unsettled_count_names_the_careful_day_only_to_act_by() -> None:
    answer = Given("homelessness_county_court_wales", {"letter_received": "2026-06-01"}).answer
    assert answer.last_day is None
    assert answer.act_as_if == date(2026, 6, 21)
    assert answer.asks


def test_the_midway_review_says_from_which_day() -> None:
    answer = Given("breathing_space_midway_review", {"registered_on": "2026-06-01"}).answer
    assert any("day 25, Friday 26 June 2026" in sentence for sentence in answer.how)
