"""Same-day alerts: help, and nothing less, ends them."""

import pytest

from tests.factories import make_world, referred
from wraparound.organisations.actor import acting_as
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.referrals.actions import withdraw
from wraparound.referrals.models import Referral
from wraparound.referrals.reading import alerts_for

pytestmark = pytest.mark.django_db


def test_what_is_withdrawn_leaves_an_unanswered_alert_to_the_one_who_must_help() -> None:
    world = make_world()
    journey = referred(world, advice_ticked=True, urgent_flags=frozenset({UrgentFlag.HOMELESS_TONIGHT}))
    with acting_as(world.clinician):
        withdraw(by=world.clinician, referral=Referral.objects.get(journey=journey, service="welfare_advice"))
    with acting_as(world.advice_supervisor):
        (alert,) = alerts_for(world.advice_supervisor)
        assert alert.person.name == "Rosa Duarte"
