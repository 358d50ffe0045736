"""A referral sent on to another team before anybody took the person on."""

from datetime import timedelta

import pytest

from tests.factories import NOW, World, make_world, member, partner, referral_to, referred
from wraparound.casework.actions import accept
from wraparound.consent.models import Agreement
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Organisation, Team
from wraparound.organisations.roles import Role
from wraparound.pathways.vocabulary import Entry, Service, UrgentFlag
from wraparound.people.models import Person
from wraparound.referrals.actions import acknowledge, claim, decline, withdraw
from wraparound.referrals.alerts import record_help
from wraparound.referrals.models import Referral, SameDayAlert
from wraparound.referrals.rerouting import reroute
from wraparound.referrals.states import DeclineReason, SentOnBecause

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


def second_team(world: World, service: Service = Service.SOCIAL_PRESCRIBING) -> tuple[Team, Actor]:
    organisation = Organisation.objects.create(name="Eastside", kind=Organisation.Kind.SOCIAL_PRESCRIBING)
    partner(world.scheme, organisation)
    team = Team.objects.create(scheme=world.scheme, organisation=organisation, name="East team", service=service)
    return team, member(world.scheme, organisation, Role.LINK_WORKER, "Noor Aziz", team)


def sent_on(world: World, referral: Referral, team: Team, **changes: object) -> Referral:
    by = world.link_worker.at(LATER)
    said = {"why": SentOnBecause.NEARER, "told": "Uses a wheelchair; ring before noon."}
    with acting_as(by):
        return reroute(by=by, referral=referral, team=team, **(said | changes))  # type: ignore[arg-type]


def test_the_next_team_gets_it_with_what_was_told_and_the_first_has_it_no_more() -> None:
    world = make_world()
    team, there = second_team(world)
    journey = referred(world, advice_ticked=False, reason="Alone since May")
    old = referral_to(journey, world.link_worker)
    sent_on(world, old, team)
    new = referral_to(journey, there)
    assert (new.kind, new.placed, new.status, new.whose_turn) == ("rerouted", "chosen", "sent", "receiving_team")
    assert (new.reason, new.told) == ("Alone since May", "Uses a wheelchair; ring before noon.")
    with acting_as(there):
        assert Person.objects.get().pk == old.person_id
        assert Agreement.objects.get(pk=new.agreement_id).how == "in_person"
        accept(by=there, referral=new)
    with acting_as(world.link_worker):
        assert not Person.objects.exists()
        left = Referral.objects.get(pk=old.pk)
    assert (left.status, left.outcome, left.whose_turn) == ("closed", "sent_on", "nobody")


def test_whoever_made_the_referral_hears_how_it_ends_though_they_sent_it_on_themselves() -> None:
    world = make_world()
    team, there = second_team(world)
    own = {"entry": Entry.WORKER, "told": "Asked twice about company", "advice_ticked": False, "needs": frozenset()}
    journey = referred(world, by=world.link_worker, **own)
    new = sent_on(world, referral_to(journey, world.link_worker), team)
    with acting_as(there):
        accept(by=there, referral=new)
    with acting_as(world.link_worker):
        assert Person.objects.get().pk == journey.person_id
        assert Referral.objects.get(pk=new.pk).status == "accepted"


def test_its_promises_count_from_the_first_sending() -> None:
    world = make_world()
    team, _ = second_team(world)
    old = referral_to(referred(world, advice_ticked=False), world.link_worker)
    new = sent_on(world, old, team)
    assert (new.sent_at, new.counted_from) == (LATER, NOW)
    assert (new.due_at, new.timeout_at) == (old.due_at, old.timeout_at)


def test_the_referrer_is_told_who_has_it_now_and_answers_come_back_to_them() -> None:
    world = make_world()
    team, there = second_team(world)
    new = sent_on(world, referral_to(referred(world, advice_ticked=False), world.link_worker), team)
    with acting_as(world.clinician):
        event = Event.objects.get(name="referral_reroute")
        assert event.data["to_team"] == "East team" and event.data["reason"] == "nearer"
    with acting_as(there):
        decline(by=there, referral=new, reason=DeclineReason.OUT_OF_AREA)
    with acting_as(world.clinician):
        assert acknowledge(by=world.clinician, referral=new).status == "closed"
    with acting_as(there):
        assert not Person.objects.exists()


