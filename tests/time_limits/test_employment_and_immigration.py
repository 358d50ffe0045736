"""Tribunal claims about work with Acas, and immigration appeals: worked examples."""

from datetime import date

import pytest

from tests.time_limits.worked import Example, Given, expect, table
from wraparound.time_limits.definition import Choice

CHECK = "check this"
ET = "employment_tribunal"
NI = "industrial_tribunal_northern_ireland"
ABROAD = "immigration_appeal_from_abroad"


def acas(event: str, told: str, certificate: str, last: str, why: str, *choices: Choice) -> Example:
    """An example with the day it happened, Day A, Day B, the last day, and why."""
    return Example(
        Given(ET, {"event_on": event, "acas_notified": told, "acas_certificate": certificate}, choices), last, why
    )


EXAMPLES = [
    *table(
        ET,
        "event_on",
        ("2023-03-30", "2023-06-29", "three months minus a day"),
        ("2023-05-08", "2023-08-07", "three months minus a day"),
        ("2026-01-01", "2026-03-31", "January, February and March"),
        ("2025-11-30", "2026-02-28", "no 30 February: the month's end"),
        ("2025-12-01", "2026-02-28", "December, January and February"),
        ("2026-03-01", "2026-05-31", "March, April and May"),
        ("2026-06-30", "2026-09-29", "the last day that is surely under the old limit"),
        ("2026-07-01", CHECK, "the limit may have become six months"),
        ("2026-11-01", CHECK, "the limit may have become six months"),
    ),
    *table(
        ET,
        "event_on",
        ("2026-01-15", "2026-07-14", "redundancy pay: six months"),
        ("2026-10-20", "2027-04-19", "redundancy pay: six months under either law"),
        choices=(Choice.REDUNDANCY_PAY,),
    ),
    *table(ET, "event_on", ("2026-02-28", "2026-08-27", "equal pay: six months"), choices=(Choice.EQUAL_PAY,)),
    acas("2014-01-16", "2014-04-11", "2014-05-11", "2014-06-11", "a month after Day B; 15 May is earlier"),
    acas("2016-06-20", "2016-07-22", "2016-08-22", "2016-10-20", "Luton v Haque: 19 September and 31 days"),
    acas("2026-01-15", "2026-01-20", "2026-03-20", "2026-06-12", "14 April and 59 days"),
    acas("2026-01-15", "2026-02-01", "2026-02-01", "2026-04-14", "a certificate of the same day adds nothing"),
    acas("2026-01-15", "2026-04-14", "2026-05-14", "2026-06-14", "Acas told on the last day: a month after Day B"),
    acas("2026-01-15", "2026-04-15", "2026-05-20", "2026-04-14", "Acas told a day too late: nothing is added"),
    acas("2025-11-10", "2026-01-15", "2026-01-31", "2026-02-28", "9 February and 16 days is 25; a month after is 28"),
    acas("2026-01-15", "2026-01-10", "2026-02-10", CHECK, "Acas told before it happened"),
    acas("2026-01-15", "2026-02-10", "2026-02-01", CHECK, "a certificate before Acas was told"),
    acas("2026-10-20", "2026-12-01", "2026-12-15", "2027-05-03", "19 April and 14 days", Choice.REDUNDANCY_PAY),
    acas("2026-10-20", "2026-12-01", "2026-12-15", CHECK, "the limit may have become six months"),
    Example(Given(ET, {"event_on": "2026-01-15", "acas_notified": "2026-02-01"}), CHECK, "still with Acas"),
    Example(Given(ET, {"event_on": "2026-01-15", "acas_certificate": "2026-02-01"}), CHECK, "Day A is not known"),
    *table(
        "industrial_tribunal_northern_ireland",
        "event_on",
        ("2026-01-15", "2026-04-14", "three months that begin with it"),
        ("2026-03-31", "2026-06-30", "April to June"),
    ),
    *table(
        "immigration_appeal",
        "letter_sent",
        ("2026-06-01", "2026-06-15", "14 days after"),
        ("2026-12-20", "2027-01-03", "a Sunday does not move it"),
        ("2028-02-20", "2028-03-05", "29 February is day 9 of a leap year"),
        ("2027-02-20", "2027-03-06", "28 February is day 8"),
        ("2014-10-19", CHECK, "before the rules began"),
    ),
    *table(
        "immigration_appeal",
        "letter_sent",
        ("2026-06-01", CHECK, "from abroad another rule holds"),
        choices=(Choice.OUT_OF_COUNTRY,),
    ),
    *table(
        "immigration_appeal_from_abroad",
        "letter_received",
        ("2026-06-01", "2026-06-29", "28 days after it came"),
        ("2026-12-10", "2027-01-07", "31 December is day 21"),
    ),
    *table(
        "asylum_support_appeal",
        "letter_received",
        ("2026-06-01", "2026-06-04", "3 days after"),
        ("2026-12-30", "2027-01-02", "a Saturday does not move it"),
        ("2026-02-26", "2026-03-01", "28 February is day 2"),
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_worked(example: Example) -> None:
    expect(example)


@pytest.mark.parametrize(
    ("given", "careful"),
    [
        (Given(ET, {"event_on": "2026-07-01"}), date(2026, 9, 30)),
        (Given(ET, {"event_on": "2026-11-01"}), date(2027, 1, 31)),
        (Given(ET, {"event_on": "2026-01-15", "acas_notified": "2026-02-01"}), date(2026, 4, 14)),
        (Given(NI, {"event_on": "2026-01-15", "acas_notified": "2026-02-01"}), date(2026, 4, 14)),
        (Given(ABROAD, {"letter_received": "2026-06-01", "left_uk": "2026-06-10"}), date(2026, 6, 29)),
        (Given(ABROAD, {"letter_received": "2026-06-01", "left_uk": "2026-05-20"}), date(2026, 6, 17)),
    ],
    ids=str,
)
def test_where_the_law_is_unsure_the_careful_day_is_only_to_act_by(given: Given, careful: date) -> None:
    answer = given.answer
    assert answer.last_day is None
    assert answer.asks
    assert answer.act_as_if == careful


def test_the_change_to_six_months_is_named_and_asked_about() -> None:
    answer = Given(ET, {"event_on": "2026-11-01"}).answer
    assert any("six months instead of three" in ask for ask in answer.asks)
    assert "Employment Rights Act 2025" in answer.source.citation


def test_an_immigration_appeal_says_who_may_advise() -> None:
    answer = Given("immigration_appeal", {"letter_sent": "2026-06-01"}).answer
    assert any("Immigration Advice Authority" in sentence for sentence in answer.how)
