"""What a letter comes to for somebody who gives no advice: a day, what it is for, and whether it is near."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wraparound.pathways.vocabulary import Nation
from wraparound.time_limits.letters import NEAR, Letter, fault, reckon
from wraparound.time_limits.working_out import RULES

E, W, S, N = Nation.ENGLAND, Nation.WALES, Nation.SCOTLAND, Nation.NORTHERN_IRELAND
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("letter", "day", "nation", "last_day", "rule"),
    [
        (Letter.BENEFIT_DECISION, date(2026, 11, 3), E, date(2026, 12, 3), "mandatory_reconsideration"),
        (Letter.BENEFIT_DECISION, date(2026, 1, 31), W, date(2026, 2, 28), "mandatory_reconsideration"),
        (Letter.RECONSIDERATION, date(2026, 11, 3), S, date(2026, 12, 3), "benefit_appeal"),
        (Letter.HOMELESSNESS, date(2026, 11, 3), E, date(2026, 11, 23), "homelessness_review_england"),
        (Letter.HOME_OFFICE, date(2026, 11, 3), E, date(2026, 11, 17), "immigration_appeal"),
        (Letter.NOTICE, date(2027, 1, 4), E, date(2027, 1, 4), ""),
        (Letter.COURT, date(2026, 12, 1), N, date(2026, 12, 1), ""),
    ],
)
def test_worked_examples(letter: Letter, day: date, nation: Nation, last_day: date, rule: str) -> None:
    found = reckon(letter, day, nation)
    assert (found.last_day, found.rule) == (last_day, rule)


def test_a_letter_that_no_rule_of_the_nation_knows_has_no_day_and_cannot_wait() -> None:
    found = reckon(Letter.PIP_FORM, date(2026, 11, 3), S)
    assert (found.last_day, found.rule, found.what) == (None, "", "")
    assert found.near(date(2026, 11, 4))


def test_a_rule_that_answers_check_this_gives_no_day_and_cannot_wait() -> None:
    found = reckon(Letter.JOB_ENDED, date(2026, 11, 3), E)
    assert found.rule == "employment_tribunal" and found.last_day is None and found.near(date(2026, 11, 4))


@pytest.mark.parametrize(
    ("today", "near"), [(date(2026, 11, 18), False), (date(2026, 11, 19), True), (date(2027, 1, 1), True)]
)
def test_near_from_a_fortnight_before_and_ever_after(today: date, near: bool) -> None:
    assert reckon(Letter.BENEFIT_DECISION, date(2026, 11, 3), E).near(today) is near


@given(st.sampled_from(Letter), DAYS, st.sampled_from(Nation))
def test_every_letter_comes_to_something_everywhere(letter: Letter, day: date, nation: Nation) -> None:
    found = reckon(letter, day, nation)
    assert bool(found.rule) == bool(found.what)
    assert not found.rule or nation in RULES[found.rule].nations
    if letter.names_its_day:
        assert found.last_day == day
    elif found.last_day is not None:
        assert found.last_day >= day
        assert found.near(found.last_day - NEAR) and not found.near(found.last_day - NEAR - timedelta(days=1))


@given(st.sampled_from([each for each in Letter if not each.names_its_day]), DAYS, st.sampled_from(Nation))
def test_the_day_on_the_letter_is_all_that_its_rule_needs(letter: Letter, day: date, nation: Nation) -> None:
    found = reckon(letter, day, nation)
    if found.rule:
        assert set(RULES[found.rule].asks_dates) == set(found.facts.dates)


def test_a_day_that_cannot_be_right_is_said() -> None:
    today = date(2026, 11, 23)
    assert (
        fault(Letter.BENEFIT_DECISION, date(2026, 11, 24), today)
        == "The day on the letter must be today or in the past"
    )
    assert fault(Letter.NOTICE, date(2027, 1, 24), today) == ""
    assert "Check the year" in fault(Letter.NOTICE, date(2028, 1, 24), today)
    assert "Check the year" in fault(Letter.BENEFIT_DECISION, date(2022, 11, 24), today)
