"""Acting: the transaction shows what the actor may see, and whoever acted before is back afterwards."""

import pytest
from django.db import connection, transaction

from tests.factories import make_world, referred
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.pathways import pathway_of, publish
from wraparound.organisations.roles import Capability, Role
from wraparound.pathways.canonical import sha256
from wraparound.pathways.library import load
from wraparound.people.models import Person

pytestmark = pytest.mark.django_db


def people() -> int:
    return Person.objects.count()


def test_inside_anothers_turn_the_outer_actor_is_back_at_the_end() -> None:
    world = make_world()
    referred(world)
    with acting_as(world.clinician):
        with acting_as(world.other_clinician):
            assert people() == 0
        with acting_as(None):
            assert people() == 0
        assert people() == 1


def test_a_failure_inside_brings_the_outer_actor_back_too() -> None:
    world = make_world()
    referred(world)
    with acting_as(world.clinician):
        with pytest.raises(ZeroDivisionError), acting_as(world.other_clinician):
            raise ZeroDivisionError
        assert people() == 1


def test_after_the_transaction_nobody_acts() -> None:
    world = make_world()
    referred(world)
    with acting_as(world.clinician):
        assert people() == 1
    assert people() == 0


def test_history_names_nobody_when_nobody_acts() -> None:
    with acting_as(None), connection.cursor() as cursor:
        assert cursor.execute("SELECT current_setting('pghistory.context_metadata', true)").fetchone() == ("",)


def test_what_fails_leaves_nothing() -> None:
    world = make_world()
    with pytest.raises(ZeroDivisionError), acting_as(world.clinician), transaction.atomic():
        referred(world)
        raise ZeroDivisionError
    with acting_as(world.clinician):
        assert people() == 0


def test_the_system_is_no_user() -> None:
    world = make_world()
    clock = system(world.scheme, world.practice)
    assert clock.role is Role.SYSTEM and clock.can(Capability.LET_TIME_PASS)
    with pytest.raises(Refused, match="cannot be done automatically"):
        clock.user()


def test_no_membership_can_be_the_systems() -> None:
    field = make_world().practice.memberships.model._meta.get_field("role")
    assert Role.SYSTEM.value not in {value for value, _ in field.flatchoices}


# Pathway versions


def test_a_new_version_is_followed_by_new_journeys_and_old_ones_keep_theirs() -> None:
    world = make_world("both-at-once")
    before = referred(world)
    publish(scheme=world.scheme, name="link-worker-first", pathway=load("link-worker-first"), at=before.opened_at)
    after = referred(world)
    assert pathway_of(before.pathway_version_id).title == "Both at once"
    assert pathway_of(after.pathway_version_id).title == "Link worker first"


def test_a_version_is_stored_whole_with_its_hash_and_counted() -> None:
    world = make_world()
    version = publish(scheme=world.scheme, name="again", pathway=load("both-at-once"), at=world.clinician.now())
    assert version.number == 2 and version.sha256 == sha256(load("both-at-once"))
    assert pathway_of(version.pk) == load("both-at-once")


def test_an_actor_is_a_value() -> None:
    by = make_world().clinician
    assert by == Actor(**vars(by)) and hash(by)
