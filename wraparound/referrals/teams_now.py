"""How a team stands now: its room, what its workers have in hand and when they are here. For those who manage it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wraparound.organisations.actor import Actor
from wraparound.organisations.away import (
    FORTNIGHT,
    away_until_of,
    hours_of,
    leave_between,
    workers_of,
)
from wraparound.organisations.models import Leave, Membership, Team, WorkingTime
from wraparound.organisations.reading import own_teams
from wraparound.organisations.sharing import Bar, choose
from wraparound.referrals.capacity import Room, capacity_of
from wraparound.referrals.loads import Load, loads, people_by_worker
from wraparound.referrals.sharing_out import candidate, why_nobody


@dataclass(frozen=True)
class WorkerNow:
    """One worker: `people` in hand, what stands against giving them more, and their leave of the next fortnight."""

    member: Membership
    hours: WorkingTime | None
    people: int
    bar: Bar | None
    away_until: date | None
    leave: Sequence[Leave]


@dataclass(frozen=True)
class TeamNow:
    """One team: its room, its workers by name, and how many are unclaimed.

    `can_share` when somebody can be given one of those now. `nobody` says why nobody can, "" where there is nothing
    to say: where nobody's hours are known and the team does not share out, people claim for themselves.
    """

    team: Team
    room: Room
    workers: Sequence[WorkerNow]
    unclaimed: int
    can_share: bool
    nobody: str


def team_row(actor: Actor, pk: int) -> Team:
    """One of the organisation's teams. Team.DoesNotExist for any other."""
    return Team.objects.get(pk=pk, scheme_id=actor.scheme_id, organisation_id=actor.organisation_id)


def teams_now(actor: Actor) -> list[TeamNow]:
    """The teams that the actor looks after, each as it stands. Six questions whatever their number.

    Workers without a team of their own stand with each.
    """
    teams = list(own_teams(actor))
    rooms = capacity_of(actor.scheme_id, team_ids=[team.pk for team in teams], today=actor.today())
    held = loads(actor)
    workers = _workers(actor, held)
    unclaimed = {load.team_id: load.unclaimed for load in held if load.worker_id is None}
    return [
        _team(actor, team, rooms[team.pk], [each for each in workers if each.member.team_id in (team.pk, None)],
              unclaimed.get(team.pk, 0))
        for team in teams
    ]  # fmt: skip


def workers_now(actor: Actor) -> list[WorkerNow]:
    """Those who work with people in the teams that the actor looks after; by name."""
    mine = {actor.team_id, None}
    return [each for each in _workers(actor, loads(actor)) if actor.team_id is None or each.member.team_id in mine]


def _team(actor: Actor, team: Team, room: Room, workers: list[WorkerNow], unclaimed: int) -> TeamNow:
    candidates = [
        candidate(each.member, each.people, each.away_until)
        for each in workers
        if each.hours and each.member.team_id == team.pk
    ]
    can_share = unclaimed > 0 and choose(candidates, actor.now()) is not None
    stuck = unclaimed > 0 and not can_share and (team.shares_out or bool(candidates))
    return TeamNow(team, room, workers, unclaimed, can_share, why_nobody(candidates, actor) if stuck else "")


def _workers(actor: Actor, held: Sequence[Load]) -> list[WorkerNow]:
    members = workers_of(actor)
    today = actor.today()
    away = away_until_of(members, today)
    leave: dict[int, list[Leave]] = {}
    for each in leave_between(actor, today, today + timedelta(days=FORTNIGHT)):
        leave.setdefault(each.membership_id, []).append(each)
    found = []
    for member in members:
        people = people_by_worker(held, member.team_id).get(member.user_id, 0)
        hours = hours_of(member)
        bar = candidate(member, people, away.get(member.pk)).bar(today) if hours else Bar.NO_HOURS
        found.append(WorkerNow(member, hours, people, bar, away.get(member.pk), leave.get(member.pk, [])))
    return found
