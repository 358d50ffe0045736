"""By when an answer is due. Pure: values in, a moment out."""

from datetime import date, datetime, time

from wraparound.pathways.calendar import LONDON, Calendar

ANSWERED_WITHIN, FAST = 10, 2


def due_at(asked_at: datetime, *, deadline_on: date | None, special_rules: bool, calendar: Calendar) -> datetime:
    """Ten working days on, two under the special rules; sooner where the deadline is, and never before it was asked.

    `deadline_on` is the day by which the adviser must have sent it: the answer is due at 17:00 the day before.
    """
    due = calendar.add_working_days(asked_at, FAST if special_rules else ANSWERED_WITHIN)
    if deadline_on is None:
        return due
    before = datetime.combine(date.fromordinal(deadline_on.toordinal() - 1), time(17), LONDON)
    return max(asked_at, min(due, before.astimezone(due.tzinfo)))
