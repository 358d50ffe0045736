"""How pages write dates, times, numbers and names."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from wraparound.advice.sums import pounds as as_pounds
from wraparound.pathways import words

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(value: date | datetime) -> str:
    """“Friday 27 November”, with the year when it is not this one."""
    here = _local(value)
    year = "" if here.year == timezone.localdate().year else f" {here.year}"
    return f"{_DAYS[here.weekday()]} {here.day} {_MONTHS[here.month - 1]}{year}"


def full_date(value: date | datetime) -> str:
    """“3 March 1980”."""
    here = _local(value)
    return f"{here.day} {_MONTHS[here.month - 1]} {here.year}"


def at(value: datetime) -> str:
    """“at 2:30pm”."""
    return f"at {words.clock(value)}"


def day_at(value: datetime) -> str:
    """“Friday 27 November at 2:30pm”."""
    return f"{day(value)} {at(value)}"


def due(value: datetime) -> str:
    """A due time: the day alone when it is the close of that day, else with the time."""
    return words.by(value)


def working_days(number: int) -> str:
    """“1 working day”, “5 working days”."""
    return counted(number, "working day")


def counted(number: int, thing: str, things: str = "") -> str:
    """“1 person”, “3 people”."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def nhs_number(value: str) -> str:
    """Ten digits in threes and fours, as they are read aloud."""
    return f"{value[:3]} {value[3:6]} {value[6:]}" if len(value) == 10 else value


def pounds(value: Decimal | str) -> str:
    """“£1,204.50”, of a sum or of the text that one is kept as."""
    return as_pounds(Decimal(value))


def _local(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


FILTERS: dict[str, Callable[..., Any]] = {
    each.__name__: each for each in (day, full_date, at, day_at, due, working_days, counted, nhs_number, pounds)
} | {"listed": words.listed}
