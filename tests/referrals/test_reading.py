"""What lists and buttons are made from."""

import pytest

from tests.factories import handover_agreed, make_world, referral_to, referred
from wraparound.casework.actions import accept, hand_over
from wraparound.consent.agreed import AgreedHow
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Team
from wraparound.pathways.vocabulary import Need, Service
from wraparound.referrals.actions import claim, decline
from wraparound.referrals.reading import journey_of, possible_moves, worklist, worklist_counts
from wraparound.referrals.states import DeclineReason

pytestmark = pytest.mark.django_db


def verbs(referral, actor: Actor) -> list[str]:
    return [move.verb for move in possible_moves(referral, actor)]


def test_moves_are_those_of_the_table_for_this_side_role_and_worker() -> None:
    world = make_world()
    referral = referral_to(referred(world), world.link_worker)
    assert verbs(referral, world.link_worker) == ["claim", "accept", "decline", "reroute", "mark"]
    assert verbs(referral, world.clinician) == ["withdraw"]
    assert verbs(referral, world.adviser) == []
    with acting_as(world.link_worker):
        claimed = claim(by=world.link_worker, referral=referral)
    assert verbs(claimed, world.link_worker) == [
        "release", "accept", "decline", "ask", "reroute", "take_over", "mark",
    ]  # fmt: skip
    assert verbs(claimed, world.second_link_worker) == ["take_over", "mark"]
    assert {"release", "accept", "decline", "reassign"} <= set(verbs(claimed, world.link_supervisor))


def test_the_receiving_team_reads_its_agreement_and_no_other_that_joins_later() -> None:
    world = make_world()
    journey = referred(
        world, advice_ticked=False, agreed_how=AgreedHow.SAFEGUARDING, exception_reason="Cannot be asked safely"
    )
    with acting_as(world.link_worker):
        [mine] = journey_of(world.link_worker, journey.reference).referrals.all()
        assert mine.agreement.exception_reason == "Cannot be asked safely"
        case = accept(by=world.link_worker, referral=mine)
        hand_over(
            by=world.link_worker, case=case, service=Service.WELFARE_ADVICE, needs=frozenset({Need.DEBT}),
            told="Owes rent", agreed=handover_agreed(AgreedHow.IN_PERSON),
        )  # fmt: skip
    with acting_as(world.adviser):
        first, second = journey_of(world.adviser, journey.reference).referrals.all()
        assert second.agreement.how == "in_person"
        assert getattr(first, "agreement", None) is None


def test_an_answer_that_waits_for_the_referrer_leaves_the_worklist_unless_asked_for() -> None:
    world = make_world()
    referral = referral_to(referred(world), world.link_worker)
    with acting_as(world.link_worker):
        decline(by=world.link_worker, referral=referral, reason=DeclineReason.NO_CAPACITY)
        assert not worklist(world.link_worker).rows
        assert worklist_counts(world.link_worker)["all"] == 0
        assert [row.pk for row in worklist(world.link_worker, status="declined").rows] == [referral.pk]


def test_who_waits_for_a_place_is_on_a_list_of_their_own() -> None:
    world = make_world("link-worker-first")
    Team.objects.filter(pk=world.social.pk).update(places=0)
    referral = referral_to(referred(world), world.link_worker)
    with acting_as(world.link_worker):
        assert not worklist(world.link_worker).rows
        assert worklist_counts(world.link_worker)["all"] == 0
        assert [row.pk for row in worklist(world.link_worker, status="waiting").rows] == [referral.pk]
