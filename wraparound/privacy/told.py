"""What a person is shown of whom their data reached: which organisation, in which role, what, why, and on which day.

Across all organisations of the scheme, and of no one who works there. What is about safeguarding is not in it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from wraparound.audit.models import What, Why
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.pathways.calendar import local
from wraparound.people.models import Person
from wraparound.privacy.plainly import role_said
from wraparound.referrals.paging import PAGE, Page, moment, page_of

_TOLD = "SELECT organisation, role, what, why, first_at, first_id, times FROM privacy_told(%s, %s, %s, %s)"
_BY_TIME = ("first_at", "first_id")


@dataclass(frozen=True)
class Told:
    """One line: all that was alike on one day. `role` is "" where something was sent to the organisation."""

    day: date
    organisation: str
    role: str
    what: str
    why: str
    times: int
    first_at: datetime
    first_id: int


def told(actor: Actor, person: Person, after: str = "", most: int = PAGE) -> Page:
    """Lines of `Told`, the latest day first, with the key of those after them.

    None where the person's record is not open to the actor, or is kept from them.
    """
    if not actor.can(Capability.SEE_PEOPLE):
        return Page([], "")
    with connection.cursor() as cursor:
        rows = cursor.execute(_TOLD, [person.pk, *_key(after), most + 1]).fetchall()
    return page_of([_line(*row) for row in rows], most, _BY_TIME)


def _key(after: str) -> tuple[datetime | None, int | None]:
    """A key that is none of ours begins at the beginning."""
    try:
        at, key = after.split("~")
        return moment(at), int(key)
    except (ValueError, OverflowError):
        return None, None


def _line(organisation: str, role: str, what: str, why: str, first_at: datetime, first_id: int, times: int) -> Told:
    return Told(
        local(first_at).date(),
        organisation,
        role_said(role),
        What(what).label,
        Why(why).label,
        times,
        first_at,
        first_id,
    )
