"""When a concern has been left, and by when its owner looks at it again: values in, decision out."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from wraparound.pathways.calendar import Calendar
from wraparound.safeguarding.states import ConcernStatus

REVIEWED_WITHIN = timedelta(days=7)
GP_DECIDED_WITHIN = 2


class Left(StrEnum):
    """Why an open concern is before everybody who may answer."""

    UNOWNED = "unowned"
    OWNER_GONE = "owner_gone"
    OWNER_AWAY = "owner_away"
    UNTOUCHED = "untouched"


def left(status: ConcernStatus, *, due: bool, owner_here: bool, owner_away: bool) -> Left | None:
    """Why it is before everybody, or None while it is somebody's.

    `due`: its time has run out. `owner_here`: its owner works with people in the organisation now. `owner_away`: and is
    away until after it is due.
    """
    if status is ConcernStatus.ENDED:
        return None
    if status is ConcernStatus.RAISED:
        return Left.UNOWNED if due else None
    if not owner_here:
        return Left.OWNER_GONE
    if owner_away:
        return Left.OWNER_AWAY
    return Left.UNTOUCHED if due else None


def away_past(absences: Iterable[tuple[date, date]], today: date, due_on: date) -> bool:
    """Whether somebody is away today and comes back too late to look on the day. Each with its first and last day."""
    return any(starts <= today <= ends and ends >= due_on for starts, ends in absences)


def look_again_by(since: datetime, *, gp_undecided: bool, calendar: Calendar) -> datetime:
    """By when an owner who did something `since` looks again: sooner while the practice is to be decided on."""
    if gp_undecided:
        return calendar.add_working_days(since, GP_DECIDED_WITHIN)
    return calendar.open_from(since + REVIEWED_WITHIN)
