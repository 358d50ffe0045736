"""Sums of money, how often they come, and what that makes in a month or a year: decimals to the penny, never floats."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

PENNY = Decimal("0.01")
NOTHING = Decimal("0.00")
# More than this is a slip of the pen, and what a column holds.
MOST = Decimal("9999999.99")


class Often(StrEnum):
    """How often a sum comes or goes. A year has 52 weeks here, as benefits and wages are counted."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    FOUR_WEEKS = "four_weeks"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def label(self) -> str:
        return {
            Often.WEEK: "a week",
            Often.FORTNIGHT: "every 2 weeks",
            Often.FOUR_WEEKS: "every 4 weeks",
            Often.MONTH: "a month",
            Often.QUARTER: "a quarter",
            Often.YEAR: "a year",
        }[self]

    @property
    def times(self) -> int:
        """How many of them a year has."""
        return {
            Often.WEEK: 52,
            Often.FORTNIGHT: 26,
            Often.FOUR_WEEKS: 13,
            Often.MONTH: 12,
            Often.QUARTER: 4,
            Often.YEAR: 1,
        }[self]


MONTH_RULE = (
    "Each sum is taken times how often it comes in a year (52 for a week, 26 for 2 weeks, 13 for 4 weeks, 4 for a "
    "quarter), then shared by 12 and rounded to the nearest penny, half a penny up."
)
YEAR_RULE = (
    "A gain that goes on counts for one year from the day on which it starts, however long it lasts: the sum times how "
    "often it comes in a year. Where it is known to end sooner, only the days up to its end count, as a share of that "
    "year. The sum is rounded to the nearest penny, half a penny up."
)


def to_penny(sum_: Decimal) -> Decimal:
    """Pounds to the nearest penny, half a penny up (away from nothing)."""
    return sum_.quantize(PENNY, ROUND_HALF_UP)


def per_month(sum_: Decimal, often: Often) -> Decimal:
    """Pounds a month, by `MONTH_RULE`."""
    return to_penny(sum_ * often.times / 12)


def for_one_year(sum_: Decimal, often: Often, starts: date, ends: date | None = None) -> Decimal:
    """Pounds that count of what goes on, by `YEAR_RULE`; `ends` is the last day on which it comes, if that is known.

    ValueError when it ends before it starts.
    """
    if ends is not None and ends < starts:
        raise ValueError("It ends before it starts.")
    year = sum_ * often.times
    last = a_year_on(starts) - timedelta(days=1)
    if ends is None or ends >= last:
        return to_penny(year)
    days, whole = (ends - starts).days + 1, (last - starts).days + 1
    return to_penny(year * days / whole)


def a_year_on(day: date) -> date:
    """The same day of the next year; of 29 February, 1 March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def pounds(sum_: Decimal) -> str:
    """As people write it: “£1,204.50”, “-£3.00”."""
    return f"{'-' if sum_ < 0 else ''}£{abs(sum_):,.2f}"
