"""Between organisations that have signed nothing with each other nothing goes, and what was shared stops."""

from datetime import date, timedelta

import pytest

from tests.consent.test_readers import both_work, seen
from tests.factories import NOW, World, handover_agreed, make_world, referral_to, referred
from tests.house.consenting import signed_agreement
from wraparound.casework.actions import accept, hand_over
from wraparound.consent.agreed import AgreedHow
from wraparound.consent.data_sharing import Terms, leave_sharing_agreement, record_sharing_agreement, sign_for
from wraparound.consent.models import SharingParty
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.models import Organisation
from wraparound.pathways.vocabulary import Need, Service
from wraparound.referrals.actions import claim
from wraparound.referrals.models import Journey, Referral, UnmetNeed
from wraparound.referrals.rerouting import can_go_to
from wraparound.referrals.tasks import keep_readers_of_scheme, look_at_agreements

pytestmark = pytest.mark.django_db


def leaves(world: World, organisation: Organisation) -> None:
    with acting_as(world.administrator):
        party = SharingParty.objects.get(scheme=world.scheme, organisation=organisation, left_on=None)
        leave_sharing_agreement(by=world.administrator, party=party)


def sent(world: World, how: AgreedHow = AgreedHow.IN_PERSON) -> Journey:
    """A referral of the practice for both services, agreed to so."""
    return referred(world, agreed_how=how, exception_reason="At risk" if how.is_exception else "")


def teams(journey: Journey, by: Actor) -> set[int]:
    with acting_as(by):
        return set(Referral.objects.filter(journey=journey).values_list("to_team_id", flat=True))


def test_nothing_goes_to_whom_nothing_was_signed_with_and_the_referrer_is_told() -> None:
    world = make_world()
    leaves(world, world.advice.organisation)
    journey = sent(world)
    assert teams(journey, world.clinician) == {world.social.pk}
    with acting_as(world.clinician):
        assert UnmetNeed.objects.get(journey=journey).why == UnmetNeed.Why.NO_AGREEMENT


@pytest.mark.parametrize("how", [AgreedHow.IN_WRITING, AgreedHow.SAFEGUARDING])
def test_on_their_own_signature_or_for_safeguarding_it_goes_all_the_same(how: AgreedHow) -> None:
    world = make_world()
    leaves(world, world.advice.organisation)
    journey = sent(world, how)
    assert teams(journey, world.clinician) == {world.social.pk, world.advice.pk}
    # And whoever it was sent to reads the other part too, as was signed for.
    assert teams(journey, world.adviser) == {world.social.pk, world.advice.pk}


def test_two_services_that_signed_nothing_with_each_other_read_their_own_part() -> None:
    """Each has signed with the practice, on two papers."""
    world = make_world()
    leaves(world, world.advice.organisation)
    with acting_as(world.administrator):
        terms = Terms(title="Practice and advisers", lawful_basis="Article 6(1)(e)", begins=date(2026, 1, 1))
        second = record_sharing_agreement(by=world.administrator, terms=terms)
        both = [world.practice.pk, world.advice.organisation_id]
        sign_for(by=world.administrator, agreement=second, organisation_ids=both, on=date(2026, 1, 1))
    journey = sent(world)
    assert teams(journey, world.clinician) == {world.social.pk, world.advice.pk}
    assert teams(journey, world.link_worker) == {world.social.pk}
    assert teams(journey, world.adviser) == {world.advice.pk}


def test_leaving_ends_what_was_shared_once_the_job_has_run() -> None:
    world = make_world()
    journey = both_work(world)
    assert seen(world.adviser, journey)[0] == {world.social.pk, world.advice.pk}
    leaves(world, world.advice.organisation)
    keep_readers_of_scheme.now(by=system(world.scheme, world.practice))
    assert seen(world.adviser, journey)[0] == {world.advice.pk}
    assert seen(world.clinician, journey)[0] == {world.social.pk}
    assert seen(world.link_worker, journey)[0] == {world.social.pk}


def test_a_hand_over_finds_nobody_and_a_worker_is_offered_no_such_team() -> None:
    world = make_world("link-worker-first")
    journey = referred(world)
    with acting_as(world.link_worker):
        case = accept(
            by=world.link_worker, referral=claim(by=world.link_worker, referral=referral_to(journey, world.link_worker))
        )
    leaves(world, world.advice.organisation)
    with acting_as(world.link_worker):
        gone = hand_over(
            by=world.link_worker, case=case, service=Service.WELFARE_ADVICE, needs=frozenset({Need.BENEFITS}),
            told="Owes rent", agreed=handover_agreed(AgreedHow.IN_PERSON),
        )  # fmt: skip
        assert gone is None
        assert can_go_to(world.link_worker, referral_to(journey, world.link_worker)) == []


def test_the_clock_looks_at_agreements_on_the_day_that_they_begin_and_end() -> None:
    world = make_world()
    agreement = signed_agreement(world)
    today = NOW.date()
    assert look_at_agreements(today) == 0
    agreement.ends = today - timedelta(days=1)
    agreement.save()
    assert look_at_agreements(today) == 1
    assert look_at_agreements(today + timedelta(days=1)) == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"title": " "}, "no_title"), ({"lawful_basis": ""}, "no_basis"), ({"ends": date(2025, 12, 31)}, "ends_first")],
)
def test_what_is_wanting_is_said(changes: dict[str, object], code: str) -> None:
    world = make_world()
    said: dict[str, object] = {"title": "A", "lawful_basis": "Article 6(1)(e)", "begins": date(2026, 1, 1)}
    with acting_as(world.administrator), pytest.raises(Refused) as refused:
        record_sharing_agreement(by=world.administrator, terms=Terms(**(said | changes)))  # type: ignore[arg-type]
    assert refused.value.code == code


def test_a_signature_is_written_down_once_it_is_there_and_once_for_each() -> None:
    world = make_world()
    agreement = signed_agreement(world)
    with acting_as(world.administrator):
        with pytest.raises(Refused) as refused:
            sign_for(
                by=world.administrator, agreement=agreement, organisation_ids=[world.practice.pk],
                on=NOW.date() + timedelta(days=1),
            )  # fmt: skip
        assert refused.value.code == "not_yet"
        again = sign_for(
            by=world.administrator, agreement=agreement, organisation_ids=[world.practice.pk], on=NOW.date()
        )
        assert again == []
