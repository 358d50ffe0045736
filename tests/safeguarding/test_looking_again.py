"""A concern that its owner leaves comes before the others; whatever its owner does begins its time anew."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.at_once import all_at_once
from tests.factories import NOW, World, make_world, member, referred
from tests.house.seeing import Owner, committing
from tests.safeguarding.concerning import gone, name_lead, owned, raised, waits
from wraparound.events.action import Refused
from wraparound.messaging.tasks import ask_those_of_concern
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.models import Leave, Membership, User
from wraparound.organisations.roles import Role
from wraparound.safeguarding.actions import acknowledge, decide_gp, hand_on, look_again, own, write_said
from wraparound.safeguarding.models import Concern
from wraparound.safeguarding.reading import concern_of, left_why, offered, waiting_for
from wraparound.safeguarding.rules import Left
from wraparound.safeguarding.states import ConcernKind, ConcernStatus, TellGp
from wraparound.safeguarding.tasks import sweep, tell_everybody

TO_DECIDE, WEEK = timedelta(days=2, hours=8), timedelta(days=7, minutes=1)


@pytest.fixture
def seeing(django_db_setup: None, django_db_blocker) -> Iterator[Owner]:
    with committing(django_db_blocker) as owner:
        yield owner


def a_world() -> World:
    """Tom leads though his role answers none; Grace, whose role answers, owns."""
    world = make_world()
    name_lead(world, world.social.organisation, world.second_link_worker)
    return world


def grace_owns(world: World, **said: object) -> Concern:
    return owned(raised(referred(world), world.link_worker, **said), world.link_supervisor)


def the_clock(world: World, concern: Concern, at: timedelta) -> None:
    clock = system(world.scheme, world.social.organisation).at(NOW + at)
    tell_everybody.now(by=clock, concern_id=concern.pk)


def now(world: World, concern: Concern) -> Concern:
    with acting_as(world.link_worker):
        return Concern.objects.get(pk=concern.pk)


def away(actor: Actor, first: date, last: date) -> Leave:
    return Leave.objects.create(membership_id=actor.membership_id, starts=first, ends=last)


def why(actor: Actor, concern: Concern) -> Left | None:
    with acting_as(actor):
        return left_why(actor, concern_of(actor, concern.pk))


@pytest.mark.django_db
def test_what_its_owner_leaves_comes_before_all_who_may_answer_and_not_before() -> None:
    world = a_world()
    manager = member(world.scheme, world.social.organisation, Role.SERVICE_MANAGER, "Ola Berg")
    concern = grace_owns(world)
    the_clock(world, concern, TO_DECIDE - timedelta(hours=2))
    assert now(world, concern).late_at is None and waits(manager) == []
    the_clock(world, concern, TO_DECIDE)
    later = NOW + TO_DECIDE
    assert now(world, concern).late_at == later
    assert waits(manager.at(later)) == waits(world.second_link_worker.at(later)) == ["own"]
    assert waits(world.link_supervisor.at(later)) == ["work"]
    assert waits(world.link_worker.at(later)) == ["say"]
    assert now(world, concern).status == ConcernStatus.OWNED


@pytest.mark.django_db
@pytest.mark.parametrize(
    "act",
    [
        lambda by, concern: write_said(by=by, concern=concern, said="Rang her: safe."),
        lambda by, concern: decide_gp(by=by, concern=concern, tell_gp=TellGp.NO, why="She asked us not to."),
        lambda by, concern: look_again(by=by, concern=concern),
    ],
    ids=["words", "the practice", "a look"],
)
def test_whatever_its_owner_does_begins_its_time_anew(act: Callable[[Actor, Concern], Concern]) -> None:
    world = a_world()
    concern = grace_owns(world)
    the_clock(world, concern, TO_DECIDE)
    by = world.link_supervisor.at(NOW + timedelta(days=3))
    with acting_as(by):
        assert act(by, concern).late_at is None
    assert now(world, concern).due_at > NOW + timedelta(days=4)
    the_clock(world, concern, timedelta(days=3, hours=1))
    assert waits(world.second_link_worker.at(NOW + timedelta(days=3, hours=1))) == []
    the_clock(world, concern, timedelta(days=3) + WEEK)
    assert waits(world.second_link_worker.at(NOW + timedelta(days=3) + WEEK)) == ["own"]


@pytest.mark.django_db
def test_what_others_do_puts_off_nothing() -> None:
    world = a_world()
    concern = grace_owns(world)
    due = now(world, concern).due_at
    for by, act in ((world.link_worker, write_said), (world.second_link_worker, acknowledge)):
        later = by.at(NOW + timedelta(days=1))
        with acting_as(later):
            act(by=later, concern=concern, **({"said": "More."} if act is write_said else {}))
    assert now(world, concern).due_at == due


@pytest.mark.django_db
def test_only_its_owner_says_that_it_was_looked_at() -> None:
    world = a_world()
    concern = grace_owns(world)
    lead = world.second_link_worker
    with acting_as(lead), pytest.raises(Refused, match="Grace Obi owns this"):
        look_again(by=lead, concern=concern)


@pytest.mark.django_db
def test_the_week_counts_once_the_practice_is_decided_on() -> None:
    world = a_world()
    concern = grace_owns(world)
    assert now(world, concern).due_at == datetime.fromisoformat("2026-11-25T17:00Z")
    with acting_as(world.link_supervisor):
        decide_gp(by=world.link_supervisor, concern=concern, tell_gp=TellGp.AGREED)
    assert now(world, concern).due_at == NOW + timedelta(days=7)


@pytest.mark.django_db
def test_an_owner_who_may_no_longer_work_here_has_left_it_at_once() -> None:
    for leave in (gone, switched_off, made_commissioner):
        world = a_world()
        concern = grace_owns(world)
        the_clock(world, concern, timedelta(hours=1))
        assert waits(world.second_link_worker) == []
        leave(world.link_supervisor)
        assert waits(world.second_link_worker) == ["own"]
        assert why(world.second_link_worker, concern) is Left.OWNER_GONE
        the_clock(world, concern, timedelta(hours=2))
        assert now(world, concern).late_at == NOW + timedelta(hours=2)


def switched_off(actor: Actor) -> None:
    User.objects.filter(pk=actor.user_id).update(is_active=False)


def made_commissioner(actor: Actor) -> None:
    Membership.objects.filter(pk=actor.membership_id).update(role=Role.COMMISSIONER)


@pytest.mark.django_db
def test_an_owner_who_is_back_too_late_has_left_it_at_once_and_one_who_is_back_in_time_has_not() -> None:
    world = a_world()
    concern = grace_owns(world)
    today = NOW.date()
    short = away(world.link_supervisor, today, today + timedelta(days=1))
    assert waits(world.second_link_worker) == []
    short.ends = today + timedelta(days=2)
    short.save()
    assert waits(world.second_link_worker) == ["own"]
    with acting_as(world.second_link_worker):
        [found] = waiting_for(world.second_link_worker)
    assert found.late and found.said == "Its owner is away: somebody must take this on"
    short.cancelled_at = NOW
    short.save()
    assert waits(world.second_link_worker) == []
    assert why(world.second_link_worker, concern) is None


@pytest.mark.django_db
def test_what_was_left_another_takes_on_and_what_is_in_hand_nobody_takes() -> None:
    world = a_world()
    concern, tom = grace_owns(world), world.second_link_worker
    with acting_as(tom):
        assert not offered(tom, concern_of(tom, concern.pk), left_why(tom, concern)).own
        with pytest.raises(Refused, match="Grace Obi has taken this on already"):
            own(by=tom, concern=concern)
    later = tom.at(NOW + TO_DECIDE)
    with acting_as(later):
        assert offered(later, concern_of(later, concern.pk), left_why(later, concern)).own
        taken = own(by=later, concern=concern)
    assert (taken.owner_id, taken.owned_at, taken.late_at) == (tom.user_id, NOW + TO_DECIDE, None)
    assert waits(world.link_supervisor.at(NOW + TO_DECIDE)) == [] and waits(later) == ["work"]


@pytest.mark.django_db
def test_handed_on_its_new_owner_has_the_whole_time() -> None:
    world = a_world()
    concern = grace_owns(world)
    the_clock(world, concern, TO_DECIDE)
    by = world.second_link_worker.at(NOW + timedelta(days=4))
    with acting_as(by):
        handed = hand_on(by=by, concern=concern, to=by.user_id or 0)
    assert handed.late_at is None and handed.due_at > NOW + timedelta(days=5)


@pytest.mark.django_db
def test_it_stays_before_the_others_until_somebody_does_something_though_its_owner_is_back() -> None:
    world = a_world()
    concern = grace_owns(world)
    leave = away(world.link_supervisor, NOW.date(), NOW.date() + timedelta(days=20))
    the_clock(world, concern, timedelta(hours=1))
    leave.cancelled_at = NOW
    leave.save()
    assert waits(world.second_link_worker) == ["own"]
    with acting_as(world.link_supervisor):
        look_again(by=world.link_supervisor, concern=concern)
    assert waits(world.second_link_worker) == []


@pytest.mark.django_db
def test_what_its_owner_left_is_told_by_letter_to_all_who_may_answer_and_what_is_in_hand_to_nobody() -> None:
    world = a_world()
    concern = owned(raised(referred(world), world.second_link_worker), world.link_supervisor)
    clock = system(world.scheme, world.social.organisation)
    ask_those_of_concern.now(by=clock, concern_id=concern.pk, practice=False)
    assert asked() == set()
    the_clock(world, concern, TO_DECIDE)
    ask_those_of_concern.now(by=clock, concern_id=concern.pk, practice=False)
    assert asked() == {world.link_supervisor.user_id, world.second_link_worker.user_id}


def asked() -> set[int]:
    with connection.cursor() as cursor:
        rows = cursor.execute(
            "SELECT args->>'user_id' FROM procrastinate_jobs WHERE task_name LIKE '%%tasks.ask_one'", []
        ).fetchall()
    return {int(user) for (user,) in rows}


def test_the_sweep_finds_what_has_been_left_and_nothing_else(seeing: Owner) -> None:
    soon = timezone.now()

    def of(act: Callable[[Actor], object] = lambda _: None, kind: ConcernKind = ConcernKind.DANGER) -> Concern:
        world = a_world()
        concern = raised(referred(world), world.link_worker.at(soon), kind)
        held = owned(concern, world.link_supervisor.at(soon))
        act(world.link_supervisor)
        return held

    def away_for(days: int) -> Callable[[Actor], object]:
        return lambda by: away(by, soon.date(), soon.date() + timedelta(days=days))

    in_hand, back_in_time = of(), of(away_for(1))
    left = [of(gone), of(switched_off), of(made_commissioner), of(away_for(30)), of(kind=ConcernKind.ABUSE)]
    seeing.run("UPDATE safeguarding_concern SET due_at = now() - interval '1 minute' WHERE kind = 'abuse'")
    assert sweep() == len(left)
    rows = seeing.query("SELECT args->>'concern_id' FROM procrastinate_jobs WHERE task_name LIKE '%%tell_everybody'")
    found = {int(pk) for (pk,) in rows}
    assert found == {concern.pk for concern in left} and not found & {in_hand.pk, back_in_time.pk}


def test_of_two_who_take_on_what_was_left_one_does(seeing: Owner) -> None:
    world = make_world()
    second = member(world.scheme, world.social.organisation, Role.SUPERVISOR, "Bo Lund", world.social)
    third = member(world.scheme, world.social.organisation, Role.SUPERVISOR, "Ola Berg", world.social)
    concern = grace_owns(world)
    gone(world.link_supervisor)
    got = all_at_once(*((who, lambda by: own(by=by, concern=concern)) for who in (second, third)))
    [refused] = [each for each in got if isinstance(each, Refused)]
    [won] = [each for each in got if isinstance(each, Concern)]
    names = {second.user_id: "Bo Lund", third.user_id: "Ola Berg"}
    assert refused.sentence == f"{names[won.owner_id]} has taken this on already."
