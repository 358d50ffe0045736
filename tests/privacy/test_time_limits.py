"""By when a request is answered."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wraparound.pathways.calendar import calendar_for
from wraparound.pathways.vocabulary import Nation
from wraparound.privacy.time_limits import due_on, months_after

ENGLAND, SCOTLAND = calendar_for(Nation.ENGLAND), calendar_for(Nation.SCOTLAND)


@pytest.mark.parametrize(
    ("asked", "identity", "due"),
    [
        (date(2026, 9, 3), date(2026, 9, 3), date(2026, 10, 5)),  # the third is a Saturday
        (date(2026, 1, 31), date(2026, 1, 31), date(2026, 3, 2)),  # no such day, and the last of February a Saturday
        (date(2028, 1, 31), date(2028, 1, 31), date(2028, 2, 29)),
        (
            date(2026, 11, 25),
            date(2026, 11, 25),
            date(2026, 12, 29),
        ),  # Christmas and a weekend
        (date(2026, 9, 3), date(2026, 9, 10), date(2026, 10, 12)),  # not before it is known who asks
    ],
)
def test_a_month_is_counted_as_the_commissioner_counts_it(asked: date, identity: date, due: date) -> None:
    assert due_on(asked, identity, ENGLAND) == due


def test_a_nations_own_holidays_count() -> None:
    asked = date(2026, 10, 30)  # St Andrew's day is a holiday in Scotland
    assert due_on(asked, asked, ENGLAND) == date(2026, 11, 30)
    assert due_on(asked, asked, SCOTLAND) == date(2026, 12, 1)


def test_an_extension_is_two_months_more() -> None:
    assert due_on(date(2026, 11, 30), date(2026, 11, 30), ENGLAND, extended=True) == date(2027, 3, 1)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 3))
def test_no_month_is_skipped(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or months_after(day.replace(day=28), months).month == later.month
