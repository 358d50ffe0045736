"""What nobody owns in time comes before everybody who may answer; and two cannot own one."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.at_once import Other, all_at_once, until_somebody_waits
from tests.factories import NOW, World, make_world, member, referral_to, referred
from tests.house.seeing import Owner, committing
from tests.safeguarding.concerning import name_lead, owned, raised, waits
from wraparound.casework.actions import accept
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.roles import Role
from wraparound.referrals.actions import claim
from wraparound.safeguarding.actions import grow_late, own, raise_concern
from wraparound.safeguarding.models import Concern
from wraparound.safeguarding.states import ConcernKind
from wraparound.safeguarding.tasks import sweep, tell_everybody


@pytest.fixture
def seeing(django_db_setup: None, django_db_blocker) -> Iterator[Owner]:
    with committing(django_db_blocker) as owner:
        yield owner


def a_named_world() -> World:
    world = make_world()
    name_lead(world, world.social.organisation, world.second_link_worker)
    return world


def told(world: World, concern: Concern, at: timedelta) -> None:
    clock = system(world.scheme, world.social.organisation).at(NOW + at)
    tell_everybody.now(by=clock, concern_id=concern.pk)


@pytest.mark.django_db
def test_when_late_everybody_who_may_answer_has_it_and_not_before() -> None:
    world = a_named_world()
    concern = raised(referred(world), world.link_worker)
    later = world.link_supervisor.at(NOW + timedelta(hours=3))
    told(world, concern, timedelta(hours=1, minutes=59))
    assert waits(later) == []
    told(world, concern, timedelta(hours=2))
    assert waits(later) == ["own"]
    told(world, concern, timedelta(hours=9))
    with acting_as(later):
        assert Concern.objects.get(pk=concern.pk).late_at == NOW + timedelta(hours=2)


@pytest.mark.django_db
def test_what_somebody_owns_does_not_grow_late() -> None:
    world = a_named_world()
    concern = owned(raised(referred(world), world.link_worker), world.second_link_worker)
    told(world, concern, timedelta(hours=5))
    with acting_as(world.link_worker):
        assert Concern.objects.get(pk=concern.pk).late_at is None


@pytest.mark.django_db
def test_nobody_but_the_clock_makes_it_late() -> None:
    world = a_named_world()
    concern = raised(referred(world), world.link_worker)
    by = world.link_supervisor.at(NOW + timedelta(hours=5))
    with acting_as(by), pytest.raises(Refused, match="Only the system"):
        grow_late(by=by, concern=concern)


def test_the_sweep_finds_what_is_late_in_every_scheme_and_tells_of_each_once(seeing: Owner) -> None:
    here, there = a_named_world(), a_named_world()
    late = [raised(referred(world), world.link_worker) for world in (here, there)]
    owned(raised(referred(here), here.link_worker, ConcernKind.CHILD), here.link_supervisor)
    raised(referred(there), there.link_worker.at(timezone.now()), ConcernKind.ABUSE)
    seeing.run("UPDATE safeguarding_concern SET due_at = now() + interval '1 hour' WHERE kind <> 'danger'")
    seeing.run("UPDATE safeguarding_concern SET due_at = now() - interval '1 hour' WHERE kind = 'danger'")
    assert sweep() == 2
    rows = seeing.query("SELECT args->>'concern_id' FROM procrastinate_jobs WHERE task_name LIKE '%%tell_everybody'")
    assert sorted(int(pk) for (pk,) in rows) == sorted(concern.pk for concern in late)


def test_of_two_who_own_it_at_once_one_does_and_the_other_reads_who(seeing: Owner) -> None:
    world = make_world()
    second = member(world.scheme, world.social.organisation, Role.SUPERVISOR, "Bo Lund", world.social)
    concern = raised(referred(world), world.link_worker)

    def take(by: Actor) -> object:
        return own(by=by, concern=concern)

    got = all_at_once((world.link_supervisor, take), (second, take))
    [refused] = [each for each in got if isinstance(each, Refused)]
    [won] = [each for each in got if isinstance(each, Concern)]
    names = {world.link_supervisor.user_id: "Grace Obi", second.user_id: "Bo Lund"}
    assert refused.sentence == f"{names[won.owner_id]} has taken this on already."


def test_one_button_pressed_twice_at_once_raises_one(seeing: Owner) -> None:
    world = make_world()
    person = referred(world).person

    def press(by: Actor) -> object:
        return raise_concern(by=by, person=person, kind=ConcernKind.DANGER)

    all_at_once((world.link_worker, press), (world.link_worker, press))
    assert seeing.query("SELECT count(*) FROM safeguarding_concern") == [(1,)]


def test_raising_one_does_not_stand_against_answering_their_referral(seeing: Owner) -> None:
    """Both lock the referral and the person, and in the same order."""
    world = make_world()
    journey = referred(world)
    referral = referral_to(journey, world.link_worker)

    def press(by: Actor) -> object:
        return raise_concern(by=by, person=journey.person, kind=ConcernKind.DANGER)

    with acting_as(world.link_worker):
        claim(by=world.link_worker, referral=referral)
        other = Other(world.second_link_worker, press)
        until_somebody_waits(seeing)
        accept(by=world.link_worker, referral=referral)
    assert isinstance(other.ended(), Concern)
    assert seeing.query("SELECT status, supervisor_decides FROM referrals_referral WHERE id = %s", [referral.pk]) == [
        ("accepted", True)
    ]
