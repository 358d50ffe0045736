"""Work that was closed, opened again when the person comes back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.casework.taking_on import contact, now, taken_on, tried_enough
from tests.factories import NOW, World, handover_agreed, make_world, referred
from wraparound.casework.actions import accept, close, hand_over, lose_contact
from wraparound.casework.models import Case, ContactResult
from wraparound.casework.reopening import last_day, reopen
from wraparound.consent.agreed import AgreedHow
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Team
from wraparound.pathways.vocabulary import Need, Service
from wraparound.referrals.actions import acknowledge
from wraparound.referrals.states import Outcome

pytestmark = pytest.mark.django_db

MARCH = NOW + timedelta(days=100)


def closed(world: World, by: Actor) -> Case:
    case = taken_on(world, by)
    contact(case, by, ContactResult.SPOKE)
    with acting_as(by):
        return close(by=by, case=case, outcome=Outcome.HELPED)


def test_the_case_opens_again_and_its_promises_count_from_now() -> None:
    world = make_world()
    by = world.link_worker
    case = closed(world, by)
    with acting_as(by):
        assert reopen(by=by.at(MARCH), case=case).closed_at is None
    referral = now(case, by)
    assert (referral.status, referral.whose_turn, referral.outcome, referral.ended_at) == (
        "accepted",
        "worker",
        "",
        None,
    )
    assert referral.counted_from == MARCH and referral.due_at and referral.due_at > MARCH
    contact(case, by.at(MARCH), ContactResult.SPOKE)
    with acting_as(by):
        close(by=by.at(MARCH), case=case, outcome=Outcome.PARTLY_HELPED)
    assert now(case, by).outcome == "partly_helped"


def test_a_colleague_of_the_team_may_open_it_and_it_is_theirs() -> None:
    world = make_world()
    case = closed(world, world.link_worker)
    by = world.second_link_worker
    with acting_as(by):
        assert reopen(by=by, case=case).worker_id == by.user_id
    assert now(case, by).worker_id == by.user_id


def test_another_team_of_the_organisation_may_not() -> None:
    world = make_world()
    case = closed(world, world.link_worker)
    other = Team.objects.create(
        scheme=world.scheme, organisation_id=world.social.organisation_id, name="North", service=world.social.service
    )
    by = replace(world.second_link_worker, team_id=other.pk)
    with acting_as(by), pytest.raises(Refused, match="Link workers closed this"):
        reopen(by=by, case=case)


def test_it_may_be_opened_for_twelve_months() -> None:
    world = make_world()
    by = world.link_worker
    case = closed(world, by)
    with acting_as(by):
        with pytest.raises(Refused, match="more than 12 months ago"):
            reopen(by=by.at(last_day(NOW) + timedelta(minutes=1)), case=case)
        reopen(by=by.at(last_day(NOW)), case=case)


@pytest.mark.parametrize(
    ("ended", "last"),
    [(datetime(2027, 2, 28, 12, tzinfo=UTC), (2028, 2, 28)), (datetime(2028, 2, 29, 12, tzinfo=UTC), (2029, 2, 28)),
     (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), (2027, 12, 31)),
     # In London it is past midnight already.
     (datetime(2026, 7, 31, 23, 30, tzinfo=UTC), (2027, 8, 1))],
)  # fmt: skip
def test_twelve_months_end_with_a_day_in_london(ended: datetime, last: tuple[int, int, int]) -> None:
    end = last_day(ended)
    assert (end.year, end.month, end.day, end.hour) == (*last, 23)


def test_who_is_with_the_team_again_is_not_there_twice() -> None:
    world = make_world()
    by, adviser = world.link_worker, world.adviser
    journey = referred(world)
    first = taken_on(world, adviser, journey)
    with acting_as(adviser):
        close(by=adviser, case=first, outcome=Outcome.HELPED)
    case = taken_on(world, by, journey)
    with acting_as(by):
        again = hand_over(
            by=by, case=case, service=Service.WELFARE_ADVICE, needs=frozenset({Need.DEBT}), told="Arrears again",
            agreed=handover_agreed(AgreedHow.IN_PERSON),
        )  # fmt: skip
    with acting_as(adviser):
        with pytest.raises(Refused, match="with your team already"):
            reopen(by=adviser, case=first)
        close(by=adviser, case=accept(by=adviser, referral=again), outcome=Outcome.HELPED)
        reopen(by=adviser, case=first)


@pytest.mark.parametrize("read", [False, True])
def test_somebody_who_could_not_be_reached_and_rings_back_is_taken_on_again(read: bool) -> None:
    world = make_world()
    by = world.link_worker
    case = taken_on(world, by)
    tried_enough(case, by)
    later = by.at(NOW + timedelta(days=3))
    with acting_as(by):
        lose_contact(by=later, case=case)
    if read:
        with acting_as(world.clinician):
            acknowledge(by=world.clinician.at(later.now()), referral=case.referral)
    with acting_as(by):
        reopen(by=later, case=case)
    referral = now(case, by)
    assert (referral.status, referral.attempts) == ("accepted", 0)
    contact(case, by.at(NOW + timedelta(days=4)), ContactResult.NO_ANSWER)
    assert now(case, by).attempts == 1


def test_what_is_open_is_not_opened() -> None:
    world = make_world()
    case = taken_on(world, world.link_worker)
    with acting_as(world.link_worker), pytest.raises(Refused, match="already accepted"):
        reopen(by=world.link_worker, case=case)
