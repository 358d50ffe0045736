"""By when a request is answered. Pure: days in, day out.

UK GDPR article 12(3): within one month of receipt, or three where it is complex or one of many, if the person is told
so within the first; article 12(6) and 12A (Data (Use and Access) Act 2025): not before it is known who asks. A month is
counted as the Information Commissioner's guidance on the right of access does: to the same day of the next month, its
last day where there is none, and the next working day where that is none. To be checked by the deployer's information
governance lead.
"""

import calendar
from datetime import date, timedelta

from wraparound.pathways.calendar import Calendar

MONTHS = 1
LONGEST_MONTHS = 3


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due_on(asked: date, identity: date, of: Calendar, *, extended: bool = False) -> date:
    """The last day to answer a request that came on `asked`, from somebody known since `identity`."""
    begins = max(asked, identity)
    day = months_after(begins, LONGEST_MONTHS if extended else MONTHS)
    while not of.is_working_day(day):
        day += timedelta(days=1)
    return day
