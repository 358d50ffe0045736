"""Two records of one person are joined, and parted again with exactly what was moved."""

from datetime import date
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import World, details, intake, make_world, referral_to, referred
from tests.house.seeing import Owner
from wraparound.audit.sealing import seal
from wraparound.audit.verifying import Verifying
from wraparound.casework.actions import accept, write_note
from wraparound.casework.models import Case
from wraparound.events.action import Refused
from wraparound.organisations.actor import acting_as
from wraparound.people.actions import describe_self
from wraparound.people.matching import Known, look_for
from wraparound.people.models import Person
from wraparound.people.reading import note_access
from wraparound.privacy.joining import differences, join_records, undo_joining
from wraparound.privacy.models import Joining
from wraparound.referrals.actions import refer
from wraparound.referrals.models import Journey

_numbers = count(1)
# What a joining writes, and what only ever grows.
OWN = ("privacy_joining", "privacy_moved", "events_event", "procrastinate_jobs", "procrastinate_events")


@pytest.fixture
def world(owner: Owner) -> World:
    return make_world()


def two_records(world: World, **other: object) -> tuple[Person, Person]:
    """Of Rosa, both known to the practice and the link workers, with notes and a look at each."""
    first = referred(world, advice_ticked=False, person=details(nhs_number="9990000018"))
    told = {"family_name": "Duarte Silva", "date_of_birth": date(1980, 2, 28), "postcode": "E1 1AA", **other}
    second = referred(world, advice_ticked=False, person=details(**told))
    for journey in (first, second):
        _worked(world, journey)
    return first.person, second.person


def _worked(world: World, journey: Journey) -> None:
    by = world.link_worker
    with acting_as(by):
        write_note(by=by, case=accept(by=by, referral=referral_to(journey, by)), text="Hello")
        note_access(by, journey.person, "journey")


def chosen(kept: Person, gone: Person, whose: str = "kept") -> dict[str, str]:
    return {each.field: whose for each in differences(kept, gone)}


def joined(world: World, kept: Person, gone: Person, whose: str = "kept") -> Joining:
    by = world.links_lead
    with acting_as(by):
        return join_records(by=by, kept=kept, gone=gone, chosen=chosen(kept, gone, whose), why="She told us")


def rows(owner: Owner) -> dict[str, list[str]]:
    """All that is there, but for history and what a joining writes of itself."""
    everything = owner.everything().items()
    return {table: held for table, held in everything if table not in OWN and not table.endswith("history")}


def test_everything_of_both_is_on_the_kept_record(world: World, owner: Owner) -> None:
    kept, gone = two_records(world)
    joined(world, kept, gone)
    for table in ("casework_case", "referrals_journey", "referrals_referral", "consent_agreement"):
        assert owner.query(f"SELECT DISTINCT person_id FROM {table}") == [(kept.pk,)], table
    assert owner.query("SELECT organisation_ids FROM people_person WHERE id = %s", [gone.pk]) == [([],)]
    by = world.link_worker
    with acting_as(by):
        assert Case.objects.visible_to(by).filter(person=kept).count() == 2
        assert not Person.objects.visible_to(by).filter(pk=gone.pk).exists()


def test_what_is_sealed_stands_as_it_was_written(world: World, owner: Owner) -> None:
    kept, gone = two_records(world)
    seal()
    joining = joined(world, kept, gone)
    with acting_as(world.links_lead):
        undo_joining(by=world.links_lead, joining=joining)
    seal()
    assert list(Verifying(owner.connection).faults()) == []


@pytest.mark.parametrize("whose", ["kept", "gone"])
def test_undone_all_is_as_it_was(world: World, owner: Owner, whose: str) -> None:
    kept, gone = two_records(world, nhs_number="9990000026")
    by = world.link_worker
    with acting_as(by):
        describe_self(by=by, person=kept, ethnicity="Portuguese", gender="", disability="")
        describe_self(by=by, person=gone, ethnicity="Brazilian", gender="", disability="")
    before = rows(owner)
    joining = joined(world, kept, gone, whose)
    assert rows(owner) != before
    with acting_as(world.links_lead):
        undo_joining(by=world.links_lead, joining=joining)
    assert rows(owner) == before


def test_what_was_added_since_stays_with_the_kept_record(world: World, owner: Owner) -> None:
    kept, gone = two_records(world)
    joining = joined(world, kept, gone)
    by = world.clinician
    with acting_as(by):
        new = refer(by=by, intake=intake(person=None, person_id=kept.pk))
    with acting_as(world.links_lead):
        undo_joining(by=world.links_lead, joining=joining)
    assert owner.query("SELECT person_id FROM referrals_journey WHERE id = %s", [new.pk]) == [(kept.pk,)]
    assert owner.query("SELECT count(*) FROM referrals_journey WHERE person_id = %s", [gone.pk]) == [(1,)]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_chosen_it_can_be_undone(owner: Owner, data: st.DataObject) -> None:
    world = make_world()
    other = {
        "given_names": data.draw(st.sampled_from(["Rosa", "Rose", ""])),
        "mobile": data.draw(st.sampled_from(["", "07700 900999"])),
        "nhs_number": data.draw(st.sampled_from(["", "9990000026"])),
        "safe_times": data.draw(st.sampled_from(["", "After six"])),
        "date_of_birth": data.draw(st.sampled_from([None, date(1980, 2, 28)])),
    }
    kept, gone = two_records(world, **other)
    before = rows(owner)
    choice = {each.field: data.draw(st.sampled_from(["kept", "gone"])) for each in differences(kept, gone)}
    by = world.links_lead
    with acting_as(by):
        joining = join_records(by=by, kept=kept, gone=gone, chosen=choice, why="She told us")
        undo_joining(by=by, joining=joining)
    assert rows(owner) == before


def test_different_safe_contact_is_never_decided_by_itself(world: World) -> None:
    kept, gone = two_records(world, safe_times="After six, he works late")
    by = world.links_lead
    without = {name: whose for name, whose in chosen(kept, gone).items() if name != "safe_times"}
    with acting_as(by), pytest.raises(Refused) as refused:
        join_records(by=by, kept=kept, gone=gone, chosen=without, why="She told us")
    assert (refused.value.code, refused.value.field) == ("choose", "safe_times")


def test_both_nhs_numbers_are_kept_and_lead_to_one_record(world: World, owner: Owner) -> None:
    kept, gone = two_records(world, nhs_number="9990000026")
    joined(world, kept, gone, "gone")
    numbers = dict(owner.query("SELECT id, nhs_number FROM people_person WHERE id IN (%s, %s)", [kept.pk, gone.pk]))
    assert numbers == {kept.pk: "9990000026", gone.pk: "9990000018"}
    with acting_as(world.clinician):
        for number in ("9990000026", "9990000018"):
            match = look_for(details(nhs_number=number, date_of_birth=date(1980, 2, 28)))
            assert match.answer is Known.YES and match.person_id == kept.pk


def test_who_sees_only_one_of_them_joins_nothing(world: World) -> None:
    kept, gone = two_records(world)
    by = world.advice_lead
    with acting_as(by), pytest.raises(Person.DoesNotExist):
        join_records(by=by, kept=kept, gone=gone, chosen=chosen(kept, gone), why="She told us")
