"""Opening work again that was closed, when the person comes back."""

from datetime import datetime

from wraparound.casework.models import Case
from wraparound.events.action import Refused, action
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.pathways.calendar import local
from wraparound.people.models import Involvement
from wraparound.people.recording import involve
from wraparound.referrals.models import WITH_A_TEAM, Referral
from wraparound.referrals.moves import move
from wraparound.referrals.transferring import end_offers

MONTHS = 12


@action
def reopen(*, by: Actor, case: Case) -> Case:
    """Take the person on again within twelve months of closing, by the team that closed it. Promises count from now."""
    by.require(Capability.WORK_REFERRALS)
    held: Case = Case.objects.visible_to(by).select_related("referral__to_team").get(pk=case.pk)
    if by.team_id not in (None, held.team_id):
        raise Refused("not_yours", f"{held.referral.to_team.name} closed this, and may open it again.")
    if held.referral.ended_at and by.now() > last_day(held.referral.ended_at):
        raise Refused("too_long_ago", f"This ended more than {MONTHS} months ago. Make a new referral instead.")
    with_them = Referral.objects.visible_to(by).filter(
        journey_id=held.journey_id, to_team_id=held.team_id, status__in=WITH_A_TEAM
    )
    if with_them.exclude(pk=held.referral_id).exists():
        raise Refused("with_you", "They are with your team already on this journey.")
    move(held.referral, "reopen", by=by, worker_id=by.user(), attempts=0, outcome="", counted_from=by.now())
    end_offers(held.referral, by=by)
    involve(held.person_id, {by.organisation_id: Involvement.Reason.WORKING}, by=by)
    held.closed_at, held.worker_id = None, by.user()
    held.save(update_fields=["closed_at", "worker_id"])
    return held


def last_day(ended: datetime) -> datetime:
    """Until when work that ended then may be opened again: the end of the same day, twelve months on."""
    here = local(ended)
    day = 28 if (here.month, here.day) == (2, 29) else here.day
    return here.replace(year=here.year + 1, day=day, hour=23, minute=59, second=59, microsecond=0)
