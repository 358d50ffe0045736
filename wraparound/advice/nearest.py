"""The nearest time limit of a case, kept where lists are ordered by it."""

from datetime import timedelta

from wraparound.advice.models import TimeLimit
from wraparound.casework.models import Case
from wraparound.organisations.actor import Actor
from wraparound.referrals.hurrying import keep_limit

# From here on what is not done is urgent: the days in which most time limits here are lost.
NEAR = timedelta(days=14)


def keep_nearest(case_id: int, *, by: Actor) -> None:
    """Write the case's nearest running last day on the case, and what it means on the referral.

    A running time limit without a day counts as near: nobody knows that it is not.
    """
    case = Case.objects.visible_to(by).select_for_update(of=("self",)).get(pk=case_id)
    days = list(TimeLimit.objects.visible_to(by).filter(case=case, ended_at=None).values_list("last_day", flat=True))
    known = [day for day in days if day is not None]
    case.limit_on = min(known, default=None)
    case.save(update_fields=["limit_on"])
    near = None in days or (case.limit_on is not None and case.limit_on <= by.today() + NEAR)
    keep_limit(case.referral_id, runs=bool(days), near=near, by=by)
