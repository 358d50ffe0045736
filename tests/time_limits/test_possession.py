"""Notices from landlords: worked examples, by nation, tenure and ground, before and after 1 May 2026."""

from datetime import date

import pytest

from tests.time_limits.worked import Example, Given, expect, table
from wraparound.pathways.vocabulary import Nation
from wraparound.time_limits.definition import Choice, Tenure

CHECK = "check this"


def grounds(rule: str, *rows: tuple[str, str, str, str]) -> list[Example]:
    """The day of the notice, its grounds (“8 14A”), the last day, and why."""
    return [
        Example(
            Given(rule, {"notice_served": day}, tuple(Choice(f"ground_{name.lower()}") for name in names.split())),
            last,
            why,
        )
        for day, names, last, why in rows
    ]


SECTION_21 = [
    *table(
        "section_21_private",
        "notice_served",
        ("2026-02-01", "2026-04-01", "two months"),
        ("2025-12-31", "2026-02-28", "no 31 February"),
        ("2026-04-30", "2026-06-30", "the last day of the old law"),
        ("2021-10-01", "2021-12-01", "the first day of ordinary periods"),
        ("2021-09-30", CHECK, "a notice of the pandemic"),
        ("2026-05-01", CHECK, "abolished"),
    ),
    *table(
        "section_21_social",
        "notice_served",
        ("2026-05-01", "2026-07-01", "not abolished for social housing until 2027"),
        ("2026-12-31", "2027-02-28", "the last day before 2027"),
        ("2027-01-01", CHECK, "changes in 2027, on a day to be checked"),
    ),
    *table(
        "section_21_claim_private",
        "notice_served",
        ("2025-10-15", "2026-04-15", "six months"),
        ("2025-08-31", "2026-02-28", "no 31 February"),
        ("2026-01-31", "2026-07-31", "six months and the cut-off are one day"),
        ("2026-02-10", "2026-07-31", "10 August is after the cut-off"),
        ("2026-04-30", "2026-07-31", "30 October is after the cut-off"),
        ("2026-05-01", CHECK, "abolished"),
    ),
    *table(
        "section_21_claim_social",
        "notice_served",
        ("2026-05-01", "2026-11-01", "six months, with no cut-off"),
        ("2026-08-31", "2027-02-28", "no 31 February"),
    ),
]

SECTION_8 = [
    *grounds(
        "section_8_private",
        ("2026-04-01", "8", "2026-04-15", "old law: two weeks for arrears"),
        ("2026-04-20", "10", "2026-05-04", "old law: two weeks, over 1 May"),
        ("2026-04-30", "12", "2026-05-14", "the last day of the old law"),
        ("2026-02-20", "17", "2026-03-06", "28 February is day 8"),
        ("2026-02-28", "1", "2026-04-28", "old law: two months"),
        ("2026-04-15", "2", "2026-06-15", "old law: two months"),
        ("2026-01-31", "6", "2026-03-31", "old law: two months"),
        ("2025-12-31", "16", "2026-02-28", "no 31 February"),
        ("2026-03-03", "14", "2026-03-03", "at once"),
        ("2026-03-03", "8 14", "2026-03-03", "ground 14 counts whatever else is named"),
        ("2026-03-03", "8 1", "2026-05-03", "ground 1 makes it two months"),
        ("2026-03-03", "7A", CHECK, "it depends on the tenancy"),
        ("2026-03-03", "7A 14", "2026-03-03", "ground 14 counts whatever else is named"),
        ("2026-03-03", "1A", CHECK, "ground 1A was not law"),
        ("2026-03-03", "", CHECK, "no ground is known"),
        ("2021-09-30", "8", CHECK, "a notice of the pandemic"),
        ("2026-05-01", "1", "2026-09-01", "new law: four months"),
        ("2026-10-31", "1A", "2027-02-28", "four months, no 31 February"),
        ("2026-06-15", "2", "2026-10-15", "four months"),
        ("2026-07-31", "7", "2026-09-30", "two months, no 31 September"),
        ("2026-12-31", "9", "2027-02-28", "two months, no 31 February"),
        ("2026-05-01", "8", "2026-05-29", "four weeks"),
        ("2026-06-10", "10", "2026-07-08", "30 June is day 20"),
        ("2026-12-10", "11", "2027-01-07", "31 December is day 21"),
        ("2026-06-01", "7B", "2026-06-15", "two weeks"),
        ("2026-05-20", "12", "2026-06-03", "31 May is day 11"),
        ("2026-11-23", "13", "2026-12-07", "30 November is day 7"),
        ("2026-06-01", "14A", "2026-06-15", "two weeks"),
        ("2026-08-20", "15", "2026-09-03", "31 August is day 11"),
        ("2026-06-16", "17", "2026-06-30", "two weeks"),
        ("2026-06-01", "7A", "2026-06-01", "at once"),
        ("2026-06-01", "14", "2026-06-01", "at once"),
        ("2026-06-01", "8 12", "2026-06-29", "the longer of four and two weeks"),
        ("2026-06-01", "1 8", "2026-10-01", "the longer of four months and four weeks"),
        ("2026-06-01", "8 14", "2026-06-01", "ground 14 lets the landlord go at once"),
        ("2026-06-01", "6", CHECK, "sources differ"),
        ("2026-06-01", "6 8", CHECK, "ground 6 is not settled"),
        ("2026-06-01", "6 14", "2026-06-01", "ground 14 settles it"),
        ("2026-06-01", "16", CHECK, "not in the new list"),
    ),
    *grounds(
        "section_8_social",
        ("2026-05-01", "8", "2026-05-15", "the old law holds until 2027"),
        ("2026-06-01", "1", "2026-08-01", "the old law holds until 2027"),
        ("2027-01-01", "8", CHECK, "changes in 2027"),
        ("2021-09-30", "8", CHECK, "a notice of the pandemic"),
    ),
    *table(
        "section_8_claim_private",
        "notice_served",
        ("2025-06-30", "2026-06-30", "twelve months"),
        ("2025-09-01", "2026-07-31", "the cut-off comes before twelve months"),
        ("2026-05-01", "2027-05-01", "the new law has no cut-off"),
        ("2028-02-29", "2029-02-28", "no 29 February 2029"),
    ),
    *table("section_8_claim_social", "notice_served", ("2026-03-01", "2027-03-01", "twelve months")),
]

