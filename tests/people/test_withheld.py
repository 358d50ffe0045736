"""What only those who work with somebody may know: where they live, and that there is abuse at home."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import World, details, make_world, member, referral_to, referred
from wraparound.casework.actions import accept
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.roles import Role
from wraparound.people.actions import change_contact
from wraparound.people.marking import end_abuse_marker, put_abuse_marker
from wraparound.people.matching import look_for
from wraparound.people.models import AbuseMarker, Person, WithheldAddress
from wraparound.people.reading import abuse_marker_of, contact_digest, sees_address
from wraparound.referrals.actions import claim
from wraparound.referrals.models import Journey

pytestmark = pytest.mark.django_db

STREET, CODE = "1 Quiet Street", "E3 4QX"


def taken_on(world: World, *workers: Actor) -> Journey:
    journey = referred(world, person=details(address=STREET, postcode=CODE, nhs_number="9990000018"))
    for worker in workers:
        with acting_as(worker):
            accept(by=worker, referral=claim(by=worker, referral=referral_to(journey, worker)))
    return journey


def person(actor: Actor, journey: Journey) -> Person:
    return Person.objects.visible_to(actor).get(pk=journey.person_id)


def changed(by: Actor, journey: Journey, **changes: object) -> Person:
    with acting_as(by):
        return change_contact(by=by, person=person(by, journey), changes=changes)


def where(actor: Actor, journey: Journey) -> tuple[bool, str, str]:
    """What a page shows, and what is on the person's own row in plain SQL: never a withheld address."""
    with acting_as(actor), connection.cursor() as cursor:
        [row] = cursor.execute("SELECT to_jsonb(p)::text FROM people_person p WHERE id = %s", [journey.person_id])
        found = person(actor, journey)
        if found.address_withheld:
            assert STREET not in row[0] and CODE not in row[0]
        return sees_address(actor, found), found.address, found.postcode


def test_a_withheld_address_is_there_for_those_who_work_with_them_alone() -> None:
    world = make_world()
    journey = taken_on(world, world.link_worker)
    changed(world.link_worker, journey, address_withheld=True)
    assert where(world.link_worker, journey) == (True, STREET, CODE)
    for other in (world.clinician, world.adviser):
        assert where(other, journey) == (False, "", "")
        with acting_as(other):
            assert not WithheldAddress.objects.exists()


def test_whoever_takes_them_on_later_is_told_and_who_ends_it_is_not_any_more() -> None:
    world = make_world()
    journey = taken_on(world, world.link_worker)
    changed(world.link_worker, journey, address_withheld=True)
    with acting_as(world.adviser):
        accept(by=world.adviser, referral=claim(by=world.adviser, referral=referral_to(journey, world.adviser)))
    assert where(world.adviser, journey) == (True, STREET, CODE)


def test_where_nobody_works_with_them_whoever_withheld_it_has_it() -> None:
    world = make_world()
    journey = taken_on(world)
    changed(world.clinician, journey, address_withheld=True)
    assert where(world.clinician, journey) == (True, STREET, CODE)
    assert where(world.adviser, journey) == (False, "", "")
    with acting_as(world.link_worker):
        accept(
            by=world.link_worker, referral=claim(by=world.link_worker, referral=referral_to(journey, world.link_worker))
        )
    assert where(world.clinician, journey) == (False, "", "")


def test_it_is_changed_emptied_and_given_up_where_it_is_kept() -> None:
    world = make_world()
    by = world.link_worker
    journey = taken_on(world, by)
    changed(by, journey, address_withheld=True, address="2 Hidden Row")
    assert where(by, journey) == (True, "2 Hidden Row", CODE)
    changed(by, journey, address="3 Hidden Row")
    assert where(by, journey) == (True, "3 Hidden Row", CODE)
    changed(by, journey, postcode="")
    assert where(by, journey) == (True, "3 Hidden Row", "")
    changed(by, journey, postcode="E1 4NS")
    assert where(by, journey) == (True, "3 Hidden Row", "E1 4NS")
    changed(by, journey, address_withheld=False)
    assert where(world.clinician, journey) == (True, "3 Hidden Row", "E1 4NS")
    with acting_as(by):
        assert not WithheldAddress.objects.exists()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.booleans(), st.sampled_from(["", "A", "B"]), st.sampled_from(["", CODE])), max_size=6)
)
def test_whatever_is_written_in_turn_the_last_of_it_is_what_its_readers_see(
    db: None, steps: list[tuple[bool, str, str]]
) -> None:
    world = make_world()
    by = world.link_worker
    journey = taken_on(world, by)
    for withheld, address, postcode in steps:
        changed(by, journey, address_withheld=withheld, address=address, postcode=postcode)
        assert where(by, journey) == (True, address, postcode)
        assert where(world.clinician, journey) == ((False, "", "") if withheld else (True, address, postcode))


