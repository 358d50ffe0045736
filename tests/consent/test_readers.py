"""Taking something back stops what it permitted with the next question, in both layers of access."""

import pytest

from tests.factories import World, make_world, referral_to, referred
from wraparound.casework.actions import accept
from wraparound.consent.actions import confirm, take_back
from wraparound.consent.models import Consent, TakenBackHow
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor, acting_as
from wraparound.pathways.vocabulary import ConsentFor
from wraparound.referrals.actions import claim
from wraparound.referrals.models import Journey, Referral

pytestmark = pytest.mark.django_db


def seen(actor: Actor, journey: Journey) -> tuple[set[int], set[str]]:
    """The teams whose referral the actor sees there, and the moves of which it reads."""
    with acting_as(actor):
        teams = set(Referral.objects.filter(journey=journey).values_list("to_team_id", flat=True))
        events = Event.objects.filter(journey=journey, referral__isnull=False).values_list("name", flat=True)
        return teams, set(events)


def standing(actor: Actor, journey: Journey, purpose: ConsentFor) -> Consent:
    with acting_as(actor):
        return Consent.objects.visible_to(actor).standing().get(person_id=journey.person_id, purpose=purpose)


def takes_back(world: World, by: Actor, journey: Journey, purpose: ConsentFor) -> None:
    consent = standing(by, journey, purpose)
    with acting_as(by):
        take_back(by=by, consent=consent, how=TakenBackHow.BY_PHONE)


def both_work(world: World) -> Journey:
    journey = referred(world)
    for worker in (world.link_worker, world.adviser):
        with acting_as(worker):
            accept(by=worker, referral=claim(by=worker, referral=referral_to(journey, worker)))
    return journey


def test_a_referral_permits_sharing_and_telling_the_referrer() -> None:
    world = make_world()
    journey = both_work(world)
    both = {world.social.pk, world.advice.pk}
    for reader in (world.link_worker, world.adviser, world.clinician):
        assert seen(reader, journey)[0] == both
        assert seen(reader, journey)[1] == {"referral_claim", "referral_accept"}


def test_sharing_taken_back_leaves_each_service_its_own() -> None:
    world = make_world()
    journey = both_work(world)
    takes_back(world, world.adviser, journey, ConsentFor.SHARE_BETWEEN_SERVICES)
    assert seen(world.adviser, journey)[0] == {world.advice.pk}
    assert seen(world.link_worker, journey)[0] == {world.social.pk}
    with acting_as(world.link_worker):
        by = Event.objects.filter(journey=journey, referral__isnull=False).values_list("by_organisation", flat=True)
        assert set(by) == {world.link_worker.organisation_id}
    # The referrer was sent nothing back, and is still told.
    assert seen(world.clinician, journey)[0] == {world.social.pk, world.advice.pk}


def test_telling_taken_back_leaves_the_referrer_nothing_of_what_becomes_of_it() -> None:
    world = make_world()
    journey = both_work(world)
    takes_back(world, world.link_worker, journey, ConsentFor.TELL_REFERRER_OUTCOME)
    assert seen(world.clinician, journey) == (set(), set())
    assert seen(world.link_worker, journey)[0] == {world.social.pk, world.advice.pk}


def test_until_it_is_accepted_the_sender_still_answers_for_it() -> None:
    world = make_world()
    journey = referred(world)
    takes_back(world, world.clinician, journey, ConsentFor.TELL_REFERRER_OUTCOME)
    assert seen(world.clinician, journey)[0] == {world.social.pk, world.advice.pk}
    with acting_as(world.adviser):
        accept(by=world.adviser, referral=referral_to(journey, world.adviser))
    assert seen(world.clinician, journey)[0] == {world.social.pk}


def test_what_was_taken_back_is_not_taken_back_or_confirmed_again() -> None:
    world = make_world()
    journey = referred(world)
    consent = standing(world.link_worker, journey, ConsentFor.SHARE_BETWEEN_SERVICES)
    with acting_as(world.link_worker):
        take_back(by=world.link_worker, consent=consent, how=TakenBackHow.IN_PERSON)
        with pytest.raises(Refused, match="taken back already"):
            confirm(by=world.link_worker, consent=consent)
        with pytest.raises(Refused, match="taken back already"):
            take_back(by=world.link_worker, consent=consent, how=TakenBackHow.IN_PERSON)
