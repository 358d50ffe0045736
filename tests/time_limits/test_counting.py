"""Months, weeks and days are counted as the law counts them, for any day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wraparound.pathways.calendar import calendar_for
from wraparound.pathways.vocabulary import Nation
from wraparound.time_limits.counting import add_months, days, is_known, months, said, weeks, working_day_by

DAYS = st.dates(date(1995, 1, 1), date(2090, 12, 31))
MONTHS = st.integers(1, 24)


@given(DAYS, MONTHS)
def test_a_month_ends_on_the_same_number_or_on_its_own_last_day(day: date, number: int) -> None:
    end = add_months(day, number)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == number
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


@given(DAYS, DAYS, MONTHS)
def test_an_earlier_letter_never_has_a_later_last_day(one: date, other: date, number: int) -> None:
    first, second = sorted((one, other))
    for period in (months(number), months(number, beginning_with=True), days(number), weeks(number)):
        assert period.last_day(first) <= period.last_day(second)


@given(DAYS, MONTHS)
def test_counting_the_first_day_never_ends_later_than_not_counting_it(day: date, number: int) -> None:
    for period in (months, days):
        with_it, after_it = period(number, beginning_with=True).last_day(day), period(number).last_day(day)
        assert after_it - timedelta(days=1) <= with_it <= after_it


@given(DAYS, MONTHS)
def test_a_month_is_never_shorter_than_28_days_nor_longer_than_31(day: date, number: int) -> None:
    assert 28 * number <= (add_months(day, number) - day).days <= 31 * number


@given(DAYS, st.integers(1, 100))
def test_a_period_of_days_has_so_many_days(day: date, number: int) -> None:
    assert (days(number).last_day(day) - day).days == number
    assert (days(number, beginning_with=True).last_day(day) - day).days == number - 1
    assert weeks(number).last_day(day) == days(7 * number).last_day(day)


@given(DAYS, st.sampled_from(Nation))
def test_what_has_to_arrive_is_sent_for_a_working_day_not_long_before(day: date, nation: Nation) -> None:
    found = working_day_by(day, nation)
    calendar = calendar_for(nation)
    assert calendar.is_working_day(found)
    assert day - timedelta(days=6) <= found <= day
    between = (found + timedelta(days=more) for more in range(1, (day - found).days + 1))
    assert not any(calendar.is_working_day(other) for other in between)


def test_bank_holidays_are_the_nation_s_own() -> None:
    assert working_day_by(date(2026, 11, 30), Nation.SCOTLAND) == date(2026, 11, 27)
    assert working_day_by(date(2026, 11, 30), Nation.ENGLAND) == date(2026, 11, 30)
    assert working_day_by(date(2026, 4, 6), Nation.ENGLAND) == date(2026, 4, 2)


def test_periods_and_days_are_said_in_words() -> None:
    assert months(1).says == "1 month after that day"
    assert days(21, beginning_with=True).says == "21 days beginning with that day"
    assert weeks(4).says == "4 weeks after that day"
    assert said(date(2026, 11, 27)) == "Friday 27 November 2026"


def test_days_far_off_are_not_counted_from() -> None:
    assert is_known(date(2026, 1, 1))
    assert not is_known(date(1066, 10, 14))
    assert not is_known(date(9999, 12, 31))
