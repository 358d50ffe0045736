"""Counting days and months as the law does, and saying days in words.

A month is a calendar month: it ends on the day of the same number, or on the month's last day where there is none.
A period *after* a day does not count that day; a period *beginning with* a day does.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from wraparound.pathways.calendar import FIRST_YEAR, LAST_YEAR, LONDON, calendar_for
from wraparound.pathways.vocabulary import Nation
from wraparound.pathways.words import day as day_and_month

NOON = time(12, 0)
DAY = timedelta(days=1)


class Unit(StrEnum):
    """What a period is counted in."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


def add_months(day: date, months: int) -> date:
    """The day of the same number so many months later, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time that the law gives; `beginning_with` counts the day it starts from."""

    number: int
    unit: Unit
    beginning_with: bool = False

    def last_day(self, start: date) -> date:
        """The last day of the period that starts from this day."""
        if self.unit is Unit.MONTHS:
            end = add_months(start, self.number)
            return end - DAY if self.beginning_with and end.day == start.day else end
        days = self.number * (7 if self.unit is Unit.WEEKS else 1)
        return start + timedelta(days=days - 1 if self.beginning_with else days)

    @property
    def says(self) -> str:
        """“1 month after that day”, “21 days beginning with that day”."""
        unit = str(self.unit).removesuffix("s") if self.number == 1 else str(self.unit)
        return f"{self.number} {unit} {'beginning with' if self.beginning_with else 'after'} that day"


def days(number: int, *, beginning_with: bool = False) -> Period:
    """So many days."""
    return Period(number, Unit.DAYS, beginning_with)


def weeks(number: int) -> Period:
    """So many weeks after a day."""
    return Period(number, Unit.WEEKS)


def months(number: int, *, beginning_with: bool = False) -> Period:
    """So many calendar months."""
    return Period(number, Unit.MONTHS, beginning_with)


def is_known(day: date) -> bool:
    """Whether this day and the two years after it are ones whose bank holidays are known."""
    return FIRST_YEAR < day.year < LAST_YEAR - 2


def working_day_by(day: date, nation: Nation) -> date:
    """The day itself if offices are open then, else the last day before it on which they are."""
    calendar = calendar_for(nation)
    while not calendar.is_working_day(day):
        day -= DAY
    return day


def said(day: date) -> str:
    """“Friday 27 November 2026”."""
    return f"{day_and_month(datetime.combine(day, NOON, LONDON))} {day.year}"
