"""Who has a person's record open: the involvements decide, and the person's row always says the same."""

import pytest

from tests.factories import World, details, make_world, referral_to, referred
from wraparound.casework.actions import accept
from wraparound.organisations.actor import Actor, acting_as
from wraparound.people.models import Person
from wraparound.referrals.actions import acknowledge, decline, withdraw
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.states import DeclineReason

pytestmark = pytest.mark.django_db

KNOWN = details(nhs_number="9990000018")


def sees(by: Actor, journey: Journey) -> bool:
    with acting_as(by):
        return Person.objects.visible_to(by).filter(pk=journey.person_id).exists()


def sent_to(journey: Journey, world: World, by: Actor) -> Referral:
    """The practice's view of what it sent to a worker's organisation."""
    with acting_as(by):
        return Referral.objects.visible_to(by).get(journey=journey, to_team_id=world.link_worker.team_id)


def withdrawn(journey: Journey, world: World, by: Actor) -> None:
    referral = sent_to(journey, world, by)
    with acting_as(by):
        withdraw(by=by, referral=referral)


def test_whoever_was_asked_has_the_record_until_it_is_taken_back() -> None:
    world = make_world()
    journey = referred(world)
    assert sees(world.link_worker, journey)
    withdrawn(journey, world, world.clinician)
    assert not sees(world.link_worker, journey)
    assert sees(world.adviser, journey) and sees(world.clinician, journey)


def test_a_service_that_declined_has_the_record_until_its_answer_is_read() -> None:
    world = make_world()
    journey = referred(world)
    referral = referral_to(journey, world.adviser)
    with acting_as(world.adviser):
        decline(by=world.adviser, referral=referral, reason=DeclineReason.OUT_OF_AREA)
    assert sees(world.adviser, journey)
    with acting_as(world.clinician):
        acknowledge(by=world.clinician, referral=referral)
    assert not sees(world.adviser, journey)


def test_a_service_that_accepted_keeps_the_record() -> None:
    world = make_world()
    journey = referred(world)
    referral = referral_to(journey, world.link_worker)
    with acting_as(world.link_worker):
        accept(by=world.link_worker, referral=referral)
    assert sees(world.link_worker, journey)


def test_one_practice_taking_its_referral_back_leaves_the_other_practices_alone() -> None:
    world = make_world()
    first = referred(world, person=KNOWN, advice_ticked=False)
    second = referred(world, by=world.other_clinician, person=KNOWN, advice_ticked=False)
    assert first.person_id == second.person_id
    withdrawn(first, world, world.clinician)
    assert sees(world.link_worker, second)
    withdrawn(second, world, world.other_clinician)
    assert not sees(world.link_worker, second)


def test_one_of_two_referrals_by_the_same_practice_taken_back_leaves_the_other_open() -> None:
    world = make_world()
    first, second = (referred(world, person=KNOWN, advice_ticked=False) for _ in range(2))
    withdrawn(first, world, world.clinician)
    assert sees(world.link_worker, second)
    withdrawn(second, world, world.clinician)
    assert not sees(world.link_worker, second)


def test_what_one_practice_takes_back_does_not_close_what_the_other_had_accepted() -> None:
    world = make_world()
    first = referred(world, person=KNOWN, advice_ticked=False)
    second = referred(world, by=world.other_clinician, person=KNOWN, advice_ticked=False)
    referral = referral_to(first, world.link_worker)
    with acting_as(world.link_worker):
        accept(by=world.link_worker, referral=referral)
    withdrawn(second, world, world.other_clinician)
    assert sees(world.link_worker, first)
