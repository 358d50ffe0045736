"""The move table, walked by the people who make the moves."""

from datetime import timedelta

import pytest

from tests.factories import NOW, World, make_world, referral_to, referred
from wraparound.casework.actions import accept
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor, acting_as
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.referrals.actions import acknowledge, claim, decline, let_time_pass, release, withdraw
from wraparound.referrals.alerts import acknowledge_alert, record_help
from wraparound.referrals.models import Journey, Referral, SameDayAlert
from wraparound.referrals.reading import alerts_for
from wraparound.referrals.states import DECLINES, DeclineReason

pytestmark = pytest.mark.django_db


def sent(world: World) -> Referral:
    return referral_to(referred(world), world.link_worker)


def claimed(world: World) -> Referral:
    referral = sent(world)
    with acting_as(world.link_worker):
        return claim(by=world.link_worker, referral=referral)


def refused(act: object, *, by: Actor, **arguments: object) -> Refused:
    with acting_as(by), pytest.raises(Refused) as found:
        act(by=by, **arguments)  # type: ignore[operator]
    return found.value


def test_claiming_makes_it_the_workers_turn() -> None:
    world = make_world()
    referral = claimed(world)
    assert (referral.status, referral.whose_turn) == ("claimed", "worker")
    assert referral.worker_id == world.link_worker.user_id


def test_putting_it_back_makes_it_the_teams_turn_again_and_no_later() -> None:
    world = make_world()
    before = sent(world)
    with acting_as(world.link_worker):
        claimed_ = claim(by=world.link_worker, referral=before)
        referral = release(by=world.link_worker, referral=claimed_)
    assert (referral.status, referral.whose_turn, referral.worker_id) == ("sent", "receiving_team", None)
    assert referral.due_at == before.due_at


def test_a_colleague_may_not_put_back_what_another_claimed_but_a_supervisor_may() -> None:
    world = make_world()
    referral = claimed(world)
    says = refused(release, by=world.second_link_worker, referral=referral)
    assert (says.code, says.sentence) == ("taken", "Leila Haddad has taken this on. Ask them or a supervisor.")
    with acting_as(world.link_supervisor):
        assert release(by=world.link_supervisor, referral=referral).status == "sent"


@pytest.mark.parametrize("reason", list(DeclineReason))
def test_a_decline_goes_back_to_whoever_its_reason_says(reason: DeclineReason) -> None:
    world = make_world()
    referral = sent(world)
    with acting_as(world.link_worker):
        declined = decline(by=world.link_worker, referral=referral, reason=reason)
        event = Event.objects.get(name="referral_decline")
    assert declined.whose_turn == DECLINES[reason].turn == event.data["turn"]
    assert declined.decline_reason == reason == event.data["reason"]
    with acting_as(world.clinician):
        assert acknowledge(by=world.clinician, referral=referral).status == "closed"


def test_only_who_sent_it_takes_it_back_and_only_before_it_is_accepted() -> None:
    world = make_world()
    referral = claimed(world)
    with acting_as(world.receptionist):
        assert withdraw(by=world.receptionist, referral=referral).status == "withdrawn"
    second = claimed(world)
    with acting_as(world.link_worker):
        accept(by=world.link_worker, referral=second)
    says = refused(withdraw, by=world.clinician, referral=second)
    assert (says.code, says.sentence) == ("too_late", "Leila Haddad has already accepted this.")


def test_the_receiver_may_not_make_the_senders_moves_nor_the_sender_the_receivers() -> None:
    world = make_world()
    referral = sent(world)
    assert refused(withdraw, by=world.link_worker, referral=referral).code == "not_yours"
    assert refused(claim, by=world.adviser, referral=referral).code == "not_yours"
    assert refused(claim, by=world.clinician, referral=referral).code == "not_allowed"


def test_nobody_but_the_clock_lets_time_pass() -> None:
    world = make_world()
    says = refused(let_time_pass, by=world.link_supervisor, referral=sent(world))
    assert says.sentence == "Only the system's clock does this."


# Alerts


def alerted(world: World) -> tuple[Journey, SameDayAlert]:
    journey = referred(world, urgent_flags=frozenset({UrgentFlag.NO_FOOD}))
    with acting_as(world.advice_supervisor):
        return journey, SameDayAlert.objects.get(journey=journey)


def test_an_alert_is_due_in_the_pathways_two_hours() -> None:
    _, alert = alerted(make_world())
    assert (alert.raised_at, alert.due_at) == (NOW, NOW + timedelta(hours=2))


def test_owning_an_alert_is_not_help_and_its_clock_goes_on() -> None:
    world = make_world()
    _, alert = alerted(world)
    with acting_as(world.adviser):
        owned = acknowledge_alert(by=world.adviser, alert=alert)
        assert (owned.status, owned.helped_at, owned.due_at) == ("acknowledged", None, alert.due_at)
        assert [a.pk for a in alerts_for(world.adviser)] == [alert.pk]


def test_an_attempt_is_not_help() -> None:
    world = make_world()
    _, alert = alerted(world)
    says = refused(record_help, by=world.adviser, alert=alert, help_given="  ")
    assert (says.code, says.field) == ("no_help", "help_given")


def test_help_given_ends_an_alert_whether_or_not_somebody_owned_it() -> None:
    world = make_world()
    _, alert = alerted(world)
    with acting_as(world.adviser):
        helped = record_help(by=world.adviser, alert=alert, help_given="A food parcel, brought to the door")
        assert helped.status == "helped" and helped.helped_by_id == world.adviser.user_id
        assert not alerts_for(world.adviser)
    says = refused(acknowledge_alert, by=world.advice_supervisor, alert=alert)
    assert says.sentence == "Ana Sousa has already done this."


def test_an_alert_is_not_another_organisations_to_answer() -> None:
    world = make_world()
    _, alert = alerted(world)
    assert refused(acknowledge_alert, by=world.link_worker, alert=alert).code == "not_yours"


def test_an_alert_does_not_end_with_its_referral() -> None:
    world = make_world()
    journey, alert = alerted(world)
    with acting_as(world.clinician):
        for referral in Referral.objects.filter(journey=journey):
            withdraw(by=world.clinician, referral=referral)
        assert SameDayAlert.objects.get(pk=alert.pk).status == "raised"
