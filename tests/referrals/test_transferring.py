"""A colleague takes one's work on, or does not; until then it stays one's own."""

from datetime import timedelta

import pytest

from tests.factories import NOW, World, make_world, referral_to, referred
from tests.house.test_jobs import queued
from wraparound.casework.actions import accept, close
from wraparound.casework.models import Case
from wraparound.casework.reopening import reopen
from wraparound.casework.tasks import give_case_to_worker
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import User
from wraparound.referrals.actions import claim
from wraparound.referrals.models import Referral, Transfer
from wraparound.referrals.reading import transfers_not_taken, transfers_offered_to
from wraparound.referrals.states import Outcome
from wraparound.referrals.transferring import not_take_over, offer, take_back, take_over

pytestmark = pytest.mark.django_db


def accepted(world: World) -> Case:
    referral = referral_to(referred(world), world.link_worker)
    with acting_as(world.link_worker):
        return accept(by=world.link_worker, referral=referral)


def user(actor: Actor) -> User:
    return User.objects.get(pk=actor.user_id)


def offered(world: World, referral: Referral, to: Actor | None = None, by: Actor | None = None) -> Transfer:
    giver = by or world.link_worker
    with acting_as(giver):
        return offer(by=giver, referral=referral, to=user(to or world.second_link_worker), why="I leave on Friday")


def whose(referral: Referral, by: Actor) -> int | None:
    with acting_as(by):
        return Referral.objects.visible_to(by).values_list("worker_id", flat=True).get(pk=referral.pk)


def test_it_is_the_givers_until_it_is_taken_on_and_then_the_case_follows() -> None:
    world = make_world()
    giver, taker = world.link_worker, world.second_link_worker
    case = accepted(world)
    transfer = offered(world, case.referral)
    assert whose(case.referral, giver) == giver.user_id
    with acting_as(taker):
        assert transfers_offered_to(taker) == [transfer]
        take_over(by=taker, transfer=transfer)
        assert transfers_offered_to(taker) == []
        name, arguments = queued()[-1]
        assert name.endswith("give_case_to_worker") and arguments["referral_id"] == case.referral_id
    give_case_to_worker.now(by=taker, referral_id=case.referral_id)
    assert whose(case.referral, giver) == taker.user_id
    with acting_as(taker):
        assert Case.objects.get(pk=case.pk).worker_id == taker.user_id
        close(by=taker, case=case, outcome=Outcome.HELPED)


def test_what_was_only_claimed_may_be_given_too() -> None:
    world = make_world()
    referral = referral_to(referred(world), world.link_worker)
    with acting_as(world.link_worker):
        claim(by=world.link_worker, referral=referral)
    transfer = offered(world, referral)
    with acting_as(world.second_link_worker):
        assert take_over(by=world.second_link_worker, transfer=transfer).status == "claimed"


def test_a_sentence_comes_back_with_what_was_not_taken_on() -> None:
    world = make_world()
    transfer = offered(world, accepted(world).referral)
    with acting_as(world.second_link_worker):
        with pytest.raises(Refused, match="Write a sentence for Leila Haddad"):
            not_take_over(by=world.second_link_worker, transfer=transfer, why=" ")
        not_take_over(by=world.second_link_worker, transfer=transfer, why="I am full until May")
    with acting_as(world.link_worker):
        [back] = transfers_not_taken(world.link_worker)
        assert back.answer == "I am full until May"
        assert transfers_not_taken(world.link_worker.at(NOW + timedelta(days=8))) == []
    assert whose(transfer.referral, world.link_worker) == world.link_worker.user_id


def test_an_offer_can_be_taken_back_while_nobody_took_it() -> None:
    world = make_world()
    transfer = offered(world, accepted(world).referral)
    with acting_as(world.link_worker):
        take_back(by=world.link_worker, transfer=transfer)
    with acting_as(world.second_link_worker), pytest.raises(Refused, match="This offer is over: taken back"):
        take_over(by=world.second_link_worker, transfer=transfer)


def test_nobody_takes_what_is_offered_to_another_not_even_a_supervisor() -> None:
    world = make_world()
    transfer = offered(world, accepted(world).referral)
    for act in (take_over, not_take_over):
        with acting_as(world.link_supervisor), pytest.raises(Refused, match="This is offered to Tom Price"):
            act(by=world.link_supervisor, transfer=transfer, **({"why": "no"} if act is not_take_over else {}))


def test_it_is_offered_once_to_a_colleague_by_who_has_it() -> None:
    world = make_world()
    referral = accepted(world).referral
    with pytest.raises(Refused, match="has taken this on"):
        offered(world, referral, to=world.link_supervisor, by=world.second_link_worker)
    for stranger in (world.adviser, world.clinician):
        with pytest.raises(Refused, match="works with people in your organisation"):
            offered(world, referral, to=stranger)
    with pytest.raises(Refused, match="Leila Haddad has it already"):
        offered(world, referral, to=world.link_worker)
    offered(world, referral)
    with pytest.raises(Refused, match="offered to Tom Price already"):
        offered(world, referral, to=world.link_supervisor)


def test_what_is_not_claimed_or_over_cannot_be_given() -> None:
    world = make_world()
    with pytest.raises(Refused, match="waiting to be claimed"):
        offered(world, referral_to(referred(world), world.link_worker))
    case = accepted(world)
    with acting_as(world.link_worker):
        close(by=world.link_worker, case=case, outcome=Outcome.HELPED)
    with pytest.raises(Refused, match="already closed"):
        offered(world, case.referral)


def test_an_offer_does_not_outlive_the_work() -> None:
    world = make_world()
    case = accepted(world)
    transfer = offered(world, case.referral)
    with acting_as(world.link_worker):
        close(by=world.link_worker, case=case, outcome=Outcome.HELPED)
    with acting_as(world.second_link_worker):
        assert transfers_offered_to(world.second_link_worker) == []
    with acting_as(world.link_worker):
        reopen(by=world.link_worker, case=case)
    with acting_as(world.second_link_worker):
        assert transfers_offered_to(world.second_link_worker) == []
        with pytest.raises(Refused, match="This offer is over"):
            take_over(by=world.second_link_worker, transfer=transfer)
