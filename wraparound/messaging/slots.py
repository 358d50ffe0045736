"""When digests go: values in, moments out."""

from datetime import UTC, date, datetime, time, timedelta

from wraparound.pathways.calendar import LONDON, Calendar, local

SENT_FROM = time(7, 30)
# A little earlier, so that what is being written down at half past is whole in the next one.
COUNTED_TO = time(7, 15)


def daily_slot(now: datetime, calendar: Calendar) -> datetime | None:
    """The moment (UTC) up to which today's digest counts; None when none goes now: too early, or no working day."""
    here = local(now)
    if not calendar.is_working_day(here.date()) or here.time() < SENT_FROM:
        return None
    return _counted_to(here.date())


def weekly_slot(now: datetime, calendar: Calendar) -> datetime | None:
    """The same for this week's digest: of its first working day, also when it goes later in the week."""
    if daily_slot(now, calendar) is None:
        return None
    today = local(now).date()
    week = (today - timedelta(days=today.weekday() - each) for each in range(today.weekday() + 1))
    return _counted_to(next(day for day in week if calendar.is_working_day(day)))


def _counted_to(day: date) -> datetime:
    return datetime.combine(day, COUNTED_TO, LONDON).astimezone(UTC)
