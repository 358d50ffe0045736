"""How much room teams have."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.factories import NOW, World, details, make_world, referral_to, referred
from wraparound.casework.actions import accept
from wraparound.organisations.actor import acting_as
from wraparound.organisations.models import Leave, Membership, Team, WorkingTime
from wraparound.pathways.vocabulary import Service
from wraparound.referrals.actions import claim, withdraw
from wraparound.referrals.capacity import Room, capacity_of
from wraparound.referrals.models import Referral

pytestmark = pytest.mark.django_db

BOTH = (Service.SOCIAL_PRESCRIBING, Service.WELFARE_ADVICE)
TODAY = NOW.date()


def somebody(world: World, number: int) -> Referral:
    """Somebody else each time, sent to the link workers."""
    sent = referred(world, person=details(family_name=f"Duarte{number}", date_of_birth=None, postcode=""))
    return referral_to(sent, world.link_worker)


def room(world: World, team: Team, by: str = "clinician") -> Room:
    with acting_as(world.actors[by]):
        return capacity_of(world.scheme.pk, BOTH, today=TODAY)[team.pk]


def works(world: World, who: str, places: int) -> None:
    membership = Membership.objects.get(pk=world.actors[who].membership_id)
    WorkingTime.objects.create(membership=membership, minutes=[450] * 5 + [0, 0], places=places)


def test_nothing_set_is_no_limit() -> None:
    world = make_world()
    somebody(world, 1)
    assert room(world, world.social) == Room(places=None, open=1, waiting=0, free=None, closed_until=None)


def test_a_team_has_its_own_places_or_else_its_workers() -> None:
    world = make_world()
    works(world, "link_worker", 30)
    works(world, "second_link_worker", 20)
    assert room(world, world.social).places == 50
    Team.objects.filter(pk=world.social.pk).update(places=12)
    assert room(world, world.social).places == 12
    assert room(world, world.advice).places is None


def test_a_worker_who_has_left_takes_their_places_along() -> None:
    world = make_world()
    works(world, "link_worker", 30)
    works(world, "second_link_worker", 20)
    Membership.objects.filter(pk=world.second_link_worker.membership_id).update(ended=NOW + timedelta(days=3650))
    assert room(world, world.social).places == 30


def away(world: World, who: str, first: int, last: int, **changes: object) -> None:
    """On leave from so many days after today to so many."""
    starts, ends = TODAY + timedelta(days=first), TODAY + timedelta(days=last)
    Leave.objects.create(membership_id=world.actors[who].membership_id, starts=starts, ends=ends, **changes)


@pytest.mark.parametrize(
    ("first", "last", "places"),
    [(0, 13, 20), (-13, 0, 20), (-40, 40, 20), (0, 12, 50), (-12, 0, 50), (1, 30, 50), (-30, -1, 50)],
)
def test_a_worker_on_long_leave_takes_their_places_along_while_it_lasts(first: int, last: int, places: int) -> None:
    world = make_world()
    works(world, "link_worker", 30)
    works(world, "second_link_worker", 20)
    away(world, "link_worker", first, last)
    assert room(world, world.social).places == places
    Team.objects.filter(pk=world.social.pk).update(places=12)
    assert room(world, world.social).places == 12


def test_a_leave_that_was_cancelled_takes_no_places() -> None:
    world = make_world()
    works(world, "link_worker", 30)
    away(world, "link_worker", 0, 30, cancelled_at=NOW)
    assert room(world, world.social).places == 30


def test_a_team_whose_workers_are_all_away_is_full_and_not_without_a_limit() -> None:
    world = make_world()
    works(world, "link_worker", 30)
    away(world, "link_worker", 0, 30)
    held = room(world, world.social)
    assert (held.places, held.free, held.full) == (0, 0, True)


def test_leave_is_looked_at_in_the_same_question(django_assert_num_queries) -> None:
    world = make_world()
    works(world, "link_worker", 30)
    away(world, "link_worker", 0, 30)
    with acting_as(world.clinician), django_assert_num_queries(2):
        capacity_of(world.scheme.pk, BOTH, today=TODAY)


def test_everybody_whom_the_team_has_in_hand_takes_a_place_and_the_others_none() -> None:
    world = make_world()
    Team.objects.filter(pk=world.social.pk).update(places=3)
    sent, claimed, accepted, gone, waiting = (somebody(world, number) for number in range(5))
    with acting_as(world.link_worker):
        claim(by=world.link_worker, referral=claimed)
        accept(by=world.link_worker, referral=accepted)
        Referral.objects.filter(pk=waiting.pk).update(status="waiting")
    with acting_as(world.clinician):
        withdraw(by=world.clinician, referral=gone)
    assert room(world, world.social) == Room(places=3, open=3, waiting=1, free=0, closed_until=None)
    with acting_as(world.clinician):
        withdraw(by=world.clinician, referral=sent)
    assert room(world, world.social).free == 1


def test_a_team_beyond_its_places_has_none_free_and_not_fewer() -> None:
    world = make_world()
    somebody(world, 1), somebody(world, 2)
    Team.objects.filter(pk=world.social.pk).update(places=1)
    assert room(world, world.social).free == 0


def test_a_practice_that_sent_nobody_counts_the_same_people() -> None:
    """It could not see them itself."""
    world = make_world()
    somebody(world, 1)
    with acting_as(world.other_clinician):
        assert not Referral.objects.exists()
    assert room(world, world.social, by="other_clinician").open == 1


def test_another_scheme_counts_none_of_them() -> None:
    world, other = make_world(), make_world()
    somebody(world, 1)
    with acting_as(other.clinician), connection.cursor() as cursor:
        row = cursor.execute("SELECT * FROM referrals_in_hand(%s, %s)", [[world.social.pk], [9]]).fetchone()
    assert row == (world.social.pk, 0, 0)


def test_a_team_answers_for_its_further_services() -> None:
    world = make_world()
    Team.objects.filter(pk=world.social.pk).update(also=[Service.WELFARE_ADVICE])
    with acting_as(world.clinician):
        found = capacity_of(world.scheme.pk, [Service.WELFARE_ADVICE], today=TODAY)
    assert set(found) == {world.social.pk, world.advice.pk}


def test_teams_are_found_by_their_ids_in_their_own_scheme_alone() -> None:
    world, other = make_world(), make_world()
    with acting_as(world.clinician):
        found = capacity_of(world.scheme.pk, team_ids=[world.social.pk, other.social.pk], today=TODAY)
    assert set(found) == {world.social.pk}


def test_a_team_is_closed_until_its_day_and_not_on_it() -> None:
    world = make_world()
    Team.objects.filter(pk=world.social.pk).update(closed_until=TODAY)
    assert room(world, world.social).closed_until is None
    Team.objects.filter(pk=world.social.pk).update(closed_until=TODAY + timedelta(days=1))
    assert room(world, world.social).closed_until == TODAY + timedelta(days=1)
