"""Giving what has arrived at a team to its workers: by hand, or by the lightest load where the team shares out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wraparound.events.action import Refused, action
from wraparound.events.models import Event
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.away import away_until_of, hours_of, workers_of
from wraparound.organisations.models import Membership, Team, User, WorkingTime
from wraparound.organisations.roles import Capability
from wraparound.organisations.sharing import Bar, Candidate, deal
from wraparound.pathways.vocabulary import Status
from wraparound.referrals.loads import loads, people_by_worker
from wraparound.referrals.models import IN_HAND, Referral, ReferralQuerySet
from wraparound.referrals.moves import move

MOST_AT_ONCE = 200
GIVEN = ("referral_assign", "referral_reassign")
WHY_NOBODY = {
    Bar.AWAY: "away",
    Bar.FULL: "full",
    Bar.NOT_TAKING_NEW: "taking nobody new",
    Bar.NO_HOURS: "without hours",
}


@action
def assign(*, by: Actor, referral: Referral, worker: User) -> Referral:
    """Give a referral that nobody has accepted to a worker of its team, who then accepts or declines it.

    Refused: `not_allowed`, `too_late`, `no_colleague`, `has_it`.
    """
    by.require(Capability.SHARE_OUT)
    seen = Referral.objects.visible_to(by).get(pk=referral.pk)
    if seen.worker_id == worker.pk:
        raise Refused("has_it", f"{worker.name} has it already.", "worker")
    lock_teams(by, [seen.to_team_id])
    given = move(seen, "assign", by=by, worker_id=worker.pk, data={"worker": worker.pk})
    note_given([works_in(by, given.to_team_id, worker)], by.now())
    return given


@action
def share_out(*, by: Actor, team: Team) -> list[Referral]:
    """Give each unclaimed referral of a team to the worker with the lightest load, the urgent first; those given.

    What nobody can take stays unclaimed. The team's row is locked first, so that of two at once the second sees what
    the first gave. Refused: `not_allowed`, `nothing_to_share`, `nobody_can`.
    """
    by.require(Capability.SHARE_OUT)
    locked = lock_teams(by, [team.pk])
    if not locked:
        raise Team.DoesNotExist
    return _share_out_of(locked[0], by)


def _share_out_of(team: Team, by: Actor) -> list[Referral]:
    # Held from here on: nobody claims one of these meanwhile, and one that somebody is just claiming is left to them.
    held = unclaimed(by, team).select_for_update(of=("self",), skip_locked=True)
    waiting = list(held.order_by("rank", "sent_at", "pk")[:MOST_AT_ONCE])
    if not waiting:
        raise Refused("nothing_to_share", "Nothing is unclaimed.")
    candidates = candidates_of(by, team)
    users = {user.pk: user for user in User.objects.filter(pk__in=[each.user_id for each in candidates])}
    dealt = deal(len(waiting), candidates, by.now())
    given = [
        assign(by=by, referral=referral, worker=users[user_id])
        for referral, user_id in zip(waiting, dealt, strict=True)
        if user_id
    ]
    if not given:
        raise Refused("nobody_can", f"Nobody can take anybody now: {why_nobody(candidates, by)}.")
    record("referrals_shared_out", by=by, data={"team": team.pk, "given": len(given), "of": len(waiting)})
    return given


def lock_teams(by: Actor, ids: Collection[int]) -> list[Team]:
    """The actor's organisation's own among these teams, locked in one order before anything of theirs is given."""
    own = Team.objects.filter(scheme_id=by.scheme_id, organisation_id=by.organisation_id, pk__in=ids)
    return list(own.select_for_update(no_key=True).order_by("pk"))


def works_in(by: Actor, team_id: int, worker: User) -> Membership:
    """The membership by which somebody answers a team's referrals; Refused `no_colleague` when they do not."""
    found = [each for each in workers_of(by) if each.user_id == worker.pk and each.team_id in (team_id, None)]
    if not found:
        raise Refused("no_colleague", f"{worker.name} does not work in this team. Choose somebody who does.", "worker")
    return min(found, key=lambda each: each.team_id is None)


def note_given(members: Iterable[Membership], at: datetime) -> None:
    """Remember when each was last given somebody, so that of equals the next is another's."""
    WorkingTime.objects.filter(membership__in=list(members)).update(last_given_at=at)


def unclaimed(actor: Actor, team: Team) -> ReferralQuerySet:
    """What has arrived at a team and nobody has taken."""
    return Referral.objects.visible_to(actor).filter(to_team=team, status=Status.SENT, worker=None)


def candidates_of(actor: Actor, team: Team) -> list[Candidate]:
    """The team's workers who have hours, as sharing out sees them. Three questions whatever their number."""
    members = [member for member in workers_of(actor, team.pk) if hours_of(member)]
    held = people_by_worker(loads(actor), team.pk)
    away = away_until_of(members, actor.today())
    return [candidate(each, held.get(each.user_id, 0), away.get(each.pk)) for each in members]


def candidate(member: Membership, people: int, away_until: date | None) -> Candidate:
    """A member with hours, who has so many people in hand, as sharing out sees them."""
    hours = hours_of(member)
    assert hours is not None
    return Candidate(
        user_id=member.user_id,
        weight=hours.weight,
        minutes=hours.minutes,
        open=people,
        places=hours.places,
        away_until=away_until,
        takes_new=hours.takes_new,
        last_given_at=hours.last_given_at,
    )


def why_nobody(candidates: Collection[Candidate], actor: Actor) -> str:
    """What stands against each, as “2 are away, 1 is full”."""
    if not candidates:
        return "no worker of the team has hours yet"
    today = actor.today()
    bars = [bar for each in candidates if (bar := each.bar(today))]
    counts = {bar: bars.count(bar) for bar in Bar if bar in bars}
    return ", ".join(f"{number} {'is' if number == 1 else 'are'} {WHY_NOBODY[bar]}" for bar, number in counts.items())


@dataclass(frozen=True)
class Given:
    """A referral that somebody else, or the sharing out, gave to its worker. `by` is None when it was shared out."""

    referral: Referral
    at: datetime
    by: User | None


def given_since(actor: Actor, since: datetime, most: int = 50) -> list[Given]:
    """What others gave to the actor from `since` on and they still have, the latest first. Two questions."""
    mine = Referral.objects.visible_to(actor).to_team_of(actor).filter(worker_id=actor.user_id, status__in=IN_HAND)
    held = {each.pk: each for each in mine.select_related("person", "journey", "from_organisation")}
    if not held:
        return []
    events = Event.objects.filter(
        scheme_id=actor.scheme_id,
        organisation_ids__contains=[actor.organisation_id],
        referral_id__in=held,
        name__in=GIVEN,
        occurred_at__gte=since,
        data__worker=actor.user_id,
    ).select_related("by_user")
    latest: dict[Any, Event] = {}
    for event in events.order_by("-occurred_at", "-pk"):
        latest.setdefault(event.referral_id, event)
    told = [Given(held[pk], event.occurred_at, event.by_user) for pk, event in latest.items()]
    return [each for each in told if each.by is None or each.by.pk != actor.user_id][:most]
