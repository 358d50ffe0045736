"""Working days of each nation. A working day is a weekday that is no bank holiday there, from 9:00 to 17:00 in London.

Bank holidays come from the `holidays` package, substitute days included. Moments go in with any time zone and come
out in UTC, because two London times on either side of a clock change do not compare by elapsed time.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from wraparound.pathways.definition import Duration, Unit
from wraparound.pathways.vocabulary import Nation

LONDON = ZoneInfo("Europe/London")
OPENS = time(9, 0)
CLOSES = time(17, 0)
FIRST_YEAR, LAST_YEAR = 1990, 2099

_SUBDIVISIONS = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


@dataclass(frozen=True, slots=True)
class _Year:
    """One nation's year: the closing time in UTC of each working day, and how many had come by the end of each day.

    `come` is counted from the day before 1 January, whose ordinal is `before`.
    """

    closes: tuple[datetime, ...]
    come: tuple[int, ...]
    before: int

    def come_by(self, day: date) -> int:
        """How many working days of the year have begun by the end of this day of it."""
        return self.come[day.toordinal() - self.before]


@cache
def _year(nation: Nation, year: int) -> _Year:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"Working days are known from {FIRST_YEAR} to {LAST_YEAR}, not for {year}.")
    bank = holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=year)
    days: list[date] = []
    come = [0]
    day = date(year, 1, 1)
    while day.year == year:
        if day.weekday() < 5 and day not in bank:
            days.append(day)
        come.append(len(days))
        day += timedelta(days=1)
    closes = tuple(datetime.combine(day, CLOSES, LONDON).astimezone(UTC) for day in days)
    return _Year(closes, tuple(come), date(year, 1, 1).toordinal() - 1)


def local(moment: datetime) -> datetime:
    """The moment as a clock in London shows it; ValueError when it carries no time zone."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    return moment.astimezone(LONDON)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of one nation."""

    nation: Nation

    def is_working_day(self, day: date) -> bool:
        """Whether services are open on this day."""
        year = _year(self.nation, day.year)
        at = day.toordinal() - year.before
        return year.come[at] > year.come[at - 1]

    def add_working_days(self, moment: datetime, days: int) -> datetime:
        """17:00 in London, given in UTC, on the `days`-th working day after the moment's own day.

        ValueError for fewer than one day, a moment without time zone, or a year outside the known ones.
        """
        if days < 1:
            raise ValueError("Add at least one working day.")
        day = local(moment)
        year = _year(self.nation, day.year)
        at = year.come_by(day) + days - 1
        number = day.year
        while at >= len(year.closes):
            at -= len(year.closes)
            number += 1
            year = _year(self.nation, number)
        return year.closes[at]

    def working_days_between(self, start: datetime, end: datetime) -> int:
        """How many working days began after the day of `start`, up to and with that of `end`; 0 if `end` is earlier."""
        first, last = local(start).date(), local(end).date()
        if last <= first:
            return 0
        count = _year(self.nation, last.year).come_by(last) - _year(self.nation, first.year).come_by(first)
        return count + sum(len(_year(self.nation, year).closes) for year in range(first.year, last.year))

    def add(self, moment: datetime, duration: Duration) -> datetime:
        """The moment in UTC that lies `duration` later: hours by the clock, working days to their end."""
        if duration.unit is Unit.HOURS:
            return local(moment).astimezone(UTC) + timedelta(hours=duration.number)
        return self.add_working_days(moment, duration.number)

    def open_from(self, moment: datetime) -> datetime:
        """The moment itself, in UTC, when services are open then; else when they open next."""
        here = local(moment)
        if self.is_working_day(here.date()) and here.time() < CLOSES:
            opening = datetime.combine(here.date(), OPENS, LONDON)
            return max(moment.astimezone(UTC), opening.astimezone(UTC))
        next_day = self.add_working_days(moment, 1).astimezone(LONDON).date()
        return datetime.combine(next_day, OPENS, LONDON).astimezone(UTC)


@cache
def calendar_for(nation: Nation) -> Calendar:
    """The calendar of a nation."""
    return Calendar(nation)
