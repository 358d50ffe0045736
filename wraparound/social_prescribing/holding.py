"""What every change of a conversation or a plan begins with: the case, open, of social prescribing, and locked."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from wraparound.casework.models import Case
from wraparound.events.action import Refused
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Service
from wraparound.referrals.models import Referral
from wraparound.referrals.moves import worked_on
from wraparound.social_prescribing.models import LEAST, MOST

PRESSED_TWICE = timedelta(minutes=1)
FURTHEST = timedelta(days=2 * 366)


def prescribes(referral: Referral) -> bool:
    """Whether the work is social prescribing, or both services in one."""
    return Service.SOCIAL_PRESCRIBING in (referral.service, *referral.joined)


def hold(case: Case, *, by: Actor) -> Case:
    """The case as it is now. Its referral's row is locked, so that of two who write at once the second sees the first.

    Case.DoesNotExist and Referral.DoesNotExist when it is not the actor's to see; Refused `not_allowed`,
    `not_social_prescribing`, or `too_late` once it is closed.
    """
    by.require(Capability.WRITE_NOTES)
    worked_on(case.referral, by=by)
    held: Case = Case.objects.visible_to(by).select_related("referral").get(pk=case.pk)
    if not prescribes(held.referral):
        raise Refused("not_social_prescribing", "A conversation and plan belong to social prescribing.")
    if held.closed_at is not None:
        raise Refused("too_late", "This work is closed. Open it again to go on with the plan.")
    return held


def own(case: Case, by: Actor) -> dict[str, Any]:
    """The columns that say whose a row is."""
    return {
        "scheme_id": by.scheme_id,
        "organisation_id": by.organisation_id,
        "case_id": case.pk,
        "person_id": case.person_id,
    }


def not_twice(same: QuerySet[Any], at: datetime, name: str) -> None:
    """The same again within a minute is a button pressed twice; `name` is the column that says when."""
    if same.filter(**{f"{name}__gte": at - PRESSED_TWICE}).exists():
        raise Refused("already_saved", "This is saved already.")


def written(text: str, most: int, field: str, missing: str) -> str:
    """The text in one line. Refused where there is none, or too much."""
    said = " ".join(text.split())
    if not said:
        raise Refused("empty", missing, field)
    if len(said) > most:
        raise Refused("too_long", f"Write it in {most} characters or fewer; this has {len(said)}.", field)
    return said


def ahead(day: date | None, field: str, *, by: Actor) -> date | None:
    """The day, or none. Refused where it is over or further than two years off."""
    if day is not None and not by.today() <= day <= by.today() + FURTHEST:
        raise Refused("wrong_day", "The day must be today or later, within two years.", field)
    return day


def on_scale(number: int | None, field: str) -> int | None:
    if number is not None and not LEAST <= number <= MOST:
        raise Refused("off_scale", f"It must be a number from {LEAST} to {MOST}.", field)
    return number


def tell(name: str, case: Case, *, by: Actor, **data: str) -> None:
    """An event that nobody outside the organisation is told: that there is a goal says something too."""
    record(name, by=by, person_id=case.person_id, journey_id=case.journey_id, referral_id=case.referral_id, data=data)
