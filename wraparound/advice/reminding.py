"""The clock of time limits: each is spoken of at set days, and what becomes near is urgent from that day."""

from wraparound.advice.models import TimeLimit
from wraparound.advice.nearest import keep_nearest
from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability

# How many days before the last day it is spoken of; 0 is the day itself, -1 the day after.
AT_DAYS = (28, 14, 7, 3, 1, 0, -1)


def day_reached(days_left: int) -> int | None:
    """The last of the set days that has come, when so many days are left; None before the first."""
    return min((at for at in AT_DAYS if days_left <= at), default=None)


@action
def remind(*, by: Actor, limit: TimeLimit) -> TimeLimit:
    """Say that a set day has come. Refused where it has been said, or nothing runs any more."""
    by.require(Capability.LET_TIME_PASS)
    rows = TimeLimit.objects.visible_to(by).select_related("case", "matter")
    held: TimeLimit = rows.select_for_update(of=("self",)).get(pk=limit.pk)
    at = day_reached((held.last_day - by.today()).days) if held.last_day and held.running else None
    if at is None or at == held.reminded:
        raise Refused("not_yet", "Nothing is to be said of this time limit today.")
    held.reminded = at
    held.save(update_fields=["reminded"])
    record(
        "time_limit_near",
        by=by,
        person_id=held.person_id,
        journey_id=held.case.journey_id,
        referral_id=held.case.referral_id,
        data={"time_limit": held.pk, "matter": held.matter_id, "days": at, "worker": held.matter.worker_id},
    )
    keep_nearest(held.case_id, by=by)
    return held
