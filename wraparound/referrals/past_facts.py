"""What came into a scheme, as counts of referrals that were alike: what a draft of a pathway is tried on."""

from collections.abc import Iterable
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar

from django.db import connection

from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.pathways.calendar import LONDON
from wraparound.pathways.conditions import Facts
from wraparound.pathways.trial import Past
from wraparound.pathways.vocabulary import ClinicalReason, Entry, Need, UrgentFlag

Word = TypeVar("Word", bound=StrEnum)


def past_referrals(actor: Actor, since: datetime, until: datetime) -> list[Past]:
    """The actor's scheme's referrals from `since` to before `until`, each taken as made at midday of its day.

    Counts and nothing of any person: an administrator sees no record. Raises Refused.
    """
    actor.require(Capability.MANAGE_SCHEME)
    with connection.cursor() as cursor:
        rows = cursor.execute("SELECT * FROM referrals_facts(%s, %s)", [since, until]).fetchall()
    return [_past(*row) for row in rows]


def _past(
    entry: str, needs: list[str], flags: list[str], advice_ticked: bool, reason: str, day: date, count: int
) -> Past:
    facts = Facts(
        entry=Entry(entry),
        needs=_known(Need, needs),
        urgent_flags=_known(UrgentFlag, flags),
        advice_ticked=advice_ticked,
        clinical_reason=ClinicalReason(reason) if reason else None,
    )
    return Past(facts, datetime.combine(day, time(12), LONDON), count)


def _known(words: type[Word], said: Iterable[str]) -> frozenset[Word]:
    return frozenset(words(each) for each in said)