ELSEWHERE = [
    *table(
        "section_173_wales",
        "notice_served",
        ("2026-06-01", "2026-12-01", "six months"),
        ("2026-08-31", "2027-02-28", "no 31 February"),
        ("2022-11-30", CHECK, "before the law began"),
    ),
    *table(
        "section_173_wales",
        "notice_served",
        ("2026-06-01", CHECK, "a tenancy from before December 2022"),
        choices=(Choice.CONVERTED_CONTRACT,),
    ),
    *table(
        "serious_arrears_wales",
        "notice_served",
        ("2026-06-01", "2026-06-14", "the day it was given is day 1"),
        ("2026-02-20", "2026-03-05", "28 February is day 9"),
    ),
    *table(
        "serious_arrears_wales",
        "notice_served",
        ("2026-06-01", "2026-06-30", "a month that begins with 1 June"),
        ("2027-01-31", "2027-02-28", "no 31 February"),
        choices=(Choice.INTRODUCTORY_CONTRACT,),
    ),
    *table(
        "serious_arrears_claim_wales",
        "notice_served",
        ("2026-06-01", "2026-11-30", "six months that begin with 1 June"),
        ("2026-08-31", "2027-02-28", "no 31 February"),
    ),
    *table(
        "notice_to_leave_scotland",
        "notice_served",
        ("2026-06-01", "2026-08-24", "29 days of June, 31 of July and 24"),
        choices=(Choice.NOTICE_84_DAYS,),
    ),
    *table(
        "notice_to_leave_scotland",
        "notice_served",
        ("2026-06-01", "2026-06-29", "28 days after"),
        choices=(Choice.NOTICE_28_DAYS,),
    ),
    *table("notice_to_leave_scotland", "notice_served", ("2026-06-01", CHECK, "28 or 84 is not known")),
]


@pytest.mark.parametrize("example", [*SECTION_21, *SECTION_8, *ELSEWHERE], ids=str)
def test_worked(example: Example) -> None:
    expect(example)


@pytest.mark.parametrize(
    ("own", "last"), [("2026-04-10", "2026-04-10"), ("2026-04-01", "2026-04-01"), ("2026-03-20", "2026-04-01")]
)
def test_a_notice_holds_for_as_long_as_it_says_and_never_shorter_than_the_law(own: str, last: str) -> None:
    expect(Example(Given("section_21_private", {"notice_served": "2026-02-01", "notice_ends": own}), last))


def test_a_notice_that_gives_too_little_is_asked_about() -> None:
    given = Given("section_21_private", {"notice_served": "2026-02-01", "notice_ends": "2026-03-20"})
    assert any("sooner than the law allows" in ask for ask in given.answer.asks)


@pytest.mark.parametrize(("began", "asked"), [("2025-10-01", False), ("2025-10-02", True)])
def test_a_notice_to_sell_or_move_in_may_not_run_out_in_the_first_year(began: str, asked: bool) -> None:
    days = {"notice_served": "2026-06-01", "tenancy_began": began}
    answer = Given("section_8_private", days, (Choice.GROUND_1A,)).answer
    assert answer.last_day == date(2026, 10, 1)
    assert any("first year" in ask for ask in answer.asks) is asked


def test_after_a_notice_runs_out_the_person_may_stay() -> None:
    answer = Given("section_8_private", {"notice_served": "2026-06-01"}, (Choice.GROUND_8,)).answer
    assert "The person may stay after this day." in answer.late[0].says


def test_a_rule_for_private_tenants_gives_a_housing_association_s_tenant_no_day() -> None:
    answer = Given("section_21_private", {"notice_served": "2026-02-01"}, tenure=Tenure.SOCIAL).answer
    assert answer.last_day is None
    assert answer.asks


def test_a_rule_of_england_gives_nobody_in_wales_a_day() -> None:
    answer = Given("section_21_private", {"notice_served": "2026-02-01"}, nation=Nation.WALES).answer
    assert answer.last_day is None
    assert answer.asks
