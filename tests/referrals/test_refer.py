"""Taking a referral in."""

import pytest

from tests.factories import details, intake, make_world, referral_to, referred
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.organisations.actor import acting_as
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.people.models import Person
from wraparound.referrals.actions import refer
from wraparound.referrals.intake import Sender
from wraparound.referrals.models import Journey, Referral, SameDayAlert

pytestmark = pytest.mark.django_db


def test_advice_box_reaches_both_services_at_once() -> None:
    world = make_world()
    journey = referred(world, advice_ticked=True)
    with acting_as(world.clinician):
        services = set(Referral.objects.filter(journey=journey).values_list("service", flat=True))
    assert services == {"social_prescribing", "welfare_advice"}


def test_without_the_box_only_the_link_worker_has_it() -> None:
    world = make_world()
    journey = referred(world, advice_ticked=False)
    with acting_as(world.adviser):
        assert not Journey.objects.filter(pk=journey.pk).exists()
    assert referral_to(journey, world.link_worker).whose_turn == "receiving_team"


def test_no_agreement_no_referral_and_nothing_is_left_behind() -> None:
    world = make_world()
    with acting_as(world.clinician):
        with pytest.raises(Refused) as refused:
            refer(by=world.clinician, intake=intake(agreed_how=None))
        assert refused.value.code == "no_agreement" and refused.value.field == "agreed_how"
        assert not Person.objects.exists()


def test_an_urgent_flag_reaches_advice_even_without_the_box() -> None:
    world = make_world()
    journey = referred(world, advice_ticked=False, urgent_flags=frozenset({UrgentFlag.BAILIFFS_DUE}))
    assert referral_to(journey, world.adviser).urgent
    assert not referral_to(journey, world.link_worker).urgent


def test_homeless_tonight_raises_an_alert_for_the_named_person() -> None:
    world = make_world()
    journey = referred(world, urgent_flags=frozenset({UrgentFlag.HOMELESS_TONIGHT}))
    with acting_as(world.adviser):
        alert = SameDayAlert.objects.get(journey=journey)
    assert alert.named_id == world.advice_supervisor.user_id


def test_the_same_sender_and_identifier_twice_makes_one() -> None:
    world = make_world()
    sender = Sender(system="urn:gp", identifier="42", body_sha256="a" * 64)
    first, second = referred(world, sender=sender), referred(world, sender=sender)
    assert first.pk == second.pk
    changed = Sender(system="urn:gp", identifier="42", body_sha256="b" * 64)
    with acting_as(world.clinician), pytest.raises(Refused, match="other content"):
        refer(by=world.clinician, intake=intake(sender=changed))


def test_a_person_known_to_another_practice_is_one_record_and_no_stranger_saw_it() -> None:
    world = make_world()
    first = referred(world, person=details(nhs_number="9990000018", address="1 High Street"))
    with acting_as(world.other_clinician):
        assert not Person.objects.exists()
    second = referred(world, by=world.other_clinician, person=details(nhs_number="9990000018", address="2 Low Road"))
    assert first.person_id == second.person_id
    with acting_as(world.other_clinician):
        assert Referral.objects.filter(journey=second).first().said_differently == {"address": "2 Low Road"}


def test_another_persons_nhs_number_makes_a_record_to_be_checked() -> None:
    world = make_world()
    first = referred(world, person=details(nhs_number="9990000018"))
    stranger = details(nhs_number="9990000018", given_names="Wei", family_name="Zhang", date_of_birth=None, postcode="")
    second = referred(world, by=world.other_clinician, person=stranger)
    assert second.person_id != first.person_id
    assert second.person.nhs_number_absent == "to_be_checked" and second.person.possible_duplicate


def test_the_event_is_told_to_everybody_on_the_journey() -> None:
    world = make_world()
    journey = referred(world)
    for actor in (world.clinician, world.link_worker, world.adviser):
        with acting_as(actor):
            assert Event.objects.filter(journey=journey, name="referral_made").count() == 1
    with acting_as(world.other_clinician):
        assert not Event.objects.filter(journey=journey).exists()


def test_a_number_of_ones_own_is_kept_though_somebody_without_one_is_much_alike() -> None:
    world = make_world()
    twin = referred(world, person=details(given_names="Rosa", nhs_number_absent_reason="not_known"))
    other = referred(world, by=world.other_clinician, person=details(given_names="Rosana", nhs_number="9990000018"))
    assert other.person_id != twin.person_id and other.person.possible_duplicate
    assert (other.person.nhs_number, other.person.nhs_number_absent) == ("9990000018", "")
