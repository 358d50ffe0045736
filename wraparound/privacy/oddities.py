"""Looks at records that stand out. None of them is a fault by itself: each is a reason to ask.

Each kind says in words what it is, so that whoever is asked about can be told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from django.db import connection

from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.pathways.calendar import Calendar, local

MANY_IN_AN_HOUR = 30
OPENS, CLOSES = time(7), time(20)


class Oddity(StrEnum):
    OWN_RECORD = "own_record"
    SAME_SURNAME = "same_surname"
    MANY = "many"
    OUT_OF_HOURS = "out_of_hours"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def meaning(self) -> str:
        return _MEANINGS[self]


_LABELS = {
    Oddity.OWN_RECORD: "Perhaps their own record",
    Oddity.SAME_SURNAME: "Somebody of the same surname",
    Oddity.MANY: "Many records in an hour",
    Oddity.OUT_OF_HOURS: "Out of hours",
}
_MEANINGS = {
    Oddity.OWN_RECORD: "Every word of the worker’s name is in the person’s name, and the other way round.",
    Oddity.SAME_SURNAME: "The last word of the worker’s name is a word of the person’s surname. Many share a surname.",
    Oddity.MANY: f"One worker looked at more than {MANY_IN_AN_HOUR} people’s records within one hour of the clock.",
    Oddity.OUT_OF_HOURS: "On a weekend or bank holiday, before 7am or after 8pm, or on a weekday on which the worker’s "
    "own hours say that they do not work. London time.",
}


@dataclass(frozen=True)
class Odd:
    """One look that stands out. `count` is how many records, where there were many."""

    kind: Oddity
    access_id: int
    at: datetime
    user: str
    person_id: int
    person: str
    page: str
    count: int = 1


# Looks of the acting organisation alone, which row-level security holds too; a person whose record is closed to it
# meanwhile has no name here.
_LOOKS = """
    SELECT look.id, look.at, worker.name, look.person_id, coalesce(concat_ws(' ', nullif(person.given_names, ''),
           nullif(person.family_name, '')), ''), look.page,
           people_in_order(people_plain(worker.name, '')) = people_in_order(person.names_plain) AS own,
           string_to_array(people_plain('', person.family_name), ' ') @>
               (string_to_array(people_plain(worker.name, ''), ' '))[array_length(string_to_array(
                   people_plain(worker.name, ''), ' '), 1):] AS surname,
           hours.minutes, look.user_id
    FROM audit_access look
    JOIN organisations_user worker ON worker.id = look.user_id
    LEFT JOIN people_person person ON person.id = look.person_id
    LEFT JOIN LATERAL (
        SELECT time.minutes FROM organisations_membership member
        JOIN organisations_workingtime time ON time.membership_id = member.id
        WHERE member.user_id = look.user_id AND member.organisation_id = look.organisation_id LIMIT 1
    ) hours ON true
    WHERE look.scheme_id = %s AND look.organisation_id = %s AND look.at >= %s AND look.at < %s
      AND look.what IN ('look', 'document')
    ORDER BY look.at DESC, look.id DESC LIMIT %s
"""
MOST = 20_000


def odd_looks(actor: Actor, since: datetime, until: datetime, of: Calendar) -> list[Odd]:
    """What stands out among looks of the actor's organisation from `since` up to `until`, the newest first."""
    actor.require(Capability.INVESTIGATE)
    with connection.cursor() as cursor:
        rows = cursor.execute(_LOOKS, [actor.scheme_id, actor.organisation_id, since, until, MOST]).fetchall()
    found: list[Odd] = []
    hours: dict[tuple[int, datetime], list[Odd]] = {}
    seen: set[tuple[Oddity, int, int, object]] = set()
    for pk, at, user, person_id, person, page, own, surname, minutes, user_id in rows:
        here = local(at)
        kinds = [Oddity.OWN_RECORD] if own else [Oddity.SAME_SURNAME] if surname else []
        if out_of_hours(at, minutes, of):
            kinds.append(Oddity.OUT_OF_HOURS)
        for kind in kinds:
            # Once for each worker, person and day: reading on is one look to ask about.
            if (once := (kind, user_id, person_id, here.date())) not in seen:
                seen.add(once)
                found.append(Odd(kind, pk, at, user, person_id, person, page))
        hour = here.replace(minute=0, second=0, microsecond=0)
        hours.setdefault((user_id, hour), []).append(Odd(Oddity.MANY, pk, at, user, person_id, person, page))
    return sorted([*found, *_many(list(hours.values()))], key=lambda odd: (odd.at, odd.access_id), reverse=True)


def _many(hours: Sequence[list[Odd]]) -> list[Odd]:
    found = []
    for looks in hours:
        people = len({look.person_id for look in looks})
        if people > MANY_IN_AN_HOUR:
            first = looks[-1]
            found.append(
                Odd(Oddity.MANY, first.access_id, first.at, first.user, first.person_id, "", first.page, people)
            )
    return found


def out_of_hours(at: datetime, minutes: Sequence[int] | None, of: Calendar) -> bool:
    """Whether a look was outside the hours in which a service works, or on a weekday that is not the worker's."""
    here = local(at)
    if not of.is_working_day(here.date()) or not OPENS <= here.time() < CLOSES:
        return True
    return minutes is not None and not minutes[here.weekday()]
