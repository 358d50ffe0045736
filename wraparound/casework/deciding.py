"""What a supervisor decides when all tries are made and nobody may simply stop: go on, write, or stop."""

from wraparound.casework.models import Case
from wraparound.casework.to_do import new_task
from wraparound.events.action import action
from wraparound.organisations.actor import Actor
from wraparound.organisations.pathways import calendar_of, pathway_of
from wraparound.organisations.roles import Capability
from wraparound.pathways.calendar import local
from wraparound.referrals.models import Referral
from wraparound.referrals.moves import move

WRITE_WITHIN = 1


@action
def go_on_trying(*, by: Actor, case: Case) -> Referral:
    """The worker tries again; the tries are counted anew."""
    by.require(Capability.SUPERVISE)
    return move(case.referral, "keep_trying", by=by, attempts=0, data={"decision": "go_on"})


@action
def write_instead(*, by: Actor, case: Case) -> Referral:
    """The worker writes to the person, and goes on trying meanwhile."""
    by.require(Capability.SUPERVISE)
    moved = move(case.referral, "keep_trying", by=by, attempts=0, data={"decision": "write"})
    held = Case.objects.visible_to(by).select_related("journey", "person").get(pk=case.pk)
    calendar = calendar_of(pathway_of(held.journey.pathway_version_id))
    due_on = local(calendar.add_working_days(by.now(), WRITE_WITHIN)).date()
    title = "Write to them: how you tried to reach them, and how they can reach you"
    new_task(by=by, title=title, due_on=due_on, case=held, worker_id=moved.worker_id, made_by_id=by.user_id)
    return moved
