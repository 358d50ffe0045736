"""Giving several people at once to another worker, or sharing them out among several, as when a worker leaves."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from wraparound.casework.models import Case, Task
from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.away import workers_of
from wraparound.organisations.models import Membership, User
from wraparound.organisations.roles import Capability
from wraparound.organisations.sharing import deal
from wraparound.pathways.vocabulary import Status
from wraparound.referrals.loads import loads, people_by_worker
from wraparound.referrals.models import IN_HAND, Referral, ReferralQuerySet
from wraparound.referrals.moves import move
from wraparound.referrals.sharing_out import candidates_of, lock_teams, note_given, works_in

MOST = 200
UNCLAIMED = (Status.SENT, Status.WAITING)


class Why(StrEnum):
    """Why people are given to somebody else."""

    LEFT = "left"
    AWAY = "away"
    LOAD = "load"
    BETTER_PLACED = "better_placed"
    ARRIVED = "arrived"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            Why.LEFT: "The worker is leaving or has left",
            Why.AWAY: "The worker is away for long",
            Why.LOAD: "The worker has too many people",
            Why.BETTER_PLACED: "Somebody else is better placed to help",
            Why.ARRIVED: "Nobody has taken them yet",
            Why.OTHER: "Another reason",
        }[self]


@dataclass(frozen=True)
class Share:
    """One person's referral, and who would be given it: None when nobody of those chosen has room."""

    referral: Referral
    to: User | None


@action
def reassign(*, by: Actor, referrals: Sequence[Referral], to_worker: User, why: Why) -> list[Referral]:
    """Give up to 200 people to one worker: all of them or none. Their cases and open tasks go with them.

    Refused: `not_allowed`, `nobody`, `too_many`, `no_colleague`, `has_it`, `changed`, and what stands against a move.
    """
    return _give(by, [(referral, to_worker) for referral in referrals], why)


@action
def reassign_shared(*, by: Actor, shares: Sequence[tuple[Referral, User]], why: Why) -> list[Referral]:
    """Give each person to the worker beside them: all of them or none. Refused as `reassign`."""
    return _give(by, shares, why)


def _give(by: Actor, shares: Sequence[tuple[Referral, User]], why: Why) -> list[Referral]:
    by.require(Capability.SHARE_OUT)
    if not shares:
        raise Refused("nobody", "Select at least one person.", "referrals")
    if len(shares) > MOST:
        raise Refused("too_many", f"Give at most {MOST} people at once. This is {len(shares)}.", "referrals")
    lock_teams(by, {referral.to_team_id for referral, _ in shares})
    locked = _locked(by, [referral.pk for referral, _ in shares])
    colleagues: dict[tuple[int, int], Membership] = {}
    given = []
    for seen, worker in sorted(shares, key=lambda share: share[0].pk):
        now = locked[seen.pk]
        _check_unchanged(seen, now, worker)
        if (now.to_team_id, worker.pk) not in colleagues:
            colleagues[now.to_team_id, worker.pk] = works_in(by, now.to_team_id, worker)
        given.append(_give_one(by, now, worker))
    note_given(colleagues.values(), by.now())
    by_worker = {worker.pk: sum(to.pk == worker.pk for _, to in shares) for _, worker in shares}
    # For the organisation alone: why somebody's people go to others says something of the worker.
    record("people_given", by=by, data={"why": why, "to": by_worker})
    return given


def _locked(by: Actor, ids: Collection[int]) -> Mapping[int, Referral]:
    """The referrals as they are now. Referral.DoesNotExist when one is not the actor's to see."""
    rows = Referral.objects.visible_to(by).select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    found = {referral.pk: referral for referral in rows}
    if set(ids) - set(found):
        raise Referral.DoesNotExist
    return found


def _check_unchanged(seen: Referral, now: Referral, worker: User) -> None:
    if now.worker_id == worker.pk:
        raise Refused("has_it", f"{worker.name} has {now.person.name} already. Nothing was changed.", "referrals")
    if now.worker_id != seen.worker_id:
        sentence = f"{now.person.name} was given to somebody else meanwhile. Nothing was changed: look again."
        raise Refused("changed", sentence, "referrals")


def _give_one(by: Actor, referral: Referral, worker: User) -> Referral:
    verb = "assign" if Status(referral.status) in UNCLAIMED else "reassign"
    told = {"worker": worker.pk, "was": referral.worker_id}
    given = move(referral, verb, by=by, worker_id=worker.pk, data=told)
    Case.objects.visible_to(by).filter(referral_id=referral.pk).update(worker_id=worker.pk)
    tasks = Task.objects.visible_to(by).filter(case__referral_id=referral.pk, worker_id=referral.worker_id)
    tasks.filter(done_at=None).update(worker_id=worker.pk)
    return given


@dataclass(frozen=True)
class Holder:
    """Somebody with people in hand, whether they still work here or not."""

    user_id: int
    name: str
    people: int


def holders(actor: Actor) -> list[Holder]:
    """Who has people in hand, of the actor's team or else organisation; by name."""
    if not actor.can(Capability.SEE_WORKLIST):
        return []
    people = people_by_worker(loads(actor), actor.team_id)
    users = User.objects.filter(pk__in=people).order_by("name", "pk")
    return [Holder(user.pk, user.name, people[user.pk]) for user in users]


def left_behind(actor: Actor) -> list[Holder]:
    """Those of the holders who do not work in the organisation any more: nobody looks after their people."""
    here = {member.user_id for member in workers_of(actor)}
    return [each for each in holders(actor) if each.user_id not in here]


def people_of(actor: Actor, user_id: int | None, most: int = MOST) -> list[Referral]:
    """What one user has in hand, or with None what nobody has taken; urgent first, then due first.

    Of the actor's team, or of every team of the organisation where the actor has none.
    """
    rows = _work_of(actor)
    if user_id is None:
        rows = rows.filter(worker=None, status=Status.SENT)
    else:
        rows = rows.filter(worker_id=user_id, status__in=IN_HAND)
    rows = rows.select_related("person", "journey", "to_team", "worker", "from_organisation")
    return list(rows.order_by("rank", "due_at", "pk")[:most])


def _work_of(actor: Actor) -> ReferralQuerySet:
    return Referral.objects.visible_to(actor).to_team_of(actor)


def shared(actor: Actor, referrals: Iterable[Referral], among: Collection[int]) -> list[Share]:
    """Who would be given each, by the lightest load of those among the user ids `among`, in each one's own team.

    The urgent are given first. Nothing is changed.
    """
    in_order = sorted(referrals, key=lambda each: (each.rank, each.due_at is None, each.due_at, each.pk))
    users = {member.user_id: member.user for member in workers_of(actor)}
    shares = []
    for team in {each.to_team_id: each.to_team for each in in_order}.values():
        theirs = [each for each in in_order if each.to_team_id == team.pk]
        candidates = [each for each in candidates_of(actor, team) if each.user_id in among]
        # Nobody is given whom they have already.
        candidates = [each for each in candidates if each.user_id not in {referral.worker_id for referral in theirs}]
        dealt = deal(len(theirs), candidates, actor.now())
        shares += [Share(referral, users[to] if to else None) for referral, to in zip(theirs, dealt, strict=True)]
    return shares
