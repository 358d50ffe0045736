"""Who has how many people in hand: of one's own organisation, and as numbers alone."""

import pytest

from tests.factories import World, details, make_world, referral_to, referred
from wraparound.organisations.actor import acting_as
from wraparound.referrals.actions import claim, withdraw
from wraparound.referrals.loads import Load, loads, people_by_worker
from wraparound.referrals.models import Referral

pytestmark = pytest.mark.django_db


def somebody(world: World, number: int) -> Referral:
    sent = referred(world, person=details(family_name=f"Duarte{number}", date_of_birth=None, postcode=""))
    return referral_to(sent, world.link_worker)


def counted(world: World, by: str) -> list[Load]:
    with acting_as(world.actors[by]):
        return loads(world.actors[by])


def test_each_worker_by_team_and_what_nobody_has() -> None:
    world = make_world()
    first, _, third = (somebody(world, number) for number in range(3))
    with acting_as(world.link_worker):
        claim(by=world.link_worker, referral=first)
    with acting_as(world.clinician):
        withdraw(by=world.clinician, referral=third)
    social = world.social.pk
    found = sorted(counted(world, "link_worker"), key=lambda load: load.worker_id or 0)
    assert found == [Load(social, None, 1, 1), Load(social, world.link_worker.user_id, 1, 0)]
    assert people_by_worker(found) == people_by_worker(found, social) == {world.link_worker.user_id: 1}
    assert people_by_worker(found, world.advice.pk) == {}


def test_nothing_of_another_organisation_comes_out() -> None:
    world = make_world()
    somebody(world, 1)
    assert counted(world, "link_worker")
    assert not any(load.team_id == world.social.pk for load in counted(world, "adviser"))
    assert counted(world, "clinician") == []
