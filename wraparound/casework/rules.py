"""Pure decisions of a service's own work: when somebody was tried often enough, and who may stop trying."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wraparound.pathways.calendar import local

MIDDAY, EVENING_FROM = 12, 17
# With this many tries, they are to be at different times of the day.
SPREAD_FROM, FEWEST_PARTS = 3, 2


class PartOfDay(StrEnum):
    """When in the day somebody was tried, in London."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


def part_of_day(moment: datetime) -> PartOfDay:
    """Morning before midday, evening from 5pm."""
    hour = local(moment).hour
    if hour < MIDDAY:
        return PartOfDay.MORNING
    return PartOfDay.AFTERNOON if hour < EVENING_FROM else PartOfDay.EVENING


@dataclass(frozen=True)
class Tries:
    """Tries since somebody was last in contact: on how many days, in which parts of the day, and how many are wanted.

    They are enough on `needed` different days and, where three or more are needed, in two parts of the day.
    """

    days: int
    parts: frozenset[PartOfDay]
    needed: int

    @property
    def missing_days(self) -> int:
        return max(0, self.needed - self.days)

    @property
    def other_times(self) -> tuple[PartOfDay, ...]:
        """The parts of the day of which one is still wanted; none when the tries are spread enough."""
        if self.needed < SPREAD_FROM or len(self.parts) >= FEWEST_PARTS or not self.parts:
            return ()
        return tuple(part for part in PartOfDay if part not in self.parts)

    @property
    def missing(self) -> int:
        """How many more tries there must be at least."""
        return max(self.missing_days, 1 if self.other_times else 0)

    @property
    def counted(self) -> int:
        """How far they have come, of `needed`: what the pathway's clock goes by."""
        return self.needed - self.missing

    @property
    def what_is_missing(self) -> str:
        """“Try once more, in the evening.”; empty when the tries are enough."""
        if not self.missing:
            return ""
        when = " or ".join(f"in the {part}" for part in self.other_times)
        if self.missing == 1:
            times, day = "once more", "on another day" if self.missing_days else ""
        else:
            times, day = f"on {self.missing} more days", ""
            when = f"at least once {when}" if when else ""
        return ", ".join(filter(None, (f"Try {times}", day, when))) + "."


def so_far(moments: Iterable[datetime], needed: int) -> Tries:
    """What tries at these moments come to, by days and hours in London. ValueError for a moment without time zone."""
    tried = list(moments)
    days = {local(moment).date() for moment in tried}
    return Tries(len(days), frozenset(part_of_day(moment) for moment in tried), needed)


class Stopping(StrEnum):
    """What stands between a worker and the end of trying."""

    NOT_YET = "not_yet"
    SUPERVISOR = "supervisor"
    MAY = "may"


def stopping(tries: Tries, *, urgent: bool, marked: bool) -> Stopping:
    """Whether trying may end. `urgent`: a flag holds here; `marked`: for safeguarding, or with a legal deadline."""
    if tries.missing:
        return Stopping.NOT_YET
    return Stopping.SUPERVISOR if urgent or marked else Stopping.MAY
