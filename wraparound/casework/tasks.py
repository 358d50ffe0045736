"""What follows, in a service's own work, from what the clock did to its referral."""

from typing import Any

from wraparound.casework.models import Case
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor
from wraparound.organisations.jobs import job
from wraparound.referrals.models import Referral


def end_case(event: Event, by: Any) -> None:
    """Handler: the clock has ended a referral, so its case is no longer open."""
    close_case_of.later(by=by, referral_id=event.referral_id)


@job()
def close_case_of(*, by: Actor, referral_id: int) -> None:
    """Mark the case closed, if there is one and nobody has yet."""
    Case.objects.visible_to(by).filter(referral_id=referral_id, closed_at=None).update(closed_at=by.now())


def follow_worker(event: Event, by: Any) -> None:
    """Handler: another worker has the referral now, so the case is theirs."""
    give_case_to_worker.later(by=by, referral_id=event.referral_id)


@job()
def give_case_to_worker(*, by: Actor, referral_id: int) -> None:
    """Let the case, where there is one, be whose its referral is now."""
    worker_id = Referral.objects.visible_to(by).values_list("worker_id", flat=True).get(pk=referral_id)
    if worker_id is not None:
        Case.objects.visible_to(by).filter(referral_id=referral_id).update(worker_id=worker_id)
