"""A record that is kept from somebody is not there for them, in pages and in plain SQL alike."""

import pytest
from django.db import connection

from tests.factories import World, details, make_world, member, referral_to, referred
from wraparound.casework.actions import accept, write_note
from wraparound.casework.models import Note
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.models import User
from wraparound.organisations.roles import Role
from wraparound.people.models import Person, Restriction
from wraparound.people.reading import find_people
from wraparound.people.recording import find_or_add
from wraparound.referrals.actions import claim
from wraparound.referrals.models import Journey
from wraparound.referrals.reading import journey_of
from wraparound.referrals.restricting import change_readers, lift_restriction, restrict
from wraparound.referrals.sharing_out import assign
from wraparound.referrals.tasks import let_worker_read_restricted

pytestmark = pytest.mark.django_db

NUMBER = "9990000018"


def restricted(world: World, by: Actor, journey: Journey, **changes: object) -> Restriction:
    said = {"why": Restriction.Why.STAFF, "readers": [], "kept_from": []} | changes
    with acting_as(by):
        return restrict(by=by, person=Person.objects.get(pk=journey.person_id), **said)  # type: ignore[arg-type]


def sees(actor: Actor, journey: Journey) -> bool:
    """In plain SQL: the person, the journey and its referrals together, or none of them."""
    with acting_as(actor), connection.cursor() as cursor:
        found = [
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [value]).fetchone()[0] > 0
            for table, column, value in (
                ("people_person", "id", journey.person_id),
                ("referrals_journey", "id", journey.pk),
                ("referrals_referral", "journey_id", journey.pk),
                ("events_event", "person_id", journey.person_id),
                ("people_involvement", "person_id", journey.person_id),
            )
        ]
    assert len(set(found)) == 1, found
    return found[0]


def test_a_restricted_record_is_there_for_its_readers_and_supervisors_alone() -> None:
    world = make_world()
    journey = referred(world)
    restricted(world, world.link_worker, journey)
    assert sees(world.link_worker, journey)
    assert not sees(world.second_link_worker, journey)
    assert sees(world.link_supervisor, journey)
    # The other organisations' too, until somebody there is named.
    assert not sees(world.clinician, journey)
    assert not sees(world.adviser, journey)
    assert sees(world.advice_supervisor, journey)
    with acting_as(world.second_link_worker):
        assert not find_people(world.second_link_worker, words="Rosa")
        with pytest.raises(Journey.DoesNotExist):
            journey_of(world.second_link_worker, journey.reference)


def test_whoever_works_with_them_goes_on() -> None:
    world = make_world()
    journey = referred(world)
    with acting_as(world.adviser):
        claim(by=world.adviser, referral=referral_to(journey, world.adviser))
    restricted(world, world.link_worker, journey)
    assert sees(world.adviser, journey)


def test_it_is_kept_from_a_supervisor_where_it_is_said_so() -> None:
    world = make_world()
    journey = referred(world)
    restricted(world, world.link_worker, journey, kept_from=[world.link_supervisor.user_id])
    assert not sees(world.link_supervisor, journey)


def test_the_system_goes_on_seeing_it_so_that_clocks_run() -> None:
    world = make_world()
    journey = referred(world)
    restricted(world, world.link_worker, journey)
    assert sees(system(world.scheme, world.practice), journey)


def test_whom_a_supervisor_gives_the_work_reads_it_then() -> None:
    world = make_world()
    journey = referred(world)
    restricted(world, world.link_supervisor, journey)
    referral = referral_to(journey, world.link_supervisor)
    with acting_as(world.link_supervisor):
        worker = User.objects.get(pk=world.second_link_worker.user_id)
        assign(by=world.link_supervisor, referral=referral, worker=worker)
    assert not sees(world.second_link_worker, journey)
    let_worker_read_restricted.now(by=system(world.scheme, world.social.organisation), person_id=journey.person_id)
    assert sees(world.second_link_worker, journey)


def test_readers_are_changed_for_ones_own_organisation_and_lifting_opens_it_again() -> None:
    world = make_world()
    journey = referred(world)
    held = restricted(world, world.link_supervisor, journey)
    supervisor = world.advice_supervisor
    with acting_as(supervisor):
        change_readers(by=supervisor, restriction=held, readers=[world.adviser.user()], kept_from=[])
    assert sees(world.adviser, journey) and not sees(world.link_worker, journey)
    with acting_as(world.link_supervisor):
        held = Restriction.objects.get(pk=held.pk)
        assert world.adviser.user_id in held.reader_ids
        with pytest.raises(Refused) as refused:
            change_readers(by=world.link_supervisor, restriction=held, readers=[world.adviser.user()], kept_from=[])
        assert refused.value.code == "elsewhere"
        lift_restriction(by=world.link_supervisor, restriction=held)
    assert sees(world.link_worker, journey)


def test_whoever_refers_somebody_kept_from_them_makes_a_second_record_and_learns_nothing() -> None:
    world = make_world()
    journey = referred(world, person=details(nhs_number=NUMBER))
    restricted(world, world.link_supervisor, journey)
    with acting_as(world.clinician):
        recorded = find_or_add(details(nhs_number=NUMBER), by=world.clinician)
    assert recorded.new and recorded.person.pk != journey.person_id
    assert recorded.person.possible_duplicate and not recorded.person.nhs_number


def test_notes_written_in_advising_are_for_advisers_of_the_organisation_alone() -> None:
    world = make_world()
    journey = referred(world)
    manager = member(world.scheme, world.advice.organisation, Role.SERVICE_MANAGER, "Bo Lind")
    with acting_as(world.adviser):
        case = accept(by=world.adviser, referral=claim(by=world.adviser, referral=referral_to(journey, world.adviser)))
        write_note(by=world.adviser, case=case, text="Advised to appeal")
    with acting_as(world.link_worker):
        held = claim(by=world.link_worker, referral=referral_to(journey, world.link_worker))
        write_note(by=world.link_worker, case=accept(by=world.link_worker, referral=held), text="Likes gardens")
    for actor, texts in (
        (world.adviser, {"Advised to appeal"}),
        (world.advice_supervisor, {"Advised to appeal"}),
        (manager, set()),
        (world.link_worker, {"Likes gardens"}),
        (world.clinician, set()),
    ):
        with acting_as(actor):
            assert set(Note.objects.values_list("text", flat=True)) == texts
            assert set(Note.objects.visible_to(actor).values_list("text", flat=True)) == texts
