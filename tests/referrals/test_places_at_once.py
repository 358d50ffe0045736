"""Two people act on the same places at the same moment."""

from datetime import timedelta

from tests.at_once import Other, all_at_once, one_while_the_other_waits, until_somebody_waits
from tests.factories import NOW, World, details, intake, make_world, partner, referral_to, referred
from tests.house.seeing import Owner
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.models import Organisation, Team, User
from wraparound.referrals.actions import decline, refer, withdraw
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.rerouting import reroute
from wraparound.referrals.sharing_out import assign, lock_teams
from wraparound.referrals.states import DeclineReason, SentOnBecause
from wraparound.referrals.waiting import offer_place, offer_places

ELSE = details(given_names="Wei", family_name="Zhang", date_of_birth=None, postcode="")


def places(world: World, number: int) -> None:
    Team.objects.filter(pk=world.social.pk).update(places=number)


def count(owner: Owner, world: World, status: str) -> int:
    rows = owner.query(
        "SELECT count(*) FROM referrals_referral WHERE to_team_id = %s AND status = %s", [world.social.pk, status]
    )
    number: int = rows[0][0]
    return number


def waiting(world: World, people: int) -> None:
    places(world, 0)
    for number in range(people):
        by = world.clinician.at(NOW + timedelta(minutes=number))
        referred(world, by=by, person=details(family_name=f"D{number}", date_of_birth=None, postcode=""))


def test_two_practices_at_once_do_not_both_have_the_last_place(owner: Owner) -> None:
    world = make_world()
    places(world, 1)
    results = one_while_the_other_waits(
        owner,
        world.clinician,
        world.other_clinician,
        lambda by: refer(by=by, intake=intake(person=details() if by is world.clinician else ELSE)),
    )
    assert all(isinstance(result, Journey) for result in results), results
    assert (count(owner, world, "sent"), count(owner, world, "waiting")) == (1, 1)


def test_two_places_freed_at_once_go_to_two_people(owner: Owner) -> None:
    world = make_world()
    waiting(world, 4)
    places(world, 2)
    clock = system(world.scheme, world.social.organisation_id).at(NOW)
    results = all_at_once(*((clock, lambda by: offer_places(by=by, team=world.social)) for _ in range(3)))
    offered = [referral.pk for result in results if not isinstance(result, Refused) for referral in result]
    assert len(offered) == len(set(offered)) == 2
    assert (count(owner, world, "sent"), count(owner, world, "waiting")) == (2, 2)


def test_a_place_offered_to_who_is_taken_back_at_that_moment_is_the_next_ones(owner: Owner) -> None:
    world = make_world()
    waiting(world, 2)
    places(world, 1)
    with acting_as(world.clinician):
        first = Journey.objects.order_by("pk").first()
    assert first
    referral = referral_to(first, world.link_worker)
    clock = system(world.scheme, world.social.organisation_id).at(NOW)
    _, offered = one_while_the_other_waits(
        owner,
        world.clinician,
        clock,
        lambda by: (
            withdraw(by=by, referral=referral) if by is world.clinician else offer_places(by=by, team=world.social)
        ),
    )
    assert [each.pk != referral.pk for each in offered] == [True]
    assert count(owner, world, "sent") == 1 and count(owner, world, "waiting") == 0


def test_two_supervisors_offering_the_same_person_a_place_offer_one(owner: Owner) -> None:
    world = make_world()
    waiting(world, 1)
    with acting_as(world.clinician):
        journey = Journey.objects.get()
    referral = referral_to(journey, world.link_worker)
    by = world.link_supervisor
    results = all_at_once(*((by, lambda by: offer_place(by=by, referral=referral)) for _ in range(2)))
    [refused] = [result for result in results if isinstance(result, Refused)]
    assert refused.code == "too_late"


def test_declining_for_want_of_room_does_not_stand_against_giving_to_a_worker(owner: Owner) -> None:
    """Both lock the team and the referral, and in the same order."""
    world = make_world()
    places(world, 5)
    referral = referral_to(referred(world), world.link_worker)
    worker = User.objects.get(pk=world.second_link_worker.user_id)
    with acting_as(world.link_supervisor):
        lock_teams(world.link_supervisor, [world.social.pk])
        other = Other(world.link_worker, lambda by: decline(by=by, referral=referral, reason=DeclineReason.NO_CAPACITY))
        until_somebody_waits(owner)
        assert assign(by=world.link_supervisor, referral=referral, worker=worker).status == "claimed"
    refused = other.ended()
    assert isinstance(refused, Refused) and refused.sentence.startswith("Tom Price has taken this on")


def test_two_services_send_one_journey_on_at_once_and_neither_stops_the_other(owner: Owner) -> None:
    world = make_world()
    journey = referred(world)
    others = {
        "social_prescribing": another_team(world, "Second link workers", "social_prescribing"),
        "welfare_advice": another_team(world, "Second advisers", "welfare_advice"),
    }

    def send_on(by: Actor) -> Referral:
        mine = Referral.objects.get(journey=journey, to_organisation_id=by.organisation_id)
        return reroute(by=by, referral=mine, team=others[mine.service], why=SentOnBecause.NEARER, told="Arrears")

    sent = all_at_once((world.link_worker, send_on), (world.adviser, send_on))
    assert all(isinstance(each, Referral) for each in sent), sent
    [(both,)] = owner.query("SELECT cardinality(organisation_ids) FROM referrals_journey WHERE id = %s", [journey.pk])
    assert both == 5, "the practice, the two who sent it on, and the two who have it"


def another_team(world: World, name: str, service: str) -> Team:
    organisation = Organisation.objects.create(name=name, kind=Organisation.Kind.VOLUNTARY)
    partner(world.scheme, organisation)
    return Team.objects.create(scheme=world.scheme, organisation=organisation, name=name, service=service)
