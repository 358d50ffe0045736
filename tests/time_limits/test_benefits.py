"""Reconsiderations and appeals about benefits: worked examples."""

from datetime import date

import pytest

from tests.time_limits.worked import Example, Given, expect, table
from wraparound.time_limits.definition import Choice

REASONS = (Choice.STATEMENT_OF_REASONS_ASKED,)
MR = "mandatory_reconsideration"
HB = "housing_benefit_appeal"

EXAMPLES = [
    *table(
        MR,
        "letter_dated",
        ("2026-03-10", "2026-04-10", "the day of the same number a month later"),
        ("2026-01-28", "2026-02-28", "February has a 28th"),
        ("2026-01-29", "2026-02-28", "no 29 February 2026: the month's end"),
        ("2026-01-30", "2026-02-28", "no 30 February"),
        ("2026-01-31", "2026-02-28", "no 31 February"),
        ("2028-01-29", "2028-02-29", "a leap year has a 29th"),
        ("2028-01-30", "2028-02-29", "a leap year has no 30th"),
        ("2028-01-31", "2028-02-29", "a leap year has no 31st"),
        ("2026-02-28", "2026-03-28", "not the end of March: the same number"),
        ("2028-02-29", "2028-03-29", "the same number"),
        ("2026-03-31", "2026-04-30", "April has 30 days"),
        ("2026-05-31", "2026-06-30", "June has 30 days"),
        ("2026-12-31", "2027-01-31", "over the year's end"),
        ("2026-12-01", "2027-01-01", "a bank holiday does not move it"),
        ("2026-11-25", "2026-12-25", "Christmas Day does not move it"),
        ("2026-11-27", "2026-12-27", "a Sunday does not move it"),
    ),
    Example(
        Given(MR, {"letter_dated": "2026-03-10", "letter_sent": "2026-03-13"}), "2026-04-13", "a month from the sending"
    ),
    Example(
        Given(MR, {"letter_dated": "2026-06-01", "reasons_sent": "2026-06-20"}, REASONS),
        "2026-07-15",
        "reasons within the month: 14 days after its end, 1 July",
    ),
    Example(
        Given(MR, {"letter_dated": "2026-06-01", "reasons_sent": "2026-07-01"}, REASONS),
        "2026-07-15",
        "reasons on the month's last day: the same",
    ),
    Example(
        Given(MR, {"letter_dated": "2026-06-01", "reasons_sent": "2026-07-10"}, REASONS),
        "2026-07-24",
        "reasons after the month: 14 days after they were sent",
    ),
    Example(
        Given(MR, {"letter_dated": "2026-06-01"}, REASONS), "2026-07-01", "reasons not yet sent: keep to the month"
    ),
    Example(
        Given(MR, {"letter_dated": "2026-06-01", "reasons_sent": "2026-06-20"}),
        "2026-07-01",
        "reasons that nobody asked for add nothing",
    ),
    *table(
        "scottish_re_determination",
        "letter_sent",
        ("2026-06-01", "2026-07-14", "told 3 June, which is day 1; 14 July is day 42"),
        ("2026-12-30", "2027-02-11", "told 1 January; 31 in January and 11 more"),
        ("2028-02-27", "2028-04-10", "told 29 February; 31 in March and 10 more"),
    ),
    Example(
        Given("scottish_re_determination", {"letter_sent": "2026-06-01", "letter_received": "2026-06-08"}),
        "2026-07-19",
        "shown to have come later: 8 June is day 1",
    ),
    Example(
        Given("scottish_re_determination", {"letter_sent": "2026-06-01", "letter_received": "2026-06-01"}),
        "2026-07-12",
        "an e-mail of the same day: 1 June is day 1",
    ),
    *table(
        "benefit_appeal",
        "mr_notice_sent",
        ("2026-09-15", "2026-10-15", "a month after it was sent"),
        ("2026-08-31", "2026-09-30", "September has 30 days"),
        ("2026-10-31", "2026-11-30", "November has 30 days"),
        ("2027-01-29", "2027-02-28", "no 29 February 2027"),
        ("2026-11-23", "2026-12-23", "a month after it was sent"),
        ("2026-03-03", "2026-04-03", "Good Friday does not move it"),
        ("2026-04-04", "2026-05-04", "a bank holiday does not move it"),
    ),
    *table(
        "benefit_appeal_northern_ireland",
        "letter_dated",
        ("2026-09-15", "2026-10-15", "a month after the date on the letter"),
        ("2026-12-31", "2027-01-31", "over the year's end"),
    ),
    *table(
        "scottish_benefit_appeal",
        "letter_sent",
        ("2026-06-01", "2026-07-03", "told 3 June, day 1; 30 June is day 28"),
        ("2027-01-29", "2027-03-02", "told 31 January, day 1; 28 February is day 29"),
    ),
    Example(
        Given("scottish_benefit_appeal", {"letter_sent": "2026-06-01", "letter_received": "2026-06-10"}),
        "2026-07-10",
        "10 June is day 1; 30 June is day 21",
    ),
    *table(
        "housing_benefit_reconsideration",
        "letter_dated",
        ("2026-04-30", "2026-05-30", "the same number"),
        ("2026-03-31", "2026-04-30", "April has 30 days"),
    ),
    *table(HB, "letter_sent", ("2026-05-05", "2026-06-05", "a month after it was sent")),
    Example(
        Given(HB, {"letter_sent": "2026-05-05", "reasons_sent": "2026-05-20"}, REASONS),
        "2026-06-19",
        "14 days after the month's end, 5 June",
    ),
    Example(
        Given(HB, {"letter_sent": "2026-05-05", "reasons_sent": "2026-06-20"}, REASONS),
        "2026-07-04",
        "14 days after the reasons, which came after the month",
    ),
    Example(
        Given(HB, {"letter_sent": "2026-05-05", "refusal_sent": "2026-07-01"}),
        "2026-08-01",
        "a month after the council refused to change it",
    ),
    Example(
        Given(HB, {"letter_sent": "2026-05-05", "refusal_sent": "2026-05-06"}),
        "2026-06-06",
        "a month after the refusal is a day later than a month after the decision",
    ),
    Example(
        Given(HB, {"letter_sent": "2026-05-05", "reasons_sent": "2026-06-20", "refusal_sent": "2026-06-02"}, REASONS),
        "2026-07-04",
        "the latest of 5 June, 4 July and 2 July",
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_worked(example: Example) -> None:
    expect(example)


@pytest.mark.parametrize(
    ("given", "late"),
    [
        (Given(MR, {"letter_dated": "2026-03-10"}), date(2027, 4, 10)),
        (Given(MR, {"letter_dated": "2026-01-31"}), date(2027, 2, 28)),
        (Given(MR, {"letter_dated": "2028-01-31"}), date(2029, 2, 28)),
        (Given(MR, {"letter_dated": "2026-06-01", "reasons_sent": "2026-06-20"}, REASONS), date(2027, 7, 15)),
        (Given("benefit_appeal", {"mr_notice_sent": "2026-09-15"}), date(2027, 10, 15)),
        (Given("benefit_appeal", {"mr_notice_sent": "2026-08-31"}), date(2027, 9, 30)),
        (Given(HB, {"letter_sent": "2026-05-05"}), date(2027, 6, 5)),
        (Given("benefit_appeal_northern_ireland", {"letter_dated": "2026-09-15"}), date(2027, 10, 15)),
        (Given("scottish_re_determination", {"letter_sent": "2026-06-01"}), date(2027, 6, 3)),
        (Given("scottish_re_determination", {"letter_sent": "2028-02-27"}), date(2029, 2, 28)),
        (Given("scottish_benefit_appeal", {"letter_sent": "2026-06-01"}), date(2027, 6, 3)),
    ],
    ids=str,
)
def test_a_late_request_can_be_made_for_twelve_months_more(given: Given, late: date) -> None:
    assert given.answer.late[0].last_day == late


def test_what_must_arrive_on_a_day_when_offices_are_shut_is_to_be_there_before() -> None:
    answer = Given(MR, {"letter_dated": "2026-11-27"}).answer
    assert answer.received_by
    assert "Offices are shut that day, so see that it is there by Thursday 24 December 2026." in answer.how


def test_reasons_that_were_asked_for_and_not_dated_are_asked_about() -> None:
    assert Given(MR, {"letter_dated": "2026-06-01"}, REASONS).answer.asks