def test_no_referral_finds_out_by_trying_postcodes_where_somebody_lives() -> None:
    world = make_world()
    by = world.link_worker
    journey = taken_on(world, by)
    changed(by, journey, address_withheld=True)
    answers = []
    for tried in (CODE, "E1 1AA"):
        with acting_as(world.clinician):
            answers.append(look_for(details(nhs_number="", postcode=tried)))
    assert answers[0] == answers[1] and answers[0].person_id is None


def test_what_a_page_was_opened_with_is_compared_with_the_address_in_it() -> None:
    world = make_world()
    by = world.link_worker
    journey = taken_on(world, by)
    changed(by, journey, address_withheld=True)
    with acting_as(by):
        shown = person(by, journey)
        sees_address(by, shown)
        opened_with = contact_digest(shown)
        change_contact(by=by, person=shown, changes={"mobile": "07700 900999"}, opened_with=opened_with)
        with pytest.raises(Refused) as refused:
            change_contact(by=by, person=shown, changes={"mobile": "07700 900111"}, opened_with=opened_with)
    assert refused.value.code == "changed_meanwhile"


def test_a_later_referral_neither_learns_nor_fills_in_a_withheld_address() -> None:
    world = make_world()
    by = world.link_worker
    journey = taken_on(world, by)
    changed(by, journey, address_withheld=True)
    again = referred(world, person=details(address="9 Other Road", postcode="E1 1AA", nhs_number="9990000018"))
    assert again.person_id == journey.person_id
    assert where(by, journey) == (True, STREET, CODE)
    with acting_as(world.clinician):
        said = [each.said_differently for each in again.referrals.all()]
    assert not any("address" in each or "postcode" in each for each in said)


def marked(
    by: Actor, journey: Journey, *, shared: bool = False, words: str = "Her brother must not hear"
) -> AbuseMarker:
    with acting_as(by):
        return put_abuse_marker(by=by, person=person(by, journey), words=words, shared=shared)


def reads(actor: Actor, journey: Journey) -> str:
    with acting_as(actor):
        found = abuse_marker_of(actor, person(actor, journey))
        everything = list(AbuseMarker.objects.filter(ended_at=None).values_list("words", flat=True))
        assert everything == ([found.words] if found else [])
        return found.words if found else ""


def test_a_marker_is_for_those_who_make_contact_where_it_was_put() -> None:
    world = make_world()
    journey = taken_on(world, world.link_worker, world.adviser)
    marked(world.link_worker, journey)
    volunteer = member(world.scheme, world.social.organisation, Role.VOLUNTEER, "Vi Lee")
    manager = member(world.scheme, world.social.organisation, Role.SERVICE_MANAGER, "Bo Lind")
    assert reads(world.second_link_worker, journey)
    for other in (volunteer, manager, world.adviser, world.clinician, world.receptionist):
        assert not reads(other, journey)


def test_shared_it_reaches_who_works_with_them_then_and_later() -> None:
    world = make_world()
    journey = taken_on(world, world.link_worker)
    marked(world.link_worker, journey, shared=True)
    assert not reads(world.adviser, journey)
    with acting_as(world.adviser):
        accept(by=world.adviser, referral=claim(by=world.adviser, referral=referral_to(journey, world.adviser)))
    assert reads(world.adviser, journey) and not reads(world.clinician, journey)


def test_said_anew_it_takes_the_place_of_the_first_and_taken_away_it_is_gone() -> None:
    world = make_world()
    journey = taken_on(world, world.link_worker)
    marked(world.link_worker, journey)
    second = marked(world.link_worker, journey, words="Ring on Tuesdays alone")
    assert reads(world.link_worker, journey) == "Ring on Tuesdays alone"
    with acting_as(world.link_worker):
        end_abuse_marker(by=world.link_worker, marker=second)
    assert not reads(world.link_worker, journey)


def test_no_event_says_what_the_marker_is_about_and_nobody_else_is_told() -> None:
    world = make_world()
    journey = taken_on(world, world.link_worker)
    marked(world.link_worker, journey)
    with acting_as(world.link_worker):
        event = Event.objects.get(name="contact_warning_put")
        assert event.organisation_ids == [world.link_worker.organisation_id] and set(event.data) == {"marker"}
    with acting_as(world.clinician):
        assert not Event.objects.filter(name="contact_warning_put").exists()
