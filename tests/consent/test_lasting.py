"""How long something that was permitted lasts: to its last day, to the end of the case, and past a deadline never."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import NOW, World, make_world, referral_to, referred
from tests.house.consenting import a_day_ago
from wraparound.casework.actions import accept, close
from wraparound.casework.reopening import reopen
from wraparound.consent.actions import agree_to, run_out
from wraparound.consent.agreed import HEALTH_RECORD, AgreedHow
from wraparound.consent.asking import Agreed
from wraparound.consent.models import Consent
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.models import Organisation
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.referrals.actions import claim
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.states import Outcome
from wraparound.referrals.tasks import look_at_consents

pytestmark = pytest.mark.django_db


def run_out_of(consent: Consent, by: Actor) -> object:
    with acting_as(by):
        return Consent.objects.get(pk=consent.pk).run_out_at


def test_a_consent_whose_day_is_over_is_found_by_the_clock() -> None:
    world = make_world()
    consent = a_day_ago(world)
    assert look_at_consents() == 1
    with acting_as(world.link_worker):
        Consent.objects.filter(pk=consent.pk).update(until=timezone.localdate() + timedelta(days=1))
    assert look_at_consents() == 0


def test_a_date_does_not_stop_work_with_a_deadline() -> None:
    world = make_world()
    consent = a_day_ago(world)
    with acting_as(world.adviser):
        Referral.objects.filter(person=consent.person, to_team=world.advice).update(
            urgent_flags=[UrgentFlag.LEGAL_DEADLINE_NEAR]
        )
    assert look_at_consents() == 0


def test_the_clock_ends_nothing_before_its_day_is_over() -> None:
    world = make_world()
    consent = a_day_ago(world)
    by = system(consent.scheme_id, world.link_worker.organisation_id)
    with acting_as(by):
        assert consent.until is not None
        with pytest.raises(Refused) as refused:
            run_out(by=by.at(NOW - timedelta(days=1)), consent=consent)
    assert refused.value.code == "not_yet"
    assert run_out_of(consent, world.link_worker) is None


def mandate(world: World, journey: Journey) -> Consent:
    agreed = Agreed(how=AgreedHow.IN_PERSON, wording=HEALTH_RECORD)
    with acting_as(world.adviser):
        to = Organisation.objects.get(pk=world.adviser.organisation_id)
        return agree_to(by=world.adviser, person=journey.person, agreed=agreed, to=to).consents.get()


def test_a_mandate_lasts_as_long_as_the_case_and_stands_again_with_it() -> None:
    world = make_world()
    journey = referred(world)
    consent, by = mandate(world, journey), world.adviser

    def ended() -> object:
        return Consent.objects.get(pk=consent.pk).ended_at

    with acting_as(by):
        case = accept(by=by, referral=claim(by=by, referral=referral_to(journey, by)))
        assert ended() is None
        closed = close(by=by, case=case, outcome=Outcome.HELPED)
        assert ended() == Referral.objects.get(pk=case.referral_id).status_since
        reopen(by=by, case=closed)
        assert ended() is None
