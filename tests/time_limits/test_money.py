"""Forms to send back and the day money counts from: worked examples."""

from datetime import date

import pytest

from tests.time_limits.worked import Example, Given, expect, table
from wraparound.time_limits.definition import Choice

CHECK = "check this"
UC = "universal_credit_backdating"
REASON = (Choice.BACKDATING_REASON,)

EXAMPLES = [
    *table(
        "pip2_form",
        "letter_dated",
        ("2026-06-01", "2026-07-01", "a month"),
        ("2026-01-31", "2026-02-28", "no 31 February"),
    ),
    Example(
        Given("pip2_form", {"letter_dated": "2026-06-01", "form_sent": "2026-06-03"}), "2026-07-03", "from sending"
    ),
    *table(
        "uc50_form",
        "letter_dated",
        ("2026-06-01", "2026-06-29", "four weeks"),
        ("2027-02-01", "2027-03-01", "four weeks, February has 28 days"),
        ("2028-02-01", "2028-02-29", "four weeks of a leap year"),
    ),
    *table("adp_part_2", "rang_on", ("2026-06-01", "2026-07-27", "29 days of June and 27 are 56")),
    *table("adp_money_from", "rang_on", ("2026-06-01", "2026-07-27", "29 days of June and 27 are 56")),
    Example(Given("pip_money_from", {"rang_on": "2026-05-20", "form_sent": "2026-06-01"}), "2026-07-01", "a month"),
    Example(Given("pip_money_from", {"rang_on": "2026-05-20"}), CHECK, "when the form was sent is not known"),
    *table(
        UC,
        "entitled_from",
        ("2026-03-05", "2026-04-04", "the first assessment period ends the day before the next begins"),
        ("2026-12-15", "2027-01-14", "over the year's end"),
        ("2026-01-31", "2026-02-27", "the next begins on 28 February"),
        ("2026-01-30", "2026-02-27", "the next begins on 28 February"),
        ("2026-01-29", CHECK, "a period from the 29th is shortened in February"),
        ("2026-03-31", "2026-04-29", "the next begins on 30 April"),
        ("2026-02-28", "2026-03-27", "the next begins on 28 March"),
        ("2028-02-29", "2028-03-28", "the next begins on 29 March"),
        ("2019-07-23", CHECK, "another rule held before 24 July 2019"),
        ("2019-07-24", "2019-08-23", "the first day of this rule"),
        choices=REASON,
    ),
    *table(UC, "entitled_from", ("2026-03-05", "2026-03-05", "without a reason a claim counts from its own day")),
    *table(
        "attendance_allowance_money_from",
        "rang_on",
        ("2026-06-01", "2026-07-13", "29 days of June and 13 are six weeks"),
        ("2026-12-01", "2027-01-12", "30 days of December and 12"),
        ("2028-01-31", "2028-03-13", "29 days of February and 13"),
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_worked(example: Example) -> None:
    expect(example)


@pytest.mark.parametrize(
    ("given", "counts_from"),
    [
        (Given("pip_money_from", {"rang_on": "2026-05-20", "form_sent": "2026-06-01"}), date(2026, 5, 20)),
        (Given("pip_money_from", {"rang_on": "2026-05-20"}), date(2026, 5, 20)),
        (Given(UC, {"entitled_from": "2026-03-05"}, REASON), date(2026, 3, 5)),
        (Given("attendance_allowance_money_from", {"rang_on": "2026-06-01"}), date(2026, 6, 1)),
        (Given("adp_money_from", {"rang_on": "2026-06-01"}), date(2026, 6, 1)),
    ],
    ids=str,
)
def test_money_counts_from_the_first_contact(given: Given, counts_from: date) -> None:
    assert given.answer.counted_from == counts_from


def test_backdating_without_a_reason_asks_for_one() -> None:
    assert any("reasons hold" in ask for ask in Given(UC, {"entitled_from": "2026-03-05"}).answer.asks)


def test_a_january_29_names_the_careful_day_only_to_act_by() -> None:
    assert Given(UC, {"entitled_from": "2026-01-29"}, REASON).answer.act_as_if == date(2026, 2, 26)
