"""Who looked and who changed, for the lead of their organisation alone; and what stands out."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tests.factories import NOW, World, details, make_world, member, referral_to, referred
from tests.house.finding import is_history, own_models
from tests.house.seeing import Owner
from wraparound.casework.actions import accept, close, write_note
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Membership, WorkingTime
from wraparound.organisations.roles import Role
from wraparound.pathways.calendar import calendar_for
from wraparound.pathways.vocabulary import Nation
from wraparound.people.actions import change_contact
from wraparound.people.marking import put_abuse_marker
from wraparound.people.models import Person
from wraparound.people.reading import note_access, note_accesses
from wraparound.privacy.investigating import NOT_HERE, Asked, changes, looks, notes_on, write_looked_into
from wraparound.privacy.oddities import MANY_IN_AN_HOUR, Odd, Oddity, odd_looks, out_of_hours
from wraparound.referrals.states import Outcome
from wraparound.safeguarding.actions import raise_concern
from wraparound.safeguarding.states import ConcernKind

ENGLAND = calendar_for(Nation.ENGLAND)


@pytest.fixture
def world(owner: Owner) -> World:
    return make_world()


def look(by: Actor, person: Person, at: datetime = NOW, page: str = "journey") -> None:
    by = by.at(at)
    with acting_as(by):
        note_access(by, person, page)


def odd(world: World, by: Actor | None = None) -> list[Odd]:
    lead = by or world.practice_lead
    with acting_as(lead):
        return odd_looks(lead, NOW - timedelta(days=7), NOW + timedelta(days=1), ENGLAND)


def test_a_lead_sees_the_looks_of_their_own_users_alone(world: World) -> None:
    person = referred(world).person
    look(world.clinician, person)
    look(world.link_worker, person)
    with acting_as(world.practice_lead):
        assert {each.user_id for each in looks(world.practice_lead, Asked()).rows} == {world.clinician.user_id}
    with acting_as(world.links_lead):
        assert [each.user_id for each in looks(world.links_lead, Asked()).rows] == [world.link_worker.user_id]
    with acting_as(world.clinician), pytest.raises(Refused):
        looks(world.clinician, Asked())


def test_looks_are_paged_without_losing_one(world: World) -> None:
    person = referred(world).person
    for minute in range(60):
        look(world.clinician, person, NOW + timedelta(minutes=minute // 2))
    lead, seen, after = world.practice_lead, [], ""
    with acting_as(lead):
        # The referral itself reached two organisations.
        for _ in range(3):
            page = looks(lead, Asked(person_id=person.pk), after)
            seen += [each.pk for each in page.rows]
            after = page.after
    assert len(seen) == len(set(seen)) == 62 and seen == sorted(seen, reverse=True) and after == ""


def test_looking_into_looks_is_a_look(world: World) -> None:
    person = referred(world).person
    lead = world.practice_lead
    with acting_as(lead):
        note_accesses(lead, [person.pk], "investigation")
        [row] = looks(lead, Asked(user_id=lead.user_id)).rows
    assert (row.person_id, row.page) == (person.pk, "investigation")


def test_a_change_says_who_for_whom_and_what_in_words(world: World) -> None:
    person = referred(world).person
    by, lead = world.clinician, world.practice_lead
    with acting_as(by):
        change_contact(by=by, person=person, changes={"postcode": "E1 1AA", "mobile_calls": "no"})
    with acting_as(lead):
        found, _ = changes(lead, Asked(person_id=person.pk))
    change = next(each for each in found if ("Postcode", "E3 4QX", "E1 1AA") in each.said)
    assert ("Mobile calls", "Not asked yet", "No, do not use it") in change.said
    assert (change.user, change.organisation, change.role) == (by.name, "Elm Street Surgery", "Clinician")
    assert change.why == "change contact"


def test_of_what_is_confidential_a_lead_reads_that_it_changed_and_not_what_it_says(world: World) -> None:
    journey = referred(world, advice_ticked=False)
    by, lead = world.link_worker, world.links_lead
    with acting_as(by):
        case = accept(by=by, referral=referral_to(journey, by))
        write_note(by=by, case=case, text="Planted in a note")
        raise_concern(by=by, person=journey.person, kind=ConcernKind.ABUSE, journey=journey)
        put_abuse_marker(by=by, person=journey.person, words="Planted in a marker", shared=False)
        change_contact(by=by, person=journey.person, changes={"address": "Planted in an address"})
        change_contact(by=by, person=journey.person, changes={"address_withheld": True})
    with acting_as(lead):
        found, _ = changes(lead, Asked(person_id=journey.person_id))
    kept = [each.heading for each in found if any(NOT_HERE in said for said in each.said)]
    assert {"Concerns about safety", "Where you live, which is kept from others"} <= set(kept)
    assert "Planted" not in str(found)


def test_changes_of_anothers_own_work_are_nobodys_to_see(world: World) -> None:
    journey = referred(world, advice_ticked=False)
    by = world.link_worker
    with acting_as(by):
        close(by=by, case=accept(by=by, referral=referral_to(journey, by)), outcome=Outcome.HELPED)
    seen = {}
    for lead in (world.practice_lead, world.links_lead, world.advice_lead):
        with acting_as(lead):
            seen[lead.name] = {each.heading for each in changes(lead, Asked(person_id=journey.person_id))[0]}
    assert "Work with you" in seen[world.links_lead.name]
    assert "Work with you" not in seen[world.practice_lead.name] and seen[world.advice_lead.name] == set()


def test_changes_are_paged_without_losing_one(world: World) -> None:
    person = referred(world).person
    by, lead = world.clinician, world.practice_lead
    for number in range(40):
        with acting_as(by):
            change_contact(by=by, person=person, changes={"address": f"{number} High Street"})
    seen, after = [], ""
    with acting_as(lead):
        for _ in range(2):
            rows, after = changes(lead, Asked(person_id=person.pk), after)
            seen += [(each.heading, each.version) for each in rows]
    assert len(seen) == len(set(seen)) > 40 and after == ""


def test_changes_by_one_user_between_two_moments(world: World) -> None:
    person = referred(world).person
    with acting_as(world.clinician):
        change_contact(by=world.clinician, person=person, changes={"address": "1 High Street"})
    lead = world.practice_lead
    with acting_as(lead):
        assert changes(lead, Asked(user_id=world.clinician.user_id))[0]
        assert not changes(lead, Asked(user_id=world.receptionist.user_id))[0]
        assert not changes(lead, Asked(until=datetime(2020, 1, 1, tzinfo=UTC)))[0]


def test_every_table_of_old_versions_is_read_by_time_and_by_user(owner: Owner) -> None:
    indexed = owner.query("SELECT tablename, indexdef FROM pg_indexes WHERE tablename LIKE '%%history'")
    for model in (model for model in own_models() if is_history(model)):
        of_table = " ".join(text for table, text in indexed if table == model._meta.db_table)
        assert "pgh_created_at DESC, pgh_id DESC" in of_table and "'user'" in of_table, model.__name__


def test_their_own_record_and_a_relatives_stand_out(world: World) -> None:
    own = member(world.scheme, world.practice, Role.CLINICIAN, "Rosa Duarte")
    cousin = member(world.scheme, world.practice, Role.CLINICIAN, "Miguel Duarte")
    person = referred(world, person=details()).person
    for by in (own, cousin, world.clinician):
        look(by, person)
    assert {(each.kind, each.user) for each in odd(world)} == {
        (Oddity.OWN_RECORD, "Rosa Duarte"), (Oddity.SAME_SURNAME, "Miguel Duarte"),
    }  # fmt: skip


def test_many_records_in_an_hour_stand_out_once(world: World) -> None:
    people = [
        referred(world, person=details(family_name=f"Person {number}", date_of_birth=None, postcode="")).person
        for number in range(MANY_IN_AN_HOUR + 1)
    ]
    for person in people[:-1]:
        look(world.clinician, person)
    assert odd(world) == []
    look(world.clinician, people[-1], NOW + timedelta(minutes=59))
    [found] = odd(world)
    assert (found.kind, found.count) == (Oddity.MANY, MANY_IN_AN_HOUR + 1)


@pytest.mark.parametrize(
    ("at", "minutes", "out"),
    [
        (datetime(2026, 11, 23, 10, tzinfo=UTC), None, False),
        (datetime(2026, 11, 22, 10, tzinfo=UTC), None, True),  # a Sunday
        (datetime(2026, 12, 25, 10, tzinfo=UTC), None, True),
        (datetime(2026, 11, 23, 6, 59, tzinfo=UTC), None, True),
        (datetime(2026, 11, 23, 20, tzinfo=UTC), None, True),
        (datetime(2026, 6, 22, 6, 30, tzinfo=UTC), None, False),  # half past seven in London in summer
        (datetime(2026, 11, 23, 10, tzinfo=UTC), [0, 450, 450, 450, 450, 0, 0], True),  # Mondays are not theirs
        (datetime(2026, 11, 24, 10, tzinfo=UTC), [0, 450, 450, 450, 450, 0, 0], False),
    ],
)
def test_out_of_hours(at: datetime, minutes: list[int] | None, out: bool) -> None:
    assert out_of_hours(at, minutes, ENGLAND) is out


def test_a_workers_own_hours_count(world: World) -> None:
    membership = Membership.objects.get(pk=world.clinician.membership_id)
    WorkingTime.objects.create(membership=membership, minutes=[0, 450, 450, 450, 450, 0, 0], places=20)
    look(world.clinician, referred(world).person)
    assert [each.kind for each in odd(world)] == [Oddity.OUT_OF_HOURS]


def test_a_note_says_who_looked_into_it_and_never_their_own(world: World) -> None:
    person, lead = referred(world).person, world.practice_lead
    look(world.clinician, person)
    look(lead, person)
    with acting_as(lead):
        own, other, *_ = sorted(looks(lead, Asked()).rows, key=lambda each: each.user_id != lead.user_id)
        write_looked_into(by=lead, look=other, note="He covered for a colleague")
        assert [each.note for each in notes_on(lead, [other.pk])[other.pk]] == ["He covered for a colleague"]
        with pytest.raises(Refused) as refused:
            write_looked_into(by=lead, look=own, note="I needed it")
    assert refused.value.code == "own_look"
    with connection.cursor() as cursor, acting_as(world.links_lead):
        assert cursor.execute("SELECT count(*) FROM privacy_lookedinto").fetchone() == (0,)
