"""What the public's door lets in, and what it never lets out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import NOW, World, details, intake, make_world, referred
from wraparound.consent.agreed import ASKING, AgreedHow
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import HelpNow, Scheme
from wraparound.organisations.roles import CAPABILITIES, Capability, Role
from wraparound.pathways.vocabulary import Entry, UrgentFlag
from wraparound.people.models import Person
from wraparound.referrals.asking_for_help import (
    MOST_FROM_ONE_PLACE,
    MOST_IN_A_SCHEME,
    Asked,
    ask_for_help,
    asker,
    entries_of,
    ring_now,
    schemes_to_ask,
)
from wraparound.referrals.models import Journey, PublicRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def ask(world: World, place: str = "192.0.2.1", by: Actor | None = None, **changes: object) -> Asked:
    by = by or asker(world.scheme).at(NOW)
    asked = {"entry": Entry.SELF, "agreed_how": AgreedHow.ONLINE, "wording": ASKING, "advice_ticked": False}
    with acting_as(by):
        return ask_for_help(by=by, intake=intake(**(asked | changes)), place=place)


def journey_of(world: World, asked: Asked) -> Journey:
    with acting_as(world.adviser):
        return Journey.objects.visible_to(world.adviser).select_related("person").get(reference=asked.reference)


def test_a_request_reaches_the_services_and_belongs_to_the_front_door(world: World) -> None:
    journey = journey_of(world, ask(world))
    assert journey.from_organisation_id == world.scheme.front_door_id and journey.from_user_id is None
    assert journey.entry == Entry.SELF


def test_whoever_asks_is_told_who_will_come_and_by_when_and_nothing_of_a_record(world: World) -> None:
    known, unknown = referred(world).person, details(given_names="Keith", family_name="Barker", postcode="E1 1AA")
    same = ask(world, person=details())
    other = ask(world, person=unknown)
    assert same.coming == other.coming and same.reference != other.reference
    assert journey_of(world, same).person_id == known.pk


def test_what_the_public_writes_never_changes_a_record(world: World) -> None:
    person = referred(world, person=details(mobile="")).person
    written = details(mobile="07700 900999", safe_times="Any time", voicemail="yes", access_needs="None")
    journey = journey_of(world, ask(world, person=written))
    with acting_as(world.adviser):
        now = Person.objects.visible_to(world.adviser).get(pk=person.pk)
        assert (now.mobile, now.safe_times, now.voicemail) == ("", "", "not_asked")
        said = journey.referrals.get(to_team=world.advice).said_differently
    assert said["mobile"] == "07700 900999" and said["safe_times"] == "Any time"


def test_somebody_new_is_written_down_with_how_to_contact_them_safely(world: World) -> None:
    journey = journey_of(world, ask(world, person=details(safe_times="Before 3pm", voicemail="no")))
    assert (journey.person.safe_times, journey.person.voicemail) == ("Before 3pm", "no")
    assert journey.person.contact_with_care


def test_one_place_and_one_scheme_can_ask_so_often_and_others_are_not_stopped(world: World) -> None:
    PublicRequest.objects.bulk_create(
        PublicRequest(scheme=world.scheme, place_sha256="another", at=NOW - timedelta(minutes=5))
        for _ in range(MOST_IN_A_SCHEME - MOST_FROM_ONE_PLACE)
    )
    for _ in range(MOST_FROM_ONE_PLACE - 1):
        ask(world)
    ask(world, place="192.0.2.2")
    ask(world, by=asker(make_world().scheme).at(NOW))
    with pytest.raises(Refused) as refused:
        ask(world)
    assert refused.value.code == "too_many"
    later = asker(world.scheme).at(NOW + timedelta(minutes=61))
    ask(world, by=later)


def test_what_is_kept_of_a_place_does_not_name_it_and_changes_with_the_day(world: World) -> None:
    ask(world, place="192.0.2.77")
    ask(world, place="192.0.2.77", by=asker(world.scheme).at(NOW + timedelta(days=1)))
    kept = list(PublicRequest.objects.filter(scheme=world.scheme).values_list("place_sha256", flat=True))
    assert len(set(kept)) == 2 and not any("192" in each for each in kept)


def test_nobody_signed_in_asks_in_public_and_the_public_does_nothing_else(world: World) -> None:
    with pytest.raises(Refused):
        ask(world, by=world.clinician)
    assert CAPABILITIES[Role.PUBLIC] == {Capability.ASK_IN_PUBLIC}
    by = replace(asker(world.scheme), role=Role.PUBLIC)
    with acting_as(by):
        assert not Person.objects.visible_to(by).exists()


def test_a_scheme_without_a_front_door_is_not_asked(world: World) -> None:
    assert world.scheme in schemes_to_ask()
    Scheme.objects.filter(pk=world.scheme.pk).update(front_door=None)
    assert world.scheme not in schemes_to_ask()


def test_numbers_to_ring_are_those_of_the_needs_that_cannot_wait(world: World) -> None:
    HelpNow.objects.create(scheme=world.scheme, flag="no_food", when="always", name="Food bank", phone="020 7946 0002")
    assert [each.name for each in ring_now(world.scheme, frozenset({UrgentFlag.NO_FOOD}))] == ["Food bank"]
    assert ring_now(world.scheme, frozenset({UrgentFlag.BAILIFFS_DUE})) == ()


def test_the_pathway_says_who_may_ask(world: World) -> None:
    assert entries_of(world.scheme) == [Entry.SELF, Entry.ON_BEHALF]
