"""What managers, administrators and desks do in a year beside their people's stories."""

from datetime import datetime, time, timedelta
from functools import partial
from random import Random

from django.db.models import F

from wraparound.casework.models import Task
from wraparound.casework.to_do import finish_task
from wraparound.demo.arrivals import Coming, come_in
from wraparound.demo.place import Away, Door
from wraparound.demo.year import Steps, Year
from wraparound.messaging.digests import choose_digest
from wraparound.messaging.models import MessageBack
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.drafting import begin_draft, draft_of, save_draft
from wraparound.organisations.invitations import Offer, invite
from wraparound.organisations.models import Digest, Membership, Scheme, Team
from wraparound.organisations.roles import Role
from wraparound.organisations.working_time import set_leave, set_team_capacity
from wraparound.pathways.calendar import LONDON
from wraparound.pathways.vocabulary import Entry, Need, Service
from wraparound.referrals.capacity import capacity_of
from wraparound.referrals.signposting import signpost_only

DIGESTS = {Role.CLINICIAN: Digest.DAILY, Role.PRACTICE_MANAGER: Digest.WEEKLY, Role.HEALTH_VISITOR: Digest.WEEKLY}


def leave(year: Year, away: Away) -> Steps:
    """Written down two weeks before, by the member's supervisor."""
    moment = year.on_day(14 - away.starts, 16) if away.starts < 14 else year.on_day(1, 16)
    yield moment
    member = year.actors[away.key]
    by = next(each for each in year.actors.values() if each.role is Role.SUPERVISOR and each.team_id == member.team_id)

    def act(actor: Actor) -> None:
        rows = Membership.objects.filter(organisation_id=member.organisation_id, ended=None)
        members = {row.pk: row for row in rows}
        set_leave(
            by=actor,
            membership=members[member.membership_id or 0],
            starts=year.day(away.starts),
            ends=year.day(away.ends),
            cover=members[year.actors[away.cover].membership_id or 0] if away.cover else None,
        )

    year.tried(by, moment, act)


def digests(year: Year) -> Steps:
    """Some hear every day or week what became of what they sent."""
    moment = year.on_day(40, 9)
    yield moment
    for actor in year.actors.values():
        if actor.role in DIGESTS:
            year.tried(actor, moment, lambda by: choose_digest(by=by, digest=DIGESTS[by.role]))


def invitation(year: Year) -> Steps:
    """A colleague is asked to join, and has not answered yet."""
    name, team_name = year.made.data.invited
    moment = year.on_day(3, 10)
    yield moment
    team = year.made.teams[team_name]
    role = next(each.role_ for each in year.made.data.workers if each.team == team_name)
    offer = Offer(
        name=name,
        email=f"{name.lower().replace(' ', '.')}@{year.made.data.slug}.example",
        organisation_id=team.organisation_id,
        role=role,
        team_id=team.pk,
    )
    here = (each for each in year.actors.values() if each.administers and each.organisation_id == team.organisation_id)
    year.tried(next(here, year.made.administrator), moment, lambda by: invite(by=by, offer=offer))


def pathway_draft(year: Year) -> Steps:
    """The next version is being prepared: another pathway of the library, with quicker first contact."""
    moment = year.on_day(2, 15)
    yield moment
    by = year.made.administrator
    year.tried(by, moment, lambda actor: begin_draft(by=actor, name="advice-first", seen=""))
    year.tried(by, moment + timedelta(minutes=6), _settle)


def _settle(by: Actor) -> None:
    drafted = draft_of(Scheme.objects.get(pk=by.scheme_id))
    assert drafted is not None
    save_draft(by=by, parameters=drafted.parameters, seen=drafted.seen)


def room_runs_out(year: Year, numbers: range) -> Steps:
    """An advice team says that it has as many people as it can work with; whoever comes after that feels it."""
    plan = next(each for each in year.made.data.teams if each.service is Service.WELFARE_ADVICE)
    team, by = year.made.teams[plan.name], year.actors[plan.lead]
    moment = year.on_day(2, 9)
    yield moment
    today = by.at(moment).today()
    room = year.do(by, moment, lambda actor: capacity_of(actor.scheme_id, team_ids=[team.pk], today=today)[team.pk])
    year.tried(by, moment, lambda actor: _limit(actor, team, room.open))
    doors = [door for door in year.made.data.doors if door.entry in (Entry.VOLUNTARY, Entry.COUNCIL)]
    for number in numbers:
        at = year.on_day(1, 10 + number % 4, 5)
        year.begin(come_in(year, Coming(number, at, doors[0], frozenset({Need.DEBT}), frozenset())))


def _limit(by: Actor, team: Team, places: int) -> None:
    held = Team.objects.get(pk=team.pk)
    set_team_capacity(by=by, team=held, places=places, closed_until=None, shares_out=held.shares_out)


def signposts(year: Year, numbers: range) -> Steps:
    """People at the desk are told where to go; some of them come, and bring the code."""
    desk = next(actor for actor in year.actors.values() if actor.role is Role.RECEPTIONIST)
    chance = Random(year.chance.random())
    for number in numbers:
        at = year.on_day(200 - (number - numbers.start) * 190 // max(1, len(numbers)), 9 + number % 7, 20)
        yield at
        given = year.do(
            desk, at, lambda by: signpost_only(by=by, service=Service.WELFARE_ADVICE, needs=frozenset({Need.BENEFITS}))
        )
        if number % 3 == 0:
            code, then = given.reference, year.working_hour(at, chance.randint(1, 4), chance)
            coming = Coming(number, then, Door(key="", entry=Entry.SELF, weight=1), signpost=code)
            year.begin(come_in(year, coming))


def tasks_done(year: Year) -> None:
    """What was due long ago has been done, though the person's story ended otherwise."""
    for actor in year.actors.values():
        with acting_as(actor):
            mine = Task.objects.visible_to(actor).filter(worker_id=actor.user_id, done_at=None)
            late = list(mine.filter(due_on__lt=year.day(-10)).order_by("pk"))
        for task in late:
            at = datetime.combine(task.due_on, time(16), LONDON)
            year.tried(actor, at, partial(_finish, task))


def _finish(task: Task, by: Actor) -> None:
    finish_task(by=by, task=task)


def messages_read(year: Year) -> None:
    """Whoever sent somebody has opened all but the last days' messages."""
    before = year.now - timedelta(days=3)
    for organisation_id in sorted({actor.organisation_id for actor in year.actors.values()}):
        reader = year.reader(organisation_id)
        if reader is not None:
            with acting_as(reader):
                rows = MessageBack.objects.visible_to(reader).filter(to_organisation_id=organisation_id)
                rows.filter(written_at__lt=before).update(read_at=F("written_at") + timedelta(hours=20))
