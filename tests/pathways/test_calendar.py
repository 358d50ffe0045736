"""Worked examples with dates. Bank holidays as published on GOV.UK for each nation."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from wraparound.pathways.calendar import LAST_YEAR, calendar_for
from wraparound.pathways.definition import Duration
from wraparound.pathways.vocabulary import Nation

LONDON = ZoneInfo("Europe/London")
ENGLAND, SCOTLAND = calendar_for(Nation.ENGLAND), calendar_for(Nation.SCOTLAND)
NORTHERN_IRELAND, WALES = calendar_for(Nation.NORTHERN_IRELAND), calendar_for(Nation.WALES)


def at(year: int, month: int, day: int, hour: int = 10, minute: int = 20) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("calendar", "start", "days", "expected"),
    [
        (ENGLAND, at(2026, 11, 23), 1, date(2026, 11, 24)),
        (ENGLAND, at(2026, 11, 23), 5, date(2026, 11, 30)),
        # Saint Andrew's Day.
        (SCOTLAND, at(2026, 11, 23), 5, date(2026, 12, 1)),
        # A Saturday and a Sunday count from the Monday after, as the Friday does.
        (ENGLAND, at(2026, 11, 27), 1, date(2026, 11, 30)),
        (ENGLAND, at(2026, 11, 28), 1, date(2026, 11, 30)),
        (ENGLAND, at(2026, 11, 29), 1, date(2026, 11, 30)),
        # After closing time the day itself still does not count.
        (ENGLAND, at(2026, 11, 23, 23, 59), 1, date(2026, 11, 24)),
        # Christmas 2026: Friday 25; Boxing Day falls on Saturday, its substitute on Monday 28.
        (ENGLAND, at(2026, 12, 24), 1, date(2026, 12, 29)),
        # Christmas 2027: Saturday and Sunday, substitutes on Monday 27 and Tuesday 28.
        (ENGLAND, at(2027, 12, 24), 1, date(2027, 12, 29)),
        # New year 2027: Scotland keeps 2 January too, moved to Monday 4.
        (ENGLAND, at(2026, 12, 31), 1, date(2027, 1, 4)),
        (SCOTLAND, at(2026, 12, 31), 1, date(2027, 1, 5)),
        # Easter 2027: Good Friday 26 March; Easter Monday is no bank holiday in Scotland.
        (ENGLAND, at(2027, 3, 25), 1, date(2027, 3, 30)),
        (WALES, at(2027, 3, 25), 1, date(2027, 3, 30)),
        (SCOTLAND, at(2027, 3, 25), 1, date(2027, 3, 29)),
        # 12 July 2026 is a Sunday; 17 March is Saint Patrick's Day.
        (NORTHERN_IRELAND, at(2026, 7, 10), 1, date(2026, 7, 14)),
        (NORTHERN_IRELAND, at(2027, 3, 16), 1, date(2027, 3, 18)),
        (ENGLAND, at(2027, 3, 16), 1, date(2027, 3, 17)),
        # August: Scotland the first Monday, the others the last.
        (SCOTLAND, at(2026, 7, 31), 1, date(2026, 8, 4)),
        (ENGLAND, at(2026, 8, 28), 1, date(2026, 9, 1)),
        # A single extra bank holiday: the coronation.
        (ENGLAND, at(2023, 5, 5), 1, date(2023, 5, 9)),
        # Across two year ends.
        (ENGLAND, at(2026, 12, 31), 260, date(2028, 1, 12)),
    ],
)
def test_working_days_are_added(calendar, start, days, expected):
    due = calendar.add_working_days(start, days)
    assert due.astimezone(LONDON).date() == expected
    assert (due.astimezone(LONDON).hour, due.astimezone(LONDON).minute) == (17, 0)


def test_the_day_begins_at_midnight_in_london_not_in_utc():
    # 23:30 UTC on Monday is 00:30 on Tuesday in British Summer Time.
    assert ENGLAND.add_working_days(datetime(2026, 7, 6, 23, 30, tzinfo=UTC), 1).date() == date(2026, 7, 8)
    assert ENGLAND.add_working_days(datetime(2026, 12, 7, 23, 30, tzinfo=UTC), 1).date() == date(2026, 12, 8)


def test_closing_time_follows_the_clock_change():
    # Clocks go back on Sunday 25 October 2026 and forward on Sunday 28 March 2027 (Easter Sunday).
    assert ENGLAND.add_working_days(at(2026, 10, 22), 1) == datetime(2026, 10, 23, 16, tzinfo=UTC)
    assert ENGLAND.add_working_days(at(2026, 10, 23), 1) == datetime(2026, 10, 26, 17, tzinfo=UTC)
    assert ENGLAND.add_working_days(at(2027, 3, 25), 1) == datetime(2027, 3, 30, 16, tzinfo=UTC)


def test_hours_are_elapsed_hours_over_a_clock_change():
    two = Duration.parse("2 hours")
    assert ENGLAND.add(at(2026, 10, 25, 0, 30), two) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert ENGLAND.add(at(2027, 3, 28, 0, 30), two) == datetime(2027, 3, 28, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (at(2026, 11, 23), at(2026, 11, 23, 16), 0),
        (at(2026, 11, 23), at(2026, 11, 24, 0, 1), 1),
        (at(2026, 11, 23), at(2026, 11, 30), 5),
        (at(2026, 11, 27), at(2026, 11, 29), 0),
        (at(2026, 12, 24), at(2026, 12, 29), 1),
        (at(2026, 12, 24), at(2027, 1, 4), 4),
        (at(2026, 12, 31), at(2028, 1, 12), 260),
        (at(2026, 11, 30), at(2026, 11, 23), 0),
        (at(2027, 1, 5), at(2026, 12, 24), 0),
    ],
)
def test_working_days_between_are_counted(start, end, expected):
    assert ENGLAND.working_days_between(start, end) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(2026, 11, 23, 10), at(2026, 11, 23, 10)),
        (at(2026, 11, 23, 8, 59), at(2026, 11, 23, 9, 0)),
        (at(2026, 11, 23, 17, 0), at(2026, 11, 24, 9, 0)),
        (at(2026, 11, 28, 12), at(2026, 11, 30, 9, 0)),
        (at(2026, 12, 25, 12), at(2026, 12, 29, 9, 0)),
        (at(2026, 10, 25, 1, 30), at(2026, 10, 26, 9, 0)),
    ],
)
def test_when_services_are_open(moment, expected):
    assert ENGLAND.open_from(moment) == expected.astimezone(UTC)


def test_every_day_of_fifty_years_agrees_with_counting_one_by_one():
    day = date(2020, 1, 1)
    while day < date(2070, 1, 1):
        noon = datetime.combine(day, datetime.min.time(), LONDON).replace(hour=12)
        next_day = ENGLAND.add_working_days(noon, 1).astimezone(LONDON).date()
        passed = [date.fromordinal(n) for n in range(day.toordinal() + 1, next_day.toordinal() + 1)]
        assert [each for each in passed if ENGLAND.is_working_day(each)] == [next_day]
        assert next_day.weekday() < 5
        day = date.fromordinal(day.toordinal() + 1)


def test_what_cannot_be_answered_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        ENGLAND.add_working_days(at(2026, 11, 23).replace(tzinfo=None), 1)
    with pytest.raises(ValueError, match="at least one"):
        ENGLAND.add_working_days(at(2026, 11, 23), 0)
    with pytest.raises(ValueError, match="known from"):
        ENGLAND.add_working_days(at(LAST_YEAR, 12, 31), 1)
