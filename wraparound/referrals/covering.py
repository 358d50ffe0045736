"""Whose people somebody looks after while they are away: the cover sees and may do what waits for them."""

from wraparound.organisations.actor import Actor
from wraparound.organisations.away import covers_now
from wraparound.referrals.models import Referral, ReferralQuerySet


def covered_by(actor: Actor) -> frozenset[int]:
    """Users whose people the actor looks after today, in the actor's organisation. Asked once in a transaction."""
    return frozenset(leave.membership.user_id for leave in covers_now(actor))


def waits_for(actor: Actor, referral: Referral) -> bool:
    """It is the actor's own, or that of somebody whom they cover in the organisation that has it."""
    if referral.worker_id is None or referral.worker_id == actor.user_id:
        return referral.worker_id is not None
    return referral.to_organisation_id == actor.organisation_id and referral.worker_id in covered_by(actor)


def own_and_covered(actor: Actor, team: ReferralQuerySet) -> ReferralQuerySet:
    """Of `team`, the open referrals of the actor's team: the actor's own, and those they cover for in any team."""
    covered = covers_now(actor)
    if not covered:
        return team.filter(worker_id=actor.user_id)
    users = {actor.user_id, *(leave.membership.user_id for leave in covered)}
    teams = {actor.team_id, *(leave.membership.team_id for leave in covered)}
    # Somebody without a team of their own works for every team of the organisation.
    rows = Referral.objects.filter(scheme_id=actor.scheme_id, to_organisation_id=actor.organisation_id).open()
    rows = rows if None in teams else rows.filter(to_team_id__in=teams)
    return rows.filter(worker_id__in=users)
