"""Erasure on request: what may go goes, and what the law keeps is said with its source."""

from datetime import timedelta

import pytest

from tests.factories import NOW, World, make_world, referral_to, referred
from tests.house.seeing import Owner
from tests.privacy.test_removing import done, faults
from wraparound.audit.sealing import seal
from wraparound.casework.actions import accept, close
from wraparound.organisations.actor import Actor, acting_as
from wraparound.people.models import Involvement, Person
from wraparound.privacy import keeping
from wraparound.privacy.erasing import Answer, answer_erasure, answer_for
from wraparound.privacy.models import RemovalRun
from wraparound.referrals.actions import acknowledge, decline, withdraw
from wraparound.referrals.models import Journey
from wraparound.referrals.states import DeclineReason, Outcome


@pytest.fixture
def world(owner: Owner) -> World:
    return make_world()


def answer(by: Actor, person: Person) -> Answer:
    with acting_as(by):
        return answer_for(by, person)


def withdrawn(world: World) -> Journey:
    """A referral that nobody took on."""
    journey = referred(world, advice_ticked=False)
    with acting_as(world.clinician):
        withdraw(by=world.clinician, referral=referral_to(journey, world.link_worker))
    return journey


def worked(world: World) -> Journey:
    journey = referred(world, advice_ticked=False)
    by = world.link_worker
    with acting_as(by):
        close(by=by, case=accept(by=by, referral=referral_to(journey, by)), outcome=Outcome.HELPED)
    return journey


def erased(world: World, person: Person) -> RemovalRun:
    """Asked at the practice, agreed there by somebody else, and done."""
    by, other = world.practice_lead, world.second_practice_lead
    with acting_as(by):
        asked = answer_erasure(by=by, person=person, asked_on=NOW.date())
    with acting_as(other):
        run = RemovalRun.objects.visible_to(other).get(pk=asked.run)
        run = keeping.agree_to_removal(by=other, run=run, counted=sum(run.counts.values()))
    return done(run)


def test_while_work_is_open_nothing_goes(world: World) -> None:
    journey = referred(world, advice_ticked=False)
    found = answer(world.links_lead, journey.person)
    assert [each.kind for each in found.stops] == ["open"] and found.counts == {}
    assert "17(1)(a)" in found.stops[0].source


def test_a_record_of_care_stays_for_its_time(world: World) -> None:
    person = worked(world).person
    found = answer(world.links_lead, person)
    assert not found.stops and [each.kind for each in found.kept] == ["support_case"]
    late = answer(world.links_lead.at(NOW + timedelta(days=366 * 8 + 2)), person)
    assert not late.kept and late.counts["support_case"] == 1


def test_a_hold_and_an_open_concern_stop_it(world: World) -> None:
    journey = worked(world)
    by = world.practice_lead
    with acting_as(by):
        keeping.place_hold(by=by, person=journey.person, reason="A claim")
    assert "hold" in [each.kind for each in answer(by, journey.person).stops]


def test_what_nobody_took_on_may_go_with_whoever_it_was(world: World, owner: Owner) -> None:
    """The link workers were only asked; the practice alone held anything."""
    journey = withdrawn(world)
    with acting_as(world.clinician):
        Involvement.objects.filter(person=journey.person).exclude(organisation_id=world.practice.pk).update(ended=NOW)
    seal()
    run = erased(world, journey.person)
    assert run.removed["journey"] == 1
    assert owner.rows("referrals_journey") == owner.rows("referrals_referral") == []
    seal()
    assert faults(owner) == []


def test_nothing_is_erased_before_a_second_person_agrees(world: World, owner: Owner) -> None:
    journey = withdrawn(world)
    with acting_as(world.practice_lead):
        answer_erasure(by=world.practice_lead, person=journey.person, asked_on=NOW.date())
    assert len(owner.rows("referrals_journey")) == 1


def test_a_declined_referral_is_no_record_of_care(world: World) -> None:
    journey = referred(world, advice_ticked=False)
    referral = referral_to(journey, world.link_worker)
    with acting_as(world.link_worker):
        decline(by=world.link_worker, referral=referral, reason=DeclineReason.OUT_OF_AREA)
    with acting_as(world.clinician):
        acknowledge(by=world.clinician, referral=referral)
    found = answer(world.practice_lead, journey.person)
    # All that stays is who was told of it.
    assert [each.kind for each in found.kept] == ["look"] and found.counts == {"journey": 1}
