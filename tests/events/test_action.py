"""What an action is: all of it or nothing, and never without an event."""

import ast
from collections.abc import Iterator

import pytest

from tests.factories import make_world, referred
from tests.house.finding import trees
from wraparound.events import recording
from wraparound.events.action import ACTIONS, NoEvent, Refused, action
from wraparound.events.models import Event
from wraparound.events.recording import record, subscriptions
from wraparound.organisations.actor import Actor, acting_as
from wraparound.people.models import Person
from wraparound.referrals.actions import refer
from wraparound.referrals.states import MOVES

pytestmark = pytest.mark.django_db


@action
def rename(*, by: Actor, person: Person, told: bool = True, fail: bool = False) -> None:
    Person.objects.filter(pk=person.pk).update(family_name="Silva")
    if told:
        record("renamed", by=by, person_id=person.pk)
    if fail:
        raise Refused("no", "Not today.")


def family_name(person: Person) -> str:
    return Person.objects.get(pk=person.pk).family_name


def test_what_an_action_does_stays_done_with_its_event() -> None:
    world = make_world()
    person = referred(world).person
    with acting_as(world.clinician):
        rename(by=world.clinician, person=person)
        assert family_name(person) == "Silva" and Event.objects.filter(name="renamed").count() == 1


def test_an_action_that_says_nothing_is_a_fault_and_undone() -> None:
    world = make_world()
    person = referred(world).person
    with acting_as(world.clinician):
        with pytest.raises(NoEvent, match="rename"):
            rename(by=world.clinician, person=person, told=False)
        assert family_name(person) == "Duarte"


def test_a_refusal_takes_the_event_back() -> None:
    world = make_world()
    person = referred(world).person
    with acting_as(world.clinician):
        with pytest.raises(Refused, match="Not today"):
            rename(by=world.clinician, person=person, fail=True)
        assert family_name(person) == "Duarte" and not Event.objects.filter(name="renamed").exists()


def test_an_event_before_does_not_count_for_the_next_action() -> None:
    world = make_world()
    person = referred(world).person
    with acting_as(world.clinician):
        rename(by=world.clinician, person=person)
        with pytest.raises(NoEvent):
            rename(by=world.clinician, person=person, told=False)


def test_an_event_is_told_to_the_one_who_did_it_and_to_those_named() -> None:
    world = make_world()
    journey = referred(world)
    with acting_as(world.clinician):
        event = record("seen", by=world.clinician, told=[world.other_practice.pk], journey_id=journey.pk)
    assert event.organisation_ids == sorted([world.practice.pk, world.other_practice.pk])
    with acting_as(world.other_clinician):
        assert Event.objects.filter(name="seen").exists()
    with acting_as(world.adviser):
        assert not Event.objects.filter(name="seen").exists()


def test_every_subscription_is_for_an_event_that_is_made() -> None:
    moved = {f"referral_{verb}" for verb in MOVES}
    assert set(subscriptions()) <= moved | set(words_of_the_product())


def words_of_the_product() -> Iterator[str]:
    """Every text that stands in the product as it is, but in the table of subscriptions and in words for readers."""
    for path, tree in trees():
        if "subscriptions" not in str(path) and "/web/" not in str(path):
            found = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
            yield from (value for value in found if isinstance(value, str))


def test_what_a_subscriber_breaks_breaks_the_action(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(event: Event, by: Actor) -> None:
        raise ZeroDivisionError

    world = make_world()
    person = referred(world).person
    monkeypatch.setattr(recording, "subscriptions", lambda: {"renamed": [broken]})
    with acting_as(world.clinician):
        with pytest.raises(ZeroDivisionError):
            rename(by=world.clinician, person=person)
        assert family_name(person) == "Duarte"


def test_an_action_is_listed_and_keeps_its_name_and_words() -> None:
    assert ACTIONS["wraparound.referrals.actions.refer"] is refer
    assert refer.__name__ == "refer" and "Take one referral in" in (refer.__doc__ or "")
