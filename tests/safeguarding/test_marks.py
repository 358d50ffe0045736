"""What comes in about somebody while a concern is open is marked as what was there when it was raised."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.casework.taking_on import now, tried_enough
from tests.factories import NOW, World, make_world, referral_to, referred
from tests.house.seeing import Owner, committing
from tests.safeguarding.concerning import events_told_to, owned, raised
from wraparound.casework.actions import accept, lose_contact
from wraparound.events.action import Refused
from wraparound.organisations.actor import acting_as, system
from wraparound.people.models import Person
from wraparound.referrals.actions import claim, let_time_pass
from wraparound.referrals.models import Referral
from wraparound.safeguarding.actions import decide_gp, end
from wraparound.safeguarding.models import Concern
from wraparound.safeguarding.states import TellGp
from wraparound.safeguarding.tasks import mark_one, sweep_marks


@pytest.fixture
def seeing(django_db_setup: None, django_db_blocker) -> Iterator[Owner]:
    with committing(django_db_blocker) as owner:
        yield owner


def again(world: World, concern: Concern) -> Referral:
    """The same person, sent once more to both services."""
    with acting_as(world.clinician):
        person = Person.objects.get(pk=concern.person_id)
    journey = referred(world, world.clinician.at(NOW + timedelta(days=1)), person=None, person_id=person.pk)
    return referral_to(journey, world.link_worker)


def the_clock(world: World, referral: Referral) -> None:
    mark_one.now(by=system(world.scheme, referral.to_organisation_id), referral_id=referral.pk)


def marked(world: World, referral: Referral) -> bool:
    with acting_as(world.link_worker):
        return Referral.objects.get(pk=referral.pk).supervisor_decides


def test_the_sweep_marks_what_came_in_later_at_that_organisation_and_nothing_else(seeing: Owner) -> None:
    world = make_world()
    concern = raised(referred(world), world.link_worker)
    later = again(world, concern)
    assert sweep_marks() == 1
    rows = seeing.query("SELECT args->>'referral_id' FROM procrastinate_jobs WHERE task_name LIKE '%%mark_one'")
    assert [int(pk) for (pk,) in rows] == [later.pk]
    the_clock(world, later)
    assert marked(world, later) and sweep_marks() == 0


@pytest.mark.django_db
def test_what_came_in_later_is_not_ended_by_the_number_of_tries() -> None:
    world = make_world()
    later, by = again(world, raised(referred(world), world.link_worker)), world.link_worker
    the_clock(world, later)
    with acting_as(by):
        case = accept(by=by, referral=later)
    tried_enough(case, by)
    assert now(case, by).whose_turn == "supervisor"
    with acting_as(by), pytest.raises(Refused, match="This needs a supervisor"):
        lose_contact(by=by.at(NOW + timedelta(days=9)), case=case)
    clock = system(world.scheme, world.social.organisation).at(now(case, by).next_clock_at)
    with acting_as(clock):
        assert let_time_pass(by=clock, referral=now(case, by)).status == "not_answered"


@pytest.mark.django_db
def test_the_mark_is_told_to_nobody_else() -> None:
    world = make_world()
    later = again(world, raised(referred(world), world.link_worker))
    the_clock(world, later)
    assert "referral_mark" not in {event.name for event in events_told_to(world.clinician)}
    assert "referral_mark" not in {event.name for event in events_told_to(world.adviser)}


@pytest.mark.django_db
def test_of_one_who_must_not_know_what_they_have_is_not_marked() -> None:
    world = make_world()
    concern = raised(referred(world), world.second_link_worker, kept_from=[world.link_worker.user_id])
    later = again(world, concern)
    with acting_as(world.link_worker):
        claim(by=world.link_worker, referral=later)
    assert sweep_marks() == 0
    the_clock(world, later)
    assert not marked(world, later)


@pytest.mark.django_db
def test_once_it_has_ended_nothing_more_is_marked() -> None:
    world = make_world()
    concern = owned(raised(referred(world), world.link_worker), world.link_supervisor)
    by = world.link_supervisor
    with acting_as(by):
        decide_gp(by=by, concern=concern, tell_gp=TellGp.NO, why="She asked us not to.")
        end(by=by, concern=concern, ending="Safe with her sister.")
    later = again(world, concern)
    assert sweep_marks() == 0
    the_clock(world, later)
    assert not marked(world, later)