def test_the_referrer_may_take_it_back_from_the_next_team_which_closes_the_record() -> None:
    world = make_world()
    team, there = second_team(world)
    new = sent_on(world, referral_to(referred(world, advice_ticked=False), world.link_worker), team)
    with acting_as(world.clinician):
        withdraw(by=world.clinician, referral=new)
    with acting_as(there):
        assert not Person.objects.exists()


def test_it_may_go_to_the_other_service() -> None:
    world = make_world()
    old = referral_to(referred(world, advice_ticked=False), world.link_worker)
    new = sent_on(world, old, world.advice, why=SentOnBecause.OTHER_SERVICE)
    assert new.service == "welfare_advice"
    assert referral_to(new.journey, world.adviser).pk == new.pk


def test_what_another_claimed_or_nobody_here_has_is_not_sent_on() -> None:
    world = make_world()
    team, _ = second_team(world)
    referral = referral_to(referred(world, advice_ticked=False), world.link_worker)
    with acting_as(world.second_link_worker):
        claim(by=world.second_link_worker, referral=referral)
    with pytest.raises(Refused, match="Tom Price has taken this on"):
        sent_on(world, referral, team)
    with acting_as(world.second_link_worker):
        accept(by=world.second_link_worker, referral=referral)
        with pytest.raises(Refused, match="Tom Price has already accepted this"):
            reroute(by=world.second_link_worker, referral=referral, team=team, why=SentOnBecause.OTHER, told="It")


def test_it_goes_to_a_team_that_can_take_it() -> None:
    world, elsewhere = make_world(), make_world()
    both = referral_to(referred(world), world.link_worker)
    wrong = (
        (world.social, "same_team", "team"), (world.advice, "already_there", "team"),
        (elsewhere.social, "elsewhere", "team"),
    )  # fmt: skip
    for team, code, field in wrong:
        with pytest.raises(Refused) as refused:
            sent_on(world, both, team)
        assert (refused.value.code, refused.value.field) == (code, field)
    with pytest.raises(Refused, match="Write what the next team needs to know"):
        sent_on(world, both, second_team(world)[0], told=" ")


def test_somebody_referred_for_both_is_not_sent_to_half_of_it() -> None:
    world = make_world()
    team, _ = second_team(world)
    referral = referral_to(referred(world, advice_ticked=False), world.link_worker)
    with acting_as(world.link_worker):
        Referral.objects.filter(pk=referral.pk).update(joined=["welfare_advice"])
    with pytest.raises(Refused, match="East team does not give all that they were referred for"):
        sent_on(world, referral, team)
    Team.objects.filter(pk=team.pk).update(also=["welfare_advice"])
    team.refresh_from_db()
    new = sent_on(world, referral, team)
    assert (new.service, new.joined) == ("social_prescribing", ["welfare_advice"])


def test_help_on_the_day_comes_before_sending_on() -> None:
    world = make_world()
    team, _ = second_team(world, Service.WELFARE_ADVICE)
    referral = referral_to(referred(world, urgent_flags=frozenset({UrgentFlag.NO_FOOD})), world.adviser)
    by, said = world.adviser, {"why": SentOnBecause.NO_ROOM, "told": "A parcel was brought"}
    with acting_as(by):
        with pytest.raises(Refused, match="Help for the same-day alert comes first"):
            reroute(by=by, referral=referral, team=team, **said)  # type: ignore[arg-type]
        record_help(by=by, alert=SameDayAlert.objects.get(), help_given="A food parcel")
        new = reroute(by=by, referral=referral, team=team, **said)  # type: ignore[arg-type]
    assert (new.rank, new.urgent_flags) == (0, ["no_food"])


def test_sent_on_within_one_organisation_its_record_stays_open() -> None:
    world = make_world()
    other = Team.objects.create(
        scheme=world.scheme, organisation_id=world.social.organisation_id, name="North", service=world.social.service
    )
    sent_on(world, referral_to(referred(world, advice_ticked=False), world.link_worker), other)
    with acting_as(world.link_worker):
        assert Person.objects.exists()
